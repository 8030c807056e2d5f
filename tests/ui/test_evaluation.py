"""The evaluation page as Streamlit runs it, over a real index of three articles."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.errors import ArticleQAError, IndexNotFoundError
from index_store.store import ArticleStore
from qa.answer import Answer
from qa.engine import ArticleQueryEngine, open_engine
from qa.errors import ModelBusyError
from qa.evaluation import evaluate, load_questions, read_rows
from qa.evaluation.judgement import Judgement
from qa.evaluation.recording import RecordingPlan, begin_recording, plan_header
from qa.evaluation.run_file import header_path, write_rows
from tests.ui.conftest import HOSTILE, Markup
from ui import resources
from ui.evaluation.folder import RunsFolder
from ui.evaluation.job import JobState, get_desk

APP = Path(resources.__file__).with_name("app.py")
START_TIMEOUT_S = 90  # the first page of a process imports LlamaIndex
RUN_TIMEOUT_S = 120

ARTICLES = (
    Article(
        "weir",
        "The Brindle weir was shut on Monday after divers found a crack.\n\n"
        "Repairs to the Brindle weir will cost 12 million crowns, the river office said.",
        "Weir shut after crack",
        "The Lorn Mercury",
    ),
    Article(
        "mill", "“The old mill will open again in May,” said Petra Vance, who owns it.", "Mill", "The Lorn Mercury"
    ),
    Article("tower", f"The water tower of Lorn holds 900 cubic metres. {HOSTILE}", HOSTILE, "Lorn Weekly"),
)
QUESTIONS: tuple[dict[str, object], ...] = (
    {
        "id": "cost",
        "question": "How much will repairs to the Brindle weir cost?",
        "answers": ["12 million crowns"],
        "answerable": True,
        "gold": ["weir"],
        "tags": ["money"],
    },
    {
        "id": "mill",
        "question": "What did Petra Vance say about the old mill?",
        "answers": ["it burnt down"],
        "answerable": True,
        "gold": ["mill"],
        "tags": ["said"],
    },
    {"id": "none", "question": "How many submarines did Vellmark send?", "answerable": False, "tags": ["none"]},
)

OpenPage = Callable[..., AppTest]


class GatedEngine:
    """The engine, each of whose answers waits until a test lets it go."""

    def __init__(self, engine: ArticleQueryEngine) -> None:
        self.store, self.settings, self.model = engine.store, engine.settings, engine.model
        self.gate = Semaphore(0)
        self._engine = engine

    def query(self, question: str, **options: Any) -> Answer:
        if not self.gate.acquire(timeout=RUN_TIMEOUT_S):
            raise ArticleQAError("no test lets this question go")
        return self._engine.query(question, **options)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ArticleQueryEngine]:
    with ArticleStore.create(tmp_path / "index", MiniLMEmbedding()) as store:
        store.add(ARTICLES)
    engine = open_engine(tmp_path / "index")
    yield engine
    job = get_desk(RunsFolder(tmp_path / "index").path).job
    if job:
        job.stop()
        job.wait(RUN_TIMEOUT_S)
    engine.close()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    def open_page(engine: object, view: str = "") -> AppTest:
        def load_engine(_data_dir: Path | None) -> object:
            if isinstance(engine, Exception):
                raise engine
            return engine

        monkeypatch.setattr(resources, "load_engine", load_engine)
        page = AppTest.from_file(str(APP), default_timeout=START_TIMEOUT_S).run()
        return go_on(page.switch_page("views/evaluation.py"), view)

    return open_page


def go_on(page: AppTest, view: str = "") -> AppTest:
    page.run()
    if view:
        page.segmented_control(key="evaluation-view").set_value(view).run()
    assert not page.exception
    return page


def pieces(page: AppTest) -> list[Markup]:
    """What the page says in HTML of its own, apart from the style sheet."""
    bodies = [element.body for element in page.get("html") if isinstance(element, Element)]
    return [Markup(body) for body in bodies if "<style" not in body]


def read(page: AppTest) -> str:
    notices = [each.value for kind in (page.info, page.warning, page.error) for each in kind]
    return "\n".join([*(piece.text for piece in pieces(page)), *notices])


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def write_set(engine: ArticleQueryEngine, questions: tuple[dict[str, object], ...] = QUESTIONS) -> Path:
    content = "".join(json.dumps(question) + "\n" for question in questions).encode()
    return RunsFolder(engine.store.data_dir).keep_set("lorn.jsonl", content)


def record(engine: ArticleQueryEngine, *, asked: int = 3) -> Path:
    """A run file as the page keeps it, of the first so many questions."""
    kept = write_set(engine)
    questions = load_questions(kept)
    path = RunsFolder(engine.store.data_dir).new_run(kept)
    plan = RecordingPlan(path, kept)
    header = plan_header(engine, questions, plan)
    begin_recording(plan, header, questions)
    write_rows(path, evaluate(engine, questions[:asked], asked_on=header.asked_on).rows)
    return path


def choose_kept_set(page: AppTest, kept: Path) -> AppTest:
    page.selectbox(key="evaluation-set").set_value(kept).run()
    assert not page.exception
    return page


def finish(engine: ArticleQueryEngine) -> JobState:
    job = get_desk(RunsFolder(engine.store.data_dir).path).job
    assert job is not None
    job.wait(RUN_TIMEOUT_S)
    return job.state


def test_without_an_index_the_page_says_how_to_make_one(open_page: OpenPage) -> None:
    page = open_page(IndexNotFoundError("no index at 'nowhere'"))
    assert "No articles yet" in read(page)
    assert "article-qa index path/to/articles" in page.code[0].value


def test_without_a_run_there_is_nothing_to_show_or_to_compare(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    assert "run a question set first" in read(open_page(engine, "Results"))
    assert "run a question set first" in read(open_page(engine, "Compare"))


def test_a_set_about_other_articles_is_doubted_before_it_is_run(
    engine: ArticleQueryEngine, open_page: OpenPage
) -> None:
    assert "is this the right set for this index?" in read(open_page(engine))


def test_a_faulty_set_shows_every_fault_and_cannot_be_run(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    kept = write_set(engine, ({"id": "a", "question": " "}, {"question": "Who?"}, {"id": "a", "question": "When?"}))
    page = choose_kept_set(open_page(engine), kept)
    shown = read(page)
    assert "3 problems in the question set" in shown.replace("\\", "")
    for fault in ("line 1, question: is blank", "line 2, id: is missing", "'a' is already the id of line 1"):
        assert fault in shown
    assert not [label for label in labels(page) if label.startswith("Run")]


def test_a_set_is_run_and_its_results_are_shown_when_it_ends(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    kept = write_set(engine)
    page = choose_kept_set(open_page(engine), kept)
    page.button(key="evaluation-start").click().run()
    assert finish(engine) is JobState.DONE
    shown = read(go_on(page))
    assert page.segmented_control(key="evaluation-view").value == "Results"
    for words in ("67 % of 3 questions came out right", "the answer holds an accepted answer", "Rightly refused"):
        assert words in shown
    assert shown.index("What did Petra Vance say") < shown.index("How much will repairs")  # the failure comes first
    path = RunsFolder(engine.store.data_dir).runs()[0].path
    assert [row.id for row in read_rows(path)] == ["cost", "mill", "none"]


def test_a_question_opens_to_the_quote_marked_in_its_passage(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    path = record(engine)
    page = open_page(engine, "Results")
    citations = [citation for row in read_rows(path) for citation in row.citations]
    marks = [mark for piece in pieces(page) for mark in piece.marks]
    assert sorted(marks) == sorted(citation.quote for citation in citations)
    assert "it burnt down" in read(page)


def test_an_opened_question_names_articles_by_headline_and_tells_what_the_judge_said(
    engine: ArticleQueryEngine, open_page: OpenPage
) -> None:
    path = record(engine)
    cost, mill, none = read_rows(path)
    guess = replace(none, answer="Nine.", refused=False, citations=cost.citations, judged={"faithfulness": 0.0})
    write_rows(path, (cost, mill, replace(guess, judgement=Judgement("m", {"faithfulness": "Nobody counts them."}))))

    page = read(open_page(engine, "Results"))

    assert "answered from “Weir shut after crack”, The Lorn Mercury" in page
    assert "Faithfulness: no. Nobody counts them." in page


def test_a_stopped_run_counts_what_was_asked_and_can_be_gone_on_with(
    engine: ArticleQueryEngine, open_page: OpenPage
) -> None:
    path = record(engine, asked=1)
    page = open_page(engine, "Results")
    assert "Stopped after 1 of 3 questions" in read(page)
    page.button(key="evaluation-resume").click().run()
    assert finish(engine) is JobState.DONE
    assert len(read_rows(path)) == 3
    assert "Stopped after" not in read(go_on(page))


def test_a_run_can_be_stopped_while_the_page_stays_usable(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    kept, gated = write_set(engine), GatedEngine(engine)
    page = choose_kept_set(open_page(gated), kept)
    page.button(key="evaluation-start").click().run()
    assert labels(page) == ["Stop"]
    assert "A comparison needs two runs." in read(go_on(page, "Compare"))
    page.segmented_control(key="evaluation-view").set_value("Run").run()
    page.button(key="evaluation-stop").click().run()
    assert "Stopping after the question" in page.caption[0].value
    gated.gate.release()
    assert finish(engine) is JobState.STOPPED
    assert "Stopped after 1 of 3 questions" in read(go_on(page))


def test_a_run_of_another_index_is_shown_as_such_and_not_gone_on_with(
    engine: ArticleQueryEngine, open_page: OpenPage
) -> None:
    path = record(engine, asked=2)
    engine.store.replace(replace(ARTICLES[0], text="Nothing is known of the weir any more."))
    page = open_page(engine, "Results")
    shown = read(page)
    assert "made before the index changed" in shown
    assert "The article no longer says this here." in shown
    page.button(key="evaluation-resume").click().run()
    assert finish(engine) is JobState.FAILED
    assert len(read_rows(path)) == 2
    assert "as the index changed since" in read(go_on(page, "Run")).replace("\\", "")


def test_questions_that_meet_an_error_are_shown_and_can_be_asked_again(
    engine: ArticleQueryEngine, open_page: OpenPage
) -> None:
    path = record(engine)
    rows = read_rows(path)
    failed = rows[0].from_error(load_questions(write_set(engine))[0], ModelBusyError("the model is $busy$"))
    write_rows(path, (failed, *rows[1:]))
    page = open_page(engine, "Results")
    assert "the model is $busy$" in read(page)
    page.button(key="evaluation-resume").click().run()
    assert finish(engine) is JobState.DONE
    assert not any(row.error for row in read_rows(path))


@pytest.mark.parametrize("content", ["{}\n{}\n", "no row\n{}\n", ""], ids=["no-id", "no-json", "empty"])
def test_a_file_that_is_no_run_is_one_line_of_error(
    engine: ArticleQueryEngine, open_page: OpenPage, content: str
) -> None:
    folder = RunsFolder(engine.store.data_dir).path
    folder.mkdir()
    (folder / "odd.jsonl").write_text(content)
    page = open_page(engine, "Results")
    assert len(page.error) == 1


@pytest.mark.parametrize(
    "changes", [{"started": "0001-01-01T00:00:00"}, {"settings": {"model": "m"}}, {"questions": "x" * 5_000}]
)
def test_a_header_that_somebody_broke_takes_no_page_down(
    engine: ArticleQueryEngine, open_page: OpenPage, changes: dict[str, object]
) -> None:
    header = header_path(record(engine))
    header.write_text(json.dumps(json.loads(header.read_text()) | changes))
    page = open_page(engine, "Results")
    assert not page.exception
    assert [message.value for message in page.error if "--" in message.value] == []


def test_runs_of_one_moment_are_told_apart(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    path = record(engine)
    copy = path.with_name("copy.jsonl")
    copy.write_bytes(path.read_bytes())
    header_path(copy).write_bytes(header_path(path).read_bytes())
    options = open_page(engine, "Results").selectbox(key="evaluation-run").options
    assert len(set(options)) == 2


def test_two_runs_are_compared_question_by_question(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    before = record(engine)
    rows = read_rows(before)
    write_rows(before, (replace(rows[0], answer="Nobody knows.", refused=True, citations=()), *rows[1:]))
    record(engine)
    page = open_page(engine, "Compare")
    shown = read(page)
    for words in ("1 fixed", "0 broken", "Wrongly refused → Correct", "Nobody knows.", "no proof of a difference"):
        assert words in shown
    page.selectbox(key="evaluation-after").set_value(before).run()
    assert "Choose two different runs." in read(page)


def test_a_single_run_has_nothing_to_be_compared_with(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    record(engine)
    assert "A comparison needs two runs." in read(open_page(engine, "Compare"))


def test_nothing_of_a_question_or_an_article_is_markup(engine: ArticleQueryEngine, open_page: OpenPage) -> None:
    path = record(engine)
    rows = read_rows(path)
    write_rows(path, (replace(rows[0], answer=HOSTILE, retrieved=("tower", HOSTILE)), *rows[1:]))
    for piece in pieces(open_page(engine, "Results")):
        assert not {"script", "img"} & set(piece.tags)
        assert not [name for name, _ in piece.attributes if name.startswith("on")]
