"""What only the index can tell of a row: checked while the question is asked, so that a run file stands alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa.evaluation.spans import Span

if TYPE_CHECKING:
    from qa.evaluation.questions import Question
    from qa.evaluation.run_rows import RunRow


@dataclass(frozen=True, slots=True)
class Checked:
    """What a row's citations and its question's gold are, by the articles that were asked."""

    gold: tuple[tuple[str, ...], ...] = ()  # of each gold name, the ids of the articles it means
    gold_passages: tuple[tuple[Span, ...], ...] = ()  # of each gold passage, its places in those articles
    outlets: tuple[str, ...] = ()  # distinct outlets of the gold articles
    verbatim: tuple[bool, ...] = ()  # of each citation: its quote is the article's own text
    speakers: tuple[str, ...] = ()  # distinct speakers of the quotations that are cited

    def to_json(self) -> dict[str, Any]:
        """The checks as a run file keeps them."""
        return {
            "gold": [list(ids) for ids in self.gold],
            "gold_passages": [
                [{"article_id": span.article_id, "start": span.start, "end": span.end} for span in spans]
                for spans in self.gold_passages
            ],
            "outlets": list(self.outlets),
            "verbatim": list(self.verbatim),
            "speakers": list(self.speakers),
        }


@dataclass(frozen=True, slots=True)
class SpokenSpan:
    """A stretch of an article and who says it."""

    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True)
class ArticleLookups:
    """How a judge finds the articles that questions and citations name."""

    text_of: Callable[[str], str | None]  # the text of the article with that id; None when there is none
    ids_of: Callable[[str], tuple[str, ...]]  # ids of the articles a gold id or URL means; empty when there are none
    outlet_of: Callable[[str], str] = field(default=lambda _: "")  # outlet of the article with that id; empty unknown
    spoken_in: Callable[[str], tuple[SpokenSpan, ...]] = field(default=lambda _: ())  # its quotations with a speaker


def check(question: "Question", row: "RunRow", lookups: ArticleLookups) -> Checked:
    """The checks of one row; a gold name that leads to no article stands for itself, and nothing can find it."""
    gold = tuple(lookups.ids_of(name) or (name,) for name in question.gold)
    return Checked(
        gold=gold,
        gold_passages=tuple(
            tuple(Span(article_id, span.start, span.end) for article_id in lookups.ids_of(span.article_id)) or (span,)
            for span in question.gold_passages
        ),
        outlets=tuple(dict.fromkeys(filter(None, (lookups.outlet_of(each) for ids in gold for each in ids)))),
        verbatim=_verbatim(row, lookups),
        speakers=_speakers(row, lookups),
    )


def as_written(question: "Question") -> Checked:
    """The gold of a question where no index is at hand: its names are taken for ids, and nothing else is known."""
    return Checked(
        gold=tuple((name,) for name in question.gold), gold_passages=tuple((span,) for span in question.gold_passages)
    )


def gold_ids(question: "Question", row: "RunRow") -> tuple[str, ...]:
    """Of each gold name the first article that it meant when the question was asked; the name where none is known."""
    meant = dict(zip(question.gold, row.checked.gold, strict=False)) if row.checked else {}
    return tuple(meant[name][0] if meant.get(name) else name for name in question.gold)


def _verbatim(row: "RunRow", lookups: ArticleLookups) -> tuple[bool, ...]:
    return tuple(
        bool(citation.quote)
        and (lookups.text_of(citation.article_id) or "")[citation.start : citation.end] == citation.quote
        for citation in row.citations
    )


def _speakers(row: "RunRow", lookups: ArticleLookups) -> tuple[str, ...]:
    cited = (
        spoken.speaker
        for citation in row.citations
        for spoken in lookups.spoken_in(citation.article_id)
        if spoken.start < citation.end and citation.start < spoken.end
    )
    return tuple(dict.fromkeys(filter(None, cited)))
