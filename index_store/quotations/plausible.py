"""Which marked words are somebody's words, and which a title, a nickname or a word held at arm's length."""

import re

from index_store.quotations.cues import Cue
from index_store.quotations.lexicon import genders, words
from index_store.quotations.marks import Marked
from index_store.quotations.reading import Reading

_WORKS = words("works")
_ROLES = genders("roles")
_SMALL = words("prepositions") | words("determiners") | {"and", "or", "but", "is", "vs"}
_DETERMINERS = words("determiners") | {"so-called"}
_WORD = re.compile(r"[\w’'-]+")
_BEFORE = re.compile(r"([\w’'-]+)[\s(]+$")
_WORK_BEFORE = re.compile(r"([\w’'-]+),?[\s(]+$")
_AFTER = re.compile(r"[ \xa0]([a-z][\w-]*)")
_BYLINE = re.compile(r"\s*by\s+(?:the\s+)?[A-Z]")
_SHORT = 3  # words; as many may be a term rather than an utterance
_MAX_TITLE = 10  # words


def is_plausible(reading: Reading, span: Marked, cue: Cue) -> bool:
    """Whether the marked words are reported speech."""
    inner = reading.text[span.inner_start : span.inner_end]
    tokens = _WORD.findall(inner)
    if not tokens or not any(token[0].isalpha() for token in tokens):
        return False
    governed = cue.strength in ("beside", "sentence", "colon") or bool(cue.verb)
    if _is_title_case(tokens) and _is_title(reading, span, cue, governed=governed):
        return False
    if not governed and _BYLINE.match(reading.masked, span.end):
        return False
    return governed or len(tokens) > _SHORT or not _is_term(reading, span, cue)


def _is_title_case(tokens: list[str]) -> bool:
    return (
        len(tokens) <= _MAX_TITLE
        and tokens[0][0].isupper()
        and all(not token[0].islower() or token.lower() in _SMALL for token in tokens)
    )


def _is_title(reading: Reading, span: Marked, cue: Cue, *, governed: bool) -> bool:
    """Whether words in title case name a work, a programme or a nickname rather than being said."""
    before = _BEFORE.search(reading.masked, max(0, span.start - 30), span.start)
    word = before[1].lower() if before else ""
    work = _WORK_BEFORE.search(reading.masked, max(0, span.start - 30), span.start)
    after = _AFTER.match(reading.masked, span.end)
    if (work and work[1].lower() in _WORKS) or (after and (after[1] in _WORKS or after[1] in _ROLES)):
        return True
    if word.endswith(("’s", "'s", "s’", "s'")):
        return True
    if (
        word in words("prepositions")
        and cue.strength != "colon"
        and len(_WORD.findall(reading.text[span.inner_start : span.inner_end])) > 1
    ):
        return True
    return not governed and (cue.strength != "continued" or bool(word))


def _is_term(reading: Reading, span: Marked, cue: Cue) -> bool:
    """Whether a few words without a verb of speech are a term: the "stand down" order."""
    before = _BEFORE.search(reading.masked, max(0, span.start - 30), span.start)
    after = _AFTER.match(reading.masked, span.end)
    word = before[1].lower() if before else ""
    if word == "so-called":
        return True
    if after is not None and after[1] not in _SMALL and (word in _DETERMINERS or word.endswith(("’s", "'s"))):
        return True
    return cue.strength == "none" and len(_WORD.findall(reading.text[span.inner_start : span.inner_end])) == 1
