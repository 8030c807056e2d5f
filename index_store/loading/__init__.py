"""From files, folders and documents to articles, with a reason for everything that could not be taken."""

from typing import TYPE_CHECKING, Any

from index_store.loading.loader import load_articles
from index_store.loading.skipped import SkippedInput

if TYPE_CHECKING:
    from index_store.loading.documents import load_documents

__all__ = ["SkippedInput", "load_articles", "load_documents"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: LlamaIndex takes a second to import, which files do without.
    if name != "load_documents":
        raise AttributeError(f"module 'index_store.loading' has no attribute {name!r}")
    from index_store.loading.documents import load_documents

    return load_documents
