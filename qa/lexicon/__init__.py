"""Word lists as data: one file a list, `#` begins a comment that names the source."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the list `name`, in lower case."""
    lines = files("qa.lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word.lower() for line in lines if not line.startswith("#") for word in line.split())
