"""What a user is told when the index cannot be written, and that the old one still answers."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index_store.layout import CATALOG_FILE
from index_store.writing import sole_writer
from qa.cli.main import main
from tests.index_store.test_faults import fill, small_disk
from tests.scripted_server import Received, Script, Serve, embeddings, error, serve

__all__ = ["serve", "small_disk"]

OLD = "The Ulmarry dam was shut on Monday, the council said."
NEW = "The Ulmarry dam was opened on Friday, the council said."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command as it is started; gives its exit code and what it wrote on both streams."""

    def start(data_dir: Path, *arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["article-qa", "--data-dir", str(data_dir), *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err

    return start


def indexed(run: Run, data_dir: Path, folder: Path) -> Path:
    """The file of one article, which is indexed and then changed."""
    file = folder / "dam.txt"
    file.write_text(OLD, encoding="utf-8")
    assert run(data_dir, "index", file)[0] == 0
    file.write_text(NEW, encoding="utf-8")
    return file


def assert_one_line(told: tuple[int, str, str], words: str) -> None:
    code, out, err = told
    assert (code, out) == (1, "")
    (line,) = err.splitlines()
    assert line.startswith("article-qa: ")
    assert words in line


def assert_old_answers(run: Run, data_dir: Path) -> None:
    code, answer, _ = run(data_dir, "ask", "When was the Ulmarry dam shut?")
    assert code == 0
    assert OLD in answer.splitlines()[0]


def test_a_lock_that_another_process_holds_is_told_with_its_holder(run: Run, tmp_path: Path) -> None:
    file = indexed(run, tmp_path / "index", tmp_path)
    with sole_writer(tmp_path / "index"):
        assert_one_line(run(tmp_path / "index", "index", file), "process")
        assert_old_answers(run, tmp_path / "index")
    assert "1 updated" in run(tmp_path / "index", "index", file)[1]


def test_a_full_disk_is_told_and_the_old_index_answers(run: Run, small_disk: Path, tmp_path: Path) -> None:
    file = indexed(run, small_disk / "index", tmp_path)
    filler = fill(small_disk, leave=1_900_000)
    assert_one_line(run(small_disk / "index", "index", file), "the disk is full")
    assert_old_answers(run, small_disk / "index")
    filler.unlink()
    assert "1 updated" in run(small_disk / "index", "index", file)[1]


def test_a_disk_that_became_read_only_is_told(run: Run, small_disk: Path, tmp_path: Path) -> None:
    file = indexed(run, small_disk / "index", tmp_path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for command in (("index", file), ("ask", "When was the Ulmarry dam shut?"), ("repair",)):
        assert_one_line(run(small_disk / "index", *command), "writable")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert_old_answers(run, small_disk / "index")


def test_an_embedding_that_fails_in_mid_update_is_told_and_nothing_is_lost(
    run: Run, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = False

    def embed(request: Received) -> Script:
        asked = request.body["input"]
        if broken and any("opened" in text for text in asked):
            return error(500)
        return embeddings(*([float(len(text)), 1.0] for text in asked))

    server = serve(embed)
    for name, value in (("MODEL", "vectors-1"), ("BASE_URL", server.url)):
        monkeypatch.setenv(f"ARTICLE_QA_EMBEDDING_{name}", value)
    monkeypatch.setenv("ARTICLE_QA_ATTEMPTS", "1")
    file = indexed(run, tmp_path / "index", tmp_path)
    broken = True
    assert_one_line(run(tmp_path / "index", "index", file), "500")
    assert_old_answers(run, tmp_path / "index")
    broken = False
    assert "1 updated" in run(tmp_path / "index", "index", file)[1]


@pytest.mark.parametrize("command", ["index", "ask", "repair"])
def test_an_index_of_a_newer_version_is_refused(command: str, run: Run, tmp_path: Path) -> None:
    file = indexed(run, tmp_path / "index", tmp_path)
    with closing(sqlite3.connect(tmp_path / "index" / CATALOG_FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    given = {"index": [file], "ask": ["When was the dam shut?"]}.get(command, [])
    assert_one_line(run(tmp_path / "index", command, *given), "written by a newer article-qa; update article-qa")
