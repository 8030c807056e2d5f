"""Values as new rows of the catalog."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from index_store.catalog.records import Cut, surname_of
from index_store.passage import Passage
from index_store.quotations import Quotation


def insert_version(connection: sqlite3.Connection, cut: Cut) -> int:
    """Stores a pending version of an article, without passages and quotations, and returns its number."""
    a = cut.article
    published, updated = (day.isoformat() if day else None for day in (a.published, a.updated))
    cursor = connection.execute(
        "INSERT INTO versions (article_id, state, content_hash, title, source, author, published, url, text, updated,"
        " language, text_key, lead) VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(a.id, a.content_hash, a.title, a.source, a.author, published, a.url, a.text, updated),
            *(a.language, a.text_key, cut.lead or None),
        ),
    )
    return int(cursor.lastrowid or 0)


def insert_passages(connection: sqlite3.Connection, version: int, passages: Sequence[Passage]) -> list[int]:
    """Stores the passages of a version and returns their keys, in order."""
    return [_insert_passage(connection, version, *numbered) for numbered in enumerate(passages)]


def insert_quotations(connection: sqlite3.Connection, version: int, quotations: Iterable[Quotation]) -> None:
    """Stores the quotations of a version."""
    connection.executemany(
        "INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(version, *astuple(quotation), surname_of(quotation.speaker)) for quotation in quotations],
    )


def _insert_passage(connection: sqlite3.Connection, version: int, position: int, passage: Passage) -> int:
    cursor = connection.execute(
        'INSERT INTO passages (version, position, "start", "end", text) VALUES (?, ?, ?, ?, ?)',
        (version, position, passage.start, passage.end, passage.text),
    )
    return int(cursor.lastrowid or 0)
