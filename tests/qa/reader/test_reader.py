import shutil
from pathlib import Path

import pytest

from index_store.errors import ModelFileError
from qa.reader import Reader
from qa.reader.reader import READER_DIR

TITLE = "Ferry company cuts jobs"
PASSAGE = (
    "Halden Ferries will cut 140 jobs after the loss of its mail contract, the company said on Tuesday. "
    "“We have no other choice,” said Marta Ekholm, its chief executive. "
    "The union plans a protest in the harbour of Osterby on Saturday. "
    "Two of the five ships will be sold."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        pytest.param("How many jobs will Halden Ferries cut?", "140", id="number"),
        pytest.param("Who is the chief executive of Halden Ferries?", "Marta Ekholm", id="person"),
        pytest.param("Where does the union plan a protest?", "Osterby", id="place"),
    ],
)
def test_the_best_span_lies_in_the_sentence_that_answers(reader: Reader, question: str, answer: str) -> None:
    reading = reader.read(question, TITLE, PASSAGE)
    sentence = next(s for s in PASSAGE.split(". ") if answer in s)
    start = PASSAGE.index(sentence)
    assert start <= reading.start < reading.end <= start + len(sentence) + 1


def test_a_question_about_something_else_scores_lower(reader: Reader) -> None:
    answered = reader.read("How many jobs will Halden Ferries cut?", TITLE, PASSAGE)
    unanswered = reader.read("Who won the chess championship in Peru?", TITLE, PASSAGE)
    assert unanswered.span < answered.span
    assert unanswered.relevance < answered.relevance


def test_a_reading_does_not_depend_on_what_is_read_beside_it(reader: Reader) -> None:
    question = "How many ships will be sold?"
    alone = reader.read(question, TITLE, PASSAGE)
    beside = reader.read_all(question, [("", "Short."), (TITLE, PASSAGE), ("", PASSAGE * 3)])[1]
    assert (beside.start, beside.end, beside.span, beside.relevance) == (
        alone.start,
        alone.end,
        alone.span,
        alone.relevance,
    )


def test_an_answer_far_behind_in_a_long_passage_is_found(reader: Reader) -> None:
    filler = "The weather stayed calm and nothing else was reported from the coast. " * 60
    passage = filler + PASSAGE
    reading = reader.read("Who is the chief executive of Halden Ferries?", TITLE, passage)
    assert reading.start >= len(filler)


@pytest.mark.parametrize(
    "passage",
    [pytest.param("", id="empty"), pytest.param("   \n", id="blank"), pytest.param("\ud800 lone", id="lone-surrogate")],
)
def test_odd_passages_are_read(reader: Reader, passage: str) -> None:
    reading = reader.read("Who?", "", passage)
    assert 0 <= reading.start <= reading.end <= len(passage)


def test_a_question_and_a_headline_of_any_length_are_read(reader: Reader) -> None:
    reading = reader.read("Who said what? " * 100, "Headline " * 200, PASSAGE)
    assert reading.end <= len(PASSAGE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json", "SHA256SUMS"):
        shutil.copy(READER_DIR / name, tmp_path)
    return tmp_path


def test_an_altered_model_is_refused(folder: Path) -> None:
    with (folder / "model.onnx").open("ab") as model:
        model.write(b"\0")
    with pytest.raises(ModelFileError, match="not the one that was shipped"):
        Reader(folder).read("Who?", "", PASSAGE)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "SHA256SUMS"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelFileError, match=name):
        Reader(folder).read("Who?", "", PASSAGE)


def test_a_list_of_checksums_without_the_model_is_refused(folder: Path) -> None:
    (folder / "SHA256SUMS").write_text("")
    with pytest.raises(ModelFileError, match="does not list"):
        Reader(folder).read("Who?", "", PASSAGE)
