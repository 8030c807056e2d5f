"""A model that a chat is served with: it says what a test decides, or its server is down."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from tests.scripted_server import MODEL, Player, Received, Script, ScriptedServer, error

KEY = "sk-sentinel-41d0b7"


class ScriptedModel:
    """A model's server; `script` is what it plays next, or a function that writes it to the request."""

    def __init__(self) -> None:
        self.script: Script | Player = error(500)
        self.server = ScriptedServer([self._play])

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment of a chat that asks this model."""
        return {
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": self.server.url,
            "ARTICLE_QA_MODEL": MODEL,
            "ARTICLE_QA_ATTEMPTS": "1",
            "ARTICLE_QA_LOG": "debug",
        }

    @contextmanager
    def down(self) -> Iterator[None]:
        """Meanwhile nobody listens where the model is expected."""
        port = self.server.port
        self.server.close()
        try:
            yield
        finally:
            self.server = ScriptedServer([self._play], port)

    def __enter__(self) -> "ScriptedModel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.server.close()

    def _play(self, request: Received) -> Script:
        return self.script if isinstance(self.script, Script) else self.script(request)
