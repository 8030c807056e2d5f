"""The command: what it prints, on which stream, and the code it ends with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.qa.cli.command import ROOT, run, start
from tests.qa.conftest import REPORT


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "report.txt").write_text(f"Title: {REPORT.title}\nDate: 2025-05-12\n\n{REPORT.text}", encoding="utf-8")
    done = run("index", folder, "--json", data_dir=folder / "index")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["schema"], report["added"], report["skipped"]) == (1, 1, [])
    return folder


def test_ask_prints_answer_and_citation(indexed: Path) -> None:
    done = start("ask", "who closed the harbour bridge?", data_dir=indexed / "index")
    assert done.returncode == 0
    assert "Tilda Brask" in done.stdout.splitlines()[0]
    assert "[1] Harbour bridge closed, 2025-05-12" in done.stdout


def test_ask_as_json_cites_the_articles_own_characters(indexed: Path) -> None:
    done = run("ask", "what did Brask say?", "--json", data_dir=indexed / "index")
    answer = json.loads(done.stdout)
    citation = answer["citations"][0]
    shown = run("articles", "show", citation["article_id"], "--json", data_dir=indexed / "index")
    assert json.loads(shown.stdout)["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_exits_with_4_and_names_the_nearest(indexed: Path) -> None:
    done = start("ask", "how many submarines did Vellmark send?", data_dir=indexed / "index")
    assert done.returncode == 4
    assert "Nearest:" in done.stdout


def test_ask_explains_what_it_did(indexed: Path) -> None:
    told = run("ask", "who closed the harbour bridge?", "--explain", data_dir=indexed / "index")
    assert "How the question was read" in told.stdout
    row = run("ask", "who closed the harbour bridge?", "--explain", "--json", data_dir=indexed / "index")
    assert json.loads(row.stdout)["explanation"]["candidates"][0]["kept"]


def test_strictness_decides_what_is_refused(indexed: Path) -> None:
    done = run("ask", "who closed the harbour bridge?", "--strictness", "1", data_dir=indexed / "index")
    assert done.returncode == 4


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    hostile = "\x1b[2J\x1b]0;owned\x07Dam \u202eheld"
    (tmp_path / "a.json").write_text(json.dumps({"text": f"The dam held.\n{hostile}", "title": hostile}))
    run("index", tmp_path / "a.json", data_dir=tmp_path / "index")
    listed = run("articles", "list", data_dir=tmp_path / "index").stdout
    shown = run("articles", "show", listed.split()[1], data_dir=tmp_path / "index").stdout
    assert not set("\x1b\x07\u202e") & set(listed + shown)
    assert "\\x1b[2J" in listed


def test_an_argument_that_is_not_text_is_asked_all_the_same(indexed: Path) -> None:
    done = start("ask", os.fsdecode(b"who closed the bridge \xff?"), data_dir=indexed / "index")
    assert "Traceback" not in done.stderr


def test_dates_that_contradict_are_a_usage_error(indexed: Path) -> None:
    done = start("ask", "who?", "--since", "2025-06-02", "--until", "2025-06-01", data_dir=indexed / "index")
    assert done.returncode == 2
    assert "swap the dates" in done.stderr


def test_a_folder_without_articles_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("index", tmp_path / "empty", data_dir=tmp_path / "index")
    assert done.returncode == 1
    assert "no article was found" in done.stderr


def test_a_second_run_changes_nothing(indexed: Path) -> None:
    done = run("index", indexed / "report.txt", "--json", data_dir=indexed / "index")
    assert json.loads(done.stdout)["unchanged"] == 1


def test_bad_files_are_listed_and_the_rest_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The dam held through the night.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.json").write_text('[{"text": ')
    done = run("index", tmp_path / "*.*", "--json", data_dir=tmp_path / "index")
    report = json.loads(done.stdout)
    assert done.returncode == 3
    assert report["added"] == 1
    assert {Path(item["input"]).name for item in report["skipped"]} == {"empty.txt", "broken.json"}
    assert all(item["reason"] for item in report["skipped"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["index", "no/such/folder"], 2, "no/such/folder", id="missing folder"),
        pytest.param(["ask", "who?"], 1, "article-qa index", id="no index"),
        pytest.param(["articles", "list"], 1, "article-qa index", id="no index to list"),
        pytest.param(["ask", " "], 2, "empty", id="empty question"),
        pytest.param(["ask", "who?", "--asked-on", "soon"], 2, "soon", id="bad date"),
        pytest.param(["ask"], 2, "QUESTION", id="no question"),
        pytest.param(["no-such-command"], 2, "no-such-command", id="unknown command"),
    ],
)
def test_a_fault_is_one_clear_line(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments, data_dir=tmp_path / "none")
    assert done.returncode == code
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_a_data_directory_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "a.txt").write_text("The dam held.")
    done = run("index", tmp_path / "a.txt", data_dir=tmp_path / "file" / "index")
    assert done.returncode == 1
    assert done.stderr.startswith("article-qa: ")
    assert "Traceback" not in done.stderr


def test_articles_are_listed_and_removed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title: Dam held\n\nThe dam held.")
    run("index", tmp_path / "a.txt", data_dir=tmp_path / "index")
    listed = json.loads(run("articles", "list", "--json", data_dir=tmp_path / "index").stdout)["articles"]
    assert [article["title"] for article in listed] == ["Dam held"]
    assert run("articles", "remove", listed[0]["id"], data_dir=tmp_path / "index").stdout == "1 removed\n"
    assert run("articles", "show", listed[0]["id"], data_dir=tmp_path / "index").returncode == 1


def test_the_same_text_from_two_places_is_shown_as_one_article_with_two_sources(tmp_path: Path) -> None:
    text = "The dam held through the night, engineers said. " * 5
    rows = [
        {"id": "ore", "text": text, "source": "Daily Ore", "date": "2025-05-20", "dateModified": "2025-05-21"},
        {"id": "bay", "text": text, "source": "Bay Paper", "date": "2025-05-22", "language": "en_GB"},
    ]
    (tmp_path / "a.json").write_text(json.dumps(rows))
    report = json.loads(run("index", tmp_path / "a.json", "--json", data_dir=tmp_path / "index").stdout)
    assert (report["added"], report["duplicates"]) == (1, 1)

    (listed,) = json.loads(run("articles", "list", "--json", data_dir=tmp_path / "index").stdout)["articles"]
    assert (listed["id"], listed["updated"], listed["language"]) == ("ore", "2025-05-21", None)
    shown = json.loads(run("articles", "show", "bay", "--json", data_dir=tmp_path / "index").stdout)
    assert (shown["source"], shown["language"], shown["also_in"]) == (
        "Bay Paper",
        "en-GB",
        [_without(listed, "also_in")],
    )
    assert "also in: Bay Paper, 2025-05-22 (bay)" in run("articles", "show", "ore", data_dir=tmp_path / "index").stdout

    removed = run("articles", "remove", "ore", data_dir=tmp_path / "index").stdout
    assert removed == "1 removed\nthe same text stays indexed from Bay Paper, 2025-05-22 (bay)\n"


def _without(row: dict[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in row.items() if key != name}


def test_help_answers_without_the_heavy_libraries() -> None:
    script = (
        "import sys; from qa.cli.main import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: print(sorted({'llama_index', 'chromadb', 'onnxruntime', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert "Answer QUESTION" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_is_printed() -> None:
    assert start("--version").stdout.startswith("article-qa, version ")
