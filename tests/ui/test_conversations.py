"""Conversations that are kept, and who may see them."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from index_store.article import Article
from qa.answer import Answer, RetrievedPassage, Statement
from qa.verification.problems import Problem, ProblemKind
from tests.ui.conftest import HOSTILE, PIER, ScriptedStore, cite
from ui.conversations import ConversationError, Conversations, with_words
from ui.holdings import Holdings
from ui.limits import Limits
from ui.rating import Rating
from ui.state import ChatState, Turn

ID, OTHER = "a" * 32, "b" * 32
HOLM = cite(1, PIER, "“We will not close the north pier,”", "not close", (replace(PIER, id="b", source="The Gazette"),))
ANSWER = Answer(
    question="And she?",
    understood="What did Ida Holm say?",
    statements=(
        Statement("The pier stays.", (1,), (Problem(ProblemKind.NAME, "Lund"),)),
        Statement("It rained.", (1,), (), 0.75),
    ),
    citations=(HOLM,),
    mode="generative",
    note="A note.",
)
REFUSAL = Answer(
    question="How many?",
    refused=True,
    reason="No passage says.",
    retrieved=(RetrievedPassage(PIER, 0, 10, 0.5), RetrievedPassage(replace(PIER, id="gone"), 0, 10, 0.4)),
)
ASKED = datetime(2025, 6, 3, 9, 30, tzinfo=timezone.utc)
LIMITS = Limits(since=date(2025, 3, 1), sources=("The Coast Courier",))
TURN = Turn("And she?", Holdings(3, 9, (date(2025, 1, 1), date(2025, 2, 2))), ANSWER, "", LIMITS, ASKED)
LATER = replace(TURN, question="And he?", asked_at=ASKED + timedelta(minutes=1))


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    return Conversations.of(tmp_path, "ada")


def test_a_conversation_comes_back_as_it_was(conversations: Conversations) -> None:
    failed = Turn("Failed?", TURN.holdings, None, "the index is locked")
    conversations.keep(ID, [TURN, failed])
    conversations.rename(ID, "Pier")
    kept = conversations.read(ID)
    back = [turn.resolved(ScriptedStore()) for turn in kept.turns]  # type: ignore[arg-type]
    assert kept.name == "Pier"
    assert back[1] == failed
    assert back[0].answer
    assert back[0].answer.statements == ANSWER.statements
    assert back[0].answer.citations[0].article == PIER
    assert back[0].answer.citations[0].span == HOLM.span
    assert replace(back[0], answer=ANSWER) == TURN


def test_a_refusal_keeps_its_nearest_passages_that_are_still_there(conversations: Conversations) -> None:
    conversations.keep(ID, [replace(TURN, answer=REFUSAL)])
    back = conversations.read(ID).turns[0].resolved(ScriptedStore())  # type: ignore[arg-type]
    assert back.answer
    assert [(near.article, near.text) for near in back.answer.retrieved] == [(PIER, PIER.text[:10])]


@pytest.mark.parametrize(
    ("held", "fate"),
    [
        pytest.param([], "is no longer in the index", id="gone"),
        pytest.param([replace(PIER, text=f"Corrected. {PIER.text}")], "has changed since it was cited", id="changed"),
        pytest.param([replace(PIER, title="Another headline")], "has changed since it was cited", id="retitled"),
    ],
)
def test_a_lost_article_is_told_and_its_words_stay(
    conversations: Conversations, held: list[Article], fate: str
) -> None:
    conversations.keep(ID, [TURN])
    store = ScriptedStore(held=held)
    for _ in range(2):  # what is kept again after it was lost is kept as it was
        back = conversations.read(ID).turns[0].resolved(store)  # type: ignore[arg-type]
        assert back.answer
        citation = back.answer.citations[0]
        assert citation.quote == HOLM.quote
        assert citation.answer
        assert citation.article.text[slice(*citation.answer)] == "not close"
        assert fate in str(back.losses[0])
        assert (back.losses[0].span, back.losses[0].content_hash) == (HOLM.span, PIER.content_hash)
        assert ChatState([back]).history[0].citations == (HOLM.span,)
        conversations.keep(ID, [back])


def test_readers_never_see_each_others_conversations(tmp_path: Path) -> None:
    ada, ben = Conversations.of(tmp_path, "ada"), Conversations.of(tmp_path, "ben")
    ada.keep(ID, [TURN])
    assert ben.is_empty
    assert not ben.headings()
    assert not ben.holds(ID)
    with pytest.raises(ConversationError):
        ben.read(ID)


def test_what_lies_on_the_disk_is_its_owners_and_names_no_secret(conversations: Conversations) -> None:
    conversations.keep(ID, [TURN])
    assert [path.name for path in conversations.folder.iterdir()] == [f"{ID}.json"]
    assert "ada" not in str(conversations.folder.relative_to(conversations.folder.parents[1]))
    assert (conversations.folder / f"{ID}.json").stat().st_mode & 0o077 == 0
    assert conversations.folder.stat().st_mode & 0o077 == 0


def test_conversations_are_listed_renamed_and_deleted(conversations: Conversations) -> None:
    conversations.keep(ID, [TURN])
    conversations.keep(OTHER, [TURN, LATER])
    conversations.rename(OTHER, "Pier")
    assert {(each.name, each.questions) for each in conversations.headings()} == {("And she?", 1), ("Pier", 2)}
    conversations.rename(ID, f"  {HOSTILE} ")
    assert {each.name for each in conversations.headings()} == {HOSTILE.strip(), "Pier"}
    conversations.delete(ID)
    assert [each.id for each in conversations.headings()] == [OTHER]


def test_what_two_tabs_add_is_kept_in_one_conversation(conversations: Conversations) -> None:
    conversations.keep(ID, [TURN])
    conversations.rename(ID, "Pier")
    assert conversations.keep(ID, [LATER]) == "Pier"
    conversations.keep(ID, [replace(TURN, rating=Rating(is_good=True))])
    kept = conversations.read(ID)
    assert [(turn.question, turn.rating is not None) for turn in kept.turns] == [("And she?", True), ("And he?", False)]
    assert kept.name == "Pier"


@pytest.mark.parametrize("name", ["../secrets", "A" * 32, "", f"{ID}/..", "c" * 31])
def test_only_an_id_of_ours_names_a_file(conversations: Conversations, name: str) -> None:
    assert not conversations.holds(name)
    with pytest.raises(ConversationError):
        conversations.read(name)
    with pytest.raises(ConversationError):
        conversations.delete(name)


def test_a_damaged_file_is_one_line_and_hides_no_other(conversations: Conversations) -> None:
    conversations.keep(ID, [TURN])
    (conversations.folder / f"{OTHER}.json").write_text('{"version": 1, "name": 3')
    assert [each.id for each in conversations.headings()] == [ID]
    with pytest.raises(ConversationError, match="can be read"):
        conversations.read(OTHER)


def test_where_nothing_can_be_written_it_is_an_expected_fault(tmp_path: Path) -> None:
    (tmp_path / "conversations").write_text("a file where the folder belongs")
    with pytest.raises(ConversationError, match="cannot be kept"):
        Conversations.of(tmp_path, "ada").keep(ID, [TURN])


def test_a_conversation_is_found_by_words_of_its_name(conversations: Conversations) -> None:
    conversations.keep(ID, [TURN])
    conversations.keep(OTHER, [LATER])
    conversations.rename(OTHER, "The north pier")
    headings = conversations.headings()
    assert [each.id for each in with_words(headings, "PIER north")] == [OTHER]
    assert with_words(headings, " ") == headings
    assert with_words(headings, "ferry") == ()
