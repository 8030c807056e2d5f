"""Merging: the same text from several places becomes one article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index_store.article import Article
from index_store.catalog import Places


@dataclass(frozen=True, slots=True)
class Settled:
    """Articles to be written, each with the article that holds its text where that is another one."""

    articles: tuple[Article, ...]
    leads: dict[str, str]  # by id; an article that is not named holds its text itself


def settle(arriving: Sequence[Article], places: Places, *, leaving: Iterable[str] = ()) -> Settled:
    """How new and changed articles stand to those of the same text, and whom those that leave a text leave it to.

    The first article that came with a text keeps it for all. When its own text changes, or when it is removed
    (`leaving`), the next one takes its place and is to be written as well.
    """
    keys = {article.id: article.text_key for article in arriving}
    gone, standings, kept = set(leaving), places.standings(keys), places.leads_by_text(keys.values())
    for article_id, standing in standings.items():
        key = keys[article_id]
        if standing.is_lead and (standing.text_key != key or kept.get(key) != article_id):
            gone.add(article_id)
    orphans = [article for article in places.others(gone) if article.id not in gone and article.id not in keys]
    keys |= {article.id: article.text_key for article in orphans}
    holders = {key: lead for key, lead in places.leads_by_text(keys.values()).items() if lead not in gone}
    settled = (*orphans, *arriving)
    leads = {article.id: holders.setdefault(keys[article.id], article.id) for article in settled}
    return Settled(settled, {article_id: lead for article_id, lead in leads.items() if lead != article_id})
