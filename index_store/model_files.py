"""The files of a bundled model: read only when they are the ones that were shipped."""

import hashlib
import os
from pathlib import Path

from index_store.errors import ModelFileError

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
CHECKSUMS = "SHA256SUMS"

_REINSTALL = "install article-qa again to restore it"


def verified(folder: Path, name: str) -> bytes:
    """Content of a model file; `ModelFileError` when it is missing or not the one that was shipped."""
    content = _read(folder / name)
    if hashlib.sha256(content).hexdigest() != checksums(folder)[name]:
        raise ModelFileError(f"model file {str(folder / name)!r} is not the one that was shipped; {_REINSTALL}")
    return content


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each model file by name, from the list that `sha256sum --check` reads."""
    path = folder / CHECKSUMS
    pairs = [line.split() for line in _read(path).decode("ascii", "replace").splitlines()]
    found = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
    if not {MODEL, TOKENIZER} <= found.keys():
        raise ModelFileError(f"{str(path)!r} does not list the model files; {_REINSTALL}")
    return found


def usable_cpus() -> int:
    """Processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelFileError(f"cannot read model file {str(path)!r}: {error.strerror}; {_REINSTALL}") from error
