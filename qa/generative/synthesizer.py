"""The generative synthesizer: a model writes the answer from the passages, and code checks every sentence of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from index_store.store import ArticleStore
from qa.citation import Citation
from qa.generative.editor import Editor
from qa.generative.material import Gatherer
from qa.generative.pieces import ask
from qa.generative.writing import Writing
from qa.llm import ChatModel
from qa.numbering import Numbering
from qa.request import Request
from qa.retriever import Found
from qa.settings import QASettings
from qa.verification.support import SupportScorer


@dataclass(frozen=True, slots=True)
class GenerativeSynthesizer:
    """Has answers written; nothing leaves it unchecked."""

    store: ArticleStore
    settings: QASettings
    model: ChatModel
    support: SupportScorer

    def write(self, request: Request, found: Found, cited: Sequence[Citation], *, streamed: bool) -> Writing:
        """An answer to be written from the passages that were found and those `cited` by the extractive answer.

        Nothing is sent before its first statement is asked for.
        """
        gatherer = Gatherer(self.store, self.model, self.settings.passages_given)
        material = gatherer.gather(request, found, cited)
        editor = Editor(request.question, material.passages, Numbering(request.history), self.support)
        return Writing(editor, ask(self.model, material.prompt, streamed=streamed))
