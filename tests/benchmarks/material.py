"""The material: the Reuters articles or invented ones, and copies of them with other names up to any size."""

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from index_store.article import Article
from index_store.chunking import Chunker
from index_store.embedding import token_starts
from index_store.indexing import Headed
from index_store.loading import load_articles
from index_store.settings import StoreSettings

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "index_store" / "samples"
REUTERS = Path(os.environ.get("ARTICLE_QA_DATA", ROOT.parent / "shared" / "data")) / "reuters21578"
CHUNKER = Chunker(token_starts, StoreSettings().passage_tokens)
OUTLETS = ("Northern Wire", "Southern Wire")  # of every other article: a filter for one keeps half
_INVENTED = 600  # articles that take the place of the Reuters ones, some 1,400 passages
_DAYS = 240  # over which they are spread


@dataclass(frozen=True, slots=True)
class Copied:
    """An article that is indexed, and the one whose text it was made of."""

    article: Article
    original: Article
    round: int  # 0 is the original but for the outlet


def originals(folder: Path = REUTERS) -> tuple[Article, ...]:
    """The articles of the folder, or invented ones where it is not there."""
    if folder.exists():
        return tuple(item for item in load_articles([folder / "articles.jsonl.gz"]) if isinstance(item, Article))
    return tuple(invented(seed=7))


def invented(seed: int) -> Iterator[Article]:
    """The samples, then articles of their paragraphs with other names and figures."""
    samples = [article for article in load_articles([SAMPLES]) if isinstance(article, Article)]
    yield from samples
    paragraphs = [part for article in samples for part in article.text.split("\n\n") if len(part) > 80]
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(len(samples), _INVENTED):
        text = "\n\n".join(_renamed(part, chance) for part in chance.sample(paragraphs, 6))
        title = _renamed(chance.choice(samples).title, chance)
        published = date(2025, 1, 1) + timedelta(days=chance.randrange(_DAYS))
        yield Article(f"invented-{number}", text, title, "Press", published=published)


def copies(articles: Iterable[Article], passages: int) -> Iterator[Copied]:
    """The articles, then copies of them with other names, until there are that many passages."""
    sources = tuple(articles)
    left = passages
    for turn in count():
        for number, original in enumerate(sources):
            article = _copy(original, turn, OUTLETS[number % 2])
            left -= len(CHUNKER.passages(article))
            yield Copied(article, original, turn)
            if left <= 0:
                return


def first(articles: Iterable[Article], passages: int) -> tuple[Article, ...]:
    """The first articles, as many as have that many passages."""
    return tuple(copied.original for copied in copies(articles, passages))


def middle_day(articles: Iterable[Headed]) -> date:
    """The day before which half of the articles were published."""
    days = sorted(article.published for article in articles if article.published)
    return days[len(days) // 2]


def _copy(original: Article, turn: int, outlet: str) -> Article:
    if not turn:
        return replace(original, source=outlet)
    chance = random.Random(f"{original.id} {turn}")  # noqa: S311 - no secret
    text, title = _renamed(original.text, chance), _renamed(original.title, chance)
    return replace(original, id=f"{original.id}-copy-{turn}", text=text, title=title, source=outlet, url="")


def _renamed(text: str, chance: random.Random) -> str:
    """Half of the capitalised words and each number replaced, so that no two articles say the same."""
    words = []
    for word in text.split(" "):
        if word[:1].isupper() and chance.random() < 0.5:
            word = "".join(chance.choice("bdfklmnprstv") + chance.choice("aeiou") for _ in range(3)).capitalize()
        elif word[:1].isdigit():
            word = str(chance.randrange(2, 9000))
        words.append(word)
    return " ".join(words)
