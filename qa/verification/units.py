"""Units of measure: what stands before or behind a number and says what it counts."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HARD = ("percent", "points", "money", "ordinal", "clock")
_CENT = "money cent"
_SHORT = 2  # characters up to which a unit is read as it is written, capitals and all


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts; numbers of one kind are compared after multiplying by `factor`."""

    kind: str  # "money €", "length"; "" for a bare number
    factor: float = 1.0

    @property
    def is_hard(self) -> bool:
        """Whether a number with this unit is never the same as one without."""
        return self.kind.split(" ")[0] in _HARD if self.kind else False

    def agrees(self, other: "Unit") -> bool:
        """Whether numbers with these units may be the same quantity."""
        if self.kind == other.kind:
            return True
        if not self.kind or not other.kind:
            return not self.is_hard and not other.is_hard
        kinds = {self.kind, other.kind}
        # "$" stands for every dollar, and a cent for the hundredth part of most money
        return all(kind.startswith("money") for kind in kinds) and (
            _CENT in kinds or ("money $" in kinds and all(kind.endswith("$") for kind in kinds))
        )


BARE = Unit("")
PERCENT = Unit("percent")
ORDINAL = Unit("ordinal")
CLOCK = Unit("clock")
MINUTES = Unit("time", 60.0)


@cache
def _forms() -> dict[str, tuple[Unit, ...]]:
    forms: dict[str, tuple[Unit, ...]] = {}
    for line in files("qa.lexicon").joinpath("units.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, factor, written = (part.strip() for part in line.split("|"))
            for form in written.split(", "):
                forms[_key(form)] = (*forms.get(_key(form), ()), Unit(kind, float(factor)))
    return forms


def _key(form: str) -> str:
    return form if len(form) <= _SHORT or form.isupper() else form.lower()


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?P<gap>[\s-]{{0,2}})(?P<form>{_alternatives()})(?![\w%])", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?P<form>{_alternatives()})[ \xa0]?$", re.IGNORECASE)


def _alternatives() -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(_forms(), key=len, reverse=True))


def units_behind(text: str, end: int) -> tuple[tuple[Unit, ...], int]:
    """The units a number that ends here can have by the words behind it, and where those end; () without."""
    match = _behind().match(text, end)
    units = _read(match["form"]) if match else ()
    return (units, match.end()) if match and units else ((), end)


def units_before(text: str, start: int) -> tuple[tuple[Unit, ...], int]:
    """The currencies a number that begins here can have by the sign before it, and where that begins."""
    match = _before().search(text, max(0, start - 6), start)
    units = tuple(unit for unit in _read(match["form"]) if unit.kind.startswith("money")) if match else ()
    is_sign = match is not None and not match["form"].islower()
    return (units, match.start()) if match and units and is_sign else ((), start)


def _read(form: str) -> tuple[Unit, ...]:
    """The units of a form as it is written: "MW" is not "mw", but "Percent" is "percent"."""
    plain = re.sub(r"[\s-]", " ", form)
    forms = _forms()
    return forms.get(plain) or (forms.get(plain.lower(), ()) if len(plain) > _SHORT else ())
