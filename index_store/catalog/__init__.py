"""The catalog: the truth about what is indexed, in SQLite; the other indexes are derived from it."""

from index_store.catalog.catalog import Catalog
from index_store.catalog.database import copy_database, malformation
from index_store.catalog.ledger import Ledger, LedgerEntry
from index_store.catalog.placement import Placement
from index_store.catalog.places import Places
from index_store.catalog.records import (
    ArticleHeader,
    Cut,
    PassageCounts,
    StoreCounts,
    StoredPassage,
    StoredQuotation,
    surname_of,
)
from index_store.catalog.upkeep import Upkeep

__all__ = [
    "ArticleHeader",
    "Catalog",
    "Cut",
    "Ledger",
    "LedgerEntry",
    "PassageCounts",
    "Placement",
    "Places",
    "StoreCounts",
    "StoredPassage",
    "StoredQuotation",
    "Upkeep",
    "copy_database",
    "malformation",
    "surname_of",
]
