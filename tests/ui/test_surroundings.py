import pytest

from ui.surroundings import surroundings

FILLER = "word " * 200


def shown(text: str, quote: str) -> str:
    start = text.index(quote)
    begin, finish = surroundings(text, start, start + len(quote))
    return text[begin:finish]


def test_a_short_article_is_shown_whole() -> None:
    assert shown("One.\n\nTwo.\n\nThree.", "Two.") == "One.\n\nTwo.\n\nThree."


def test_whole_paragraphs_are_shown_around_a_passage() -> None:
    text = f"{FILLER}\n\nBefore.\n\nThe passage.\n\nAfter.\n\n{FILLER}"
    assert shown(text, "The passage.") == "Before.\n\nThe passage.\n\nAfter."


@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\n\n\n", "\n"], ids=["blank", "spaces", "two-blanks", "line-end"])
def test_paragraphs_part_at_blank_lines_or_else_at_line_ends(gap: str) -> None:
    text = gap.join([FILLER.strip(), "Before.", "The passage.", "After.", FILLER.strip()])
    assert shown(text, "The passage.") == gap.join(["Before.", "The passage.", "After."])


def test_a_paragraph_too_long_to_show_is_cut_between_words() -> None:
    around = shown(f"{FILLER}The passage. {FILLER}", "The passage.")
    assert set(around.replace("The passage.", "").split()) == {"word"}
    assert 600 < len(around) < 900


def test_a_text_without_a_place_to_cut_is_cut_anywhere() -> None:
    assert "passage" in shown(f"{'x' * 900}passage{'y' * 900}", "passage")
