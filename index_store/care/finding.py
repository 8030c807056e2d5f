"""The finding: what one check of an index came to."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to."""

    check: str  # a word: what was looked at
    detail: str
    remedy: str = ""  # what to do; empty when all is well

    @property
    def is_ok(self) -> bool:
        """Whether there is nothing to do."""
        return not self.remedy


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found."""

    findings: tuple[Finding, ...]
    writer: str | None = None  # who was writing meanwhile, in words

    @property
    def is_healthy(self) -> bool:
        """Whether every check is well."""
        return all(finding.is_ok for finding in self.findings)


def listed(names: Iterable[str], shown: int = 3) -> str:
    """The first of `names` for a message, with the number of the rest."""
    named = list(names)
    rest = f" and {len(named) - shown} more" if len(named) > shown else ""
    return ", ".join(map(repr, named[:shown])) + rest
