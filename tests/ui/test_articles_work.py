"""What the Articles page has done beside itself: orders, jobs, and what is handed in."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from index_store.errors import DataDirError
from qa.engine import open_engine
from tests.ui.conftest import PIER
from ui.articles.desk import Desk
from ui.articles.health import ago, bytes_of, facts_html, read_stamp
from ui.articles.job import Job
from ui.articles.order import Message, Order, Outcome
from ui.articles.staging import PastedArticle, Upload, stage, unstage, without_folder
from ui.articles.worker import fulfil

JOB_TIMEOUT_S = 90  # a process of its own imports LlamaIndex

MANY = "\n".join(
    json.dumps({"id": str(number), "text": f"The mill at ford {number} was shut. " * 40}) for number in range(400)
)


def do(order: Order) -> tuple[Outcome, list[Message]]:
    told: list[Message] = []
    return fulfil(order, told.append), told


def hand_in(data_dir: Path, *uploads: Upload) -> Outcome:
    files = stage(data_dir, uploads)
    outcome, _ = do(Order("index", str(data_dir), tuple(map(str, files))))
    unstage(files)
    return outcome


def test_what_is_skipped_is_named_as_it_was_handed_in(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("inside.docx", b"x")
        writing.writestr("inside.txt", "The mill is shut.")
    outcome = hand_in(
        tmp_path,
        Upload("C:\\fakepath\\report.docx", b"x"),
        Upload("empty.txt", b""),
        Upload("rows.jsonl", b'{"text": "One."}\n{"title": "two"}\n'),
        Upload("../a.zip", archive.read_bytes()),
    )
    assert outcome.report
    assert outcome.report.added == 2
    skipped = {item.input: item.reason for item in outcome.skipped}
    assert skipped["report.docx"] == "unsupported file type '.docx'"
    assert skipped["empty.txt"] == "empty file"
    assert set(skipped) == {"report.docx", "empty.txt", "rows.jsonl: row 2", "a.zip: inside.docx"}
    assert not (tmp_path / ".uploads").exists()


def test_a_file_handed_in_again_is_the_same_article_and_another_of_its_name_is_not(tmp_path: Path) -> None:
    first, other = Upload("page.txt", b"The mill is shut."), Upload("page.txt", b"The mill is open again.")
    for uploads, added, unchanged in (((first,), 1, 0), ((first,), 0, 1), ((other,), 1, 0)):
        report = hand_in(tmp_path, *uploads).report
        assert report
        assert (report.added, report.unchanged) == (added, unchanged)


def test_a_pasted_article_keeps_all_its_fields(tmp_path: Path) -> None:
    pasted = PastedArticle(PIER.text, f" {PIER.title} ", PIER.source, PIER.author, date(2025, 3, 4), PIER.url)
    hand_in(tmp_path, pasted.upload)
    article = next(iter(open_engine(tmp_path).store.articles()))
    assert (article.text, article.title, article.source, article.author, article.published, article.url) == (
        PIER.text,
        PIER.title,
        PIER.source,
        PIER.author,
        PIER.published,
        PIER.url,
    )


def test_no_index_is_made_of_nothing(tmp_path: Path) -> None:
    outcome = hand_in(tmp_path / "index", Upload("a.docx", b"x"))
    assert outcome.report
    assert not outcome.report.articles
    assert not (tmp_path / "index" / "catalog.sqlite3").exists()


def test_progress_counts_what_is_read_and_then_what_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}', encoding="utf-8")
    _, told = do(Order("index", str(tmp_path / "index"), (str(tmp_path / "a.jsonl"),)))
    progress = [message.progress for message in told if message.progress]
    assert progress[0].doing == "Reading"
    assert (progress[-1].doing, progress[-1].done, progress[-1].total) == ("Indexing", 2, 2)


def test_an_unknown_article_is_a_fault_in_one_line(tmp_path: Path) -> None:
    hand_in(tmp_path, Upload("a.txt", b"The mill is shut."))
    outcome, _ = do(Order("remove", str(tmp_path), ("nobody",)))
    assert "no article 'nobody'" in outcome.error


def test_a_job_that_is_stopped_keeps_what_was_indexed_and_leaves_the_index_whole(tmp_path: Path) -> None:
    desk = Desk()
    job = desk.begin(Order("index", str(tmp_path)), [Upload("many.jsonl", MANY.encode())])
    assert job
    assert desk.running is job
    assert desk.begin(Order("check", str(tmp_path))) is None, "one at a time"
    while not job.progress.done or job.progress.doing != "Indexing":
        assert not job.wait(0.05), "too quick to be stopped"
    job.stop()
    assert job.wait(JOB_TIMEOUT_S)
    assert job.outcome
    assert "stopped after" in job.outcome.error
    assert desk.running is None
    assert not (tmp_path / ".uploads").exists()
    assert 0 < open_engine(tmp_path).store.counts().articles < 400


def test_a_worker_that_dies_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.articles.job._WORKER", ("false",))
    job = Job(Order("check", str(tmp_path)))
    assert job.wait(JOB_TIMEOUT_S)
    assert job.outcome
    assert "the work broke off (exit code 1)" in job.outcome.error


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DataDirError, match="cannot write in"):
        stage(tmp_path / "file", [Upload("a.txt", b"x")])


def test_a_message_names_no_folder_of_ours(tmp_path: Path) -> None:
    (staged,) = stage(tmp_path, [Upload("a.txt", b"x")])
    assert without_folder(f"same URL as {staged}: row 3", str(tmp_path)) == "same URL as a.txt: row 3"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        pytest.param(0, "0 bytes", id="nothing"),
        pytest.param(999, "999 bytes", id="bytes"),
        pytest.param(1_240, "1.2 kB", id="kilobytes"),
        pytest.param(715_400_000, "715 MB", id="megabytes"),
        pytest.param(4_000_000_000_000, "4000 GB", id="nothing-larger"),
    ],
)
def test_a_size_is_told_with_its_unit(size: int, shown: str) -> None:
    assert bytes_of(size) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(5.0, "just now"), (61.0, "1 minute ago"), (7300.0, "2 hours ago"), (200_000.0, "2 days ago")],
    ids=["now", "minute", "hours", "days"],
)
def test_an_age_is_told_in_its_largest_unit(seconds: float, shown: str) -> None:
    assert ago(seconds) == shown


def test_the_stamp_tells_a_change_and_no_reading(tmp_path: Path) -> None:
    hand_in(tmp_path, Upload("a.txt", b"The mill is shut."))
    before = read_stamp(tmp_path)
    open_engine(tmp_path).store.counts()
    assert read_stamp(tmp_path).at == before.at
    hand_in(tmp_path, Upload("b.txt", b"The mill is open."))
    assert read_stamp(tmp_path) != before


def test_facts_are_only_text() -> None:
    assert "<script>" not in facts_html((("Folder", "<script>"),))
