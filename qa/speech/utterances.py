"""Utterances: quotations that one speaker made in one go."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index_store.article import Article
from index_store.catalog import StoredQuotation
from index_store.sentences import sentence_spans
from qa.speech.hedges import hedged

_APART = 160  # characters between two quotations of one utterance: "…," she told reporters on Monday. "…"
_TOLD_WITHIN = 600  # characters between words and the mention of their speaker that are still shown together
_CLOSING = "\"”’'»"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Quotations of one speaker that follow each other in an article."""

    quotations: tuple[StoredQuotation, ...]

    @property
    def article_id(self) -> str:
        """Id of the article."""
        return self.quotations[0].article_id

    @property
    def speaker(self) -> str:
        """The speaker's full name, as far as the article gives it."""
        return max((stored.quotation.speaker for stored in self.quotations), key=len)

    @property
    def is_marked(self) -> bool:
        """Whether all of it stands in quotation marks as a whole utterance."""
        return all(stored.quotation.kind == "direct" for stored in self.quotations)

    @property
    def start(self) -> int:
        """Where the first quotation begins."""
        return self.quotations[0].quotation.start

    @property
    def end(self) -> int:
        """Where the last quotation ends."""
        return self.quotations[-1].quotation.end


def utterances(quotations: Iterable[StoredQuotation], text: str) -> Iterator[Utterance]:
    """Groups all quotations of one article, in order; `text` is the article's.

    Marked words inside a paraphrase stay apart, and so does what another paragraph or another speaker separates.
    """
    group: list[StoredQuotation] = []
    for stored in quotations:
        if group and not _goes_on(group[-1], stored, text):
            yield Utterance(tuple(group))
            group = []
        group.append(stored)
    if group:
        yield Utterance(tuple(group))


def _goes_on(last: StoredQuotation, following: StoredQuotation, text: str) -> bool:
    between = text[last.quotation.end : following.quotation.start]
    unclosed = text[last.quotation.end - 1] not in _CLOSING  # a quotation that runs on into the next paragraph
    return (
        last.quotation.speaker == following.quotation.speaker
        and last.quotation.kind == following.quotation.kind == "direct"
        and len(between) <= _APART
        and (unclosed or "\n" not in between)
    )


def is_narrated(utterance: Utterance) -> bool:
    """Whether it is an act of speech, told without any words of the speaker's: "threatened to sue"."""
    return all(stored.quotation.kind == "act" for stored in utterance.quotations)


def is_bare(utterance: Utterance, article: Article) -> bool:
    """Whether the words may stand alone under the speaker's name: marked, and told without doubt at first hand."""
    return utterance.is_marked and not _is_hedged(utterance, article)


def shown_span(utterance: Utterance, article: Article) -> tuple[int, int]:
    """What is cited of an utterance: itself when it may stand alone, else the sentences that tell it.

    Marked words inside a paraphrase mean nothing without it, and hedged ones mean more without the hedge.
    """
    if is_bare(utterance, article):
        return utterance.start, utterance.end
    return _telling_span(utterance, article.text)


def shown_text(utterance: Utterance, article: Article, *, full_name: bool = False) -> str:
    """The utterance in the article's own characters with white space folded, under the speaker's name.

    A sentence that names the speaker needs none above it, unless that has to be the `full_name`.
    """
    if is_bare(utterance, article):
        parts = [article.text[q.start : q.end] for q in (stored.quotation for stored in utterance.quotations)]
        return f"{utterance.speaker}: {' … '.join(' '.join(part.split()) for part in parts)}"
    start, end = shown_span(utterance, article)
    text = " ".join(article.text[start:end].split())
    named = (utterance.speaker if full_name else utterance.speaker.split()[-1]) in text
    return text if named else f"{utterance.speaker}: {text}"


def _is_hedged(utterance: Utterance, article: Article) -> bool:
    return hedged(article.text, _telling_span(utterance, article.text), utterance.quotations)


def _telling_span(utterance: Utterance, text: str) -> tuple[int, int]:
    """From the first to the last sentence that holds the words or names who says them."""
    places = [(utterance.start, utterance.end)]
    for stored in utterance.quotations:
        said = stored.quotation
        if said.speaker_start >= 0 and abs(said.speaker_start - said.start) <= _TOLD_WITHIN:
            places.append((said.speaker_start, said.speaker_end))
    start, end = min(place[0] for place in places), max(place[1] for place in places)
    sentences = _sentences(text)
    first = bisect_right(sentences, start, key=lambda span: span[0]) - 1
    last = bisect_left(sentences, end, key=lambda span: span[1])
    return sentences[max(first, 0)][0], sentences[min(last, len(sentences) - 1)][1]


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentence_spans(text))
