"""What the checks of statements find: on the cases written for them, and on quotations as people annotated them.

Run: `python -m tests.benchmarks.verification [cases|quotations] [--show KIND]`; the development data is read from
ARTICLE_QA_DATA.

Definitions
    found       A case has a problem of a kind. Per kind over the cases: precision is the share of the cases where it
                is found that were written to have it, recall the share of those written to have it where it is found.
    overall     The same for "any problem".
    quotations  For each direct quotation of PolNeAR the statement `SPEAKER said: QUOTE`, with the annotated speaker,
                is checked against the passages of its article that hold it; every problem is a false alarm, but for
                speakers that the annotation has wrong (a name read from coreference is right 4 times in 5).
                Rows that begin inside a word are left out.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from index_store.article import Article
from index_store.chunking import Chunker
from index_store.quotations import Quotation, find_quotations
from qa.verification import Checked, CitedPassage, ProblemKind, check

_DATA = Path(os.environ.get("ARTICLE_QA_DATA", Path(__file__).parents[3] / "shared" / "data"))
_CASES = Path(__file__).parents[1] / "qa" / "verification"
_PASSAGE_TOKENS = 200
_MARKS = re.compile(r"-[LR][SR]B-|[\"“”]|``|'''?")


@dataclass(frozen=True, slots=True)
class Case:
    """A statement over invented passages, and the kinds of problems it has."""

    id: str
    statement: str
    markers: tuple[int, ...]
    passages: dict[int, CitedPassage]
    expected: frozenset[ProblemKind]
    before: str  # the statements that precede it
    known_miss: str  # why the checks get it wrong; "" when they should not

    def check(self) -> Checked:
        return check(self.statement, self.markers, self.passages, before=self.before)

    def found(self) -> frozenset[ProblemKind]:
        return frozenset(problem.kind for problem in self.check().problems)


@cache
def _articles() -> dict[str, tuple[Article, tuple[tuple[int, int], ...], tuple[Quotation, ...]]]:
    articles = {}
    for line in (_CASES / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, spans = "", []
        for paragraph in row["paragraphs"]:
            spans.append((len(text), len(text) + len(paragraph)))
            text += paragraph + "\n\n"
        published = date.fromisoformat(row["published"]) if row["published"] else None
        article = Article(row["id"], text, row["title"], row["source"], row["author"], published, row["url"])
        articles[row["id"]] = (article, tuple(spans), find_quotations(text))
    return articles


@cache
def read_cases() -> tuple[Case, ...]:
    """The cases in the order of their file."""
    rows = (json.loads(line) for line in (_CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(_case(row) for row in rows)


def _case(row: dict) -> Case:
    passages = {}
    for number, name in enumerate(row["passages"], 1):
        article_id, _, paragraph = name.partition("/")
        article, spans, quotations = _articles()[article_id]
        passages[number] = CitedPassage(number, article, *spans[int(paragraph) - 1], quotations)
    expected = frozenset(ProblemKind(kind) for kind in row["expected"])
    before, known_miss = row.get("before", ""), row.get("known_miss", "")
    return Case(row["id"], row["statement"], tuple(row["markers"]), passages, expected, before, known_miss)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the cases of one kind: shares in [0, 1], and how many were written to have the problem."""

    precision: float
    recall: float
    wanted: int


