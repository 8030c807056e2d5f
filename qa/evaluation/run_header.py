"""The header of a run: what it was made with, so that only like is added to it and compared with it."""

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date, datetime, timezone
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pydantic import TypeAdapter, ValidationError

from index_store.article import Article
from qa.errors import RunFileError
from qa.evaluation.question_hash import question_set_hash
from qa.evaluation.questions import Question

_PACKAGES = ("article-qa", "chromadb", "llama-index-core", "numpy", "onnxruntime", "tantivy", "tokenizers")
# of a model's settings those that change what it writes; named one by one, so that no key is ever among them
_MODEL_SETTINGS = ("base_url", "temperature", "max_output_tokens", "context_tokens")


@runtime_checkable
class ArticleCollection(Protocol):
    """Whatever lists its articles; the index does."""

    def articles(self) -> Iterable[Article]:
        """Return all articles."""


@dataclass(frozen=True, slots=True)
class RunHeader:
    """What a run was made with."""

    questions: str  # path of the question set, seen from the folder of the run file
    questions_hash: str
    count: int  # of questions
    index: str  # fingerprint of the articles and of how they are indexed
    asked_on: date | None = None  # day of asking of the questions that name none
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by what they are of
    versions: Mapping[str, str] = field(default_factory=dict)
    started: str = ""  # UTC
    judge: Mapping[str, Any] = field(default_factory=dict)  # the model that judged last; empty where none did

    def differences(self, other: "RunHeader") -> tuple[str, ...]:
        """In words, what makes an answer of one run no answer of the other."""
        same = {
            "question set": self.questions_hash == other.questions_hash,
            "index": self.index == other.index,
            "settings": _plain(self.settings) == _plain(other.settings),
            "day of asking": self.asked_on == other.asked_on,
            "version of article-qa": self.versions.get("article-qa") == other.versions.get("article-qa"),
        }
        return tuple(name for name, is_same in same.items() if not is_same)

    def to_json(self) -> dict[str, Any]:
        """The header as its file keeps it."""
        return {"schema": 1, **asdict(self), "asked_on": self.asked_on.isoformat() if self.asked_on else None}

    @classmethod
    def from_json(cls, text: str | bytes) -> "RunHeader":
        """The header that `to_json` gave.

        Raises:
            RunFileError: it is none.
        """
        try:
            return _HEADER.validate_json(text)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            raise RunFileError(
                f"not the header of a run: {': '.join(filter(None, ('.'.join(map(str, fault['loc'])), fault['msg'])))}"
            ) from error


_HEADER = TypeAdapter(RunHeader)


def describe_run(
    engine: object, questions: Sequence[Question], *, question_path: Path, run_path: Path, asked_on: date | None
) -> RunHeader:
    """The header of a run that is about to begin."""
    store = getattr(engine, "store", None)
    return RunHeader(
        questions=_seen_from(run_path.absolute().parent, question_path.absolute()),
        questions_hash=question_set_hash(questions),
        count=len(questions),
        index=index_fingerprint(store, _settings_of(store)) if isinstance(store, ArticleCollection) else "",
        asked_on=asked_on,
        settings={"answering": _settings_of(engine), "index": _settings_of(store), **_model_of(engine)},
        versions={"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        started=datetime.now(timezone.utc).isoformat(timespec="seconds"),
    )


def index_fingerprint(store: ArticleCollection, settings: Mapping[str, Any]) -> str:
    """Hex SHA-256 over every article, in the order of the ids, and over the settings they are indexed with."""
    digest = sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for line in sorted(f"{article.id} {article.content_hash}" for article in store.articles()):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _settings_of(owner: object) -> dict[str, Any]:
    settings = getattr(owner, "settings", None)
    if settings is None or isinstance(settings, type) or not is_dataclass(settings):
        return {}
    # what a settings class keeps out of its own repr, such as a key, is kept out of a file too
    return {each.name: _plain(getattr(settings, each.name)) for each in fields(settings) if each.repr}


def writing_model(engine: object) -> Any:
    """The model that writes the answers of an engine; None where none does."""
    if getattr(getattr(engine, "settings", None), "mode", "") == "extractive":
        return None
    return getattr(engine, "model", None)


def described_model(model: Any) -> dict[str, Any]:
    """A model with the settings that change what it writes, without its key."""
    settings = getattr(model, "settings", None)
    named = {name: getattr(settings, name) for name in _MODEL_SETTINGS if hasattr(settings, name)}
    return {"name": model.name, **named}


def _model_of(engine: object) -> dict[str, Any]:
    model = writing_model(engine)
    return {} if model is None else {"model": described_model(model)}


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, sort_keys=True, default=str))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _seen_from(folder: Path, path: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()
