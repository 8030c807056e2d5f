"""An engine over three articles whose answers a scripted server writes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from qa.answer import Answer
from qa.engine import ArticleQueryEngine
from qa.llm import ModelSettings, OpenAIModel
from qa.settings import QASettings
from qa.stream import AnswerStream
from tests.scripted_server import MODEL, Player, Script, ScriptedServer, Serve, serve

__all__ = ["serve"]

QUESTION = "Why did Tilda Brask close the harbour bridge?"
ASKED = date(2025, 5, 13)


@dataclass
class Asked:
    """An engine, its model's server, and ways to ask it that need no day."""

    engine: ArticleQueryEngine
    server: ScriptedServer
    options: dict[str, Any] = field(default_factory=lambda: {"asked_on": ASKED})

    def query(self, question: str = QUESTION, **options: Any) -> Answer:
        return self.engine.query(question, **self.options, **options)

    def stream(self, question: str = QUESTION, **options: Any) -> AnswerStream:
        return self.engine.stream(question, **self.options, **options)


Writes = Callable[..., Asked]


@pytest.fixture
def writes(engine: ArticleQueryEngine, serve: Serve) -> Writes:
    """`writes(reply("…"))` is an engine whose model's server plays that."""

    def build(*replies: Script | Player, settings: QASettings | None = None, **limits: Any) -> Asked:
        server = serve(*replies)
        limits = {"connect_timeout_s": 1.0, "read_timeout_s": 0.5, "total_timeout_s": 5.0, "attempts": 2} | limits
        model = OpenAIModel(ModelSettings(model=MODEL, base_url=server.url, **limits))
        return Asked(ArticleQueryEngine(engine.store, settings, model), server)

    return build
