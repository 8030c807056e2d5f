"""The sayings: questions about what people said in given articles, in those articles' own words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from index_store.catalog import StoredQuotation
from qa.engine import ArticleQueryEngine

# An article, one or two words, and what cannot belong to them: so they are a thing, and whole.
_THING = re.compile(
    r"\bthe (?!(?:first|second|third|last|next|latest|same|other|only|most|best|rest|new|old)\b)"
    r"(?:[a-z]+ )?[a-z]{3,}(?=[,.;:!?”\"]| (?:is|are|was|were|will|would|has|have|had|can|could|must|should|"
    r"and|or|but|to|in|on|at|of|for|with|by|before|after|from|until|that|as|when|because|if|now|today|again)\b)"
)
_OFTEN = 2  # times that an article names what it is about
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*)+")  # of two words at least: one alone may be anybody


def asked_of(
    engine: ArticleQueryEngine, article_ids: Iterable[str], *, on_anything: bool = False
) -> Iterator[tuple[str, str]]:
    """A question to one speaker of each article, in their order, with the article that is to answer it.

    Where nothing is found that it could be about, the article is left out, or asked `on_anything`.
    """
    place = {article_id: position for position, article_id in enumerate(article_ids)}
    quotations = sorted(engine.store.quotations_in([*place]), key=lambda stored: place[stored.article_id])
    speakers: set[str] = set()
    asked: set[str] = set()  # articles
    for stored in quotations:
        name = stored.quotation.speaker
        if stored.quotation.kind != "direct" or stored.article_id in asked or name in speakers or not _is_name(name):
            continue
        topic = _topic(engine, stored)
        if topic or on_anything:
            speakers.add(name)
            asked.add(stored.article_id)
            yield f"What did {name} say{f' about {topic}' if topic else ''}?", stored.article_id


def _topic(engine: ArticleQueryEngine, stored: StoredQuotation) -> str:
    """What the headline names and the quotation speaks of, or its article does often; empty for no such thing."""
    headline = set(engine.store.terms(stored.title))
    span = stored.quotation
    text = engine.store.article(stored.article_id).text
    things = (*_things(text[span.start : span.end], 1), *_things(text, _OFTEN))
    named = (thing for thing in things if headline.issuperset(engine.store.terms(thing.removeprefix("the "))))
    return next(named, "")


def _things(text: str, times: int) -> list[str]:
    """The things that a text names so many times at least, the most often named first."""
    counted = Counter(match.group() for match in _THING.finditer(text)).most_common()
    return [thing for thing, count in counted if count >= times]


def _is_name(speaker: str) -> bool:
    return bool(_NAME.fullmatch(speaker)) and all(part[0].isupper() for part in speaker.split())
