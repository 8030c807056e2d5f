"""The dossier: what an export says of its questions, answers and sources, whatever its form."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answer import RetrievedPassage
from qa.citation import Citation
from ui.holdings import count_of
from ui.losses import Loss
from ui.state import Turn

_NEAREST = 3  # passages listed under a refusal
_SLUG_CHARS = 60
_MODES = {"extractive": "In the articles’ own words", "generative": "Written by a model, and checked"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line under a heading."""

    name: str
    value: str
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """A quotation with all that is needed to find it again."""

    label: str  # the citation's number; "" for a passage that was only found
    quote: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """An answer, or a conversation, with its name."""

    name: str
    turns: tuple[Turn, ...]

    @property
    def file_stem(self) -> str:
        """A name for its file, in plain letters."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().casefold()
        return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_CHARS].strip("-") or "answer"


def facts_of(turn: Turn) -> tuple[Fact, ...]:
    """When it was asked, how it was understood, of what, and how it was answered."""
    answer, holdings = turn.answer, turn.holdings
    period = f", published {holdings.period}" if holdings.period else ""
    facts = [
        ("Asked", turn.asked_at.isoformat(sep=" ", timespec="minutes") if turn.asked_at else "on an unknown day"),
        ("Understood as", turn.linked_question),
        ("Limits", turn.limits.words or "none"),
        ("Searched", f"{holdings.size} ({count_of(holdings.passages, 'passage')}){period}"),
    ]
    if answer and not answer.refused and not turn.error:
        facts.append(("Answered", _MODES[answer.mode]))
    if answer and answer.incomplete:
        facts.append(("Incomplete", "The answer broke off before its end."))
    if answer and answer.note:
        facts.append(("Note", answer.note))
    return tuple(Fact(name, value) for name, value in facts)


def proofs_of(turn: Turn) -> tuple[Proof, ...]:
    """The citations of the answer; of a refusal the nearest passages."""
    if turn.answer is None:
        return ()
    losses = {loss.span.number: loss for loss in turn.losses}
    if turn.answer.citations:
        return tuple(_proof(citation, losses.get(citation.number)) for citation in turn.answer.citations)
    return tuple(map(_near, turn.answer.retrieved[:_NEAREST]))


def _near(passage: RetrievedPassage) -> Proof:
    citation = Citation(0, passage.article, passage.start, passage.end)
    return Proof("", citation.quote, tuple(_source_facts(citation, None)))


def _proof(citation: Citation, loss: Loss | None) -> Proof:
    return Proof(str(citation.number), citation.quote, tuple(_source_facts(citation, loss)))


def _source_facts(citation: Citation, loss: Loss | None) -> Iterator[Fact]:
    article, span = citation.article, loss.span if loss else citation.span
    yield Fact("Headline", article.title or "none")
    yield Fact("Outlet", article.source or "unknown")
    yield Fact("Published", article.published.isoformat() if article.published else "unknown")
    if article.updated:
        yield Fact("Updated", article.updated.isoformat())
    if article.author:
        yield Fact("Author", article.author)
    if article.url:
        yield Fact("Address", article.url, is_address=True)
    yield Fact("Article", article.id)
    yield Fact("Characters", f"{span.start} to {span.end}")
    yield Fact("Content hash", loss.content_hash if loss else article.content_hash)
    if citation.also_in:
        yield Fact(
            "Also in", ", ".join(dict.fromkeys(copy.source or copy.title or copy.id for copy in citation.also_in))
        )
    for notice in citation.corrections:
        yield Fact("The article says", " ".join(notice.split()))
    if loss:
        yield Fact("Since then", str(loss))
