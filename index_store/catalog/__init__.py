"""The catalog: the truth about what is indexed, in SQLite; the other indexes are derived from it."""

from index_store.catalog.catalog import Catalog
from index_store.catalog.records import (
    ArticleHeader,
    Cut,
    PassageCounts,
    StoreCounts,
    StoredPassage,
    StoredQuotation,
    surname_of,
)

__all__ = [
    "ArticleHeader",
    "Catalog",
    "Cut",
    "PassageCounts",
    "StoreCounts",
    "StoredPassage",
    "StoredQuotation",
    "surname_of",
]
