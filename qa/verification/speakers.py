"""To whom a statement gives its quotations, and whether the article gives them to the same."""

import re
from collections.abc import Sequence

from index_store.quotations import Quotation, find_quotations, lexicon, people_in
from index_store.sentences import sentence_spans
from qa.speech.speakers import Speaker, folded_words, is_name, read_speaker
from qa.verification.names import is_listed
from qa.verification.quotations import Found
from qa.verification.quoted import Quoted

_VERBS = {**lexicon.verb_forms("naming_verbs"), **lexicon.verb_forms("speech_verbs")}
_PRONOUNS = frozenset("he she they it i we".split())  # noqa: SIM905
_DESCRIBED = re.compile(r"(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)+), (?:an?|the|who|whose)\b")
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]*)*")
# "The plan was called …": not the plan's words, but "he was quoted as saying …"
_SPOKEN_OF = re.compile(r"\b(?:be|been|being|was|were|is|are)\s(?:\w+ly\s)?(?!quoted|reported)\w+(?:ed|en|nt)\b")
_AND_BETWEEN = re.compile(r"[,;]? (?:and|but|while|whereas) ")
_NEIGHBOURS = 1  # sentences before and behind the quotation's own


def attributed(text: str, quoted: Sequence[Quoted], articles: str) -> tuple[tuple[str, ...], ...]:
    """For each quotation those that the statement may give it to, in the order given; () where it names nobody.

    More than one stands for "she", of the names that the articles know, or where a description may have been taken
    for the speaker.
    """
    said = [quotation for quotation in find_quotations(text) if quotation.kind != "indirect"]
    speakers = []
    for each in quoted:
        own = [quotation for quotation in said if quotation.start < each.end and each.start < quotation.end]
        speakers.append(_sources(text, own[0], articles) if own else ())
    return tuple(speakers)


def _sources(text: str, quotation: Quotation, articles: str) -> tuple[str, ...]:
    """Whom the statement names as the speaker; a name that merely stands near the marked words is none."""
    written = text[quotation.speaker_start : quotation.speaker_end] if quotation.speaker_start >= 0 else ""
    if not quotation.verb and text[quotation.speaker_end : quotation.start].strip() not in (":", ","):
        return ()
    if written.lower() in ("he", "she"):
        return _names_before(text, quotation.speaker_start, articles)
    if not quotation.speaker or _SPOKEN_OF.search(text, quotation.speaker_end, max(quotation.start, 0)):
        return ()
    if quotation.speaker.lower() in _PRONOUNS:
        return ()
    if _AND_BETWEEN.search(text, quotation.end, max(quotation.end, quotation.speaker_start)):  # of another clause
        return _names_before(text, quotation.start, articles)
    parts = quotation.speaker.split()
    while len(parts) > 1 and written == quotation.speaker and parts[-1] in _VERBS:  # "Jane Doe called attacks"
        parts.pop()
    described = _DESCRIBED.match(text)
    first = (described["name"],) if described and described.end() <= quotation.speaker_start else ()
    return (" ".join(parts), *first)


def _names_before(text: str, position: int, articles: str) -> tuple[str, ...]:
    """The names that "she" can take up, or that a verb of speech before the quotation can go with."""
    names = (re.sub(r"['’]s?$", "", match[0]) for match in _NAME.finditer(text, 0, position))
    return tuple(name for name in names if not is_listed(name.lower()) and name.split()[-1] in articles)


def is_given_to(named: str, found: Found) -> bool:
    """Whether the article gives the words to whom the statement names, by name or by role.

    Where the article names the speaker beside the words, or where it is known who "she" is, the names must agree.
    Where it is not known who spoke, or a body or a document is found to speak, it is enough that the named one stands
    in the same or a neighbouring sentence.
    """
    speaker = read_speaker(named)
    if not speaker.words:
        return True
    spoken = [q for q in found.passage.quotations if q.start < found.end and found.start < q.end and q.speaker]
    marked = [quotation for quotation in spoken if quotation.kind != "indirect"] or spoken
    if any(_agrees(speaker, quotation) for quotation in marked):
        return True
    if not speaker.surname:
        return not marked or _role_fits(speaker, marked[0], found)
    if all(is_name(quotation.speaker) and not _is_body(quotation.speaker) for quotation in marked):
        return not marked and _stands_near(speaker, found)
    return _stands_near(speaker, found)


def _agrees(speaker: Speaker, quotation: Quotation) -> bool:
    if speaker.said(quotation):
        return True
    theirs = folded_words(quotation.speaker)
    # "Doe of the Harbour Council" for "the Harbour Council", "the Doe campaign" for "Doe campaign"
    return bool(theirs) and (set(theirs) <= set(speaker.words) and len(theirs) > 1)


def _is_body(speaker: str) -> bool:
    """Whether a speaker is an organisation, for which somebody else may speak."""
    return any(word in lexicon.words("groups") for word in folded_words(speaker))


def _role_fits(speaker: Speaker, quotation: Quotation, found: Found) -> bool:
    """Whether nobody else in the article has the role that the statement names."""
    heads = [word for word in speaker.words if word in lexicon.genders("roles")]
    if not heads:
        return True
    theirs = folded_words(quotation.speaker)
    others = [
        person
        for person in people_in(found.passage.article.text)
        if heads[-1] in folded_words(" ".join(person.roles)) and person.surname.casefold() not in theirs
    ]
    return not others


def _stands_near(speaker: Speaker, found: Found) -> bool:
    text = found.passage.article.text
    spans = sentence_spans(text)
    touched = [number for number, (start, end) in enumerate(spans) if start < found.end and found.start < end]
    if not touched:
        return False
    first, last = max(0, touched[0] - _NEIGHBOURS), min(len(spans) - 1, touched[-1] + _NEIGHBOURS)
    near = folded_words(re.sub(r"[’']s?\b", " ", text[spans[first][0] : spans[last][1]]))
    return speaker.surname in near
