"""Saved web pages: what the reader takes from them, beside plain trafilatura.

Run: `python -m tests.benchmarks.pages DATA/html [--pages]`; the folder holds `expected.jsonl` and the pages it names
in `extra.page`.

Definitions
    kind      Where a page comes from (the part of its id before the first hyphen), and how its text is judged.
    text F1   With an expected text: 2 * shared / (expected + found), counting words (letters and digits, lower case)
              as often as they stand there; the mean over the pages. With snippets alone: of all snippets of the kind,
              those that must be there count for recall, those that must not count against precision.
    title     Share of pages with an expected title whose title has the same words in the same order.
    headline  The same with the name of the outlet at the end left aside, in the expected title and in the found one:
              some expected titles end with it, others do not.
    date      Share of pages with an expected date that have it; "wrong" are those that have another one.
    plain     `trafilatura.extract` and `trafilatura.extract_metadata` with their defaults.
"""

import argparse
import json
import re
import statistics
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trafilatura import extract, extract_metadata

from index_store.article import Article
from index_store.loading import load_articles

_OUTLET = re.compile(r"\s(?:\||--|[-–—»])\s(?:(?!\s(?:\||--|[-–—»])\s).){1,40}$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Taken:
    """What one reader took from one page."""

    text: str
    title: str
    day: str
    author: str = ""


@dataclass(frozen=True)
class Expected:
    """What a page is known to hold."""

    kind: str
    page: Path
    text: str
    title: str
    day: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", action="store_true", help="print each page whose figures differ or are not perfect")
    options = parser.parse_args()
    rows = read_expected(options.folder)
    taken = {"ours": [ours(row.page) for row in rows], "plain": [plain(row.page) for row in rows]}
    if options.pages:
        print_pages(rows, taken)
    kinds: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        kinds[row.kind].append(position)
    names = ("text F1", "lowest", "title", "headline", "date", "wrong")
    print(f"{'kind':20}{'pages':>6}  {'reader':6}" + "".join(f"{name:>10}" for name in names))
    for kind, positions in sorted(kinds.items()):
        for reader, found in taken.items():
            figures = figures_of([rows[at] for at in positions], [found[at] for at in positions])
            print(f"{kind:20}{len(positions):6}  {reader:6}" + "".join(f"{figures[name]:10.3f}" for name in names))


def read_expected(folder: Path) -> list[Expected]:
    """The rows of `expected.jsonl`."""
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [_expected(folder, json.loads(line)) for line in lines if line]


def ours(page: Path) -> Taken:
    """The page through the loader, under another name: nothing is to be read off the file's."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "page.html")
        copy.write_bytes(page.read_bytes())
        (item,) = load_articles([copy])
    if not isinstance(item, Article):
        return Taken("", "", "")
    return Taken(item.text, item.title, str(item.published or ""), item.author)


def plain(page: Path) -> Taken:
    """The page through trafilatura's defaults."""
    raw = page.read_bytes()
    metadata = extract_metadata(raw)
    return Taken(extract(raw) or "", metadata.title or "", metadata.date or "", metadata.author or "")


def figures_of(rows: Sequence[Expected], taken: Sequence[Taken]) -> dict[str, float]:
    """Text F1, the lowest of a page, shares of right titles, headlines and dates, and of wrong dates."""
    pairs = list(zip(rows, taken, strict=True))
    each = [text_f1(row, found) for row, found in pairs]
    titled = [(row.title, found.title) for row, found in pairs if row.title]
    dates = [(row.day, found.day) for row, found in pairs if row.day]
    return {
        "text F1": statistics.mean(each) if all(row.text for row in rows) else _snippet_f1(rows, taken),
        "lowest": min(each),
        "title": _share([words(expected) == words(title) for expected, title in titled]),
        "headline": _share([_headline(expected) == _headline(title) for expected, title in titled]),
        "date": _share([expected == day for expected, day in dates]),
        "wrong": _share([bool(day) and expected != day for expected, day in dates]),
    }


def text_f1(row: Expected, found: Taken) -> float:
    """Of words against the expected text, else of snippets."""
    if not row.text:
        return _snippet_f1([row], [found])
    expected, words_found = Counter(words(row.text)), Counter(words(found.text))
    return 2 * (expected & words_found).total() / max(1, expected.total() + words_found.total())


def words(text: str) -> list[str]:
    """Runs of letters and digits in lower case."""
    return _WORD.findall(text.casefold())


def print_pages(rows: Sequence[Expected], taken: dict[str, list[Taken]]) -> None:
    """Every page, F1 of both, and the titles and dates that are not as expected."""
    for row, mine, other in zip(rows, taken["ours"], taken["plain"], strict=True):
        print(f"{row.page.name:60}{text_f1(row, mine):7.3f}{text_f1(row, other):7.3f}  {mine.author}")
        for name, expected, found in (("title", row.title, mine.title), ("date", row.day, mine.day)):
            if expected and words(expected) != words(found):
                print(f"    {name}: {expected!r}, not {found!r}")


def _expected(folder: Path, row: dict) -> Expected:
    extra = row["extra"]
    kind = f"{row['id'].split('-')[0]}, {'full text' if row['text'] else 'snippets'}"
    wanted, unwanted = (tuple(extra.get(name) or ()) for name in ("must_contain", "must_not_contain"))
    page = folder / extra["page"]
    return Expected(kind, page, row["text"] or "", row["title"] or "", row["date"] or "", wanted, unwanted)


def _snippet_f1(rows: Sequence[Expected], taken: Sequence[Taken]) -> float:
    there = missing = noise = 0
    for row, found in zip(rows, taken, strict=True):
        text = " ".join(found.text.split())
        hits = sum(" ".join(snippet.split()) in text for snippet in row.wanted)
        there, missing = there + hits, missing + len(row.wanted) - hits
        noise += sum(" ".join(snippet.split()) in text for snippet in row.unwanted)
    return 2 * there / max(1, 2 * there + missing + noise)


def _headline(title: str) -> list[str]:
    return words(_OUTLET.sub("", title))


def _share(marks: Sequence[bool]) -> float:
    return statistics.mean(marks) if marks else float("nan")


if __name__ == "__main__":
    main()
