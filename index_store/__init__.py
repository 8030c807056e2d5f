"""What is stored and found: load, chunk, embed, keep, search."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index_store.article import Article
    from index_store.chroma_server import ChromaServer
    from index_store.embedding import MiniLMEmbedding
    from index_store.loading import SkippedInput, load_articles, load_documents
    from index_store.passage import Passage
    from index_store.scope import Scope
    from index_store.settings import StoreSettings
    from index_store.store import ArticleStore

__all__ = [
    "Article",
    "ArticleStore",
    "ChromaServer",
    "MiniLMEmbedding",
    "Passage",
    "Scope",
    "SkippedInput",
    "StoreSettings",
    "load_articles",
    "load_documents",
]

_HOMES = {
    "Article": "index_store.article",
    "ArticleStore": "index_store.store",
    "ChromaServer": "index_store.chroma_server",
    "MiniLMEmbedding": "index_store.embedding",
    "Passage": "index_store.passage",
    "Scope": "index_store.scope",
    "SkippedInput": "index_store.loading",
    "StoreSettings": "index_store.settings",
    "load_articles": "index_store.loading",
    "load_documents": "index_store.loading",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: the command line imports this package too, and Chroma takes a second to import.
    if name not in _HOMES:
        raise AttributeError(f"module 'index_store' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
