"""The scope: which articles a question is asked of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits on the articles that are searched; empty limits nothing.

    An article without a date is outside every scope that names one: it cannot be shown to lie inside.
    """

    since: date | None = None  # published on that day or later
    until: date | None = None  # published on that day or earlier
    sources: tuple[str, ...] = ()  # outlets, compared without case

    @property
    def is_everything(self) -> bool:
        """Whether nothing is limited."""
        return self == Scope()
