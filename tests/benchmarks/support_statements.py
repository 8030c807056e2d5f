"""Statements with passages that support them or do not, made of articles and questions of three kinds.

Summaries judged by people; sentences of articles, altered lightly so that they stay true, or in a name, a number, a
negation or the order of two names; quiz questions and their choices, turned into statements.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index_store.embedding import token_starts
from index_store.sentences import sentence_spans
from qa.reading.word_forms import DO_AND_MODALS, is_base_verb, is_verb

SEED = 7
ALTERED_ARTICLES = 240
PASSAGE_TOKENS = 200

NAME = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)*\b")
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[,.]\d+)*(?!\w)")
NEGATABLE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should)\b(?! not)")
ASKS_WHO = re.compile(r"^(?:who|what|which(?: [\w’'-]+){1,3}?|how many(?: [\w-]+)?) (?=(\w+))", re.IGNORECASE)
ASKS_WHOM = re.compile(r"^(?:who|what|which)(?: [\w’'-]+){0,3}? did (.+)", re.IGNORECASE)
LIGHT_CHANGES = (
    (r"\s*\([^)]*\)", ""),
    (r"\bsaid\b", "stated"),
    (r"\bmore than\b", "over"),
    (r"n['’]t\b", " not"),
    (r"\s(?:also|already|just|really|very|now|still)\b", ""),
    (r"\bbegan\b", "started"),
    (r", (?:who|which)[^,]*,", ""),
    (r"(?<=.{100}),[^,]*\.$", "."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, and whether the passage supports it."""

    kind: str
    article_id: str
    statement: str
    passage: str
    supported: bool


def judged_summaries(data: Path) -> list[Case]:
    """Machine-written summaries of articles; the majority of three people says whether they hold."""
    texts = {row["id"]: row["text"] for row in rows(data / "qags_xsum" / "articles.jsonl")}
    return [
        Case(
            "agreed" if row["extra"]["votes_yes"] in {0, 3} else "two to one",
            row["gold"][0],
            re.sub("``|''", '"', row["question"]),
            texts[row["gold"][0]],
            row["extra"]["supported"],
        )
        for row in rows(data / "qags_xsum" / "claims.jsonl")
    ]


def altered_sentences(data: Path) -> list[Case]:
    """A sentence of an article, lightly changed, and a false one made of it."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    articles = [*rows(data / "polnear" / "articles.jsonl"), *rows(data / "realtimeqa_small_dev" / "articles.jsonl")]
    others = [name for row in chance.sample(articles, 200) for name in NAME.findall(row["text"][:2000])]
    cases = []
    for row in chance.sample(articles, ALTERED_ARTICLES):
        text = row["text"][:8000]
        spans = sentence_spans(text)
        plain = [at for at, (start, end) in enumerate(spans) if is_plain(text[start:end])]
        if not plain:
            continue
        at = chance.choice(plain)
        true, passage = lightly_changed(text[slice(*spans[at])]), passage_around(text, spans, at)
        cases.append(Case("lightly changed", row["id"], true, passage, True))
        false = [*falsified(true, passage, others, chance)]
        if false:
            kind, statement = chance.choice(false)
            cases.append(Case(kind, row["id"], statement, passage, False))
    return cases


def quiz_statements(data: Path) -> list[Case]:
    """Quiz questions as statements, with the right answer and with two wrong choices."""
    texts = {row["id"]: row["text"] for row in rows(data / "realtimeqa_small_dev" / "articles.jsonl")}
    cases = []
    for row in rows(data / "realtimeqa_small_dev" / "questions.jsonl"):
        paragraphs, right = row["extra"].get("gold_paragraphs"), row["answers"]
        wrong = [
            choice for choice in row["extra"].get("choices") or [] if choice not in right and "above" not in choice
        ]
        if not (row["answerable"] and paragraphs and wrong and stated(row["question"], "it")):
            continue
        passage = next((around for id_ in row["gold"] if (around := found_around(texts[id_], paragraphs[0]))), "")
        choices = [(right[0], True), *((choice, False) for choice in wrong[:2])]
        cases += [
            Case("right" if holds else "wrong", row["id"], stated(row["question"], choice), passage, holds)
            for choice, holds in choices
            if passage
        ]
    return cases


def is_plain(sentence: str) -> bool:
    return 60 < len(sentence) < 260 and sentence[-1] == "." and not re.search('[“"]', sentence)


def lightly_changed(sentence: str) -> str:
    for old, new in LIGHT_CHANGES:
        sentence = re.sub(old, new, sentence)
    return sentence


def falsified(true: str, passage: str, others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    names, numbers = [*NAME.finditer(true)], [*NUMBER.finditer(true)]
    if names:
        name = chance.choice(names)
        near = [other for other in NAME.findall(passage) if not set(other.split()) & set(true.split())]
        far = [other for other in others if other not in passage]
        for kind, pool in (("name of the passage", near), ("name from elsewhere", far)):
            if pool:
                yield kind, true[: name.start()] + chance.choice(pool) + true[name.end() :]
    if len(names) > 1 and names[0][0] != names[-1][0]:
        first, last = names[0], names[-1]
        yield (
            "names exchanged",
            "".join((true[: first.start()], last[0], true[first.end() : last.start()], first[0], true[last.end() :])),
        )
    if numbers:
        number = chance.choice(numbers)
        digit = (int(number[0][-1]) + chance.randint(1, 8)) % 10
        yield "number", f"{true[: number.end() - 1]}{digit}{true[number.end() :]}"
    if auxiliary := NEGATABLE.search(true):
        yield "negated", f"{true[: auxiliary.end()]} not{true[auxiliary.end() :]}"


def passage_around(text: str, spans: Sequence[tuple[int, int]], at: int) -> str:
    """Whole sentences around one, no more than a passage holds."""
    starts = np.array(token_starts(text))
    first = last = at
    while True:
        wider = [(first - 1, last), (first, last + 1)]
        fitting = [
            (low, high)
            for low, high in wider
            if low >= 0
            and high < len(spans)
            and ((starts >= spans[low][0]) & (starts < spans[high][1])).sum() <= PASSAGE_TOKENS
        ]
        if not fitting:
            return text[spans[first][0] : spans[last][1]]
        first, last = min(fitting, key=lambda span: abs((at - span[0]) - (span[1] - at)))


def found_around(text: str, paragraph: str) -> str:
    """The passage around the beginning of the paragraph, empty where the text does not hold it."""
    start = text.find(paragraph[:80])
    spans = sentence_spans(text)
    return (
        passage_around(text, spans, max(at for at, span in enumerate(spans) if span[0] <= start)) if start > 0 else ""
    )


def stated(question: str, answer: str) -> str:
    """The question as a statement, empty where its form is not one of a few."""
    asked = re.split(r"[.?!] ", question.strip().rstrip("?"))[-1]
    if "__" in asked:
        return re.sub("_{2,}", answer, asked)
    if whom := ASKS_WHOM.match(asked):
        said = whom[1].split()
        verb = next((at for at, word in enumerate(said) if at and is_base_verb(word)), None)
        return "" if verb is None else " ".join([*said[:verb], "did", said[verb], answer, *said[verb + 1 :]]) + "."
    who = ASKS_WHO.match(asked)
    if not who or not is_verb(who[1]) or who[1].lower() in DO_AND_MODALS | {"has", "have", "had"}:
        return ""
    return f"{answer} {asked[who.end() :]}."


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
