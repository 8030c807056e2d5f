"""From a URL to the document behind it: within limits, politely, and only from the public internet."""

from index_store.fetching.document import Document
from index_store.fetching.fetcher import Fetcher
from index_store.fetching.guard import Guard
from index_store.fetching.limits import FetchLimits

__all__ = ["Document", "FetchLimits", "Fetcher", "Guard"]
