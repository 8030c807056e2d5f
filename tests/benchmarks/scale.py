"""The scale: indexes of given sizes, made once and kept for later measurements.

python -m tests.benchmarks.scale --keep FOLDER --passages 100000
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from index_store.article import Article
from index_store.catalog import Catalog
from index_store.layout import CATALOG_FILE
from index_store.store import ArticleStore
from tests.benchmarks.material import REUTERS, copies, originals
from tests.benchmarks.remembered import RememberedEmbedding

SIZES = (1_000, 10_000, 100_000)
_DONE = "complete"  # the file that says so


def index_of(passages: int, articles: Sequence[Article], keep: Path) -> Path:
    """The folder under `keep` with an index of that many passages; made where it is not there yet."""
    folder = keep / f"{passages}"
    if not (folder / _DONE).exists():
        embedder = RememberedEmbedding()
        embedder.remember(articles, keep / "vectors")
        started = time.perf_counter()
        with ArticleStore.create(folder, embedder) as store:
            store.add(embedder.learn(copies(articles, passages)))
        (folder / _DONE).touch()
        sys.stderr.write(f"index of {passages:,} passages in {time.perf_counter() - started:.0f} s\n")
    return folder


def passages_in(folder: Path) -> int:
    """How many passages an index holds."""
    catalog = Catalog(folder / CATALOG_FILE, create=False)
    try:
        return catalog.counts().passages
    finally:
        catalog.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, required=True, help="folder for the indexes")
    parser.add_argument("--articles", type=Path, default=REUTERS, help="folder of the Reuters articles")
    parser.add_argument("--passages", type=int, action="append", help="size; may be given again")
    options = parser.parse_args()
    articles = originals(options.articles)
    for passages in options.passages or SIZES:
        index_of(passages, articles, options.keep)


if __name__ == "__main__":
    main()
