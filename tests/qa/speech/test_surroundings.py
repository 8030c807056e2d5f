from qa.speech.surroundings import following_text, own_text, preceding_text

TEXT = "Fares rise.\n\nOake spoke. “No.” She left.\n\nThe dam held."
START = TEXT.index("“")
END = TEXT.index("”") + 1


def test_the_paragraph_of_an_utterance_is_its_own() -> None:
    assert own_text(TEXT, START, END) == "Oake spoke. “No.” She left."


def test_other_paragraphs_stand_before_and_after() -> None:
    assert preceding_text(TEXT, START) == "Fares rise."
    assert following_text(TEXT, END) == "The dam held."


def test_a_long_paragraph_is_taken_up_to_its_reach() -> None:
    assert own_text("x" * 1000, 500, 501) == "x" * 601
    assert preceding_text("x" * 1000, 500) == following_text("x" * 1000, 500) == ""
