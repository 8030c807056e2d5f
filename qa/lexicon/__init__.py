"""Word lists as data: one file a list, `#` begins a comment that names the source."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `name`, in lower case."""
    return frozenset(word for entry in entries(name) for word in entry)


@cache
def entries(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the list `name`, each as its words in lower case."""
    lines = files("qa.lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.lower().split()) for line in lines if line.strip() and not line.startswith("#"))
