"""`article-qa doctor` and `repair` as a user starts them."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.qa.cli.command import run


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for number in range(4):
        text = f"Title: Ferry {number}\n\nFerry {number} left Port Vellmark with salt."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    assert run("index", folder, data_dir=folder / "index").returncode == 0
    return folder / "index"


@pytest.fixture
def data_dir(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "index")


def test_a_whole_index_is_a_line_a_check_and_exit_code_0(data_dir: Path) -> None:
    done = run("doctor", data_dir=data_dir)
    assert done.returncode == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["ok", check]
        for check in ("catalog", "articles", "passages", "copies", "embedding", "vectors", "words", "writes")
    ]


def test_damage_is_told_with_what_to_do_and_repair_does_it(data_dir: Path) -> None:
    shutil.rmtree(data_dir / "lexical")
    asked = run("ask", "which ferry left?", data_dir=data_dir)
    assert asked.returncode == 1
    assert "article-qa repair" in asked.stderr
    found = run("doctor", data_dir=data_dir)
    assert found.returncode == 1
    assert "problem  words" in found.stdout
    assert found.stdout.splitlines()[6].endswith("run `article-qa repair`")
    mended = run("repair", data_dir=data_dir)
    assert mended.returncode == 0, mended.stderr
    assert "words: 4 of 4" in mended.stderr
    assert "problem" not in mended.stdout
    assert run("ask", "which ferry left?", data_dir=data_dir).returncode in (0, 4)


def test_json_says_the_same(data_dir: Path) -> None:
    shutil.rmtree(data_dir / "lexical")
    told = json.loads(run("doctor", "--json", data_dir=data_dir).stdout)
    assert (told["schema"], told["healthy"], told["writer"]) == (1, False, None)
    words = next(check for check in told["checks"] if check["check"] == "words")
    assert (words["ok"], words["remedy"]) == (False, "run `article-qa repair`")
    mended = json.loads(run("repair", "--json", data_dir=data_dir).stdout)
    assert mended["healthy"]


@pytest.mark.parametrize("command", ["doctor", "repair", "ask"])
def test_a_damaged_catalog_is_said_plainly_and_nothing_is_begun_anew(data_dir: Path, command: str) -> None:
    (data_dir / "catalog.sqlite3").write_bytes(os.urandom(50_000))
    done = run(command, *(["which ferry?"] if command == "ask" else []), data_dir=data_dir)
    assert done.returncode == 1
    assert "put a copy of the folder back" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["doctor", "repair"])
def test_without_an_index_it_is_one_line(tmp_path: Path, command: str) -> None:
    done = run(command, data_dir=tmp_path / "none")
    assert done.returncode == 1
    assert "run `article-qa index` first" in done.stderr
    assert not (tmp_path / "none").exists()
