"""Speech without marks: a statement that lets somebody say "I" although nothing is marked as quoted."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from index_store.quotations import lexicon
from index_store.sentences import sentence_spans
from qa.verification.marks import levelled
from qa.verification.quoted import Quoted, quoted_without_marks

_FIRST = (
    r"(?:I(?:['’](?:m|ve|ll|d))?(?=\s[a-z])|I['’](?:m|ve|ll|d)\b"
    r"|[Ww]e(?:['’](?:re|ve|ll|d))?\b|(?:[Mm]y|[Oo]ur)(?=\s[a-z]))"
)
_HAS_FIRST = re.compile(rf"(?<![\w’'-]){_FIRST}")
_COLON = re.compile(r"(?<!\d):\s+(?=\S)")
_ENDS = " \t\n.,;:!?\x01"
_BLANK = "\x01"


@cache
def _behind_verb() -> re.Pattern[str]:
    """What is told directly behind a verb of speech: "said we", "adding that I"."""
    return re.compile(rf"\b(?:{_verbs()}),?\s(?:that\s)?(?P<words>{_FIRST}[^{_BLANK}]*)")


@cache
def _before_verb() -> re.Pattern[str]:
    """A clause from the beginning of a sentence up to its "…, said Doe" or "…, Doe said"."""
    return re.compile(rf"(?P<words>{_FIRST}[^{_BLANK}]*?),\s(?:[^,{_BLANK}]{{1,40}}\s)?(?:{_verbs()})\b")


def _verbs() -> str:
    return "|".join(sorted(lexicon.verb_forms("speech_verbs"), key=len, reverse=True))


def find_unmarked(text: str, quoted: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """What the statement gives as somebody's own words outside the marked ones, in order."""
    text = levelled(text)
    bare = text
    for each in quoted:
        bare = bare[: each.start] + _BLANK * (each.end - each.start) + bare[each.end :]
    spans = (span for start, end in sentence_spans(bare) for span in _told(bare, start, end))
    trimmed = ((start, start + len(bare[start:end].rstrip(_ENDS))) for start, end in spans)
    return tuple(quoted_without_marks(text, start, end) for start, end in trimmed if start < end)


def _told(bare: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """At most one stretch a sentence."""
    if not _HAS_FIRST.search(bare, start, end):
        return
    if colon := _COLON.search(bare, start, end):
        last = bare.find(_BLANK, colon.end(), end)
        last = end if last < 0 else last
        if _HAS_FIRST.search(bare, colon.end(), last):
            yield colon.end(), last
            return
    if found := _before_verb().match(bare, start, end) or _behind_verb().search(bare, start, end):
        yield found.span("words")
