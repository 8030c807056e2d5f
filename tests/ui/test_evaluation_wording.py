from pathlib import Path

import pytest

from qa.errors import QuestionSetError
from qa.evaluation import FIGURES, Interval, Outcome, Question, RunRow, compare_rows
from ui.evaluation import wording
from ui.evaluation.comparing import verdict
from ui.evaluation.folder import RunsFolder, read_set, set_name


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        pytest.param(0.0, "0 %", id="none"),
        pytest.param(0.001, "under 1 %", id="hardly-any"),
        pytest.param(2 / 3, "67 %", id="rounded"),
        pytest.param(0.999, "over 99 %", id="nearly-all"),
        pytest.param(1.0, "100 %", id="all"),
    ],
)
def test_a_share_that_is_not_all_or_nothing_is_never_shown_as_such(share: float, shown: str) -> None:
    assert wording.percent(share) == shown


def test_an_interval_without_width_says_nothing() -> None:
    assert wording.interval_text(Interval(1.0, 1.0)) == ""
    assert wording.interval_text(Interval(0.25, 0.5)) == "25 % to 50 %"


def test_every_outcome_has_its_words_and_every_worded_figure_is_one() -> None:
    assert set(wording.OUTCOMES) == set(wording.COLOURS) == {each for each in Outcome if each.meaning}
    assert set(wording.FIGURES) <= set(FIGURES)


def test_sets_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    folder = RunsFolder(tmp_path)
    kept = [folder.keep_set("../my set.v2.jsonl", content) for content in (b"{}", b"[]", b"{}")]
    assert kept[0] == kept[2] != kept[1]
    assert {path.parent for path in kept} == {tmp_path / "evaluations" / "sets"}
    assert {set_name(path) for path in kept} == {"my-set-v2"}
    assert folder.sets() == tuple(sorted(set(kept)))


def test_a_new_run_takes_the_place_of_none(tmp_path: Path) -> None:
    folder = RunsFolder(tmp_path)
    folder.path.mkdir()
    first = folder.new_run(Path("lorn.1a2b.jsonl"))
    assert first.name.startswith("lorn-")
    first.touch()
    assert folder.new_run(Path("lorn.1a2b.jsonl")) != first


def test_an_uploaded_set_is_faulty_under_its_own_name() -> None:
    with pytest.raises(QuestionSetError, match=r"^my questions\.jsonl: 1 problem in the question set\n  line 1, id:"):
        read_set("my questions.jsonl", b'{"question": "Who?"}\n')
    with pytest.raises(QuestionSetError, match=r"^notes\.txt"):
        read_set("notes.txt", b"Who?")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("x", "x", "No question changed", id="same"),
        pytest.param("x", "blue", "The second run is better: chance alone would hardly ever split 9", id="better"),
        pytest.param("blue", "x", "The second run is worse", id="worse"),
    ],
)
def test_a_comparison_says_what_the_paired_test_makes_of_it(before: str, after: str, said: str) -> None:
    questions = [Question(str(number), "What colour?", answers=("blue",), answerable=True) for number in range(9)]
    rows = [[RunRow(question.id, answer=answer) for question in questions] for answer in (before, after)]
    assert verdict(compare_rows(questions, *rows)).startswith(said)
