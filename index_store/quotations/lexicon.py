"""The word lists of `lexicon/`, read once and inflected."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicon"
_VOWELS = "aeiou"


def _lines(name: str) -> tuple[str, ...]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def entries(name: str) -> frozenset[str]:
    """Whole lines of a list, for entries that may hold spaces."""
    return frozenset(_lines(name))


@cache
def words(name: str) -> frozenset[str]:
    """Every word of a list, several a line allowed."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def genders(name: str) -> dict[str, str]:
    """Entry to "m", "f" or "-" for a list whose lines may end in a gender."""
    marked: dict[str, str] = {}
    for line in _lines(name):
        entry, _, mark = line.rpartition(" ")
        if mark in ("m", "f", "-") and entry:
            marked[entry] = mark
        else:
            marked[line] = "-"
    return marked


@cache
def verb_forms(name: str) -> dict[str, str]:
    """Inflected form to base form, for a list of verbs."""
    forms: dict[str, str] = {}
    for line in _lines(name):
        base, *irregular = line.split()
        for form in (base, *irregular, *_inflect(base, regular=not irregular)):
            forms.setdefault(form, base)
    return forms


def inflected(base: str) -> frozenset[str]:
    """A regular verb in all its forms."""
    return frozenset({base, *_inflect(base, regular=True)})


def _inflect(base: str, *, regular: bool) -> tuple[str, ...]:
    """Regular forms of a verb; an irregular verb keeps only those in -s and -ing."""
    sibilant = base.endswith(("s", "x", "z", "ch", "sh", "o"))
    if base.endswith("y") and base[-2] not in _VOWELS:
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    else:
        third, past = base + ("es" if sibilant else "s"), base + ("d" if base.endswith("e") else "ed")
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    return (third, stem + "ing", past) if regular else (third, stem + "ing")
