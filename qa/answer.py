"""The answer: cited statements, or a reasoned refusal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from llama_index.core.base.response.schema import Response

from index_store.article import Article
from qa.explanation import Explanation

_MARKER = re.compile(r"\[(\d[\d,\s]*)\]")

Mode = Literal["extractive", "generative"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker `[number]` resolved to a span: `quote == article.text[start:end]`, always."""

    number: int  # from 1, in order of first use
    article: Article
    start: int
    end: int
    answer: tuple[int, int] | None = None  # the answering words inside the span, where they could be told
    also_in: tuple[Article, ...] = ()  # other articles that hold the same sentence: wire copies

    @property
    def article_id(self) -> str:
        """Id of the cited article."""
        return self.article.id

    @property
    def quote(self) -> str:
        """The article's own characters."""
        return self.article.text[self.start : self.end]

    def to_json(self) -> dict[str, Any]:
        """The citation as `ask --json` prints it."""
        published = self.article.published
        return {
            "number": self.number,
            "article_id": self.article_id,
            "title": self.article.title,
            "source": self.article.source,
            "author": self.article.author,
            "published": published.isoformat() if published else None,
            "url": self.article.url,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "answer": list(self.answer) if self.answer else None,
            "also_in": [{"article_id": a.id, "title": a.title, "source": a.source} for a in self.also_in],
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that prove it."""

    text: str  # without markers; whitespace folded for reading
    citations: tuple[int, ...]  # numbers
    problems: tuple[str, ...] = ()  # why it is not verified; empty when it is

    def __str__(self) -> str:
        # "[9]" in an article is not a marker of ours
        text = _MARKER.sub(r"(\1)", self.text)
        return text + "".join(f" [{number}]" for number in self.citations)


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that was found, with its fused score, best first in an answer."""

    article: Article
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """The passage's own characters."""
        return self.article.text[self.start : self.end]


@dataclass
class Answer(Response):
    """What a question gets: statements with citations, or a refusal with its reason.

    It is a LlamaIndex `Response`: `response` holds the text with markers and `source_nodes` the passages
    that were read, so LlamaIndex evaluators, agents and tools accept it.
    """

    response: str | None = None
    question: str = ""
    understood: str = ""  # the question as it was understood: a follow-up put so that it stands alone
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    retrieved: tuple[RetrievedPassage, ...] = ()
    refused: bool = False
    reason: str = ""  # why it was refused, in words; empty otherwise
    mode: Mode = "extractive"
    incomplete: bool = False
    explanation: Explanation | None = field(default=None, repr=False)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.response = self.reason if self.refused else " ".join(map(str, self.statements))

    def __str__(self) -> str:
        return self.response or ""

    def to_json(self) -> dict[str, Any]:
        """The answer as `ask --json` prints it."""
        return {
            "schema": 1,
            "question": self.question,
            "understood": self.understood,
            "answer": str(self),
            "refused": self.refused,
            "reason": self.reason,
            "mode": self.mode,
            "incomplete": self.incomplete,
            "statements": [
                {"text": s.text, "citations": list(s.citations), "problems": list(s.problems)} for s in self.statements
            ],
            "citations": [citation.to_json() for citation in self.citations],
            "retrieved": [
                {"article_id": p.article.id, "start": p.start, "end": p.end, "score": round(p.score, 6)}
                for p in self.retrieved
            ],
            "timings_ms": {stage: round(value, 3) for stage, value in self.timings_ms.items()},
        }
