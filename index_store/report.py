"""What indexing did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexReport:
    """Counts of one run of indexing."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0  # the same article met again in the same run
    passages: int = 0  # written
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """Articles dealt with so far."""
        return self.added + self.updated + self.unchanged + self.duplicates
