"""The health of the index: how much there is, how large, how old."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

from index_store.care import Diagnosis
from index_store.layout import CATALOG_FILE
from index_store.writing import writer_at_work
from ui.holdings import Holdings, count_of, day

_STEP = 1000
_CATALOG_FILES = (CATALOG_FILE, f"{CATALOG_FILE}-wal")  # changes lie in the second until they are moved


@dataclass(frozen=True, slots=True)
class Stamp:
    """When the catalog was last written, and what tells that state from every other."""

    at: float  # seconds since the epoch; 0 where there is no catalog
    sizes: tuple[int, ...]  # bytes


def read_stamp(data_dir: Path) -> Stamp:
    """The catalog's stamp now."""
    found = [path.stat() for name in _CATALOG_FILES if (path := data_dir / name).exists()]
    written = [status.st_mtime for status in found if status.st_size]  # an empty one is made by every reader
    return Stamp(max(written, default=0.0), tuple(status.st_size for status in found))


def size_on_disk(data_dir: Path) -> int:
    """Bytes of all files of the index."""
    total = 0
    for path in data_dir.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # a writer has just replaced it
            continue
    return total


def bytes_of(size: int) -> str:
    """A size as a reader says it: "12.3 MB"."""
    amount, units = float(size), iter(("kB", "MB", "GB"))
    unit = "bytes"
    while amount >= _STEP and (larger := next(units, "")):
        amount, unit = amount / _STEP, larger
    return f"{amount:.0f} {unit}" if amount >= 100 or unit == "bytes" else f"{amount:.1f} {unit}"


def ago(seconds: float) -> str:
    """How long ago something was: "3 hours ago"."""
    for span, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= span:
            return f"{count_of(int(seconds // span), noun)} ago"
    return "just now"


def facts(data_dir: Path, holdings: Holdings | None, now: datetime, server: str = "") -> tuple[tuple[str, str], ...]:
    """What is told of an index, by name; what it holds only where that can be read.

    `server` is what keeps its vectors, where the folder does not.
    """
    changed = read_stamp(data_dir).at
    moment = datetime.fromtimestamp(changed)
    told = (
        *(_held(holdings) if holdings else ()),
        ("On disk", bytes_of(size_on_disk(data_dir))),
        ("Last change", f"{day(moment.date())}, {moment:%H:%M} ({ago(now.timestamp() - changed)})"),
        ("Writing now", writer_at_work(data_dir) or "nobody"),
        ("Folder", str(data_dir)),
        ("Vectors", f"on {server}"),
    )
    left_out = {"" if changed else "Last change", "" if server else "Vectors"}
    return tuple((name, value) for name, value in told if name not in left_out)


def _held(holdings: Holdings) -> tuple[tuple[str, str], ...]:
    return (
        ("Articles", f"{holdings.articles:,}"),
        ("Passages", f"{holdings.passages:,}"),
        ("Published", holdings.period or "no article has a date"),
    )


def facts_html(told: tuple[tuple[str, str], ...]) -> str:
    """Facts as a list of terms."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd>" for name, value in told)
    return f'<dl class="aq-facts">{rows}</dl>'


def diagnosis_html(diagnosis: Diagnosis) -> str:
    """What each check came to, and what to do where something is wrong."""
    return facts_html(
        tuple(
            (
                f"{'✓' if finding.is_ok else '✗'} {finding.check}",
                finding.detail if finding.is_ok else f"{finding.detail}; {finding.remedy}",
            )
            for finding in diagnosis.findings
        )
    )
