"""What the tests of the evaluation share."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.engine import ArticleQueryEngine
from tests.qa.conftest import DAM, OLD, REPORT
from tests.qa.evaluation.scripted_engine import BRIDGE, HARBOUR, ScriptedEngine, answer_from

EvalCommand = Callable[..., Result]
ROWS = [
    {
        "id": "ferry",
        "question": "When did the ferry strike end?",
        "answers": ["Monday"],
        "answerable": True,
        "gold": ["https://news.example/harbour"],
    },
    {"id": "mayor", "question": "Who is the mayor?", "answers": ["Ana Ruiz"], "answerable": True, "gold": ["bridge"]},
    {"id": "mars", "question": "Is there rain on Mars?", "answerable": False},
]


@pytest.fixture
def engine() -> ScriptedEngine:
    """Answers two questions: one with its gold article first, one with it second."""
    return ScriptedEngine(
        {
            "When did the ferry strike end?": answer_from(HARBOUR, "ended on Monday"),
            "Who is the mayor?": answer_from(BRIDGE, "Mayor Ana Ruiz", HARBOUR),
        }
    )


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A question set that the scripted engine answers rightly."""
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return path


@pytest.fixture
def eval_command(monkeypatch: pytest.MonkeyPatch, engine: ScriptedEngine) -> EvalCommand:
    """`article-qa eval` with the scripted engine in the index's place."""
    monkeypatch.setattr("qa.engine.open_engine", lambda data_dir, settings, *, chroma: engine)
    return lambda *arguments: CliRunner().invoke(eval_group, [*map(str, arguments)], obj=CLIContext(data_dir=None))


@pytest.fixture(scope="session")
def article_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArticleQueryEngine]:
    """The project's own engine over three articles; read only."""
    with ArticleStore.create(tmp_path_factory.mktemp("index"), MiniLMEmbedding()) as store:
        store.add([REPORT, OLD, DAM])
        yield ArticleQueryEngine(store)
