"""The condition of a derived index, compared with the catalog key by key."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index_store.care.finding import listed
from index_store.catalog import Catalog
from index_store.errors import IndexDamagedError
from index_store.folders import missing
from index_store.lexical import Lexical
from index_store.vectors import Home, Vectors

_CHUNK = 2000  # vectors read at a time
_PROBES = 25  # vectors that must find themselves
_NEAR = 0.999  # cosine similarity of a vector to itself, or to its twin


@dataclass(frozen=True, slots=True)
class VectorsCondition:
    """What is wrong with the vectors."""

    held: int = 0
    missing: tuple[int, ...] = ()  # keys of current passages without one
    surplus: tuple[int, ...] = ()  # keys that no passage has
    fault: str = ""  # why nothing may be written there any more
    is_readable: bool = True  # whether vectors can be taken from there all the same

    @property
    def told(self) -> str:
        """In words; empty when nothing is wrong."""
        return "; ".join(
            filter(
                None,
                [
                    self.fault,
                    f"{len(self.missing)} passages have no vector" if self.missing else "",
                    f"{len(self.surplus)} vectors belong to no passage" if self.surplus else "",
                ],
            )
        )


@dataclass(frozen=True, slots=True)
class LexicalCondition:
    """What is wrong with the words."""

    held: int = 0
    told: str = ""  # empty when nothing is wrong


def vectors_condition(catalog: Catalog, home: Home) -> VectorsCondition:
    """The condition of the vectors; right also while another process writes."""
    name = catalog.placement.vectors
    if told := home.fault(name):
        return VectorsCondition(fault=told, is_readable=False)
    comparison = _Comparison(catalog)
    try:
        with closing(home.open(name)) as vectors:
            return _compared(comparison, vectors)
    except IndexDamagedError as error:
        return VectorsCondition(fault=str(error.__cause__ or error), is_readable=False)


def _compared(comparison: "_Comparison", vectors: Vectors) -> VectorsCondition:
    named = vectors.keys()
    named |= vectors.named(sorted(comparison.expected - named))  # a server may overlook some while somebody writes
    compared = comparison.with_keys(named)
    unreadable, lost = _unreadable(vectors, sorted(named & compared.current)), _lost(vectors, sorted(named))
    faults = [
        f"{unreadable} vectors cannot be read" if unreadable else "",
        f"{lost} of {_PROBES} vectors are not found by themselves" if lost and not unreadable else "",
        vectors.swelling() or "",
    ]
    return VectorsCondition(len(named), compared.missing, compared.surplus, "; ".join(filter(None, faults)))


def lexical_condition(data_dir: Path, catalog: Catalog) -> LexicalCondition:
    """The condition of the words; right also while another process writes."""
    name = catalog.placement.lexical
    if told := missing(data_dir / name, catalog.index_id):
        return LexicalCondition(told=told)
    comparison = _Comparison(catalog)
    try:
        lexical = Lexical(data_dir / name)
        torn, keys = lexical.torn_files(), lexical.keys()
    except IndexDamagedError as error:
        return LexicalCondition(told=str(error.__cause__ or error))
    compared, twice = comparison.with_keys(keys), sum(count > 1 for count in Counter(keys).values())
    faults = [
        f"files are torn: {listed(torn)}" if torn else "",
        f"{len(compared.missing)} passages are missing" if compared.missing else "",
        f"{len(compared.surplus)} entries belong to no passage" if compared.surplus else "",
        f"{twice} passages are there twice" if twice else "",
    ]
    return LexicalCondition(len(keys), "; ".join(filter(None, faults)))


@dataclass(frozen=True, slots=True)
class _Compared:
    current: frozenset[int]
    missing: tuple[int, ...]
    surplus: tuple[int, ...]


class _Comparison:
    """The keys of the catalog before and after those of an index were read.

    A passage is written to the indexes before it becomes current, and taken out of them before it leaves the catalog:
    what was current throughout must be in them, and what was in them must be in the catalog before or after.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._upkeep = catalog.upkeep
        self._current, self._known = set(self._upkeep.keys()), set(self._upkeep.keys(unfinished=True))

    @property
    def expected(self) -> frozenset[int]:
        """What was current before."""
        return frozenset(self._current)

    def with_keys(self, keys: Iterable[int]) -> _Compared:
        """What those keys lack and have too many."""
        held = set(keys)
        current = self._current.intersection(self._upkeep.keys())
        known = self._known.union(self._upkeep.keys(unfinished=True))
        return _Compared(frozenset(current), tuple(sorted(current - held)), tuple(sorted(held - known)))


def _unreadable(vectors: Vectors, keys: Sequence[int]) -> int:
    return sum(len(chunk) - len(vectors.readable(chunk)) for chunk in in_chunks(keys, _CHUNK))


def _lost(vectors: Vectors, keys: Sequence[int]) -> int:
    """How many of a few vectors a search for them does not find."""
    probes = vectors.readable(keys[:: max(len(keys) // _PROBES, 1)][:_PROBES])
    return sum(max(vectors.search(row.tolist(), 3).values(), default=0.0) < _NEAR for row in probes.values())


def in_chunks(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Runs of at most `size` keys."""
    return (keys[start : start + size] for start in range(0, len(keys), size))
