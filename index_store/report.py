"""What indexing did."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class IndexReport:
    """Counts of one run of indexing."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0  # met again in the same run, or the text of another article, kept as a further place of it
    passages: int = 0  # written
    seconds: float = 0.0

    def __add__(self, more: "IndexReport") -> "IndexReport":
        """Both together."""
        return IndexReport(*(one + other for one, other in zip(astuple(self), astuple(more), strict=True)))

    @property
    def articles(self) -> int:
        """Articles dealt with so far."""
        return self.added + self.updated + self.unchanged + self.duplicates
