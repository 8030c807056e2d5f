"""From a question to a cited answer."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.answer import Answer, Statement
    from qa.chat import ArticleChatEngine
    from qa.citation import Citation
    from qa.engine import ArticleQueryEngine, open_engine

__all__ = ["Answer", "ArticleChatEngine", "ArticleQueryEngine", "Citation", "Statement", "open_engine"]

_HOMES = {
    "Answer": "qa.answer",
    "ArticleChatEngine": "qa.chat",
    "ArticleQueryEngine": "qa.engine",
    "Citation": "qa.citation",
    "Statement": "qa.answer",
    "open_engine": "qa.engine",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: the command line imports `qa` too, and LlamaIndex takes seconds to import.
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
