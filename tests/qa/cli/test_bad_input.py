"""Whatever lies in a folder or comes from a server: the good is indexed, the bad listed with its reason."""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.loading import SkippedInput, load_articles
from index_store.store import ArticleStore
from qa.cli.main import cli
from tests.index_store.web_site import Site, page, site
from tests.qa.cli.bad_input import archives, files, pages, rows, texts, web
from tests.qa.cli.bad_input.case import Case
from tests.qa.cli.bad_input.web import WebCase
from tests.qa.cli.command import ROOT

__all__ = ["site"]

CASES = (*texts.CASES, *rows.CASES, *files.CASES, *archives.CASES, *pages.CASES)
GOOD = "The Norlind ferry drifted off Port Ansgill."
TITLE = "Ferry adrift"
MEMORY = Path("/proc/self/status")  # of Linux
LIMIT = 2 << 30  # bytes that may be written to, of which libraries and the models take about half


@pytest.fixture(scope="module", autouse=True)
def _ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is loaded once counts for no case."""
    folder = tmp_path_factory.mktemp("ready")
    for name in ("a.txt", "b.html"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    CliRunner().invoke(cli, ["--data-dir", str(folder / "index"), "index", str(folder)], catch_exceptions=False)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_the_good_is_indexed_and_the_bad_is_listed(
    case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = write(case, tmp_path)
    before = begin_measuring()

    done = CliRunner().invoke(cli, ["--data-dir", str(tmp_path / "index"), "index", "--json", str(folder)])

    assert peak_megabytes() - before <= case.megabytes
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stderr + capfd.readouterr().err == ""
    report = json.loads(done.stdout)
    assert_named([item["reason"] for item in report["skipped"]], case.said)
    assert done.exit_code == (3 if case.said else 0)
    assert all(str(folder) in item["input"] for item in report["skipped"])
    assert report["added"] == 1 + len(case.read)
    with ArticleStore(tmp_path / "index", MiniLMEmbedding()) as store:
        assert sorted(article.text for article in store.articles()) == sorted([GOOD, *case.read])
        assert_whole(store)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in web.CASES])
def test_the_good_of_a_feed_is_indexed_and_the_bad_is_listed(case: WebCase, site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": case.feed, "/dam": page()}
    (tmp_path / "good.txt").write_text(f"Title: {TITLE}\n\n{GOOD}", encoding="utf-8")
    before = begin_measuring()

    loaded = list(load_articles([site.url("/feed"), tmp_path / "good.txt"], fetcher=site.fetcher()))
    with ArticleStore.create(tmp_path / "index", MiniLMEmbedding()) as store:
        store.add(item for item in loaded if isinstance(item, Article))

        assert sorted(article.title for article in store.articles()) == sorted([TITLE, *case.titles])
        assert_whole(store)
    assert peak_megabytes() - before <= 250
    assert_named([item.reason for item in loaded if isinstance(item, SkippedInput)], case.said)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by the system on Linux only")
def test_all_of_it_at_once_fits_into_little_memory(tmp_path: Path) -> None:
    folders = [write(case, tmp_path / f"case{number}") for number, case in enumerate(CASES)]
    command = [sys.executable, "-m", "qa.cli.main", "--data-dir", str(tmp_path / "index"), "index", "--json"]

    done = subprocess.run(
        [*command, *map(str, folders)],
        capture_output=True, text=True, cwd=ROOT, timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT)),
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (3, "")
    report = json.loads(done.stdout)
    assert len(report["skipped"]) >= sum(len(case.said) for case in CASES)  # and ids that are used twice
    assert report["added"] > 0


def write(case: Case, parent: Path) -> Path:
    """The folder of a case, with a good article that is read after the rest."""
    folder = parent / "in"
    folder.mkdir(parents=True)
    case.write(folder)
    (folder / "~good.txt").write_text(f"Title: {TITLE}\n\n{GOOD}", encoding="utf-8")
    return folder


def assert_named(reasons: Sequence[str], said: Sequence[str]) -> None:
    """Each reason is one short line that names its cause."""
    assert len(reasons) == len(said), reasons[:3]
    for reason, words in zip(reasons, said, strict=True):
        assert words in reason
        assert len(reason) < 300
        assert "\n" not in reason
        assert "Traceback" not in reason


def assert_whole(store: ArticleStore) -> None:
    """The good article is found by its words, and every passage is its article's text."""
    assert store.search("ferry off Port Ansgill", limit=1)[0].stored.title == TITLE
    for article in store.articles():
        for passage in store.passages(article.id):
            assert passage.text == article.text[passage.start : passage.end]


def begin_measuring() -> int:
    """Megabytes taken now; the peak is counted from here on."""
    if not MEMORY.exists():
        return 0
    Path("/proc/self/clear_refs").write_text("5")
    return _megabytes("VmRSS")


def peak_megabytes() -> int:
    """The most megabytes taken since `begin_measuring`; 0 where the system does not tell."""
    return _megabytes("VmHWM") if MEMORY.exists() else 0


def _megabytes(name: str) -> int:
    match = re.search(rf"{name}:\s+(\d+) kB", MEMORY.read_text())
    assert match
    return int(match[1]) >> 10
