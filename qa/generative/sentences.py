"""Sentences of a reply with the passages each cites, told apart while the reply is still coming."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index_store.sentences import Span, sentence_spans
from qa.generative.markers import Marker, MarkerReader, Text

_JOINED = 4  # sentences that are kept together while a quotation in them has not been closed
# At the start of a line: list signs, headings, quoted lines; and lines of table rules or code fences alone.
_LAYOUT = re.compile(r"^[ \t]*(?:(?:[-*•>]|\d{1,2}[.)]|#{1,6})[ \t]+|(?:`{3}\w*|[|:-][ |:-]+)$)", re.MULTILINE)
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_CLOSES_UP = re.compile(r"[\s.,;:!?)\]”’\"']")  # what follows a marker without a blank of its own


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence without its markers, and the passage numbers of those, each once."""

    text: str
    markers: tuple[int, ...]
    whole: bool = True  # False when the reply broke off inside it


@dataclass(slots=True)
class SentenceReader:
    """Cuts a reply that comes in pieces into sentences; a marker belongs to the one it stands in or right after."""

    _reader: MarkerReader = field(default_factory=MarkerReader)
    _text: str = ""  # without markers
    _blank: str = ""  # white space before the last marker, put back when words follow
    _marks: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)  # by place in `_text`

    def feed(self, piece: str) -> Iterator[WrittenSentence]:
        """The sentences that are complete after one more piece."""
        self._take(self._reader.feed(piece))
        self._text = _without_layout(self._text)
        spans = _whole_quotations(self._text)
        # The last one may go on, and a word or two later the one before it may turn out to go on as well.
        certain = spans[:-1] if spans and " " in self._text[slice(*spans[-1])] else spans[:-2]
        yield from self._cut(certain)

    def finish(self, *, whole: bool = True) -> Iterator[WrittenSentence]:
        """The sentences that are left; `whole` is False when the reply broke off."""
        self._take(self._reader.finish())
        self._text = _without_layout(self._text)
        yield from self._cut(_whole_quotations(self._text), last_is_whole=whole)

    def _take(self, parts: Iterable[Text | Marker]) -> None:
        for part in parts:
            if isinstance(part, Text):
                self._text += part.text if _CLOSES_UP.match(part.text) else self._blank + part.text
                self._blank = ""
                continue
            bare = self._text.rstrip()
            self._text, self._blank = bare, self._text[len(bare) :] or self._blank
            self._marks.append((len(bare), part.numbers))

    def _cut(self, spans: Sequence[Span], *, last_is_whole: bool = True) -> Iterator[WrittenSentence]:
        for position, (start, end) in enumerate(spans):
            numbers = tuple(dict.fromkeys(n for place, listed in self._marks if place <= end for n in listed))
            self._marks = [mark for mark in self._marks if mark[0] > end]
            if text := _plain(self._text[start:end]):
                whole = last_is_whole or position < len(spans) - 1 or bool(_ENDED.search(text))
                yield WrittenSentence(text, numbers, whole)
        done = spans[-1][1] if spans else 0
        self._text = self._text[done:]
        self._marks = [(place - done, listed) for place, listed in self._marks]


def _whole_quotations(text: str) -> list[Span]:
    """Spans of the sentences of `text`, those joined between which a quotation is open."""
    joined: list[Span] = []
    count = 0
    for start, end in sentence_spans(text):
        if joined and count < _JOINED and _is_open(text[slice(*joined[-1])]):
            joined[-1] = (joined[-1][0], end)
            count += 1
        else:
            joined.append((start, end))
            count = 1
    return joined


def _is_open(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")


def _plain(sentence: str) -> str:
    """The words alone: emphasis is the model's layout, not its statement."""
    return " ".join(sentence.replace("**", "").split())


def _without_layout(text: str) -> str:
    """The text with its layout blanked out, each character by a space."""
    return _LAYOUT.sub(lambda found: " " * len(found[0]), text)
