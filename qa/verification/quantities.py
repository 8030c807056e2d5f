"""Quantities: numbers with their units, and whether a text holds the one that a statement gives."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qa.numbers import Number, read_numbers
from qa.verification.clock import read_clock
from qa.verification.shares import read_ordinals, read_shares
from qa.verification.units import BARE, Unit, units_before, units_behind

_JOINED = re.compile(r"\s*(?:-|–|—|to|and|or|through|,|, and|, or|up to)\s*[$€£¥₹]?\s*", re.IGNORECASE)
_LOWER = re.compile(r"\b(?:more than|over|above|at least|upwards? of|exceed\w*|topp?ed)\s+\S{0,3}$", re.IGNORECASE)
_UPPER = re.compile(r"\b(?:nearly|almost|just under|close to|up to|under|below|less than|fewer than)\s+\S{0,3}$", re.I)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|approximately|approx\.?|an estimated|circa|or so)\s+|~\s?)\S{0,3}$",
    re.IGNORECASE,
)
_UNCHECKED = re.compile(r"\b(?:the|these|those|both|all|his|her|their|its|other)\s+$", re.IGNORECASE)
_MILLIONS = re.compile(r"\s?(?P<letter>[mkMK])(?![\w'’])")
_LETTERS = {"m": 1e6, "k": 1e3}
_BEFORE = 30  # characters before a number that tell how it is meant
_NEAR = 0.05  # how far a rounded number may lie from the one it stands for
_FAR = 0.2  # the same after "more than" and "nearly"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text gives it: `text[start:end]`, unit included."""

    start: int
    end: int
    readings: tuple[tuple[float, Unit], ...]  # what it can mean, likeliest first
    lowest: float = 1.0  # a number this many times the stated one, and no less, is what the words stand for
    highest: float = 1.0
    counted: bool = True  # False: "the two", which only takes up what was named before

    @property
    def meaning(self) -> tuple[object, ...]:
        """What tells whether it is held, wherever it stands."""
        return self.readings, self.lowest, self.highest

    def is_held(self, others: Iterable["Quantity"]) -> bool:
        """Whether one of the others is the same quantity, or the one that this rounds."""
        return any(self._is(mine, theirs) for other in others for mine in self.readings for theirs in other.readings)

    def _is(self, mine: tuple[float, Unit], theirs: tuple[float, Unit]) -> bool:
        if not mine[1].agrees(theirs[1]):
            return False
        factors = (mine[1].factor, theirs[1].factor) if mine[1].kind and theirs[1].kind else (1.0, 1.0)
        stated, held = mine[0] * factors[0], theirs[0] * factors[1]
        if abs(stated - held) <= 1e-6 * max(abs(stated), abs(held)):
            return True
        return bool(stated) and self.lowest <= held / stated <= self.highest


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text with their units, in order; dates should be blanked out before."""
    special = (*read_clock(text), *read_shares(text), *read_ordinals(text))
    found = [Quantity(start, end, readings) for start, end, readings in special]
    taken = {place for quantity in found for place in range(quantity.start, quantity.end)}
    numbers = [number for number in read_numbers(text) if taken.isdisjoint(range(number.start, number.end))]
    found += _shared([_quantity(text, number) for number in numbers], numbers, text)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _quantity(text: str, number: Number) -> Quantity:
    before, start = units_before(text, number.start)
    behind, end = units_behind(text, number.end)
    readings: tuple[tuple[float, Unit], ...]
    letter = _MILLIONS.match(text, number.end) if number.scale == 1.0 else None
    if letter and not number.spelled:
        times, end = _LETTERS[letter["letter"].lower()], letter.end()
        metres = ((number.values[0], Unit("length")),) if letter["letter"] == "m" and not before else ()
        readings = (*((value * times, unit) for value in number.values for unit in before or (BARE,)), *metres)
    else:
        readings = tuple((value, unit) for value in number.values for unit in before or behind or (BARE,))
    lowest, highest = _bounds(text[max(0, start - _BEFORE) : start], number)
    counted = not number.spelled or not (
        number.values[0] in (0.0, 1.0)
        or (number.values[0] <= 4 and _UNCHECKED.search(text[max(0, start - _BEFORE) : start]))
    )
    return Quantity(start, end, readings, lowest, highest, counted)


def _bounds(before: str, number: Number) -> tuple[float, float]:
    """Between which multiples of the number the one lies that it stands for."""
    if not _is_round(number.values[0] / number.scale):
        return (1.0, 1.0) if number.scale == 1.0 else _rounding(before, _NEAR)
    return _rounding(before, _FAR)


def _rounding(before: str, far: float) -> tuple[float, float]:
    if _LOWER.search(before):
        return 1.0, 1.0 + far
    if _UPPER.search(before):
        return 1.0 - far, 1.0
    return (1.0 - _NEAR, 1.0 + _NEAR) if _ABOUT.search(before) else (1.0, 1.0)


def _is_round(value: float) -> bool:
    """Whether a number has noughts at its end."""
    return value >= 10 and value == int(value) and int(value) % 10 == 0


def _shared(quantities: list[Quantity], numbers: list[Number], text: str) -> Iterator[Quantity]:
    """The quantities, those of a range or a list with the unit and the scale that stand once for all."""
    shared = list(zip(quantities, numbers, strict=True))
    for position in range(len(shared) - 2, -1, -1):
        (current, own), (following, number) = shared[position], shared[position + 1]
        if _JOINED.fullmatch(text, current.end, number.start):
            shared[position] = (_with_unit(current, following, number.scale if own.scale == 1.0 else 1.0), own)
    for position in range(1, len(shared)):
        (before, _), (quantity, number) = shared[position - 1], shared[position]
        if _JOINED.fullmatch(text, before.end, number.start):
            shared[position] = (_with_unit(quantity, before, 1.0), number)
    return iter(quantity for quantity, _ in shared)


def _with_unit(quantity: Quantity, other: Quantity, scale: float) -> Quantity:
    kinds = tuple(dict.fromkeys(unit for _, unit in other.readings if unit.kind))
    bare = [value for value, unit in quantity.readings if not unit.kind]
    added = [(value, unit) for value in bare for unit in kinds]
    scaled = [(value * scale, unit) for value, unit in (*quantity.readings, *added)] if scale != 1.0 else []
    return replace(quantity, readings=(*scaled, *added, *quantity.readings))
