"""The folder of the data directory that keeps question sets and the runs of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import qa.evaluation
from qa.errors import QuestionSetError, RunFileError
from qa.evaluation import Question, QuestionCollection, RunHeader, load_questions, read_header
from ui.holdings import count_of, day

FORMATS = ("jsonl", "yaml", "yml", "csv")
SAMPLE = Path(qa.evaluation.__file__).with_name("samples") / "questions.jsonl"
_FOLDER = "evaluations"
_SETS = "sets"
_COLLECTED = "thumbs-down.jsonl"
_HASH_CHARACTERS = 8  # of a kept set's name: two sets that people call the same are kept apart
_NOT_IN_NAMES = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run file with what its header tells; `header` is None where there is none that can be read."""

    path: Path
    header: RunHeader | None

    @property
    def label(self) -> str:
        """The question set, when it was begun, and how many questions it has."""
        begun = _begun(self.header)
        if self.header is None or begun is None:
            return self.path.name
        name = set_name(Path(self.header.questions))
        return f"{name} · {day(begun.date())}, {begun:%H:%M:%S} UTC · {count_of(self.header.count, 'question')}"


class RunsFolder:
    """Run files under `evaluations/` of a data directory, and under `evaluations/sets/` the sets they are of.

    The answers that were found wrong are collected in a set of their own there.
    """

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir.absolute() / _FOLDER

    @property
    def collection(self) -> QuestionCollection:
        """The answers that somebody found wrong, as questions."""
        return QuestionCollection(self.path / _SETS / _COLLECTED)

    def sets(self) -> tuple[Path, ...]:
        """The kept question sets, by name."""
        return tuple(sorted(path for form in FORMATS for path in (self.path / _SETS).glob(f"*.{form}")))

    def place_of(self, name: str, content: bytes) -> Path:
        """Where a copy of this question set is kept."""
        named = Path(name)
        stem = _NOT_IN_NAMES.sub("-", named.stem) or "questions"
        digest = sha256(content).hexdigest()[:_HASH_CHARACTERS]
        return self.path / _SETS / f"{stem}.{digest}{named.suffix.lower()}"

    def keep_set(self, name: str, content: bytes) -> Path:
        """Where this question set lies from now on: a copy, so that a run can always be read beside its questions.

        Raises:
            RunFileError: it cannot be written.
        """
        kept = self.place_of(name, content)
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        except OSError as error:
            raise RunFileError(f"cannot keep the question set in {str(kept)!r}: {error.strerror}") from error
        return kept

    def new_run(self, question_path: Path) -> Path:
        """A run file that is not there yet, named after its set and this moment."""
        begun = f"{set_name(question_path)}-{datetime.now(timezone.utc):%Y%m%d-%H%M%S}"
        path, number = self.path / f"{begun}.jsonl", 2
        while path.exists():
            path, number = self.path / f"{begun}-{number}.jsonl", number + 1
        return path

    def runs(self) -> tuple[RunEntry, ...]:
        """Every run, the newest first."""
        entries = [RunEntry(path, _header(path)) for path in self.path.glob("*.jsonl") if path.is_file()]
        return tuple(sorted(entries, key=_age, reverse=True))


def labels_of(runs: Sequence[RunEntry]) -> Mapping[Path, str]:
    """What each run is called in a choice of them; those that would be called the same have their file's name too."""
    counts = Counter(entry.label for entry in runs)
    return {
        entry.path: entry.label if counts[entry.label] == 1 else f"{entry.label} · {entry.path.name}" for entry in runs
    }


def set_name(path: Path) -> str:
    """What people call a question set: its file name without our hash and without its ending."""
    return path.stem.partition(".")[0]


def read_set(name: str, content: bytes) -> tuple[Question, ...]:
    """The questions of an uploaded file.

    Raises:
        QuestionSetError: it is no question set; every fault is named at once, under the file's own name.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, f"questions{Path(name).suffix.lower()}")
        path.write_bytes(content)
        try:
            return load_questions(path)
        except QuestionSetError as error:
            raise QuestionSetError(str(error).replace(str(path), name)) from error


def _header(path: Path) -> RunHeader | None:
    try:
        return read_header(path)
    except RunFileError:
        return None  # opening the run says what is wrong with it


def _begun(header: RunHeader | None) -> datetime | None:
    try:
        begun = datetime.fromisoformat(header.started) if header else None
    except ValueError:
        return None
    return begun.replace(tzinfo=begun.tzinfo or timezone.utc) if begun else None  # of year 1 no local time is known


def _age(entry: RunEntry) -> tuple[float, str]:
    begun = _begun(entry.header)
    changed = entry.path.stat().st_mtime if entry.path.exists() else 0.0
    # of one second, the later has a number at its end
    return begun.timestamp() if begun else changed, entry.path.stem
