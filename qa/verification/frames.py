"""Frames: how a statement gives words to somebody without a verb of saying."""

import re
from collections.abc import Sequence
from functools import cache

from index_store.quotations import lexicon
from qa.verification.names import is_listed
from qa.verification.quoted import Quoted

_BLANK = "\x01"
_REACH = 160  # characters before marked words in which a frame may begin
_NAME = r"(?P<name>[^\W\d_a-z][\w’'-]*(?:(?: (?:al|da|de|del|di|la|van|von))? [^\W\d_a-z][\w’'-]*){0,3})"
_TITLES = r"(?:(?:the\s)?(?:[a-z]+\s){0,3})"
# "Doe was called", "Doe faced": the subject is not whose words they are
_UNDERGOES = re.compile(
    r"\s(?:\w+ly\s)?(?:is|are|was|were|be|been|being|has|had|have|will|would|faced|faces|drew|draws|met|meets|received|receives"
    r"|heard|hears|got|gets|won|wins|earned|earns|read|reads|denied|denies|saw|sees|became|lost|found|suffered)\b"
)
_SUBJECT = re.compile(rf"(?:^|[.!?;]\s+){_TITLES}{_NAME}(?=\s)(?!\s(?:and|or|of)\b)")


@cache
def _nouns() -> str:
    nouns = lexicon.words("speech_nouns") | lexicon.words("documents")
    return "|".join(sorted(nouns, key=len, reverse=True))


@cache
def _before() -> re.Pattern[str]:
    """For "In the words of Doe, …", "Quoting Doe, …"."""
    return re.compile(
        rf"\b(?:in\sthe\s(?:\w+\s)?(?:words?|{_nouns()})\sof|(?:to\squote|quoting|citing))\s{_TITLES}(?-i:{_NAME})"
        rf"(?:,[^,:{_BLANK}]{{1,40}})?[,:]?\s*$",
        re.IGNORECASE,
    )


@cache
def _owned() -> re.Pattern[str]:
    """For "Doe’s message was clear: …"."""
    return re.compile(
        rf"{_NAME}['’]s?\s(?:[\w-]+\s){{0,3}}(?:words?|{_nouns()})s?"
        rf"(?:\s(?:to|on|about|in|at|after)\s[^.,;:{_BLANK}]{{1,30}})?(?:\s(?:was|is|were|are|ran|reads)(?:\s[a-z]+){{0,2}})?[:,]\s*$"
    )


# "Doe, the mayor, on Monday: …"
_ANNOUNCED = re.compile(rf"(?:^|[.!?]\s+){_TITLES}{_NAME}(?:,|\s\()(?P<more>[^.;:{_BLANK}]{{1,80}}):\s*$")


@cache
def _behind() -> re.Pattern[str]:
    """For "… was the view of Doe"."""
    return re.compile(
        rf"[.,]?\s*(?:(?:(?:was|were|is|are|ran|reads|went)\s)?(?:the\s|an?\s)?(?:\w+\s){{0,2}}?(?:words?|{_nouns()})s?\s(?:of|by|from)"
        rf"\s{_TITLES}(?-i:{_NAME}))",
        re.IGNORECASE,
    )


_SIGNED = re.compile(rf"[.,]?\s*(?:[—–-]{{1,2}}|\()\s*{_NAME}(?:,[^.;{_BLANK}]{{1,60}})?\)?[.\s]*(?:$|(?=[.!?]\s))")


def framed(bare: str, quoted: Quoted) -> tuple[str, ...]:
    """Whom a frame before or behind the marked words names; () where there is none.

    `bare` is the statement with its quotations blanked out, here and below.
    """
    start = max(0, quoted.start - _REACH)
    for pattern in (_before(), _owned(), _ANNOUNCED):
        if found := _named(pattern.search(bare, start, quoted.start)):
            return found
    return _named(_behind().match(bare, quoted.end))


def signed(bare: str, quoted: Quoted) -> tuple[str, ...]:
    """Whose name stands behind the marked words as under a letter: "— Doe", "(Doe)"; () where there is none."""
    return _named(_SIGNED.match(bare, quoted.end))


def _named(match: re.Match[str] | None) -> tuple[str, ...]:
    return () if match is None or is_listed(match["name"].lower()) else (re.sub(r"['’]s?$", "", match["name"]),)


def subject(bare: str, quoted: Quoted) -> str:
    """The name that opens the sentence before the marked words and does something in it; "" where none does."""
    found = list(_SUBJECT.finditer(bare, max(0, quoted.start - _REACH), quoted.start))
    if not found or re.search(r"[.!?;]\s", bare[found[-1].end() : quoted.start]):
        return ""
    name, between = found[-1]["name"], bare[found[-1].end() : quoted.start]
    if is_listed(name.lower()) or name.endswith(("’s", "'s", "’", "'")) or _UNDERGOES.search(between):
        return ""
    return name


def blanked(text: str, quoted: Sequence[Quoted]) -> str:
    """The statement without its quotations, every other character in its place."""
    characters = list(text)
    for each in quoted:
        characters[each.start : each.end] = _BLANK * (each.end - each.start)
    return "".join(characters)
