"""The skipped input: what was met and not taken, and why."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SkippedInput:
    """A file or row that gave no article."""

    input: str  # the path, or "path: row 17"
    reason: str


def name_of(path: Path) -> str:
    """The path as it can be printed and stored: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def reason_of(error: Exception) -> str:
    """The fault in words, without the path; of a fault of the system its own words."""
    if isinstance(error, UnicodeDecodeError):
        return f"not valid {error.encoding.upper()}"
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
