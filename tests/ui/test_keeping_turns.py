"""What a tab's conversation leaves on the disk, whatever other tabs do to the same one."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from qa.answer import Answer, Statement
from qa.stream import AnswerStream, Stopper
from tests.ui.conftest import PIER, ScriptedStore, cite, told
from ui.conversations import Conversations
from ui.holdings import Holdings
from ui.keeping import begin_anew, keep_turns, resume
from ui.limits import Limits
from ui.state import ChatState, Coming, Turn

HOLDINGS = Holdings(3, 9)
STORE = ScriptedStore()
ANSWER = Answer(statements=(Statement("The pier stays.", (1,)),), citations=(cite(1, PIER, "landing fees"),))
FIRST = datetime(2025, 6, 3, 9, 30, tzinfo=timezone.utc)


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    return Conversations.of(tmp_path, "ada")


def ask(state: ChatState, question: str) -> None:
    asked_at = FIRST + timedelta(minutes=len(state.turns))
    state.begin(Coming(question, HOLDINGS, Limits(), AnswerStream(told(ANSWER), Stopper()), asked_at))


def begun(conversations: Conversations, *questions: str) -> ChatState:
    state = ChatState()
    for question in questions:
        ask(state, question)
        state.settle()
    keep_turns(state, conversations)
    return state


def beside(state: ChatState, conversations: Conversations) -> ChatState:
    """Another tab with the same conversation."""
    other = ChatState()
    resume(other, conversations, STORE, state.conversation)  # type: ignore[arg-type]
    return other


def kept(state: ChatState, conversations: Conversations) -> list[tuple[str, str]]:
    """The questions that are kept, each with its fault."""
    return [(turn.question, turn.error) for turn in conversations.read(state.conversation).turns]


def test_two_tabs_lose_none_of_their_questions(conversations: Conversations) -> None:
    first = begun(conversations, "Who?")
    second = beside(first, conversations)
    for state, question in ((first, "When?"), (second, "Why?")):
        ask(state, question)
        state.settle()
        state.turns[-1] = replace(state.turns[-1], asked_at=datetime.now(timezone.utc))
        keep_turns(state, conversations)
    assert [question for question, _ in kept(first, conversations)] == ["Who?", "When?", "Why?"]


def test_a_name_given_in_another_tab_stays(conversations: Conversations) -> None:
    state = begun(conversations, "Who?")
    conversations.rename(state.conversation, "Pier")
    ask(state, "When?")
    state.settle()
    keep_turns(state, conversations)
    assert (state.name, conversations.read(state.conversation).name) == ("Pier", "Pier")


def test_what_another_tab_has_deleted_does_not_come_back(conversations: Conversations) -> None:
    state = begun(conversations, "Who?")
    deleted = state.conversation
    conversations.delete(deleted)
    ask(state, "When?")
    state.settle()
    keep_turns(state, conversations)
    assert not conversations.holds(deleted)
    assert [question for question, _ in kept(state, conversations)] == ["When?"]
    assert "deleted in another tab" in " ".join(state.told())


def test_a_question_whose_page_is_left_is_kept_with_what_to_do(conversations: Conversations) -> None:
    state = begun(conversations, "Who?")
    ask(state, "When?")
    keep_turns(state, conversations)
    assert kept(beside(state, conversations), conversations) == [
        ("Who?", ""),
        ("When?", "the page was closed or loaded anew before this was answered; ask again"),
    ]
    state.settle()
    keep_turns(state, conversations)
    assert kept(state, conversations) == [("Who?", ""), ("When?", "")]


def test_an_answer_on_its_way_stays_in_the_chat_that_is_left(conversations: Conversations) -> None:
    state = begun(conversations, "Who?")
    left = state.conversation
    ask(state, "When?")
    begin_anew(state, conversations)
    assert state.turns == []
    assert [turn.question for turn in conversations.read(left).turns] == ["Who?", "When?"]


def test_a_disk_that_fails_is_tried_again_with_the_next_question(conversations: Conversations) -> None:
    conversations.folder.parent.write_text("in the way")
    state = begun(conversations, "Who?")
    keep_turns(state, conversations)
    assert len(state.told()) == 1
    conversations.folder.parent.unlink()
    ask(state, "When?")
    state.settle()
    keep_turns(state, conversations)
    assert [question for question, _ in kept(state, conversations)] == ["Who?", "When?"]


@pytest.mark.parametrize(
    ("turns", "drawn"),
    [
        pytest.param(3, range(3), id="few"),
        pytest.param(19, range(19), id="as-many-as-are-drawn"),
        pytest.param(20, range(10, 20), id="one-more"),
        pytest.param(205, range(190, 205), id="hundreds"),
    ],
)
def test_a_long_conversation_is_drawn_from_its_end(turns: int, drawn: range) -> None:
    state = ChatState([Turn(str(number), HOLDINGS) for number in range(turns)])
    assert state.newest == drawn
    assert not state.reopened
    state.show_earlier()
    assert state.reopened == range(max(0, drawn.start - 20), drawn.start)
