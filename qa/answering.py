"""Answering: from a request to an answer, in the articles' own words or in a checked model's."""

import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index_store.store import ArticleStore
from qa.answer import Answer, RetrievedPassage, Statement
from qa.citation import Citation
from qa.errors import ModelSettingsError, UnansweredError
from qa.explaining import explain
from qa.extractive import Extract, ExtractiveSynthesizer
from qa.generative.condensing import Condensed, condense
from qa.llm import Usage
from qa.numbering import Numbering
from qa.provenance import Provenance
from qa.request import Request
from qa.retriever import ArticleRetriever, Found, nodes
from qa.settings import QASettings
from qa.speech.synthesizer import SpeechSynthesizer
from qa.stream import Stopper

if TYPE_CHECKING:  # loaded only where there is a model
    from qa.generative.synthesizer import GenerativeSynthesizer
    from qa.generative.writing import Writing


_STOPPED = "It was stopped before anything was confirmed."


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All that is known before a model writes."""

    asked: Request
    condensed: Condensed
    found: Found
    extract: Extract
    timings_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers requests; `generative` is None where no model is configured."""

    store: ArticleStore
    settings: QASettings
    retriever: ArticleRetriever
    speech: SpeechSynthesizer
    extractive: ExtractiveSynthesizer
    generative: "GenerativeSynthesizer | None"

    def answer(self, asked: Request, stopper: Stopper, *, streamed: bool) -> Generator[Statement, None, Answer]:
        """Yields statements as they are ready and returns the answer.

        Raises:
            ModelSettingsError: a generative answer is asked for and no model is configured.
            UnansweredError: a generative answer is asked for and the model failed.
        """
        generative = self._generative(asked)
        prepared = self._prepare(asked, self._condensed(asked, generative, stopper, streamed=streamed))
        if generative is None or not prepared.found.hits:
            answer = self._extracted(prepared)
            yield from answer.statements
            return answer
        started = time.perf_counter()
        request, found = prepared.condensed.request, prepared.found
        writing = generative.write(request, found, prepared.extract.citations, streamed=streamed)
        stopper.watch(writing.stop)
        yield from writing
        prepared.timings_ms["write"] = _since(started)
        if _stands(writing):
            return self._written(prepared, writing)
        if self._mode(asked) == "auto":
            answer = self._extracted(prepared, writing)
            yield from answer.statements
            return answer
        if writing.fault:
            raise UnansweredError(str(writing.fault), self._written(prepared, writing)) from writing.fault
        return self._written(prepared, writing)

    def _mode(self, asked: Request) -> str:
        return asked.mode or self.settings.mode

    def _generative(self, asked: Request) -> "GenerativeSynthesizer | None":
        if self._mode(asked) == "generative" and self.generative is None:
            raise ModelSettingsError(
                "no model is configured to write an answer; set OPENAI_API_KEY, or OPENAI_BASE_URL and ARTICLE_QA_MODEL"
            )
        return None if self._mode(asked) == "extractive" else self.generative

    def _condensed(
        self, asked: Request, generative: "GenerativeSynthesizer | None", stopper: Stopper, *, streamed: bool
    ) -> Condensed:
        if generative is None:
            return Condensed(asked.understood(), Usage())
        return condense(asked, generative.model, stopper, streamed=streamed)

    def _prepare(self, asked: Request, condensed: Condensed) -> _Prepared:
        request = condensed.request
        timings = {"condense": 1000 * condensed.usage.seconds} if condensed.usage.requests else {}
        started = time.perf_counter()
        found = self.retriever.find(request)
        timings["retrieve"] = _since(started)
        started = time.perf_counter()
        extract = self.speech.synthesize(request, found.hits) or self.extractive.synthesize(request, found)
        timings["answer"] = _since(started)
        return _Prepared(asked, condensed, found, extract, timings)

    def _extracted(self, prepared: _Prepared, failed: "Writing | None" = None) -> Answer:
        """The extractive answer; in the place of a model's that failed, with a note that says so."""
        extract = prepared.extract
        numbering = Numbering(prepared.asked.history)
        statements, citations = numbering.renumbered(extract.statements, extract.citations)
        return replace(
            self._frame(prepared, failed),
            statements=statements,
            citations=self._traced(prepared, citations),
            refused=not statements,
            reason=extract.reason,
            note=" ".join(filter(None, (_instead(failed) if failed else "", extract.note))),
        )

    def _written(self, prepared: _Prepared, writing: "Writing") -> Answer:
        editor = writing.editor
        refused = not editor.has_answer
        return replace(
            self._frame(prepared, writing),
            statements=tuple(editor.statements),
            citations=self._traced(prepared, editor.citations.values()),
            refused=refused,
            reason=_STOPPED if refused and writing.stopped else editor.reason,
            mode="generative",
            incomplete=writing.incomplete,
            note=str(writing.fault or ""),
        )

    def _traced(self, prepared: _Prepared, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return Provenance(self.store, prepared.asked.scope.until).traced(citations)

    def _frame(self, prepared: _Prepared, writing: "Writing | None") -> Answer:
        """What an answer says whoever wrote it."""
        found, request = prepared.found, prepared.condensed.request
        return Answer(
            question=prepared.asked.question,
            understood=request.question,
            retrieved=_retrieved(found),
            source_nodes=nodes(found.hits),
            explanation=explain(request, found.hits, prepared.extract, read=self.settings.passages_read),
            usage=prepared.condensed.usage + (writing.usage if writing else Usage()),
            timings_ms=prepared.timings_ms,
        )


def _stands(writing: "Writing") -> bool:
    """Whether what was written can be given: a confirmed statement, a whole refusal, or what its reader stopped."""
    editor = writing.editor
    return editor.has_answer or (bool(editor.refusal) and not writing.fault) or writing.stopped


def _instead(failed: "Writing") -> str:
    if failed.fault:
        return f"No model wrote this answer: {failed.fault}. It is made of the articles’ own sentences."
    return "What the model wrote could not be confirmed, so this answer is made of the articles’ own sentences."


def _retrieved(found: Found) -> tuple[RetrievedPassage, ...]:
    return tuple(
        RetrievedPassage(found.article(hit), hit.stored.passage.start, hit.stored.passage.end, hit.score)
        for hit in found.hits
    )


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)
