"""Clutter of saved news pages: bylines, datelines, links and notices between the sentences, which answer nothing."""

import random
import re
from dataclasses import replace

from qa.reader.training.invented import invented_words
from qa.reader.training.pairs import Pair, Span

_LEADS = (
    "{name}\n\n{outlet}\n\n",
    "{outlet} —\n\n",
    "By {name}, {outlet}\n\n",
    "{PLACE} ({outlet}) — ",
    "({outlet}) ",
    "{NAME}\n\n",
    "{name} and {other}\n\n{outlet}\n\n{PLACE} — ",
    "{title}\n\n",
)
_LINES = (
    "►Related: {title}",
    "Read more: {title}",
    "{title}",
    "SIGN UP: Get our newsletter for exclusive stories.",
    "Sign up for our daily briefing.",
    "Photo: {name}/{outlet}",
    "— {name}",
    "WATCH: {title}",
    "Story continues below",
    "Contributing: {name}, {other}",
    "Follow {name} on social media.",
    "Advertisement",
    "QUIZ TIME",
    "{question}",
    "More: {title} in pictures",
)
_OUTLETS = ("The Daily Courier", "CNB", "Northern Wire", "THE WEEKLY", "Metro Ledger", "Globe Press", "UPN")
_BREAK = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


def cluttered(pair: Pair, rng: random.Random) -> Pair:
    """The pair with a lead before its passage and up to three lines between sentences; answers stay where they are."""
    lead = _line(rng.choice(_LEADS), pair, rng) if rng.random() < 0.6 else ""
    places = [m for m in _BREAK.finditer(pair.passage) if not _cuts(m.start(), pair.spans)]
    chosen = sorted(rng.sample(places, min(len(places), rng.randint(0, 3))), key=lambda m: m.start(), reverse=True)
    passage, spans = pair.passage, pair.spans
    for place in chosen:
        line = f"\n\n{_line(rng.choice(_LINES), pair, rng)}\n\n"
        passage = passage[: place.start()] + line + passage[place.end() :]
        spans = _moved(spans, place.end(), len(line) - (place.end() - place.start()))
    return replace(pair, passage=lead + passage, spans=_moved(spans, 0, len(lead)))


def _cuts(place: int, spans: tuple[Span, ...]) -> bool:
    return any(start <= place < end for start, end in spans)


def _moved(spans: tuple[Span, ...], after: int, by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) if start >= after else (start, end) for start, end in spans)


def _line(template: str, pair: Pair, rng: random.Random) -> str:
    words = invented_words()
    name, other = (f"{rng.choice(words['first'])} {rng.choice(words['last'])}" for _ in range(2))
    title = " ".join(rng.choice(words["works"]).split() + rng.choice(words["reasons"]).split())
    return template.format(
        name=name,
        other=other,
        NAME=name.upper(),
        outlet=rng.choice(_OUTLETS),
        PLACE=rng.choice(words["places"]).upper(),
        title=pair.title if pair.title and rng.random() < 0.5 else title,
        question=pair.question,
    )
