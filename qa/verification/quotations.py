"""Finding a statement's quotation in an article, character for character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index_store.quotations import Quotation
from index_store.sentences import sentence_spans
from qa.verification.folding import MARKS, Folded, fold
from qa.verification.passages import CitedPassage
from qa.verification.quoted import Piece, Quoted

_EDGE = 200  # characters before and behind a passage in which a quotation may still lie: a sentence or two
_SKIPPED_WORDS = 25  # that an ellipsis may leave out
_REPLACED_WORDS = 4  # that the writer's own words in brackets may stand for: "[the mayor of Ansgill]" for "she"
_LOOKED_AT = 20  # places of the first piece that are tried
_TRAILING = " .,;:…-'"
_MARK = re.compile(r"[\"“”„«»]")
_WORD = re.compile(r"\w")
_ENDS = re.compile(r"[.!?…]['\"”’»\s]*$")
_NEGATIONS = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|nowhere|neither|nor|without|hardly|scarcely|barely|cannot|false|unless|if"
    r"|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|\w+n['’]t)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot|\w+n['’]t)"
    r"(?:\s(?:an?|the|ever|even|really|be|been|being|any)){0,2}[\s\"“‘'«]*$",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\b(?:un\w{4,}|lack\w*|reject\w*|rather|instead|far from)\b", re.IGNORECASE)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation in an article: one span for each of its pieces, in order."""

    passage: CitedPassage
    pieces: tuple[Piece, ...]  # of the statement
    spans: tuple[Span, ...]  # of the article's text, one for each piece

    @property
    def start(self) -> int:
        """Where its first piece begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.spans[-1][1]


def find_in(quoted: Quoted, passages: Sequence[CitedPassage]) -> tuple[Found, ...]:
    """Where the passages hold the quotation, at most one place a passage; empty where none does."""
    return tuple(found for passage in passages if (found := _find(quoted, passage, _window(passage, passages))))


def stands_in_heading(quoted: Quoted, passages: Sequence[CitedPassage]) -> bool:
    """Whether the quotation is of a cited article's headline or outlet."""
    needle = fold(quoted.whole).text.strip(_TRAILING).casefold()
    return any(_is_word_at(fold(passage.heading).text.casefold(), needle) for passage in passages)


def _is_word_at(text: str, needle: str) -> bool:
    return bool(needle) and re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", text) is not None


def _find(quoted: Quoted, passage: CitedPassage, window: Span) -> Found | None:
    folded = fold(passage.article.text[window[0] : window[1]])
    for pieces in quoted.readings:  # what looks left out may be so in the article
        if quoted.denies and pieces is quoted.readings[-1]:
            continue
        for spans in _placed(folded, pieces, passage, window[0]):
            if _is_one_utterance(spans, pieces, passage) and _is_honest(spans, pieces, passage):
                return Found(passage, pieces, spans)
    return None


def _window(passage: CitedPassage, passages: Sequence[CitedPassage]) -> Span:
    """The stretch of the article that is looked at: the passage, cited ones that adjoin it, and what is at the edge."""
    start, end = passage.start, passage.end
    same = sorted((p.start, p.end) for p in passages if p.article.id == passage.article.id)
    for first, last in (*same, *reversed(same)):
        if first <= end + _EDGE and start - _EDGE <= last:
            start, end = min(start, first), max(end, last)
    return max(0, start - _EDGE), min(len(passage.article.text), end + _EDGE)


def _placed(folded: Folded, pieces: Sequence[Piece], passage: CitedPassage, offset: int) -> Iterator[tuple[Span, ...]]:
    """Where the pieces stand one behind the other, places inside the passage first."""
    placed = []
    for first in list(_places(folded, pieces[0].text, 0))[:_LOOKED_AT]:
        spans = [first]
        for piece in pieces[1:]:
            following = next(_places(folded, piece.text, spans[-1][1]), None)
            if following is None:
                break
            spans.append(following)
        if len(spans) == len(pieces):
            shifted = tuple((s + offset, e + offset) for s, e in (folded.span(*span) for span in spans))
            placed.append(shifted)
    return iter(sorted(placed, key=lambda spans: not (passage.start <= spans[0][0] and spans[-1][1] <= passage.end)))


