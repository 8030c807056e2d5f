"""The order: work on an index for a process of its own, and what that process says of it."""

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from index_store.care import Diagnosis
from index_store.loading import SkippedInput
from index_store.report import IndexReport


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done to the index at `data_dir`."""

    task: Literal["index", "remove", "check"]
    data_dir: str
    names: tuple[str, ...] = ()  # the files and addresses to index, or the ids of the articles to remove
    limit: int = 50  # pages taken of a feed or sitemap


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    doing: str = "Starting"
    done: int = 0
    total: int = 0  # 0: nobody knows yet


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; an expected fault is its one line."""

    error: str = ""
    report: IndexReport | None = None
    skipped: tuple[SkippedInput, ...] = ()
    removed: int = 0
    diagnosis: Diagnosis | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One line of what the process says: how far it is, and at the end what came of it."""

    progress: Progress | None = None
    outcome: Outcome | None = None


ORDER = TypeAdapter(Order)
MESSAGE = TypeAdapter(Message)
