from pathlib import Path

import pytest
from click.testing import CliRunner

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.errors import QuestionSetError
from qa.evaluation import load_questions
from tests.qa.conftest import DAM, REPORT


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init")
    with ArticleStore.create(folder, MiniLMEmbedding()) as store:
        store.add([REPORT, DAM])
    return folder


def test_init_writes_a_set_that_can_be_run(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"

    result = CliRunner().invoke(eval_group, ["init", str(path)], obj=CLIContext(data_dir))

    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(path)
    assert [question.gold for question in load_questions(path)] == [("dam",), ("report",), ()]


def test_init_leaves_a_file_that_is_there_as_it_is(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("mine")

    result = CliRunner().invoke(eval_group, ["init", str(path)], obj=CLIContext(data_dir))

    assert isinstance(result.exception, QuestionSetError)
    assert path.read_text() == "mine"


def test_init_names_the_format_that_takes_comments(data_dir: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(eval_group, ["init", str(tmp_path / "q.jsonl")], obj=CLIContext(data_dir))

    assert result.exit_code == 2
    assert ".yaml" in result.stderr
