"""Plant copies among real articles and count which are found to be copies, and which real articles are taken for one.

    python -m tests.benchmarks.copies DATA/reuters21578/articles.jsonl.gz --plant 500

Every planted kind but the last two is a copy; those are the same form with another figure or another name, and a copy
of none. Real pairs are the articles as they are: those that differ in a figure where their words are the same are
counted apart.
"""

import argparse
import difflib
import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index_store.copies import Wording
from tests.benchmarks.tables import plain

_FIGURE = re.compile(r"\d[\d.,/]*")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_SHORT = 6  # words of a stretch that two texts have otherwise
HEAD = "Valley Herald wire desk. All times local. Read the whole report on our site and in tomorrow's paper.\n\n"
FOOT = (
    "\n\nThis report was provided by an agency and may have been shortened. Follow the Herald for the latest from the"
    " valley, and write to the newsroom with corrections."
)

Plant = Callable[[str, str, random.Random], str]


def headline(text: str, other: str, chance: random.Random) -> str:
    return f"(Update at noon) {text}"


def trimmed(text: str, other: str, chance: random.Random) -> str:
    paragraphs = _paragraphs(text)
    return "\n".join(paragraphs[: max(2, round(len(paragraphs) * chance.uniform(0.5, 0.8)))])


def changed(text: str, other: str, chance: random.Random) -> str:
    paragraphs = _paragraphs(text)
    paragraphs[chance.randrange(1, len(paragraphs))] = chance.choice(_paragraphs(other))
    return "\n".join(paragraphs)


def framed(text: str, other: str, chance: random.Random) -> str:
    return HEAD + text + FOOT


def everything(text: str, other: str, chance: random.Random) -> str:
    return framed(changed(trimmed(text, other, chance), other, chance), other, chance)


def other_figure(text: str, other: str, chance: random.Random) -> str:
    figure = chance.choice(list(_FIGURE.finditer(text)))
    first = str((int(figure[0][0]) + chance.randint(1, 8)) % 9 + 1)
    first = first if first != figure[0][0] else "9" if figure[0][0] != "9" else "1"
    return text[: figure.start()] + first + text[figure.start() + 1 :]


def other_name(text: str, other: str, chance: random.Random) -> str:
    name = chance.choice([match[0] for match in _NAME.finditer(text)])
    return re.sub(rf"\b{name}\b", "Orrinvale", text)


COPIES: tuple[Plant, ...] = (headline, trimmed, changed, framed, everything)
NO_COPIES: tuple[Plant, ...] = (other_figure, other_name)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\s*", text) if paragraph.strip()]


def is_fit(text: str) -> bool:
    """Whether every kind of copy can be made of it."""
    words = len(text.split())
    return words >= 100 and len(_paragraphs(text)) >= 4 and bool(_FIGURE.search(text)) and bool(_NAME.search(text))


def planted(texts: Sequence[str], count: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """Kind, original and plant."""
    chance = random.Random(seed)  # noqa: S311
    for text in chance.sample(texts, min(count, len(texts))):
        for plant in (*COPIES, *NO_COPIES):
            yield plant.__name__, text, plant(text, chance.choice(texts), chance)


def count_planted(texts: Sequence[str], count: int, seed: int) -> Iterator[tuple[str | int, ...]]:
    """A row a kind: how many were planted, share a band with the original, and are taken for its copy."""
    tally: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for kind, original, plant in planted(texts, count, seed):
        one, other = Wording(original), Wording(plant)
        is_candidate = bool(set(one.bands()) & set(other.bands()))
        tally[kind].append((is_candidate, is_candidate and one.is_copy_of(other)))
    for kind, found in tally.items():
        shares = (sum(each[position] for each in found) / len(found) for position in (0, 1))
        yield kind, len(found), *(plain(share) for share in shares)


def real_copies(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of articles that are taken for copies of each other."""
    wordings, buckets = [Wording(text) for text in texts], defaultdict(list)
    for number, wording in enumerate(wordings):
        for band in wording.bands():
            buckets[band].append(number)
    pairs = {(a, b) for bucket in buckets.values() for place, a in enumerate(bucket) for b in bucket[place + 1 :]}
    yield from ((texts[a], texts[b]) for a, b in sorted(pairs) if wordings[a].is_copy_of(wordings[b]))


def other_figures(one: str, other: str) -> list[tuple[str, str]]:
    """Short stretches that stand in each other's place and hold other figures."""
    first, second = one.casefold().split(), other.casefold().split()
    changes = difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    swapped = [(first[a:b], second[c:d]) for kind, a, b, c, d in changes if kind == "replace"]
    told = [(" ".join(a), " ".join(b)) for a, b in swapped if len(a) < _SHORT and len(b) < _SHORT]
    figures = [(_FIGURE.findall(a), _FIGURE.findall(b)) for a, b in told]
    return [pair for pair, (a, b) in zip(told, figures, strict=True) if a and b and a != b]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--plant", type=int, default=500, help="articles that copies of each kind are made of")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with gzip.open(args.articles, "rt", encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for row in rows]
    fit = [text for text in texts if is_fit(text)]
    sys.stdout.write("| kind | planted | candidate | copy |\n|---|---|---|---|\n")
    for row in count_planted(fit, args.plant, args.seed):
        sys.stdout.write(f"| {' | '.join(map(str, row))} |\n")
    pairs = list(real_copies(texts))
    differing = [(pair, swapped) for pair in pairs if (swapped := other_figures(*pair))]
    sys.stdout.write(
        f"{len(texts)} real articles: {len(pairs)} pairs of copies, {len(differing)} with another figure\n"
    )
    for _, swapped in differing:
        sys.stdout.write(f"  {swapped}\n")


if __name__ == "__main__":
    main()
