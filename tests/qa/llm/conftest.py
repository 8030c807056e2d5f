"""A prompt, and a model of a scripted server with limits that a busy machine does not reach by itself."""

from collections.abc import Callable

import pytest

from prompts import Prompt
from qa.llm import ModelSettings, OpenAIModel
from tests.scripted_server import MODEL, ScriptedServer, serve

__all__ = ["serve"]

ModelOf = Callable[..., OpenAIModel]


@pytest.fixture
def prompt() -> Prompt:
    return Prompt("Answer from the passages.", "Who shut the Vennay sluice?")


@pytest.fixture
def model_of() -> ModelOf:
    """Builds the model of a server, or of an address; keywords are those of `ModelSettings`."""

    def build(server: ScriptedServer | str, **settings: object) -> OpenAIModel:
        limits: dict[str, object] = {
            "connect_timeout_s": 5.0,
            "read_timeout_s": 10.0,
            "total_timeout_s": 20.0,
            "attempts": 2,
        }
        url = server if isinstance(server, str) else server.url
        return OpenAIModel(ModelSettings(model=MODEL, base_url=url, **{**limits, **settings}))  # type: ignore[arg-type]

    return build
