import shutil
from pathlib import Path

import pytest

from index_store.lexical import Lexical, LexicalEntry


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    Lexical.create(tmp_path / "lexical")
    lexical = Lexical(tmp_path / "lexical")
    lexical.write(added=[LexicalEntry(1, "Bridge shut", "It closed."), LexicalEntry(2, "Dam", "The bridge reopened.")])
    return lexical


def test_a_word_is_counted_by_the_field_that_holds_it_more_often(lexical: Lexical) -> None:
    lexical.write(added=[LexicalEntry(3, "Bridge again", "Nothing more.")])
    assert [lexical.document_frequency(term) for term in ("bridg", "dam", "reopen", "ferri")] == [2, 1, 1, 0]


def test_what_a_killed_commit_left_does_not_stop_the_next(lexical: Lexical, tmp_path: Path) -> None:
    folder, ahead = tmp_path / "lexical", tmp_path / "ahead"
    shutil.copytree(folder, ahead)
    Lexical(ahead).write(deleted=[1])
    for file in [*ahead.glob("*.del"), ahead / ".managed.json"]:  # all but the commit itself, which is meta.json
        shutil.copy(file, folder)
    lexical.reopen()
    lexical.write(deleted=[1])
    assert lexical.count() == 1
