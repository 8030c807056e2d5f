"""The case: what a stranger's folder holds, what is to be said of it, and what of it is to be read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Write = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Case:
    """Bad input, or good input that looks bad."""

    name: str
    write: Write  # into the folder that is indexed
    said: tuple[str, ...] = ()  # of each input that is skipped, in order: words of its reason that name the cause
    read: tuple[str, ...] = ()  # the texts that are taken, to the character
    megabytes: int = 100  # of memory it may take on top of what indexing one good article takes


def file(name: str, content: bytes | str) -> Write:
    """A file of that content."""
    return lambda folder: (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def hole(name: str, size: int, begin: bytes = b"") -> Write:
    """A file of that size which takes no space: after its beginning it is a hole."""

    def write(folder: Path) -> None:
        with (folder / name).open("wb") as written:
            written.write(begin)
            written.truncate(size)

    return write


def rows(*values: object, name: str = "a.jsonl") -> Write:
    """JSON Lines."""
    return file(name, "\n".join(map(json.dumps, values)))
