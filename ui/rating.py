"""The rating: what a reader thinks of an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """Good, or wrong and collected as a question under an id."""

    is_good: bool
    collected: str = ""  # the id; empty for a good answer
