"""Ways in which an index breaks, done to one on disk; and whether it is whole."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import numpy as np

from index_store.article import Article
from index_store.catalog import Catalog, Cut
from index_store.chroma_server import ChromaServer
from index_store.layout import CATALOG_FILE
from index_store.lexical import Lexical, LexicalEntry
from index_store.passage import Passage
from index_store.settings import StoreSettings
from index_store.store import ArticleStore
from index_store.vectors import Vectors, home_of
from tests.fakes import FakeEmbedder


def articles(count: int, revision: str = "") -> tuple[Article, ...]:
    """Articles of about two passages of twenty word-pieces; every sentence has a word of its own."""
    return tuple(
        Article(
            f"a{n}",
            f"Ferry{n} left Port Vellmark with {n} crates of salt on board{revision}. "
            f"Harbour{n} was shut by the council after the storm of that week{revision}.",
            f"Headline {n}",
        )
        for n in range(count)
    )


def folder(data_dir: Path, kind: str) -> Path:
    """Where the catalog says that the vectors or words lie."""
    with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        return data_dir / str(getattr(catalog.placement, kind))


@contextmanager
def vectors_in(data_dir: Path) -> Iterator[Vectors]:
    """Those in use, in a folder or on a server."""
    with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        placement = catalog.placement
        server = ChromaServer.at(placement.server) if placement.server else None
        with closing(home_of(data_dir, catalog, server)) as home, closing(home.open(placement.vectors)) as vectors:
            yield vectors


def collections(data_dir: Path) -> str:
    """The address of all collections in the database where those in use are."""
    with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        server = ChromaServer.at(catalog.placement.server)
    return f"{server.url}/api/v2/tenants/{server.tenant}/databases/{server.database}/collections"


def collection_names(data_dir: Path) -> set[str]:
    return {collection["name"] for collection in httpx.get(collections(data_dir)).json()}


def drop_collection(data_dir: Path) -> None:
    httpx.delete(f"{collections(data_dir)}/{folder(data_dir, 'vectors').name}").raise_for_status()


def replace_collection(data_dir: Path, *, space: str, is_ours: bool) -> None:
    """An empty one in its place."""
    name = folder(data_dir, "vectors").name
    metadata = httpx.get(f"{collections(data_dir)}/{name}").json()["metadata"]
    drop_collection(data_dir)
    made = {"name": name, "configuration": {"hnsw": {"space": space}}, "metadata": metadata if is_ours else None}
    httpx.post(collections(data_dir), json=made).raise_for_status()


def lose_vectors(data_dir: Path) -> None:
    """A third of them."""
    with vectors_in(data_dir) as vectors:
        vectors.delete(sorted(vectors.keys())[::3])


def add_vectors(data_dir: Path, first_key: int) -> None:
    """Three that no passage has."""
    with vectors_in(data_dir) as vectors:
        held = list(vectors.readable(sorted(vectors.keys())[:3]).values())
        vectors.add(range(first_key, first_key + len(held)), np.stack(held))


def lose_vectors_folder(data_dir: Path) -> None:
    shutil.rmtree(folder(data_dir, "vectors"))


def lose_graph(data_dir: Path) -> None:
    (header,) = folder(data_dir, "vectors").glob("*/header.bin")
    shutil.rmtree(header.parent)


def tear_graph(data_dir: Path) -> None:
    (level,) = folder(data_dir, "vectors").glob("*/data_level0.bin")
    level.write_bytes(level.read_bytes()[: level.stat().st_size // 2])


def cut_vectors_database(data_dir: Path) -> None:
    file = folder(data_dir, "vectors") / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def swell_links(data_dir: Path) -> None:
    (links,) = folder(data_dir, "vectors").glob("*/link_lists.bin")
    with links.open("r+b") as file:
        file.truncate(3_000_000_000)  # without taking the room


def lose_words_folder(data_dir: Path) -> None:
    shutil.rmtree(folder(data_dir, "lexical"))


def tear_words(data_dir: Path) -> None:
    """One bit of the largest file, where no opening looks."""
    file = max(folder(data_dir, "lexical").glob("*.pos"), key=lambda path: path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)


def lose_words_file(data_dir: Path) -> None:
    """One that is not looked for when the index is opened."""
    next(folder(data_dir, "lexical").glob("*.pos")).unlink()


def lose_words(data_dir: Path) -> None:
    lexical = Lexical(folder(data_dir, "lexical"))
    lexical.write(deleted=lexical.keys()[:5])


def double_words(data_dir: Path) -> None:
    lexical = Lexical(folder(data_dir, "lexical"))
    lexical.write(added=[LexicalEntry(lexical.keys()[0], "Twice", "Twice.")])


def orphan_entries(data_dir: Path) -> None:
    """In both indexes, of a passage that no catalog knows."""
    with vectors_in(data_dir) as vectors:
        held = vectors.readable(sorted(vectors.keys())[:1])
        vectors.add([900_001], next(iter(held.values()))[None, :])
    Lexical(folder(data_dir, "lexical")).write(added=[LexicalEntry(900_001, "Ghost", "A ghost.")])


def orphan_passages(data_dir: Path) -> None:
    """In the catalog, of an article that is not there."""
    _execute(data_dir, "DELETE FROM versions WHERE version = 3")


def alter_passages(data_dir: Path) -> None:
    _execute(data_dir, "UPDATE passages SET text = 'Nobody wrote this.' WHERE version = 4")


def lose_passages(data_dir: Path) -> None:
    _execute(data_dir, "DELETE FROM passages WHERE version = 5")


def break_off_write(data_dir: Path) -> None:
    with closing(Catalog(data_dir / CATALOG_FILE)) as catalog:
        text = "Half written."
        catalog.begin([Cut(Article("half", text), (Passage("half#0", "half", 0, len(text), text),), ())])


def damage_catalog(data_dir: Path) -> None:
    file = data_dir / CATALOG_FILE
    content = bytearray(file.read_bytes())
    content[8192 : 8192 + 3 * 4096] = b"\x5a" * 3 * 4096
    file.write_bytes(content)


def alter_article(data_dir: Path) -> None:
    _execute(data_dir, "UPDATE versions SET text = replace(text, 'salt', 'gold') WHERE article_id = 'a7'")


def _execute(data_dir: Path, sql: str) -> None:
    with closing(sqlite3.connect(data_dir / CATALOG_FILE)) as connection, connection:
        connection.execute(sql)


def indexed(data_dir: Path, count: int, settings: StoreSettings) -> Path:
    """A directory with the first `count` articles."""
    with ArticleStore.create(data_dir, FakeEmbedder(), settings) as store:
        store.add(articles(count))
    return data_dir


def unfound(store: ArticleStore) -> list[str]:
    """Passages that a search with their own words does not put first, or finds twice; exhaustively."""
    bad = []
    for header in store.headers():
        for passage in store.passages(header.id):
            found = [hit.stored.passage.id for hit in store.search(passage.text, limit=5)]
            if found[:1] != [passage.id] or len(set(found)) < len(found):
                bad.append(passage.id)
    return bad
