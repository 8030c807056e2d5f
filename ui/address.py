"""The address of the page: the question and its limits, so that a link asks the same again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ui.limits import Limits

MOST_CHARS = 2_000  # of a question
_NAMED = 5  # outlets that nobody knows, in a note
_DAYS = ("since", "until", "as_of")

AllOf = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an address asks for; what it names and cannot be used is told in the notes."""

    question: str = ""
    limits: Limits = field(default_factory=Limits)
    conversation: str = ""  # one that its own reader may go on with
    notes: tuple[str, ...] = ()


def read_address(all_of: AllOf, outlets: Sequence[str]) -> Opened:
    """What the parameters of an address ask for; `all_of` gives the values of one, `outlets` are those indexed."""
    notes: list[str] = []
    days = {name: _day(name, all_of(name), notes) for name in _DAYS}
    limits = Limits(**days, sources=_sources(all_of("source"), outlets, notes))
    if not limits.are_possible:
        limits = replace(limits, since=None, until=None)
        notes.append("The dates in the address exclude every day, so they were left out.")
    question = " ".join(" ".join(all_of("q")[:1]).split())
    if len(question) > MOST_CHARS:
        question = ""
        notes.append(f"The question in the address is longer than {MOST_CHARS:,} characters, so it was not asked.")
    return Opened(question, limits, "".join(all_of("chat")[:1]), tuple(notes))


def parameters(question: str, limits: Limits, conversation: str) -> Mapping[str, list[str]]:
    """The parameters that `read_address` reads the same from."""
    days = {name: value.isoformat() for name in _DAYS if (value := getattr(limits, name))}
    named = {"q": question[:MOST_CHARS], **days, "chat": conversation}
    singles = {name: [value] for name, value in named.items() if value}
    return {**singles, "source": list(limits.sources)} if limits.sources else singles


def _day(name: str, values: Sequence[str], notes: list[str]) -> date | None:
    if not values or not values[0]:
        return None
    try:
        return date.fromisoformat(values[0])
    except ValueError:
        notes.append(f"The address names no day as “{name}”, so that was left out: {values[0][:40]}")
        return None


def _sources(values: Sequence[str], outlets: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    known = {outlet.casefold(): outlet for outlet in outlets}
    unknown = list(dict.fromkeys(value[:80] for value in values if value and value.casefold() not in known))
    if unknown:
        more = f" and {len(unknown) - _NAMED:,} more" if len(unknown) > _NAMED else ""
        notes.append(f"No article is from these outlets, so they were left out: {', '.join(unknown[:_NAMED])}{more}")
    return tuple(dict.fromkeys(known[value.casefold()] for value in values if value.casefold() in known))