def _places(folded: Folded, words: str, start: int) -> Iterator[Span]:
    """Where words stand in a folded text, as whole words; only the first letter may differ in its case."""
    needle = fold(words).text.strip(_TRAILING)
    if not needle:
        return
    first = re.escape(needle[0])
    if needle[0].isalpha():
        first = f"[{re.escape(needle[0].lower())}{re.escape(needle[0].upper())}]"
    pattern = re.compile(rf"(?<!\w){first}{re.escape(needle[1:])}" + (r"(?!\w)" if needle[-1].isalnum() else ""))
    for match in pattern.finditer(folded.text, start):
        yield match.span()


def _is_one_utterance(spans: Sequence[Span], pieces: Sequence[Piece], passage: CitedPassage) -> bool:
    """Whether no piece runs out of, or into, words that the article puts in marks, nor two join two speakers."""
    marked = [quotation for quotation in passage.quotations if quotation.kind != "indirect"]
    held = [[q for q in marked if q.start < end and start < q.end] for start, end in spans]
    for span, piece, quotations in zip(spans, pieces, held, strict=True):
        # Marks that the statement shows too hide nothing
        if not _MARK.search(piece.text.strip('"“”„«» ')) and not _keeps_to_marks(
            span, quotations, passage.article.text
        ):
            return False
    speakers = {quotation.speaker for quotations in held for quotation in quotations}
    return len(spans) == 1 or (len(speakers) <= 1 and len({bool(quotations) for quotations in held}) == 1)


def _keeps_to_marks(span: Span, quotations: Sequence[Quotation], text: str) -> bool:
    for quotation in quotations:
        inside = quotation.start <= span[0] and span[1] <= quotation.end
        # A mark or a stop at the end of a match is no part of it
        around = not _WORD.search(text, quotation.start, span[0]) and not _WORD.search(text, span[1], quotation.end)
        is_closed = text[quotation.end - 1] in MARKS  # else nobody knows where it ends
        if is_closed and not inside and not around and not _runs_on(span, quotations, text):
            return False
    return True


def _runs_on(span: Span, quotations: Sequence[Quotation], text: str) -> bool:
    """Whether the span lies in quotations that follow each other over paragraphs, nothing between them."""
    if span[0] < quotations[0].start or span[1] > quotations[-1].end:
        return False
    return all(not text[one.end : other.start].strip() for one, other in pairwise(quotations))


def _is_honest(spans: Sequence[Span], pieces: Sequence[Piece], passage: CitedPassage) -> bool:
    """Whether what is left out between the pieces may be left out."""
    return all(
        _may_skip(passage, (one[1], other[0]), piece.join, before.text)
        for one, other, before, piece in zip(spans, spans[1:], pieces, pieces[1:], strict=False)
    )


def _may_skip(passage: CitedPassage, gap: Span, join: str, before: str) -> bool:
    skipped = passage.article.text[gap[0] : gap[1]]
    count = len(re.findall(r"\w+", skipped))
    if join == "[":
        return count <= _REPLACED_WORDS and not _crosses_sentence(passage, gap) and not _NEGATIONS.search(skipped)
    if count > _SKIPPED_WORDS:
        return False
    if _ENDS.search(before.rstrip()) and _begins_sentence(passage, gap[1]):
        return True
    # Inside a sentence a negation turns what is left round, however many words go with it
    return not _crosses_sentence(passage, gap) and not _NEGATIONS.search(skipped)


def drops_negation(before: str, found: Found) -> bool:
    """Whether the article negates the words right before them, and the statement, `before` them, does not."""
    start, _ = next((s for s in _sentences(found.passage) if s[0] <= found.start < s[1]), (found.start, found.start))
    if not _NEGATED.search(found.passage.article.text, start, found.start):
        return False
    return not (_NEGATIONS.search(before) or _TURNED.search(before))


def _begins_sentence(passage: CitedPassage, position: int) -> bool:
    before = passage.article.text[:position].rstrip(" \n\t[“\"'‘«")
    return before[-1:] in (".", "!", "?", "”", "’", "»", "…")


def _crosses_sentence(passage: CitedPassage, gap: Span) -> bool:
    text = passage.article.text
    return bool(re.search(r"[.!?][\"”’»']?\s+[\"“‘«\[]?[A-Z0-9]", text[gap[0] : gap[1] + 1])) or any(
        gap[0] < start <= gap[1] for start, _ in _sentences(passage)
    )


def _sentences(passage: CitedPassage) -> tuple[Span, ...]:
    start, end = _window(passage, (passage,))
    return tuple((s + start, e + start) for s, e in sentence_spans(passage.article.text[start:end]))
