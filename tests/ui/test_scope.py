"""The limits of a question, and the address that names them."""

from datetime import date

import pytest

from ui.address import MOST_CHARS, Opened, parameters, read_address
from ui.limits import Limits

OUTLETS = ("The Coast Courier", "The Sound Gazette")
LIMITS = Limits(date(2025, 3, 1), date(2025, 3, 9), date(2025, 3, 8), ("The Coast Courier",))


def opened(**values: str | list[str]) -> Opened:
    listed = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
    return read_address(lambda name: listed.get(name, []), OUTLETS)


def test_an_address_gives_back_what_it_was_made_from() -> None:
    made = parameters("Who said & why?", LIMITS, "c1")
    assert read_address(lambda name: made.get(name, []), OUTLETS) == Opened("Who said & why?", LIMITS, "c1")


def test_an_outlet_is_known_by_its_name_in_any_case() -> None:
    read = opened(source=["the coast courier", "THE COAST COURIER", "The Sound Gazette"])
    assert (read.limits.sources, read.notes) == (OUTLETS, ())


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"since": "last spring"}, "last spring", id="no-day"),
        pytest.param({"as_of": "2025-02-30"}, "2025-02-30", id="no-such-day"),
        pytest.param({"source": "The Moon Mirror"}, "The Moon Mirror", id="unknown-outlet"),
        pytest.param({"since": "2025-03-09", "until": "2025-03-01"}, "every day", id="no-day-between"),
        pytest.param({"since": "2025-03-09", "until": "2025-03-10", "as_of": "2025-03-01"}, "every day", id="as-of"),
        pytest.param({"q": "x" * (MOST_CHARS + 1)}, "longer than 2,000", id="too-long"),
    ],
)
def test_what_an_address_names_wrongly_is_left_out_and_told(values: dict[str, str], told: str) -> None:
    read = opened(**values)
    assert len(read.notes) == 1
    assert told in read.notes[0]
    assert (read.question, read.limits.since, read.limits.sources) == ("", None, ())


def test_each_limit_is_a_pill_that_can_be_taken_away() -> None:
    pills = LIMITS.pills
    assert [pill.words for pill in pills] == [
        "From 1 March 2025",
        "Until 9 March 2025",
        "As of 8 March 2025",
        "The Coast Courier",
    ]
    left = LIMITS
    for pill in pills:
        left = left.without(pill)
    assert left == Limits()


def test_many_outlets_are_one_pill_and_all_are_named_in_words() -> None:
    outlets = tuple(f"Outlet {number}" for number in range(60))
    limits = Limits(since=date(2025, 3, 1), sources=outlets)
    _since, several = limits.pills
    assert several.words == "60 outlets"
    assert limits.without(several) == Limits(since=date(2025, 3, 1))
    assert limits.words == " · ".join(("From 1 March 2025", *outlets))


def test_outlets_that_nobody_knows_are_told_in_one_note() -> None:
    (note,) = opened(source=[f"Moon {number}" for number in range(60)] * 2).notes
    assert note.endswith("left out: Moon 0, Moon 1, Moon 2, Moon 3, Moon 4 and 55 more")


def test_limits_are_asked_with_as_the_engine_names_them() -> None:
    assert LIMITS.options == {
        "since": date(2025, 3, 1),
        "until": date(2025, 3, 9),
        "as_of": date(2025, 3, 8),
        "sources": ("The Coast Courier",),
    }
    assert Limits().options == {}
