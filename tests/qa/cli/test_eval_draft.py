import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.errors import ModelSettingsError, QuestionSetError
from qa.evaluation import load_questions
from tests.qa.evaluation.test_drafting import BRIDGE, DAM
from tests.scripted_server import MODEL, Serve, error, reply, serve

__all__ = ["serve"]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draft")
    with ArticleStore.create(folder, MiniLMEmbedding()) as store:
        store.add([BRIDGE, DAM])
    return folder


def draft(data_dir: Path, path: Path, *options: str) -> Result:
    return CliRunner().invoke(eval_group, ["draft", str(path), *options], obj=CLIContext(data_dir))


@pytest.mark.parametrize("name", ["drafts.yaml", "drafts.jsonl"])
def test_drafts_are_a_question_set_marked_as_drafts(data_dir: Path, tmp_path: Path, name: str) -> None:
    result = draft(data_dir, tmp_path / name, "--limit", "10", "--json")

    assert result.exit_code == 0, result.output
    questions = load_questions(tmp_path / name)
    assert json.loads(result.stdout)["count"] == len(questions)
    assert 5 <= len(questions) <= 10
    assert all(question.tags[0] == "draft" for question in questions)
    assert {question.answerable for question in questions} == {True, False}


def test_the_same_index_gives_the_same_file(data_dir: Path, tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        draft(data_dir, tmp_path / name)

    assert (tmp_path / "one.yaml").read_bytes() == (tmp_path / "two.yaml").read_bytes()


def test_an_earlier_file_is_left_as_it_is(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "drafts.yaml").write_text("mine")

    assert isinstance(draft(data_dir, tmp_path / "drafts.yaml").exception, QuestionSetError)
    assert (tmp_path / "drafts.yaml").read_text() == "mine"


def test_a_model_has_to_be_configured_to_draft(data_dir: Path, tmp_path: Path) -> None:
    result = draft(data_dir, tmp_path / "drafts.yaml", "--mode", "generative")

    assert isinstance(result.exception, ModelSettingsError)
    assert not (tmp_path / "drafts.yaml").exists()


def test_a_model_drafts(data_dir: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted = {"question": "When was the Tollister Bridge opened?", "answer": "1968", "passage": 1}
    server = serve(reply(json.dumps({"questions": [drafted]})))
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)

    result = draft(data_dir, tmp_path / "drafts.yaml", "--mode", "generative")

    assert result.exit_code == 0, result.output
    assert load_questions(tmp_path / "drafts.yaml")[0].answers == ("1968",)
    assert "the model was asked 2 times, for 20 tokens" in result.stderr


def test_no_draft_at_all_is_a_failure(
    data_dir: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", serve(reply("none")).url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)

    result = draft(data_dir, tmp_path / "drafts.yaml", "--mode", "generative")

    assert result.exit_code == 1
    assert not (tmp_path / "drafts.yaml").exists()
    assert "dropped 2: the model's reply could not be read" in result.stderr


def test_what_was_drafted_before_a_fault_is_kept(
    data_dir: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = {"question": "When was the Ulmarry Dam built?", "answer": "1951", "passage": 1}
    opened = {"question": "When was the Tollister Bridge opened?", "answer": "1968", "passage": 1}

    def first(request: object) -> object:
        told = str(request.body["messages"])  # type: ignore[attr-defined]
        return reply(json.dumps({"questions": [built if "Ulmarry" in told else opened]}))

    monkeypatch.setenv("OPENAI_BASE_URL", serve(first, error(401)).url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)

    result = draft(data_dir, tmp_path / "drafts.yaml", "--mode", "generative")

    assert result.exit_code == 3
    assert len(load_questions(tmp_path / "drafts.yaml")) == 1
    assert "stopped early" in result.stderr
