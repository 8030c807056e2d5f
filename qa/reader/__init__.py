"""Reading a passage for the answer to a question."""

from qa.reader.reader import Reader
from qa.reader.reading import Reading, SentenceScore

__all__ = ["Reader", "Reading", "SentenceScore"]
