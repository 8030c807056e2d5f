import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.context import CLIContext
from qa.cli.eval import eval_group
from qa.errors import ModelSettingsError
from tests.qa.conftest import DAM, REPORT
from tests.qa.evaluation.test_judging import VERDICT
from tests.scripted_server import MODEL, Serve, error, reply, serve

__all__ = ["serve"]

KEY = "sk-never-in-a-file"
ROWS = [
    {
        "id": "dam",
        "question": "Who opened the Vell dam?",
        "answers": ["Engineers"],
        "answerable": True,
        "gold": ["dam"],
    },
    {"id": "mars", "question": "How much rain fell on Mars in 1999?", "answerable": False},
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    with ArticleStore.create(folder, MiniLMEmbedding()) as store:
        store.add([REPORT, DAM])
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return path


def invoke(data_dir: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(eval_group, [*map(str, arguments)], obj=CLIContext(data_dir))


def run(data_dir: Path, questions: Path, *options: str | Path) -> Result:
    return invoke(data_dir, "run", questions, "--asked-on", "2025-05-21", *options)


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_a_run_is_reported_in_each_form(data_dir: Path, questions: Path, tmp_path: Path, ending: str) -> None:
    result = run(data_dir, questions, "--report", tmp_path / f"report.{ending}")

    assert result.exit_code == 0, result.output
    assert "questions.jsonl" in (tmp_path / f"report.{ending}").read_text()


def test_a_run_file_is_reported_without_asking_again(data_dir: Path, questions: Path, tmp_path: Path) -> None:
    run(data_dir, questions, "--run", tmp_path / "run.jsonl")

    result = invoke(data_dir, "report", tmp_path / "run.jsonl", tmp_path / "a.html", tmp_path / "a.md")

    assert result.exit_code == 0, result.output
    assert "Dam opened" in (tmp_path / "a.html").read_text()


def test_a_report_without_an_index_says_so(data_dir: Path, questions: Path, tmp_path: Path) -> None:
    run(data_dir, questions, "--run", tmp_path / "run.jsonl")

    result = invoke(tmp_path / "nowhere", "report", tmp_path / "run.jsonl", tmp_path / "a.html")

    assert result.exit_code == 0, result.output
    assert "without their surroundings" in result.stderr


def test_two_runs_are_reported_against_each_other(data_dir: Path, questions: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        run(data_dir, questions, "--run", tmp_path / name)

    result = invoke(data_dir, "compare", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--report", tmp_path / "diff.html")

    assert result.exit_code == 0, result.output
    assert "a.jsonl against b.jsonl" in (tmp_path / "diff.html").read_text()


@pytest.mark.parametrize("name", ["report.pdf", "no/report.html"])
def test_a_report_that_cannot_be_written_is_refused_before_anything_is_asked(
    data_dir: Path, questions: Path, tmp_path: Path, name: str
) -> None:
    result = run(data_dir, questions, "--run", tmp_path / "run.jsonl", "--report", tmp_path / name)

    assert result.exit_code == 2
    assert not (tmp_path / "run.jsonl").exists()


def test_a_judge_has_to_be_configured(data_dir: Path, questions: Path, tmp_path: Path) -> None:
    result = run(data_dir, questions, "--judge", "--run", tmp_path / "run.jsonl")

    assert isinstance(result.exception, ModelSettingsError)
    assert not (tmp_path / "run.jsonl").exists()


def test_verdicts_are_in_figures_and_rows_and_judge_errors_are_judged_again(
    data_dir: Path, questions: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(error(429, retry_after="0"), reply(json.dumps(VERDICT)))
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)
    monkeypatch.setenv("ARTICLE_QA_ATTEMPTS", "1")
    options = ("--judge", "--mode", "extractive", "--json", "--run", tmp_path / "run.jsonl")

    figures = [json.loads(run(data_dir, questions, *options).stdout)["figures"] for _ in range(3)]

    assert [each["judge_errors"] for each in figures] == [1.0, 0.0, 0.0]
    assert [each["faithfulness"] for each in figures] == [None, 1.0, 1.0]
    assert [each["correctness"] for each in figures] == [1.0, 0.5, 0.5]  # refusing the other one was right
    assert len(server.requests) == 2
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert rows[0]["judgement"]["reasons"]["faithfulness"] == "Passage 1 says so."
    assert rows[0]["usage"] is None


def test_mode_and_model_are_in_the_header_and_the_key_is_not(
    data_dir: Path, questions: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", serve(reply("Engineers opened the Vell dam at dawn. [1]")).url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)

    result = run(
        data_dir, questions, "--mode", "auto", "--run", tmp_path / "run.jsonl", "--report", tmp_path / "r.html"
    )

    assert result.exit_code == 0, result.output
    header = json.loads((tmp_path / "run.header.json").read_text())
    assert header["settings"]["answering"]["mode"] == "auto"
    assert header["settings"]["model"]["name"] == MODEL
    assert header["settings"]["model"]["temperature"] == 0.0
    for path in tmp_path.iterdir():
        assert KEY not in path.read_text()
    again = run(data_dir, questions, "--mode", "extractive", "--run", tmp_path / "run.jsonl")
    assert "settings" in str(again.exception)


def test_a_generative_run_needs_a_model(data_dir: Path, questions: Path) -> None:
    assert isinstance(run(data_dir, questions, "--mode", "generative").exception, ModelSettingsError)


def test_a_judge_of_its_own_is_asked_and_named_without_its_key(
    data_dir: Path, questions: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, judge = serve(reply("Engineers opened the Vell dam at dawn. [1]")), serve(reply(json.dumps(VERDICT)))
    monkeypatch.setenv("OPENAI_BASE_URL", writer.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-writer-alone")
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)
    monkeypatch.setenv("ARTICLE_QA_JUDGE_BASE_URL", judge.url)
    monkeypatch.setenv("ARTICLE_QA_JUDGE_API_KEY", KEY)
    monkeypatch.setenv("ARTICLE_QA_JUDGE_MODEL", "strict")
    paths = [tmp_path / name for name in ("run.jsonl", "report.html", "report.md")]

    result = run(data_dir, questions, "--judge", "--run", paths[0], "--report", paths[1], "--report", paths[2])

    assert result.exit_code == 0, result.output
    assert {request.body["model"] for request in writer.requests} == {MODEL}
    assert {request.body["model"] for request in judge.requests} == {"strict"}
    assert {request.headers["authorization"] for request in judge.requests} == {f"Bearer {KEY}"}
    header = json.loads((tmp_path / "run.header.json").read_text())
    assert (header["judge"]["name"], header["judge"]["base_url"]) == ("strict", judge.url)
    assert json.loads(paths[0].read_text().splitlines()[0])["judgement"]["by"] == "strict"
    assert "strict" in paths[1].read_text()
    for path in tmp_path.iterdir():
        assert "sk-" not in path.read_text()


def test_a_fault_of_the_judge_names_its_own_variables(
    data_dir: Path, questions: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_QA_JUDGE_BASE_URL", serve(error(401)).url)
    monkeypatch.setenv("ARTICLE_QA_JUDGE_MODEL", "strict")

    result = run(data_dir, questions, "--judge")

    assert result.exit_code == 0, result.output
    assert "check ARTICLE_QA_JUDGE_API_KEY" in result.stderr


def test_the_cost_is_told_by_the_prices_that_are_configured(
    data_dir: Path, questions: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(reply("Engineers opened the Vell dam at dawn. [1]", usage=(1_000_000, 500_000)))
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)
    monkeypatch.setenv("ARTICLE_QA_PRICE_PROMPT", "2")
    monkeypatch.setenv("ARTICLE_QA_PRICE_COMPLETION", "4")

    result = run(data_dir, questions, "--report", tmp_path / "report.md")

    assert f"Cost: {4 * len(server.requests):.4f}" in result.stdout
    assert f"cost: {4 * len(server.requests):.4f}" in (tmp_path / "report.md").read_text()
    assert "write_p50_ms" in result.stdout


def test_the_judge_is_paid_by_its_own_prices(
    data_dir: Path, questions: Path, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", serve(reply("Engineers opened the Vell dam at dawn. [1]")).url)
    monkeypatch.setenv("ARTICLE_QA_MODEL", MODEL)
    monkeypatch.setenv("ARTICLE_QA_JUDGE_MODEL", "larger")
    monkeypatch.setenv("ARTICLE_QA_JUDGE_BASE_URL", serve(reply(json.dumps(VERDICT), usage=(1_000_000, 1_000_000))).url)
    monkeypatch.setenv("ARTICLE_QA_PRICE_PROMPT", "2")
    monkeypatch.setenv("ARTICLE_QA_PRICE_COMPLETION", "4")
    options = ("--judge", "--mode", "extractive", "--run", tmp_path / "run.jsonl", "--report", tmp_path / "r.html")

    assert "Cost of the judge" not in run(data_dir, questions, *options).stdout  # nobody said what that model costs
    named = run(data_dir, questions, *options, "--judge-prices", "10", "20")

    assert "Cost of the judge: 30.0000" in named.stdout
    assert "30.0000" in (tmp_path / "r.html").read_text()


def test_expected_articles_are_shown_by_their_headlines(data_dir: Path, questions: Path, tmp_path: Path) -> None:
    rows = [{**ROWS[0], "gold": ["https://orrinpost.example/bridge"]}]  # by its address, as people name an article
    questions.write_text("\n".join(map(json.dumps, rows)))

    run(data_dir, questions, "--report", tmp_path / "report.html")

    assert "from <a" in (tmp_path / "report.html").read_text()
