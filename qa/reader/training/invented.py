"""Invented news: short reports about people and places that do not exist, with true and false questions.

Every report tells of two events of one kind, so that the nearest wrong answer is always at hand. A question whose
premise is altered (another person, place, month, event or counted thing) must be left unanswered.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from qa.reader.training.pairs import Pair, occurrences


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of event: sentences, and questions each naming the slot that answers."""

    sentences: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    unanswerable: tuple[str, ...]  # ask what no report of this kind tells
    title: str


def invented_words() -> dict[str, Any]:
    """The names and phrases of `invented.yaml`, by kind."""
    return _WORDS


def _read_words() -> dict[str, Any]:
    text = (Path(__file__).parent / "invented.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


_WORDS = _read_words()
_KINDS = tuple(
    _Kind(
        tuple(kind["sentences"]),
        tuple((question["ask"], question["slot"]) for question in kind["questions"]),
        tuple(kind["unanswerable"]),
        kind["title"],
    )
    for kind in _WORDS["kinds"]
)


def invented_pairs(count: int, seed: int) -> Iterator[Pair]:
    """`count` pairs, about half of them without an answer; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    made = 0
    while made < count:
        for pair in _report_pairs(rng):
            yield pair
            made += 1
            if made == count:
                return


def _report_pairs(rng: random.Random) -> Iterator[Pair]:
    kind = rng.choice(_KINDS)
    slots, neighbour, absent = _slots(rng), _slots(rng), _slots(rng)
    told = [_fill(sentence, slots) for sentence in kind.sentences]
    near = [_fill(sentence, neighbour) for sentence in kind.sentences] if rng.random() < 0.6 else []
    other = [_fill(sentence, neighbour) for sentence in rng.choice(_KINDS).sentences[: rng.randint(0, 2)]]
    parts = [told, near, other]
    rng.shuffle(parts)
    sentences = [s for part in parts for s in part]
    for _ in range(rng.randint(0, 3)):
        sentences.insert(rng.randint(0, len(sentences)), rng.choice(_WORDS["filler"]))
    passage, title = " ".join(sentences), _fill(kind.title, slots)
    for template, slot in rng.sample(kind.questions, 2):
        spans = _answer_spans(passage, told, slots[slot])
        if spans:
            yield Pair(_fill(template, slots), title, passage, spans, 1.0, "invented")
        altered = _altered(template, slot, slots, absent, rng)
        if altered and altered != _fill(template, neighbour):
            yield Pair(altered, title, passage, (), 0.0, "invented-false")
    if not near:
        yield Pair(_fill(rng.choice(kind.unanswerable), slots), title, passage, (), 0.0, "invented-false")


def _answer_spans(passage: str, told: list[str], value: str) -> tuple[tuple[int, int], ...]:
    for sentence in told:
        offset = passage.find(sentence)
        if spans := occurrences(value, sentence):
            return tuple((offset + start, offset + end) for start, end in spans)
    return ()


def _altered(template: str, slot: str, slots: dict[str, str], absent: dict[str, str], rng: random.Random) -> str:
    """The question with one named thing exchanged for one that the report does not know."""
    named = [name for name in re.findall(r"{(\w+)}", template) if name != slot]
    if not named:
        return ""
    name = rng.choice(named)
    if absent[name] in slots.values():
        return ""
    return _fill(template, {**slots, name: absent[name]})


def _fill(template: str, slots: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda m: slots[m.group(1)], template)


def _numbers(rng: random.Random) -> dict[str, str]:
    """Ranges apart, so that no number answers for another."""
    return {
        "n1": str(rng.randint(11, 58)),
        "n2": str(rng.randint(60, 99)),
        "n3": str(rng.randint(2, 5)),
        "n4": str(rng.randint(6, 9)),
        "n5": str(rng.randint(100, 400) / 10),
    }


def _slots(rng: random.Random) -> dict[str, str]:
    person, person2 = (
        f"{f} {last}" for f, last in zip(rng.sample(_WORDS["first"], 2), rng.sample(_WORDS["last"], 2), strict=True)
    )
    company, company2 = rng.sample(_WORDS["companies"], 2)
    team, team2 = rng.sample(_WORDS["teams"], 2)
    work, work2 = rng.sample(_WORDS["works"], 2)
    motive = rng.choice(_WORDS["motives"])
    slots = {
        "person": person,
        "person2": person2,
        "place": rng.choice(_WORDS["places"]),
        "company": company,
        "company2": company2,
        "team": team,
        "team2": team2,
        "work": work,
        "work2": work2,
        "month": rng.choice(_WORDS["months"]),
        "day": rng.choice(_WORDS["days"]),
        "year": str(rng.randint(1952, 2023)),
        "reason": rng.choice(_WORDS["reasons"]),
        "motive": motive,
        "Motive": motive[0].upper() + motive[1:],
        **_numbers(rng),
    }
    slots["role"] = _fill(rng.choice(_WORDS["roles"]), {**slots, "place": rng.choice(_WORDS["places"])})
    return slots
