"""From the lines of print to paragraphs."""

import pytest

from index_store.loading.typesetting import Line, headline, paragraphs, without_repeated

SIZE, LEADING = 10.0, 12.0


def page(*texts: str, x: float = 50, top: float = 700) -> tuple[Line, ...]:
    """Lines below one another; an empty one leaves a gap, and spaces before the text are an indent."""
    return tuple(
        Line(text.strip(), x + 5 * (len(text) - len(text.lstrip())), top - LEADING * number, SIZE)
        for number, text in enumerate(texts)
        if text
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["a line of some length", "and the next one here"],
            ["a line of some length and the next one here"],
            id="one",
        ),
        pytest.param(
            ["the first line, whole", "and its end", "", "another one begins so"],
            ["the first line, whole and its end", "another one begins so"],
            id="a gap",
        ),
        pytest.param(
            ["the first line, whole", "the second line whole", "   indented, the third", "goes on in the fourth"],
            ["the first line, whole the second line whole", "indented, the third goes on in the fourth"],
            id="an indent",
        ),
        pytest.param(
            ["the first line, whole", "the end.", "Another one begins so", "and goes on to here."],
            ["the first line, whole the end.", "Another one begins so and goes on to here."],
            id="a short last line",
        ),
        pytest.param(["the recon-", "struction of it"], ["the reconstruction of it"], id="a divided word"),
        pytest.param(["the recon\u00ad", "struction of it"], ["the reconstruction of it"], id="a soft hyphen"),
        pytest.param(
            ["a two-thirds majority", "is asked for, two-", "thirds of the seats"],
            ["a two-thirds majority is asked for, two-thirds of the seats"],
            id="a hyphen of its own",
        ),
        pytest.param(["from Ansgill-", "Vennay to here"], ["from Ansgill- Vennay to here"], id="before a name"),
        pytest.param(["the years 2024-", "and after that"], ["the years 2024- and after that"], id="after a number"),
    ],
)
def test_lines_are_joined_and_kept_apart(texts: list[str], expected: list[str]) -> None:
    assert list(paragraphs([page(*texts)])) == expected


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    columns = page("A sentence that goes", "on over the columns") + page("and over the", "pages of", x=300)

    assert list(paragraphs([columns, page("the paper. It ends.", "Here.")])) == [
        "A sentence that goes on over the columns and over the pages of the paper. It ends. Here."
    ]


def test_lines_of_another_size_are_paragraphs_of_their_own() -> None:
    large = Line("A headline", 50, 712, 20.0)

    assert list(paragraphs([(large, *page("and the text of it", "over two lines"))])) == [
        "A headline",
        "and the text of it over two lines",
    ]


def test_only_lines_at_the_edges_that_come_again_are_dropped() -> None:
    pages = [page("Valley News 1", f"text {word}", "the same", f"more {word}", "1 of 3") for word in "abc"]

    assert [[line.text for line in left] for left in without_repeated(pages)] == [
        ["text a", "the same", "more a"],
        ["text b", "the same", "more b"],
        ["text c", "the same", "more c"],
    ]


def test_a_single_page_loses_nothing() -> None:
    only = page("Valley News", "text", "1")

    assert without_repeated([only]) == (only,)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        pytest.param((20, 20, 10, 10, 10), "l0 l1", id="two lines"),
        pytest.param((10, 20, 10, 10, 10), "l1", id="below something"),
        pytest.param((10, 10, 10, 10, 10), "", id="all alike"),
        pytest.param((20, 10, 10, 10, 20), "", id="in two places"),
    ],
)
def test_the_headline_is_what_is_set_largest(sizes: tuple[float, ...], expected: str) -> None:
    lines = tuple(Line(f"l{number}", 50, 700 - 12 * number, size) for number, size in enumerate(sizes))

    assert headline(lines) == expected


def test_no_lines_are_no_paragraphs() -> None:
    assert list(paragraphs([(), ()])) == []
