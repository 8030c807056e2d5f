"""The forms: what a clause can be asked for, and how the question is put."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qa.evaluation.drafting.clause import FINITE, Clause, base_of
from qa.evaluation.drafting.counting import ROUNDED, counted_nouns, first_number
from qa.evaluation.drafting.named import Named
from qa.lexicon import words
from qa.reading.word_forms import is_past_form
from qa.verification.dates import read_dates

_BEFORE_DATE = re.compile(r"\s(?:late |early )?(?:on|in|at) (?:the )?$")
_LEAD = re.compile(r"(?:(?:on|in|at) )?")
_BEFORE_PLACE = re.compile(r"^(?P<rest>.+) (?:in|at|near|outside) (?P<place>(?:the )?[A-Z].*)$")
_SAID = re.compile(r"\b(?:said|says|according to)\b")
_FURTHER = re.compile(r",|\b(?:which|who|whose|that|as|while|when|where|said|but)\b")  # what was asked may belong to it
_AND = re.compile(r"\band (?=((?:[\w’'.,-]+(?: |$)){1,5}))")
_EMPTY = frozenset({"things", "ways", "times", "reasons", "points"})
_BECAUSE = re.compile(r"^(?P<rest>.+?),? because (?P<cause>.+)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answer as the article has it."""

    kind: str
    question: str
    answer: str


def forms_of(clause: Clause, named: Named) -> Iterator[Asked]:
    """What the clause can be asked for, the most telling first."""
    for form in _FORMS:
        asked = form(clause, named)
        if asked and asked.answer not in asked.question:
            yield asked


def _who(clause: Clause, named: Named) -> Asked | None:
    """Who did it: of people alone, since what else acts is not always a "who"."""
    if clause.name not in named.persons or clause.verb in ("are", "were", "have"):
        return None
    rest = clause.rest.partition(", ")[0]
    if clause.verb in words("speech_verbs") or len(rest.split()) < 4 or _SAID.search(rest) or _starts_anew(rest):
        return None
    return Asked("who", f"Who {clause.verb} {rest}?", clause.name)


def _when(clause: Clause, named: Named) -> Asked | None:
    dates = [when for when in read_dates(clause.rest, named.article.published) if _names_day(when.words)]
    if len(dates) != 1:
        return None
    found = dates[0]
    if clause.verb in ("has", "have"):
        return None
    start = found.start + len(_LEAD.match(clause.rest, found.start)[0])  # type: ignore[index]
    lead = _BEFORE_DATE.search(f" {clause.rest[:start]}")
    if not lead or found.end < len(clause.rest) or _is_participle(clause, clause.rest[:start]):
        return None
    return _inverted("when", "When", clause, clause.rest[: max(0, lead.start() - 1)], clause.rest[start : found.end])


def _where(clause: Clause, named: Named) -> Asked | None:
    found = _BEFORE_PLACE.match(clause.rest)
    if not found or found["place"].removeprefix("the ") not in named.things:
        return None
    if clause.verb not in FINITE or not is_past_form(found["rest"].split()[0]):  # "is 20-54 at Comerica Park"
        return None
    return _inverted("where", "Where", clause, found["rest"], found["place"])


def _why(clause: Clause, _: Named) -> Asked | None:
    found = _BECAUSE.match(clause.rest)
    if not found or len(found["cause"].split()) > 18:
        return None
    return _inverted("why", "Why", clause, found["rest"], found["cause"])


def _how_many(clause: Clause, _: Named) -> Asked | None:
    """How many things, or how much money, where the number is the first of what follows the verb."""
    number = first_number(clause.rest)
    if number is None or ROUNDED.sub("", clause.rest[: number.start]).strip() not in ("", "been"):
        return None
    if number.money:
        return _inverted("how-much", "How much", clause, clause.rest[number.end :], number.text)
    nouns, remainder = counted_nouns(clause.rest[number.end :])
    if not nouns or nouns in _EMPTY:
        return None
    return _inverted("how-many", f"How many {nouns}", clause, remainder, number.text)


_FORMS: tuple[Callable[[Clause, Named], Asked | None], ...] = (_why, _how_many, _when, _where, _who)


def _inverted(kind: str, opening: str, clause: Clause, rest: str, answer: str) -> Asked | None:
    """The question with its auxiliary before the subject; "did" where the clause has none."""
    if (clause.auxiliary == "did" and not clause.base) or _goes_on(rest):
        return None
    parts = [opening, clause.auxiliary, clause.subject, clause.base, rest.strip(" ,")]
    return Asked(kind, " ".join(part for part in parts if part) + "?", answer.strip(" ,"))


def _starts_anew(rest: str) -> bool:
    """Whether another subject with a verb of its own follows an "and"."""
    return any(re.search(r"\b[A-Z]", found[1]) and _acts(found[1]) for found in _AND.finditer(rest))


def _is_participle(clause: Clause, before: str) -> bool:
    """Whether the date says when something else was done: "found in a survey taken in May"."""
    words_before = before.rsplit(" ", 2)[0].split()
    return clause.verb not in FINITE and bool(words_before) and is_past_form(words_before[-1])


def _goes_on(rest: str) -> bool:
    """Whether a further clause begins in what follows the verb, and what is asked for may belong to that."""
    return bool(_FURTHER.search(rest)) or any(_acts(found[1]) for found in _AND.finditer(rest))


def _acts(phrase: str) -> bool:
    return any(word in FINITE or base_of(word) or word[0].isdigit() for word in phrase.split())


def _names_day(words_of_date: str) -> bool:
    """Whether the words name a day, a month or a year rather than lean on another."""
    return not any(
        word in ("last", "next", "this", "ago", "previous", "yesterday", "today") for word in words_of_date.split()
    )
