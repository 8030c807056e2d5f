"""From files and folders to articles, with a reason for everything that could not be taken."""

from index_store.loading.loader import load_articles
from index_store.loading.skipped import SkippedInput

__all__ = ["SkippedInput", "load_articles"]
