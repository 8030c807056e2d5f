"""The conversations of one reader, kept in the data directory."""

import hashlib
import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import RLock

from pydantic import ValidationError

from index_store.errors import ArticleQAError
from ui.kept import KeptConversation, KeptTurn
from ui.state import Turn

logger = logging.getLogger(__name__)

_FOLDER = "conversations"
_ID = re.compile(r"[0-9a-f]{32}")
_HEADINGS_KEPT = 4_096  # so that a list is read once, and not at every key of a search
_NS = 1_000_000_000  # in a second
_WRITING = RLock()  # tabs of one reader write the same conversation


class ConversationError(ArticleQAError):
    """A conversation cannot be kept or read."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A conversation in a list."""

    id: str
    name: str  # its own, else its first question
    changed: datetime  # in the local time zone
    questions: int


@dataclass(frozen=True, slots=True)
class Conversations:
    """One JSON file a conversation, in a folder that only its reader's browser can name."""

    folder: Path

    @classmethod
    def of(cls, data_dir: Path, reader: str) -> "Conversations":
        """Those of a reader; the folder's name does not give the reader's secret away."""
        return cls(data_dir / _FOLDER / hashlib.sha256(reader.encode()).hexdigest()[:32])

    @property
    def is_empty(self) -> bool:
        """Whether none is kept."""
        return not self._files()

    def headings(self) -> tuple[Heading, ...]:
        """All that can be read, the one that changed last first."""
        found = []
        for path in self._files():
            try:
                found.append(_heading(path, path.stat().st_mtime_ns))
            except (OSError, ConversationError) as error:  # another tab may just have deleted it
                logger.warning("%s", error)
        return tuple(sorted(found, key=lambda heading: heading.changed, reverse=True))

    def holds(self, conversation: str) -> bool:
        """Whether that conversation is kept here."""
        return bool(_ID.fullmatch(conversation)) and self._path(conversation).is_file()

    def read(self, conversation: str) -> KeptConversation:
        """The conversation as it was kept; `ConversationError` where it cannot be read."""
        return _read(self._path(conversation))

    def keep(self, conversation: str, turns: Sequence[Turn]) -> str:
        """Adds turns to a conversation, each in the place of the one that was asked at its moment; returns its name.

        What another tab has added or named stays. `ConversationError` where nothing can be written, what was kept
        standing.
        """
        with _WRITING:
            before = self.read(conversation) if self.holds(conversation) else KeptConversation(name="", turns=())
            merged = {(turn.asked_at, turn.question): turn for turn in (*before.turns, *map(KeptTurn.of, turns))}
            self._write(conversation, before.model_copy(update={"turns": tuple(merged.values())}))
        return before.name

    def rename(self, conversation: str, name: str) -> None:
        """Gives the conversation a name; an empty one takes it away."""
        with _WRITING:
            self._write(conversation, self.read(conversation).model_copy(update={"name": name.strip()}))

    def delete(self, conversation: str) -> None:
        """Removes the conversation from the disk."""
        try:
            with _WRITING:
                self._path(conversation).unlink(missing_ok=True)
        except OSError as error:
            raise ConversationError(f"the conversation cannot be deleted: {error.strerror}") from error

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*.json") if _ID.fullmatch(path.stem)]

    def _path(self, conversation: str) -> Path:
        if not _ID.fullmatch(conversation):
            raise ConversationError(f"no conversation {conversation!r}; open one from the list")
        return self.folder / f"{conversation}.json"

    def _write(self, conversation: str, kept: KeptConversation) -> None:
        path = self._path(conversation)
        fresh = path.with_suffix(".new")
        try:
            self.folder.parent.mkdir(mode=0o700, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            fresh.write_text(kept.model_dump_json(), encoding="utf-8")
            fresh.chmod(0o600)
            fresh.replace(path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise ConversationError(f"the conversation cannot be kept: {error.strerror}") from error


def with_words(headings: Sequence[Heading], words: str) -> tuple[Heading, ...]:
    """Those whose name holds each of the words, in any case."""
    wanted = words.casefold().split()
    return tuple(each for each in headings if all(word in each.name.casefold() for word in wanted))


@lru_cache(_HEADINGS_KEPT)
def _heading(path: Path, changed_ns: int) -> Heading:
    kept = _read(path)
    first = kept.turns[0].question if kept.turns else ""
    changed = datetime.fromtimestamp(changed_ns / _NS).astimezone()
    return Heading(path.stem, kept.name or first, changed, len(kept.turns))


def _read(path: Path) -> KeptConversation:
    try:
        return KeptConversation.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ConversationError(f"the conversation cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ConversationError(f"{path.name!r} is no conversation that can be read; delete it") from error
