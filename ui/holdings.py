"""What the index holds, in words for a reader."""

from dataclasses import dataclass
from datetime import date

from index_store.store import ArticleStore


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much there was to search when a question was asked."""

    articles: int
    passages: int
    dates: tuple[date, date] | None = None  # first and last day of publication; None where no article is dated

    @property
    def size(self) -> str:
        """Such as "1,204 articles"."""
        return count_of(self.articles, "article")

    @property
    def period(self) -> str:
        """Such as "3 January 2023 to 2 June 2025"; empty where no article is dated."""
        if self.dates is None:
            return ""
        first, last = self.dates
        return day(first) if first == last else f"{day(first)} to {day(last)}"


def read_holdings(store: ArticleStore) -> Holdings:
    """The index's counts and dates as they are now."""
    counts = store.counts()
    return Holdings(counts.articles, counts.passages, store.date_range())


def count_of(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(value: date) -> str:
    """A date as a newspaper prints it: "3 January 2023"."""
    return f"{value.day} {value:%B} {value.year}"
