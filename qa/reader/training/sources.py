"""The data sets: each reader yields pairs whose passage is the one people marked, answered or not."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

from qa.reader.training.pairs import Pair, Span, occurrences, read_rows

_SQUAD_PARTS = ("squad2_devhalf", "xquad_en", "squadshifts_newwiki", "squadshifts_reddit", "squadshifts_amazon")


def held_out(key: str, share: float) -> bool:
    """Whether `key` belongs to the slice that is measured on and never trained on."""
    return crc32(key.encode()) % 1000 < share * 1000


def squad_pairs(folder: Path, dev: bool) -> Iterator[Pair]:
    """SQuAD-format pairs; held out by article title (by passage where all share one title)."""
    for part in _SQUAD_PARTS:
        articles = {a["id"]: a for a in read_rows(folder / part / "articles.jsonl.gz")}
        for row in read_rows(folder / part / "questions.jsonl.gz"):
            article = articles[row["gold"][0]]
            wiki = "reddit" not in part and "amazon" not in part
            if held_out(article["title"] if wiki else article["id"], 0.06) != dev:
                continue
            answers, starts = row["extra"]["all_answers"], row["extra"]["answer_starts"]
            spans = {(s, s + len(a)) for a, s in zip(answers, starts, strict=True)} if row["answerable"] else set()
            title = article["title"] if wiki else ""
            relevant = 1.0 if spans else 0.0
            yield Pair(row["question"], title, article["text"], tuple(sorted(spans)), relevant, part)


def dated_news_pairs(folder: Path, excluded: set[str]) -> Iterator[Pair]:
    """News-quiz questions with the paragraphs that answer; `excluded` holds question texts measured on."""
    for row in read_rows(folder / "questions.jsonl"):
        if row["question"] in excluded:
            continue
        for paragraph in row["extra"]["paragraphs"]:
            spans = {span for answer in row["answers"] for span in occurrences(answer, paragraph["text"])}
            if spans:
                yield Pair(row["question"], "", paragraph["text"], tuple(sorted(spans)), 1.0, "realtimeqa_pairs")


def multirc_pairs(folder: Path) -> Iterator[Pair]:
    """Questions over several sentences: the answer string where it stands in a gold sentence, else the sentence."""
    articles = {a["id"]: a["text"] for a in read_rows(folder / "articles.jsonl")}
    for row in read_rows(folder / "questions.jsonl"):
        text = articles[row["gold"][0]]
        spans: set[Span] = set()
        for start, end in row["extra"]["gold_spans"]:
            found = [s for a in row["answers"] if len(a) > 3 for s in occurrences(a, text[start:end])]
            spans |= {(start + s, start + e) for s, e in found}
        if not spans:
            spans = {(start, end) for start, end in row["extra"]["gold_spans"]}
        yield Pair(row["question"], "", text, tuple(sorted(spans)), 1.0, "multirc_news")


def clapnq_pairs(folder: Path, dev: bool) -> Iterator[Pair]:
    """Questions answered by whole sentences, and near-miss refusals; half is held out."""
    articles = {a["id"]: a for a in read_rows(folder / "articles.jsonl")}
    for row in read_rows(folder / "questions.jsonl"):
        if held_out(row["id"], 0.5) != dev:
            continue
        article = articles[row["gold"][0]]
        sentences = {s for chosen in row["extra"]["selected_sentences"] for s in chosen}
        spans = {(at, at + len(s)) for s in sentences if (at := article["text"].find(s)) >= 0}
        if bool(spans) == row["answerable"]:
            relevant = 1.0 if spans else 0.0
            yield Pair(row["question"], article["title"], article["text"], tuple(sorted(spans)), relevant, "clapnq_dev")


def quotesum_pairs(folder: Path) -> Iterator[Pair]:
    """Questions whose human answer quotes its sources verbatim."""
    articles = {a["id"]: a for a in read_rows(folder / "articles.jsonl")}
    seen: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for row in read_rows(folder / "questions.jsonl"):
        quoted = [(int(n), q) for a in row["answers"] for n, q in re.findall(r"\[ (\d+) (.+?) \]", a)]
        for number, quote in quoted:
            if 0 < number <= len(row["gold"]):
                gold = row["gold"][number - 1]
                seen[(row["question"], gold)] |= set(occurrences(quote, articles[gold]["text"]))
    for (question, gold), spans in seen.items():
        if spans:
            article = articles[gold]
            yield Pair(question, article["title"], article["text"], tuple(sorted(spans)), 1.0, "quotesum_dev")


def quotation_pairs(folder: Path, seed: int, dev: bool = False) -> Iterator[Pair]:
    """Who said what: questions written from annotated quotations, and the same asked of the wrong person or topic."""
    rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
    articles = {a["id"]: a for a in read_rows(folder / "articles.jsonl")}
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(folder / "quotes_direct.jsonl"):
        if row["speaker_name"] and (row["split"] == "dev") == dev:
            by_article[row["article_id"]].append(row)
    names = sorted({r["speaker_name"] for rows in by_article.values() for r in rows if " " in r["speaker_name"]})
    for article_id, quotes in by_article.items():
        for quote in quotes:
            yield from _quotation_variants(quote, quotes, articles[article_id], names, rng)


def _excerpt(quote: dict[str, Any], text: str, rng: random.Random) -> tuple[int, str]:
    """Where the passage around a quotation begins, and the passage, cut between words."""
    start, end = max(0, quote["start"] - rng.randint(100, 700)), quote["end"] + rng.randint(100, 700)
    start = text.find(" ", start) + 1 if start else 0
    return start, text[start : end if end >= len(text) else text.rfind(" ", 0, end)]


def _quotation_variants(
    quote: dict[str, Any], quotes: list[dict[str, Any]], article: dict[str, Any], names: list[str], rng: random.Random
) -> Iterator[Pair]:
    text, title = article["text"], article["title"]
    start, passage = _excerpt(quote, text, rng)
    end = start + len(passage)
    topic = _topic(quote["quote"], rng)
    same = [q for q in quotes if q["speaker_name"] == quote["speaker_name"] and start <= q["start"] and q["end"] <= end]
    person = quote["speaker_name"]
    about = [q for q in same if topic and topic.lower() in q["quote"].lower()] or [quote]
    spans = tuple(sorted((q["start"] - start, q["end"] - start) for q in about if q["end"] - start <= len(passage)))
    if not spans:
        return
    if topic and rng.random() < 0.7:
        yield Pair(_ask(person, topic, rng), title, passage, spans, 1.0, "polnear")
    elif rng.random() < 0.6:
        every = tuple(sorted((q["start"] - start, q["end"] - start) for q in same if q["end"] - start <= len(passage)))
        yield Pair(
            rng.choice([f"What did {person} say?", f"what {person} said"]), title, passage, every, 1.0, "polnear"
        )
    if quote["name_from"] and quote["name_from"].startswith("ner") and topic and rng.random() < 0.3:
        at = (quote["speaker_start"] - start, quote["speaker_end"] - start)
        if 0 <= at[0] < at[1] <= len(passage):
            yield Pair(rng.choice([f"Who spoke about {topic}?", f"Who said something about {topic}?"]),
                       title, passage, (at,), 1.0, "polnear")  # fmt: skip
    asked = Pair("", title, passage, (), 0.0, "polnear-false")
    if topic and rng.random() < 0.5 and (wrong := _wrong_person(passage, quotes, person, names, rng)):
        yield replace(asked, question=_ask(wrong, topic, rng))
    if rng.random() < 0.35:
        other = _topic(rng.choice(quotes)["quote"], rng)
        if other and other.lower() not in passage.lower():
            yield replace(asked, question=_ask(person, other, rng))


def _ask(person: str, topic: str, rng: random.Random) -> str:
    return rng.choice(
        [
            f"What did {person} say about {topic}?",
            f"what did {person} say about {topic}",
            f"What does {person} think of {topic}?",
            f"What did {person} tell reporters about {topic}?",
            f"How did {person} comment on {topic}?",
        ]
    )


def _wrong_person(passage: str, quotes: list[dict[str, Any]], person: str, names: list[str], rng: random.Random) -> str:
    """Somebody the passage does not quote; preferably one it mentions."""
    last = person.split()[-1].lower()
    quoted = {q["speaker_name"].split()[-1].lower() for q in quotes} | {last}
    mentioned = [n for n in names if n in passage and n.split()[-1].lower() not in quoted]
    pool = mentioned if mentioned and rng.random() < 0.6 else [n for n in names if n.split()[-1].lower() not in quoted]
    return rng.choice(pool) if pool else ""


_STOP = """
about after again because before being believe between could country even every first going great have having
here just know like made make many more most much never only other people really said same should some
something such than that their them then there these they thing things think this those through very want was
well were what when where which while will with would year years your
"""
_STOP_WORDS = frozenset(_STOP.split())


def _topic(quote: str, rng: random.Random) -> str:
    """A phrase of one to three content words out of a quotation; empty when none stands out."""
    words = re.findall(r"[A-Za-z][A-Za-z'’-]+", quote)
    runs, run = [], []
    for word in [*words, ""]:
        if len(word) > 3 and word.lower() not in _STOP_WORDS and "'" not in word and "’" not in word:
            run.append(word)
        else:
            if run:
                runs.append(" ".join(run[:3]))
            run = []
    good = [r for r in runs if len(r) > 5]
    return rng.choice(good) if good else ""
