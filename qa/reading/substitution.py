"""A new name, place or time put where the question before had another: "and Trump?", "and in May?"."""

import re
from dataclasses import replace
from datetime import date

from qa.lexicon import words
from qa.reading import word_forms as forms
from qa.reading.clauses import bare_subject, parse_question
from qa.reading.mentions import Mention, find_mentions
from qa.reading.period import read_period

_ANY_DAY = date(2000, 6, 15)  # where a time stands in a question does not depend on the day
_WITH_PREPOSITION = re.compile(rf"(?P<preposition>{'|'.join(sorted(forms.PREPOSITIONS))})\s+(?P<rest>\S.*)$", re.I)
_MOST_WORDS = 7
_ALIKE = 0.2  # likeness from which one mention may stand for another
_SPEAKS = re.compile(rf"\b(?:{'|'.join(sorted(words('speech_verbs')))})\b", re.I)
_SPEAKERS = re.compile(r"(?:[eo]rs|ists|ians|men|people|police|parents)$")  # those who may speak
_NUMBER_OF = {("was", True): "were", ("is", True): "are", ("has", True): "have", ("does", True): "do"} | {
    ("were", False): "was",
    ("are", False): "is",
    ("have", False): "has",
    ("do", False): "does",
}


def substitute(fragment: str, before: str, *, led: bool) -> str | None:
    """The question before with the fragment in the place of what it answers to; None where it is no fragment.

    `led`: it began with "and", "what about" or the like, so that a lower-case word may be a name.
    """
    text = fragment.strip().rstrip("?!. ")
    if not text or not _is_fragment(text, led=led):
        return None
    for rule in (_time, _prepositional):
        completed = rule(text, before)
        if completed:
            return completed
    return _mention(text, before) if led or len(text.split()) <= 4 else None


def _is_fragment(text: str, *, led: bool) -> bool:
    tokens = [token.lower() for token in forms.WORD.findall(text)]
    if not tokens or len(tokens) > _MOST_WORDS or tokens[0] in forms.AUXILIARIES:
        return False
    if not forms.QUESTION_WORDS.isdisjoint(tokens if tokens[0] not in forms.PREPOSITIONS else ()):
        return False
    if len(tokens) > 1 and forms.is_base_verb(tokens[0]) and not led:  # "show me the sources"
        return False
    if tokens[0] in {"he", "she", "it", "they", "i", "we", "you", "any", "anything", "anyone", "tell", "please"}:
        return False
    opens = tokens[0] in forms.PREPOSITIONS | {"the", "a", "an"} or text[0].isupper()
    return led or opens or read_period(text, _ANY_DAY) is not None


def _time(text: str, before: str) -> str | None:
    new = read_period(text, _ANY_DAY)
    if new is None or len(new.words) < 0.7 * len(text):
        return None
    old = read_period(before, _ANY_DAY)
    if old and old.words in before:
        return before.replace(old.words, text, 1)
    return f"{before.rstrip('?!. ')} {text}"


def _prepositional(text: str, before: str) -> str | None:
    match = _WITH_PREPOSITION.match(text)
    if not match:
        return None
    preposition = match["preposition"].lower()
    tokens = [token.lower() for token in forms.WORD.findall(match["rest"])]
    if tokens and tokens[0] in forms.QUESTION_WORDS:
        if not forms.AUXILIARIES.isdisjoint(tokens):
            return None
        return f"{before.rstrip('?!. ')}, and {text.lower()}"
    governed = [
        mention for mention in _with_parts(before) if re.search(rf"\b{preposition}\s+$", before[: mention.start], re.I)
    ]
    if governed:
        new = _as_mention(match["rest"])
        best = max(governed, key=lambda mention: (_likeness(mention, new, subject=False), mention.start))
        return before[: best.start] + match["rest"] + before[best.end :]
    bare = re.search(rf"\b{preposition}\s+([a-z]+)[?!.\s]*$", before, re.I)  # "in summer"
    if bare and not forms.is_function_word(bare[1]):
        return before[: bare.start(1)] + match["rest"]
    return f"{before.rstrip('?!. ')} {preposition} {match['rest']}"


def _mention(text: str, before: str) -> str | None:
    found = (*_with_parts(before), *bare_subject(before))
    new = _as_mention(text)
    if not found or (new.described and not find_mentions(text)):
        return None
    subject = parse_question(before)
    names = (
        subject and subject.asks.lower() in {"who", "what", "which"} and subject.auxiliary.lower() in forms.BE_AND_HAVE
    )
    place = len(before.rstrip("?!. ")) - len(subject.body) if subject and not names else 0  # where the subject begins
    if _SPEAKS.search(before) and _SPEAKERS.search(new.head):
        new = replace(new, person=1.0)
    best = max(found, key=lambda mention: _likeness(mention, new, subject=mention.start <= place))
    tail = re.search(rf"\b(?:{'|'.join(forms.PREPOSITIONS)})\s+(?P<noun>[a-z]+(?:\s[a-z]+)?)[?!.\s]*$", before)
    if _likeness(best, new, subject=False) <= _ALIKE:  # "about borrowing" may be all there is to replace
        return before[: tail.start("noun")] + text if tail and not new.person > 0.5 else None
    head = _agreeing(before[: best.start], best, new)
    owns = before[best.end : best.end + 2] in {"'s", "’s"}
    return head + (forms.possessive(text) if owns else text) + before[best.end + 2 * owns :]


def _with_parts(text: str) -> tuple[Mention, ...]:
    """The mentions of the text, and those that a longer one joins by "of"."""
    found = find_mentions(text)
    inner = (
        replace(part, start=part.start + at, end=part.end + at)
        for mention in found
        for at in [mention.start + mention.text.find(" of ") + 4]
        if " of " in mention.text
        for part in find_mentions(mention.text[at - mention.start :])
    )
    return (*found, *inner)


def _as_mention(text: str) -> Mention:
    return next(iter(find_mentions(text)), None) or Mention(text, 0, len(text), named=True, person=0.6)


def _likeness(old: Mention, new: Mention, *, subject: bool) -> float:
    """How well one can stand for the other; above nothing where it can at all."""
    old_person, new_person = (max(each.person, 0.9 * (each.person > 0.5)) for each in (old, new))
    alike = 1.0 - abs(old_person - new_person) + 0.2 * (old.named == new.named)
    alike += 0.2 * (old.place == new.place) + 0.2 * (old.group == new.group)
    return alike + 0.35 * subject - 0.6


def _agreeing(head: str, old: Mention, new: Mention) -> str:
    match = re.search(r"\b(\w+)(\s+)$", head)
    if not match or old.plural == new.plural:
        return head
    changed = _NUMBER_OF.get((match[1].lower(), new.plural))
    return f"{head[: match.start()]}{forms.in_style_of(changed, match[1])}{match[2]}" if changed else head


def complete_parallel(question: str, before: str) -> str | None:
    """Complete "and what did Trump say?" with what the same question of somebody else ended in: "about the report"."""
    new, old = parse_question(question), parse_question(before)
    if new is None or old is None or new.asks.lower() != old.asks.lower() or not new.asks:
        return None
    verb = forms.WORD.findall(new.body)[-1:] if new.auxiliary else forms.WORD.findall(new.asks)[-1:]
    match = re.search(rf"\b{re.escape(verb[0])}\s+(?P<rest>\S.*)$", old.body) if verb else None
    if match is None or not forms.is_verb(verb[0]) or new.auxiliary.lower() != old.auxiliary.lower():
        return None
    return f"{question.rstrip('?!. ')} {match['rest']}"
