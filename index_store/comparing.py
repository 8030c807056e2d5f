"""Comparing: new articles with those that are there, to know which are copies."""

from collections.abc import Callable
from functools import lru_cache

from index_store.catalog import Catalog
from index_store.copies import SKETCH, Wording

_TOGETHER = 100  # articles, in one transaction
_REMEMBERED = 64  # wordings of other articles: copies come together

Progress = Callable[[int, int], None]  # how many articles so far, of how many


def compare(catalog: Catalog, progress: Progress | None = None) -> None:
    """Finds the copies of every article that has not been compared; the caller holds the write lock.

    A kill leaves what was not compared to the next call.
    """
    catalog.likeness.begin(SKETCH)

    @lru_cache(_REMEMBERED)
    def wording_of(version: int) -> Wording:
        article = catalog.articles_of([version])[version]
        return Wording.of(article)

    versions = catalog.likeness.uncompared()
    for start in range(0, len(versions), _TOGETHER):
        if progress:
            progress(start, len(versions))
        with catalog.likeness.recording() as record:
            for version in versions[start : start + _TOGETHER]:
                wording = wording_of(version)
                bands = wording.bands()
                alike = catalog.likeness.candidates(version, bands) if bands else ()
                record(version, bands, [other for other in alike if wording.is_copy_of(wording_of(other))])
