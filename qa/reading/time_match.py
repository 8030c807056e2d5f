"""What a rule for time in a question works on and gives."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qa.lexicon import words
from qa.reading.calendar_words import Span

OWN = r"(?P<own>['’]s)?"  # "last week's vote" is about the vote
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|going to|(?:about|set) to|(?:is|are|was|were) due|expected|scheduled|plans|planned|next)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:\b(?:the|an?|this|that|every|each|any|no|most)|['’]s)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of a text, from `start` to `end`, and the days they mean; `explicit` as in `Period`."""

    start: int
    end: int
    span: Span
    explicit: bool
    either: bool = False  # the first or the last day of the span, none between: "on Thursday" said on a Thursday

    def may_mean(self, start: date, end: date) -> bool:
        """Whether one of the days from `start` to `end` can be meant."""
        if self.either:
            return any(start <= day <= end for day in (self.span.start, self.span.end))
        return self.span.start <= end and start <= self.span.end


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """Where the pattern of a rule matches a question, and the day of asking."""

    match: re.Match[str]
    today: date

    def __getitem__(self, group: str) -> str:
        """What the group matched, in lower case; empty where it matched nothing."""
        return (self.match[group] or "").lower()

    def means(self, start: date, end: date | None = None, *, explicit: bool = True, either: bool = False) -> Expression:
        """The expression found, of one day or more."""
        return Expression(*self.match.span(), Span(start, end or start), explicit, either)

    @property
    def before(self) -> str:
        """The question up to the match."""
        return self.match.string[: self.match.start()]

    @property
    def after(self) -> str:
        """The question from the end of the match."""
        return self.match.string[self.match.end() :]

    @property
    def looks_ahead(self) -> bool:
        """Whether the question is about what is to come."""
        return bool(_FUTURE.search(self.match.string))

    @property
    def follows_determiner(self) -> bool:
        """Whether "the", "every" or a genitive stands before: "every Friday"."""
        return bool(_DETERMINER.search(self.before))

    @property
    def describes_a_noun(self) -> bool:
        """Whether a content word in lower case follows: "the May 12 closure"."""
        following = re.match(r"\s+([a-z]+)", self.after)
        return bool(following and following[1] not in words("function_words") and not following[1].endswith("ly"))


Rule = tuple[re.Pattern[str], Callable[[TimeMatch], Expression | None]]


def rule(pattern: str, read: Callable[[TimeMatch], Expression | None]) -> Rule:
    """A rule that reads every match of a verbose pattern, whatever its case; None refuses a match."""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE), read
