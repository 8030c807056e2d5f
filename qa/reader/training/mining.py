"""Hard negatives: passages that look right and are not, and questions whose premise was altered."""

import random
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index_store.lexical import Lexical, LexicalEntry
from qa.reader.training.pairs import Pair, occurrences

_WORD = re.compile(r"\w+")


class PassagePool:
    """A BM25 index over passages of one kind of text."""

    def __init__(self, passages: Iterable[tuple[str, str]]) -> None:
        self._passages = tuple(dict.fromkeys(passages))  # (title, text)
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "index"
        Lexical.create(path)
        self._index = Lexical(path)
        self._index.write(LexicalEntry(key, *passage) for key, passage in enumerate(self._passages))

    def ranked(self, question: str, count: int) -> tuple[tuple[float, str, str], ...]:
        """(BM25 score, title, text) of the best hits, best first."""
        found = self._index.search(question, count, title_boost=1.0)
        return tuple((score, *self._passages[key]) for key, score in found.items())

    def nearest(self, question: str, count: int) -> tuple[tuple[str, str], ...]:
        """(title, text) of the best BM25 hits, best first."""
        return tuple((title, text) for _, title, text in self.ranked(question, count))


def unanswering(pool: PassagePool, pair: Pair, count: int, depth: int = 12) -> tuple[tuple[str, str], ...]:
    """The nearest passages that are not the pair's own and hold none of its answers."""
    answers = {pair.passage[start:end] for start, end in pair.spans}
    own = pair.passage[:80]
    found = [
        (title, text)
        for title, text in pool.nearest(pair.question, depth)
        if own not in text and not any(occurrences(answer, text) for answer in answers)
    ]
    return tuple(found[:count])


_OPPOSITES = """
first/last largest/smallest highest/lowest oldest/youngest north/south east/west northern/southern
before/after won/lost increase/decrease increased/decreased rise/fall rose/fell most/least maximum/minimum
killed/injured buy/sell bought/sold men/women man/woman male/female win/lose best/worst early/late
beginning/end longest/shortest opened/closed born/buried arrived/left accepted/rejected support/oppose
supported/opposed husband/wife father/mother brother/sister deaths/births arrested/released hired/fired
import/export raised/lowered
"""
_OPPOSITE = {a: b for pair in _OPPOSITES.split() for a, b in (pair.split("/"), pair.split("/")[::-1])}
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*")
_COUNTED = re.compile(
    r"\b([Hh]ow many) ([a-z]+(?: [a-z]+)?)(?= (?:were|was|did|have|has|are|is|do|does|will|people)\b)"
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20[0-2]\d)\b")


class PremiseSwapper:
    """Alters one premise of a question that its passage bears out, so that the passage answers it no more."""

    def __init__(self, questions: Sequence[str], seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
        self._names = sorted({m.group() for q in questions for m in _NAME.finditer(q)})
        self._counted = sorted({m.group(2) for q in questions for m in _COUNTED.finditer(q)})

    def false_premises(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """One altered question for every pair where a safe alteration exists."""
        for pair in pairs:
            options = [q for q in (self._name(pair), self._year(pair), self._count(pair), self._opposite(pair)) if q]
            if options:
                question = self._rng.choice(options)
                yield Pair(question, pair.title, pair.passage, (), 0.0, f"{pair.source}-false")

    def _name(self, pair: Pair) -> str:
        found = [m for m in _NAME.finditer(pair.question) if m.group() in pair.passage and len(m.group()) > 3]
        if not found or not self._names:
            return ""
        match = self._rng.choice(found)
        words = len(match.group().split())
        for _ in range(20):
            other = self._rng.choice(self._names)
            alike = len(other.split()) == words and other.isupper() == match.group().isupper()
            if alike and other.split()[-1] not in pair.passage and other.split()[-1] not in pair.title:
                return pair.question[: match.start()] + other + pair.question[match.end() :]
        return ""

    def _year(self, pair: Pair) -> str:
        found = [m for m in _YEAR.finditer(pair.question) if m.group() in pair.passage]
        if not found:
            return ""
        match = self._rng.choice(found)
        other = str(int(match.group()) + self._rng.choice([-11, -5, -3, -2, -1, 1, 2, 3, 4, 8]))
        if other in pair.passage:
            return ""
        return pair.question[: match.start()] + other + pair.question[match.end() :]

    def _count(self, pair: Pair) -> str:
        match = _COUNTED.search(pair.question)
        if not match or not self._counted:
            return ""
        other = self._rng.choice(self._counted)
        if other.split()[-1][:5] in pair.passage.lower():
            return ""
        return pair.question[: match.start(2)] + other + pair.question[match.end(2) :]

    def _opposite(self, pair: Pair) -> str:
        words = [m for m in _WORD.finditer(pair.question) if m.group() in _OPPOSITE]
        if not words:
            return ""
        match = self._rng.choice(words)
        other = _OPPOSITE[match.group()]
        if re.search(rf"\b{other}\b", pair.passage, re.IGNORECASE):
            return ""
        return pair.question[: match.start()] + other + pair.question[match.end() :]
