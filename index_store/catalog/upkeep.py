"""Upkeep: what a check and a repair ask of the catalog."""

import json
from collections.abc import Iterator, Sequence

from index_store.catalog.database import Database
from index_store.catalog.ledger import Ledger
from index_store.catalog.records import ARTICLE_COLUMNS, StoredPassage, article_of, stored_passage_of
from index_store.errors import UnreadableInputError

_CHUNK = 200  # articles read at a time

# A passage whose words are not its article's at that place, or an article that has text and no passage.
_DISAGREEING = """
SELECT article_id FROM versions v WHERE state = 'current' AND lead IS NULL AND (
    NOT EXISTS (SELECT 1 FROM passages p WHERE p.version = v.version)
    OR EXISTS (SELECT 1 FROM passages p WHERE p.version = v.version
        AND p.text <> substr(v.text, p."start" + 1, p."end" - p."start"))
    OR (SELECT count(*) <> max(position) + 1 FROM passages p WHERE p.version = v.version)
) ORDER BY article_id
"""
# A place without the article whose text it has, or with passages that are not searched; one text indexed twice.
_MISPLACED = """
SELECT article_id FROM versions v WHERE state = 'current' AND lead IS NOT NULL AND (
    NOT EXISTS (SELECT 1 FROM versions l WHERE l.state = 'current' AND l.lead IS NULL AND l.article_id = v.lead
        AND l.text_key = v.text_key)
    OR EXISTS (SELECT 1 FROM passages p WHERE p.version = v.version)
) UNION SELECT article_id FROM versions v WHERE state = 'current' AND lead IS NULL AND EXISTS (
    SELECT 1 FROM versions o WHERE o.state = 'current' AND o.lead IS NULL AND o.text_key = v.text_key
        AND o.version < v.version
) ORDER BY article_id
"""
_STATES = {True: "('current', 'pending', 'retired')", False: "('current')"}


class Upkeep:
    """Questions about the whole of a catalog, which nobody waits for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def ledger(self) -> Ledger:
        """The collections on servers that were made for the catalog."""
        return Ledger(self._database)

    def altered_articles(self) -> Iterator[str]:
        """Ids of the articles that are not what was stored, by their hashes."""
        versions = [row[0] for row in self._database.rows("SELECT version FROM current_articles")]
        for start in range(0, len(versions), _CHUNK):
            rows = self._database.rows(
                f"SELECT {ARTICLE_COLUMNS}, content_hash FROM versions"  # noqa: S608 - a constant
                " WHERE version IN (SELECT value FROM json_each(?))",
                json.dumps(versions[start : start + _CHUNK]),
            )
            yield from (row[1] for row in rows if not _is_unaltered(row))

    def distrust(self, article_ids: Sequence[str]) -> None:
        """Forgets the hashes of current articles: indexed again, they are written again."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE versions SET content_hash = '' WHERE state = 'current' AND article_id IN"
                " (SELECT value FROM json_each(?))",
                (json.dumps(list(article_ids)),),
            )

    def disagreeing_articles(self) -> tuple[str, ...]:
        """Ids of the articles whose passages are not spans of their text, or are missing."""
        return tuple(row[0] for row in self._database.rows(_DISAGREEING))

    def misplaced_articles(self) -> tuple[str, ...]:
        """Ids of the articles that do not stand as they should to those of the same text."""
        return tuple(row[0] for row in self._database.rows(_MISPLACED))

    def orphans(self) -> int:
        """Passages and quotations of versions that are not there."""
        return sum(self._database.rows(f"SELECT count(*) FROM {_orphans(of)}")[0][0] for of in _OWNED)  # noqa: S608

    def drop_orphans(self) -> None:
        """Deletes what `orphans` counts."""
        with self._database.transaction() as connection:
            for of in _OWNED:
                connection.execute(f"DELETE FROM {_orphans(of)}")  # noqa: S608 - constants

    def unfinished(self) -> int:
        """Versions of articles that are half written, or replaced and not yet swept."""
        return int(self._database.rows("SELECT count(*) FROM versions WHERE state <> 'current'")[0][0])

    def keys(self, *, unfinished: bool = False) -> tuple[int, ...]:
        """Keys of the current passages in order, or with those of versions that are half written or not yet swept."""
        sql = (
            f"SELECT key FROM passages JOIN versions USING (version) WHERE state IN {_STATES[unfinished]} ORDER BY key"  # noqa: S608
        )
        return tuple(row[0] for row in self._database.rows(sql))

    def pending_keys(self) -> tuple[int, ...]:
        """Keys of the passages that are begun and not published, in order."""
        sql = "SELECT key FROM passages JOIN versions USING (version) WHERE state = 'pending' ORDER BY key"
        return tuple(row[0] for row in self._database.rows(sql))

    def pending_versions(self) -> tuple[int, ...]:
        """Versions that are begun and not published."""
        return tuple(row[0] for row in self._database.rows("SELECT version FROM versions WHERE state = 'pending'"))

    def passages(self, keys: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages of these keys in order, current or not."""
        sql = (
            'SELECT key, article_id, position, "start", "end", p.text, title, source, published, version'
            " FROM passages p JOIN versions USING (version) WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"
        )
        return tuple(map(stored_passage_of, self._database.rows(sql, json.dumps(list(keys)))))

    @property
    def recut(self) -> str:
        """The fingerprint that the pending versions are being cut for; empty when they are not of a rebuild."""
        return next((row[0] for row in self._database.rows("SELECT value FROM meta WHERE key = 'recut'")), "")

    def begin_recut(self, fingerprint: str) -> None:
        """Records that the pending versions from now on are cut for `fingerprint`; a sweep forgets it."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('recut', ?)", (fingerprint,))

    def uncut_ids(self) -> tuple[str, ...]:
        """Ids of the current articles without a pending version."""
        sql = (
            "SELECT article_id FROM versions v WHERE state = 'current' AND NOT EXISTS"
            " (SELECT 1 FROM versions p WHERE p.state = 'pending' AND p.article_id = v.article_id) ORDER BY version"
        )
        return tuple(row[0] for row in self._database.rows(sql))

    def places(self) -> int:
        """How many articles are current, each counted in every place."""
        return int(self._database.rows("SELECT count(*) FROM current_articles")[0][0])

    def keep_hashes(self) -> None:
        """Gives pending versions the hash of what they were cut from: what was altered since must stay known."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE versions AS p SET content_hash = (SELECT content_hash FROM versions c"
                " WHERE c.article_id = p.article_id AND c.state = 'current') WHERE state = 'pending'"
            )


_OWNED = ("passages", "quotations")


def _orphans(table: str) -> str:
    return f"{table} WHERE version NOT IN (SELECT version FROM versions)"  # noqa: S608 - one of two constants


def _is_unaltered(row: Sequence[object]) -> bool:
    try:
        return article_of(row).content_hash == row[-1]
    except (UnreadableInputError, ValueError, TypeError):  # no text, or no date where one stands
        return False
