"""The sayings: questions about what people said in given articles, in those articles' own words."""

import re
from collections.abc import Iterable, Iterator

from index_store.catalog import StoredQuotation
from qa.engine import ArticleQueryEngine

# An article, one or two words, and what cannot belong to them: so they are a thing, and whole.
_THING = re.compile(
    r"\bthe (?:[a-z]+ )?[a-z]{3,}(?=[,.;:!?”\"]| (?:is|are|was|were|will|would|has|have|had|can|could|must|should|"
    r"and|or|but|to|in|on|at|of|for|with|by|before|after|from|until|that|as|when|because|if|now|today|again)\b)"
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*)+")  # of two words at least: one alone may be anybody


def asked_of(engine: ArticleQueryEngine, article_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A question to each speaker in the articles, in their order, with the article that is to answer it."""
    place = {article_id: position for position, article_id in enumerate(article_ids)}
    quotations = sorted(engine.store.quotations_in([*place]), key=lambda stored: place[stored.article_id])
    speakers: set[str] = set()
    for stored in quotations:
        name = stored.quotation.speaker
        topic = _topic(engine, stored)
        if stored.quotation.kind == "direct" and topic and name not in speakers and _is_name(name):
            speakers.add(name)
            yield f"What did {name} say about {topic}?", stored.article_id


def _topic(engine: ArticleQueryEngine, stored: StoredQuotation) -> str:
    """What the quotation speaks of and the headline names, as the quotation has it; empty where there is no such."""
    headline = set(engine.store.terms(stored.title))
    span = stored.quotation
    said = engine.store.article(stored.article_id).text[span.start : span.end]
    named = (match.group() for match in _THING.finditer(said))
    return next((thing for thing in named if headline.issuperset(engine.store.terms(thing))), "")


def _is_name(speaker: str) -> bool:
    return bool(_NAME.fullmatch(speaker)) and all(part[0].isupper() for part in speaker.split())
