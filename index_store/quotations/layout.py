"""The layout of a text: its paragraphs and sentences, with quotations blanked out."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from index_store.quotations.lexicon import genders, words
from index_store.quotations.marks import Marked

OPEN, INSIDE, CLOSE = "\x02", "\x01", "\x03"

_BLANK_LINE = re.compile(r"[ \t\r]*\n[ \t\r]*\n\s*")
# A line that begins in lower case goes on with the sentence before it.
_LINE = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n\s*|[ \t\r]*(?![a-z \t\r\n]))")
_WRAPPED = re.compile(r"[^\s.!?:;”\"'’)]\n(?=\S)")
_BOUNDARY = re.compile(rf"[.!?…][)\]’']*{CLOSE}?[)\]]?\s+(?=[A-Z0-9\"'‘“(\[{OPEN}])|{CLOSE}\s+(?={OPEN})")
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .,’'-]{2,30}(?:,[^\n—–-]{0,40})?(?:\([^()\n]{1,20}\)\s*)?"
    r"|[A-Z][\w .,’'-]{2,40}\((?:AFP|ANSA|AP|CNN|dpa|EFE|Kyodo|PA|PTI|Reuters|TASS|UPI|Xinhua)\))"
    r"\s*(?:[—–―]|--?)\s+"
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$")
_LAST_WORD = re.compile(r"[\w.’'-]+$")
_MAX_SENTENCE = 1500  # characters looked at on either side, so that text without full stops stays cheap
_MIN_WRAPPED_SHARE = 0.4  # of the line ends; above it a single line end is no paragraph's end


def find_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each paragraph, without the white space around it.

    A blank line always ends one; a single line end does unless the text is hard-wrapped.
    """
    lines = text.count("\n")
    separator = _BLANK_LINE if lines and len(_WRAPPED.findall(text)) >= _MIN_WRAPPED_SHARE * lines else _LINE
    paragraphs = []
    start = len(text) - len(text.lstrip())
    for gap in separator.finditer(text, start):
        paragraphs.append((start, gap.start()))
        start = gap.end()
    paragraphs.append((start, len(text.rstrip())))
    return tuple((start, end) for start, end in paragraphs if start < end)


@dataclass(frozen=True, slots=True)
class Layout:
    """A text cut into paragraphs and sentences.

    `masked` has the length of the text: marked words are blanked, their marks replaced by OPEN and CLOSE, and
    only a stop that ends them is left.
    """

    masked: str
    paragraphs: tuple[tuple[int, int], ...]
    sentence_starts: tuple[int, ...]

    def paragraph(self, position: int) -> int:
        """Number of the paragraph a position lies in."""
        return max(0, bisect_right(self.paragraphs, (position, len(self.masked) + 1)) - 1)

    def sentence(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence a position lies in; it may hold blanked quotations."""
        number = bisect_right(self.sentence_starts, position)
        start = self.sentence_starts[number - 1] if number else 0
        end = self.sentence_starts[number] if number < len(self.sentence_starts) else len(self.masked)
        if self.paragraphs:
            end = min(end, max(start, self.paragraphs[self.paragraph(position)][1]))
        return max(start, position - _MAX_SENTENCE), min(end, position + _MAX_SENTENCE)

    def sentence_before(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence that ends before the one at a position; empty at the beginning."""
        start = self.sentence(position)[0]
        number = bisect_left(self.sentence_starts, start)
        return self.sentence(self.sentence_starts[number - 1]) if number else (start, start)


def lay_out(text: str, paragraphs: tuple[tuple[int, int], ...], marked: tuple[Marked, ...]) -> Layout:
    """The layout of a text whose paragraphs and marked words are known."""
    pieces = []
    last = 0
    for span in marked:
        inner = text[span.inner_start : span.inner_end]
        stop = inner[-1:] if inner[-1:] in tuple(",.?!…—-") else INSIDE[: len(inner)]
        pieces.append(text[last : span.start])
        pieces.append(OPEN + INSIDE * (span.inner_start - span.start - 1))
        pieces.append(INSIDE * (len(inner) - len(stop)) + stop)
        pieces.append((CLOSE + INSIDE * (span.end - span.inner_end - 1)) if span.closed else "")
        last = span.end
    pieces.append(text[last:])
    masked = "".join(pieces)
    return Layout(masked, paragraphs, _sentence_starts(masked, paragraphs))


def _sentence_starts(masked: str, paragraphs: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    starts = [start for start, _ in paragraphs]
    starts += [dateline.end() for start, end in paragraphs if (dateline := _DATELINE.match(masked, start, end))]
    starts += [match.end() for match in _BOUNDARY.finditer(masked) if not _is_abbreviated(masked, match.start())]
    return tuple(sorted(set(starts)))


def _is_abbreviated(masked: str, stop: int) -> bool:
    """Whether a full stop belongs to the word before it, or a quotation's stop to a sentence that goes on."""
    if masked[stop] != ".":
        return False
    word = _LAST_WORD.search(masked, max(0, stop - 12), stop)
    if word is None:
        return False
    if _INITIALS.match(word[0]):
        return True
    return word[0] + "." in genders("titles") or word[0].lower() in words("abbreviations")
