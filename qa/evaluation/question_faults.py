"""The faults of a question set, in words that name row and field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

_MOST_SHOWN = 50  # a file in the wrong schema is wrong in every row

# by pydantic's name of a fault: what a person who writes a question set would call it
_WORDS = {
    "missing": "is missing",
    "string_type": "should be a text",
    "tuple_type": "should be a list",
    "dict_type": "should be an object of named values",
    "bool_type": "should be true, false or null",
    "bool_parsing": "should be true, false or null",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "greater_than_equal": "should be 0 or more",
    "extra_forbidden": "is none of article_id, start and end",
    "model_type": "should be an object of article_id, start and end",
}


def faults_of(place: str, error: ValidationError) -> Iterator[str]:
    """Each fault of one row, with its place and the field."""
    for fault in error.errors(include_url=False):
        name, *inner = fault["loc"]
        item = "".join(f" item {part + 1}" if isinstance(part, int) else f" {part}" for part in inner)
        yield f"{place}, {name}{item}: {_words(fault)}"


def report(path: Path, faults: list[str]) -> str:
    """All faults of a file, one a line; of very many the first, and how many more there are."""
    shown = faults[:_MOST_SHOWN]
    if len(faults) > len(shown):
        shown.append(f"and {len(faults) - len(shown)} more")
    count = "1 problem" if len(faults) == 1 else f"{len(faults)} problems"
    return f"{path}: {count} in the question set\n" + "\n".join(f"  {fault}" for fault in shown)


def _words(fault: Any) -> str:
    said: str = fault["msg"].removeprefix("Value error, ")
    return _WORDS.get(fault["type"], f"{said[:1].lower()}{said[1:]}")
