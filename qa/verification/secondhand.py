"""Words at second hand: what an article gives to nobody it names, denies, or lets one person tell of another."""

import re
from functools import cache

from index_store.quotations import Quotation, lexicon, people_in
from index_store.sentences import sentence_spans
from qa.speech.speakers import Speaker, folded_words, is_name
from qa.verification.quotations import Found

_INDEFINITE = frozenset("a an another one some several two three anonymous unsigned unnamed".split())  # noqa: SIM905
_APART = re.compile(r"[.;!?\n]|,\s\w+ing\b|\bwho\b")
_NESTED = re.compile(r"[\"“‘'«][\s\[]*$")
_TELLS = lexicon.verb_forms("speech_verbs")
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying)|never|not|\w+n['’]t)\b", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(r"[;.!?“”\"]|\b(?:and|but|while|whereas|who|which)\b")


def is_withheld(speaker: Speaker, found: Found, statement: str) -> bool:
    """Whether the article lets nobody say the words as the statement's named speaker is said to.

    `statement` is the statement without what it quotes.
    """
    quotation = next((q for q in _marked(found) if q.start <= found.start < q.end), None)
    before = _before(found, quotation)
    if _denied().search(before) and not _DENIES.search(statement):
        return True
    if quotation is None:
        return False
    if _agentless().search(before):
        return True
    if _is_told_of_another(quotation, found):
        return not _mentions(statement, quotation.speaker) or speaker.is_named(quotation.speaker)
    if is_name(quotation.speaker):
        teller = _teller(quotation, found)
        return bool(teller) and not _mentions(statement, teller)
    return _is_of_unnamed(speaker, quotation, found)


def _marked(found: Found) -> list[Quotation]:
    return [quotation for quotation in found.passage.quotations if quotation.kind != "indirect"]


def _before(found: Found, quotation: Quotation | None) -> str:
    """The sentence of the article up to the marked words, what is quoted in it blanked out."""
    text, end = found.passage.article.text, quotation.start if quotation else found.start
    start = max((s for s, _ in sentence_spans(text) if s <= end), default=0)
    for other in _marked(found):
        if start < other.end <= end:
            start = other.end
    return text[start:end]


@cache
def _denied() -> re.Pattern[str]:
    """For "denied saying", "never said that", "did not tell him"."""
    verbs = "|".join(sorted(lexicon.verb_forms("speech_verbs"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:den(?:y|ies|ied|ying)|never|not|\w+n['’]t)\s(?:(?:that|he|she|they|ever|to|had|have|having|has)\s){{0,3}}"
        rf"(?:{verbs})(?:\s(?:that|of|him|her|them|reporters|anyone|anybody)){{0,2}}[,:]?\s*[\"“‘'«]?$",
        re.IGNORECASE,
    )


@cache
def _agentless() -> re.Pattern[str]:
    """For "was called", "has been described in a letter as": what somebody is called, and nobody said by whom."""
    participles = sorted(form for form in lexicon.verb_forms("naming_verbs") if form.endswith(("ed", "en")))
    return re.compile(
        rf"\b(?:be|been|being|was|were|is|are)\s(?:\w+ly\s)?(?:{'|'.join(participles)})\b"
        r"(?:\s(?!by\b)(?:as|in|on|an?|the|of|to|[\w-]+)){0,5}\s*[\"“‘'«]?$",
        re.IGNORECASE,
    )


def _is_told_of_another(quotation: Quotation, found: Found) -> bool:
    """Whether the words stand in marks inside a quotation, and its speaker tells that somebody said them."""
    text = found.passage.article.text
    before = text[quotation.start + 1 : found.start]
    if not _NESTED.search(before) or len(before) < 3:
        return False
    return any(word in lexicon.verb_forms("speech_verbs") for word in folded_words(before)[-3:])


def _teller(quotation: Quotation, found: Found) -> str:
    """Who tells in the same sentence that the speaker said it: Doe of "Doe said Roe had told him"; else ""."""
    if quotation.speaker_start < 0 or quotation.speaker_start > quotation.start:
        return ""
    text = found.passage.article.text
    start = max((s for s, _ in sentence_spans(text) if s <= quotation.speaker_start), default=0)
    for person in people_in(text):
        for first, last in person.mentions:
            between = text[last : quotation.speaker_start]
            if start <= first and last < quotation.speaker_start and not _OTHER_CLAUSE.search(between):
                told = any(_TELLS.get(word, word) != word for word in folded_words(between)[:2])
                if told and person.surname.casefold() not in folded_words(quotation.speaker):
                    return person.name
    return ""


def _is_of_unnamed(speaker: Speaker, quotation: Quotation, found: Found) -> bool:
    """Whether the words are of "an anonymous leaflet" or "a spokesman", and the speaker is not known as that."""
    phrase = folded_words(quotation.speaker)
    written = quotation.speaker.lower().split()
    if not phrase or not written or (written[0] not in _INDEFINITE and not _INDEFINITE & set(phrase)):
        return False
    text = found.passage.article.text
    if not quotation.verb or not _is_beside(quotation, text) or _owns(speaker, phrase[-1], text, quotation):
        return False
    roles = (role for person in people_in(text) if speaker.is_named(person.name) for role in person.roles)
    return phrase[-1] not in folded_words(" ".join(roles))


def _is_beside(quotation: Quotation, text: str) -> bool:
    """Whether nothing but the verb and its objects stands between a source and the words."""
    first, last = sorted((quotation.speaker_start, quotation.start))
    between = text[quotation.speaker_end : last] if first == quotation.speaker_start else text[quotation.end : last]
    return not _APART.search(between)


def _owns(speaker: Speaker, head: str, text: str, quotation: Quotation) -> bool:
    """Whether the thing is the speaker's: "Doe's letter", "a letter from Doe"."""
    name, thing = re.escape(speaker.surname), re.escape(head)
    near = text[max(0, quotation.speaker_start - 60) : quotation.start]
    before = rf"\b{name}['’]s?\s(?:[\w-]+\s){{0,3}}{thing}\b"
    behind = rf"\b{thing}\s(?:[\w-]+\s){{0,3}}?(?:from|by|of)\s(?:[\w’'-]+\s){{0,4}}?{name}\b"
    return re.search(f"{before}|{behind}", near, re.IGNORECASE) is not None


def _mentions(statement: str, name: str) -> bool:
    surname = folded_words(name)[-1:]
    return bool(surname) and surname[0] in folded_words(statement.replace("’s", " ").replace("'s", " "))
