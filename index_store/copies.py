"""Copies: articles that tell one story in nearly the same words; the door to rensa.

MinHash finds which articles may be copies of each other, their words decide.
"""

import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from rensa import RMinHash

from index_store.article import Article

_WORDS = 4  # in a row, that are compared
_FEWEST = 40  # such runs; shorter texts are alike by their form
_SHARE = 0.7  # of the shorter article's runs that the other holds too when it is a copy
_TABLE = 0.15  # figures to a run, above which a text is a table of them
_BANDS, _ROWS = 32, 3  # two articles that share half of their runs have a band in common in 98.6 of 100 cases
_SEED = 1

# What makes a sketch what it is: sketches of another make are not compared with these.
SKETCH = f"rensa-{RMinHash.ALGORITHM_VERSION} {_BANDS}x{_ROWS} {_WORDS}"

_WORD = re.compile(r"\d[\d.,/:-]*\d|\w+(?:['’]\w+)*")
_BYLINE = re.compile(r"^[^\w\n]{0,5}by [^\n]{1,80}$", re.IGNORECASE | re.MULTILINE)
_OUTLET = "theoutlet"
_SENTENCE_END = re.compile(r"[.!?:;“”\"\n•*]")
_NUMBERS_AND_DAYS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"  # noqa: SIM905
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
    " dozen half third quarter first second fourth fifth monday tuesday wednesday thursday friday saturday sunday"
    " january february march april may june july august september october november december".split()
)


@dataclass(frozen=True)
class Wording:
    """The words of a text, ready to be compared with those of another."""

    text: str

    @classmethod
    def of(cls, article: Article) -> "Wording":
        """The words of an article without its byline, and with its outlet's name as anybody's: copies differ there."""
        text = _BYLINE.sub("", article.text)
        source = article.source.strip()
        return cls(re.sub(rf"\b{re.escape(source)}\b", _OUTLET, text, flags=re.IGNORECASE) if source else text)

    @property
    def words(self) -> tuple[str, ...]:
        """The words in order, without case and punctuation."""
        return tuple(word.casefold() for word in _WORD.findall(self.text))

    @cached_property
    def runs(self) -> frozenset[str]:
        """The runs of words."""
        return frozenset(run for run, _ in _runs(self.text))

    @cached_property
    def frames(self) -> Mapping[str, frozenset[str]]:
        """By each run without its figures, days and names: the runs that it is left of."""
        frames: dict[str, set[str]] = defaultdict(set)
        for run, frame in _runs(self.text):
            if frame:
                frames[frame].add(run)
        return {frame: frozenset(runs) for frame, runs in frames.items()}

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures, as they are written."""
        return frozenset(word for word in _WORD.findall(self.text) if word[0].isdigit())

    @property
    def is_table(self) -> bool:
        """Whether it tells mostly figures: any other one makes another article, wherever it stands."""
        return len(self.figures) > _TABLE * len(self.runs)

    @property
    def is_comparable(self) -> bool:
        """Whether there are words enough to tell a copy from a form that is filled in."""
        return len(self.runs) >= _FEWEST

    def bands(self) -> tuple[int, ...]:
        """What a copy has at least one in common with; none for a text that is too short to compare."""
        if not self.is_comparable:
            return ()
        sketch = RMinHash(num_perm=128, seed=_SEED)
        sketch.update(list(self.runs))
        digest = sketch.digest()
        return tuple(_hashed(band, digest[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))

    def is_copy_of(self, other: "Wording") -> bool:
        """Whether one holds nearly all of the other, and no sentence of theirs differs in a figure, a day or a name."""
        if not (self.is_comparable and other.is_comparable):
            return False
        shared = len(self.runs & other.runs)
        if shared < _SHARE * min(len(self.runs), len(other.runs)):
            return False
        is_table = self.is_table or other.is_table
        if is_table and not (self.figures <= other.figures or other.figures <= self.figures):
            return False
        both = ((self.frames[frame], other.frames[frame]) for frame in self.frames.keys() & other.frames.keys())
        return all(one <= another or another <= one for one, another in both)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Each run of words, with the same without its figures and names where it has some and words beside them."""
    words: list[str] = []
    frames: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        begins = not words or bool(_SENTENCE_END.search(text, end, match.start()))
        end = match.end()
        words.append(word)
        frames.append("#" if _is_particular(match.group(), word, begins=begins) else word)
    for start in range(len(words) - _WORDS + 1):
        frame = frames[start : start + _WORDS]
        told = frame.count("#")
        yield " ".join(words[start : start + _WORDS]), " ".join(frame) if 0 < told < _WORDS else ""


def _is_particular(written: str, folded: str, *, begins: bool) -> bool:
    return written[0].isdigit() or folded in _NUMBERS_AND_DAYS or (written[0].isupper() and not begins)


def _hashed(band: int, rows: list[int]) -> int:
    digest = blake2b(struct.pack(f"<B{_ROWS}I", band, *rows), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