def measure(cases: tuple[Case, ...], kind: ProblemKind | None) -> Figures:
    """Figures for one kind of problem; None: for any problem at all."""
    both = wanted = found = 0
    for case in cases:
        theirs, ours = case.expected, case.found()
        has, says = (kind in theirs, kind in ours) if kind else (bool(theirs), bool(ours))
        wanted, found, both = wanted + has, found + says, both + (has and says)
    return Figures(both / found if found else 1.0, both / wanted if wanted else 1.0, wanted)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement made of an annotated quotation, and what is said against it."""

    statement: str
    checked: Checked
    name_from: str


def read_quotations(folder: Path = _DATA, every: int = 1) -> Iterator[Quoted]:
    """The statements over the quotations of every `every`-th article."""
    rows: dict[str, list[dict]] = {}
    for line in (folder / "polnear" / "quotes_direct.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["type"] == "direct" and row["speaker"]:
            rows.setdefault(row["article_id"], []).append(row)
    for number, line in enumerate((folder / "polnear" / "articles.jsonl").open(encoding="utf-8")):
        row = json.loads(line)
        if number % every == 0:
            yield from _statements(row, rows.get(row["id"], []))


def _statements(row: dict, quotes: list[dict]) -> Iterator[Quoted]:
    published = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    article = Article(row["id"], row["text"], row["title"], row.get("source") or "", "", published)
    cut = Chunker(_token_starts, _PASSAGE_TOKENS).passages(article)
    quotations = find_quotations(article.text)
    passages = {n: CitedPassage(n, article, p.start, p.end, quotations) for n, p in enumerate(cut, 1)}
    for quote in quotes:
        if row["text"][quote["start"] - 1 : quote["start"] + 1].isalpha():
            continue
        holding = [n for n, p in passages.items() if p.start < quote["end"] and quote["start"] < p.end]
        named = _MARKS.sub("", quote["speaker_name"] or quote["speaker"])
        statement = f"{named} said: {_closed(quote['quote'])}"
        yield Quoted(statement, check(statement, holding, passages), quote["name_from"] or "no name")


def _token_starts(text: str) -> list[int]:
    return [position for position in range(len(text)) if position == 0 or text[position - 1].isspace()]


def _closed(quote: str) -> str:
    """The words between marks of their own, those at its ends left out."""
    marked = re.fullmatch(r"(?:[\"“„«]|``|'')\s*(?P<words>.*?)\s*(?:[\"”»]|'')?", quote.strip(), re.DOTALL)
    return f"“{marked['words'] if marked else quote}”"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the checks of statements find.")
    parser.add_argument("what", nargs="?", choices=("cases", "quotations"), default="cases")
    parser.add_argument("--show", default="", help="a kind of problem whose wrong findings are printed")
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth article")
    options = parser.parse_args()
    lines = _cases_report(options.show) if options.what == "cases" else _quotations_report(options.every, options.show)
    sys.stdout.write("\n".join(lines) + "\n")


def _cases_report(show: str) -> Iterator[str]:
    cases = read_cases()
    fine = sum(not case.expected for case in cases)
    yield f"{len(cases)} cases, {fine} fine, {len(cases) - fine} faulty"
    for kind in (*ProblemKind, None):
        figures = measure(cases, kind)
        name = kind.value if kind else "overall"
        if figures.wanted:
            yield f"{name:20} precision {figures.precision:.3f}  recall {figures.recall:.3f}  of {figures.wanted}"
    for case in cases:
        if case.found() != case.expected and (case.known_miss or show):
            found = "; ".join(map(str, case.check().problems)) or "nothing"
            yield f"{'missed' if case.known_miss else 'WRONG'}: {case.id}: {case.statement}\n    {found}"


def _quotations_report(every: int, show: str) -> Iterator[str]:
    alarms: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for quoted in read_quotations(every=every):
        total[quoted.name_from] += 1
        for kind in {problem.kind for problem in quoted.checked.problems}:
            alarms[kind.value, quoted.name_from] += 1
            if show in (kind.value, "any"):
                said = "; ".join(map(str, quoted.checked.problems))
                yield f"-- {quoted.statement[:300]!r}\n   {said[:300]}"
    yield f"{sum(total.values())} quotations: {dict(total)}"
    for kind in ProblemKind:
        by_source = {source: count for (name, source), count in alarms.items() if name == kind.value}
        yield f"{kind.value:20} false alarms {sum(by_source.values()):5} {by_source or ''}"


if __name__ == "__main__":
    main()
