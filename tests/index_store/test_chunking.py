import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.article import Article
from index_store.chunking import Chunker

WORDS = Chunker(lambda text: [match.start() for match in re.finditer(r"\S+", text)], passage_tokens=10)


def passages(text: str) -> list[str]:
    return [passage.text for passage in WORDS.passages(Article("a", text))]


def test_passages_are_whole_sentences_of_even_size() -> None:
    text = "One two three four. Five six seven eight. Nine ten eleven twelve. Thirteen fourteen fifteen sixteen."
    assert passages(text) == [
        "One two three four. Five six seven eight.",
        "Nine ten eleven twelve. Thirteen fourteen fifteen sixteen.",
    ]


def test_ids_count_the_passages_of_the_article() -> None:
    text = "One two three four five six. Seven eight nine ten eleven twelve."
    assert [passage.id for passage in WORDS.passages(Article("a", text))] == ["a#0", "a#1"]


def test_a_sentence_longer_than_a_passage_is_cut_after_a_clause() -> None:
    text = "one two three four five six seven, eight nine ten eleven twelve thirteen"
    assert passages(text) == ["one two three four five six seven,", "eight nine ten eleven twelve thirteen"]


def test_a_quotation_is_not_cut_when_it_fits_a_passage() -> None:
    text = "It was cold that day in town. “We stay. We wait. We do not leave,” he said."
    assert passages(text)[1] == "“We stay. We wait. We do not leave,” he said."


@pytest.mark.parametrize(
    "text", ["x" * 500, f"A word. {'x' * 500}. Another.", "xy" * 40 + " " + "z" * 90], ids=["alone", "between", "two"]
)
def test_a_word_without_end_is_cut_by_characters(text: str) -> None:
    found = passages(text)
    assert max(map(len, found)) <= 80  # 8 characters a token
    assert "".join("".join(passage.split()) for passage in found) == "".join(text.split())


@given(st.text(alphabet="abc AB.,;!?\n“”", min_size=1, max_size=600).filter(str.strip))
def test_passages_hold_all_of_the_text_at_their_offsets(text: str) -> None:
    found = WORDS.passages(Article("a", text))
    assert all(text[p.start : p.end] == p.text for p in found)
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    assert all(len(p.text.split()) <= 10 and len(p.text) <= 80 for p in found)
