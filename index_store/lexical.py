"""The words of the passages: the door to tantivy."""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from index_store.durability import full_disk
from index_store.errors import DataDirError, IndexDamagedError
from index_store.remedies import REPAIR

_ANALYZER = "news"
_FIELDS = ("title", "text")
_END = struct.Struct("<II")  # of every file: the length of the JSON before it, which holds a checksum, and a mark
_END_MARK = 1337
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")  # files of every segment
_WRITER_BYTES = 64_000_000  # memory of the writer before it flushes a segment


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of one passage."""

    key: int
    title: str
    text: str


class Lexical:
    """BM25 over headline and text, English stems without accents."""

    def __init__(self, path: Path) -> None:
        """Opens what `Lexical.create` made."""
        self._path = path
        self._analyzer = _analyzer()
        self._schema = _schema()
        self.reopen()

    @staticmethod
    def create(path: Path) -> None:
        """An empty index in a folder that is not there."""
        with _translated(path):
            path.mkdir()
            tantivy.Index(_schema(), path=str(path))

    def reopen(self, path: Path | None = None) -> None:
        """Sees what other processes have committed, and what they left behind."""
        self._path = path or self._path
        with _translated(self._path):
            self._index = tantivy.Index.open(str(self._path))
            self._index.register_tokenizer(_ANALYZER, self._analyzer)
            self._searcher = self._index.searcher()

    def write(self, added: Iterable[LexicalEntry] = (), deleted: Sequence[int] = ()) -> None:
        """Adds and deletes in one commit: a kill leaves all of it or nothing."""
        with _translated(self._path):
            writer = self._index.writer(_WRITER_BYTES, num_threads=1)
            # a killed commit leaves files under the names that the next one wants
            writer.garbage_collect_files()
            # by query: a deletion by term takes the key for a signed number and finds nothing
            writer.delete_documents_by_query(Query.term_set_query(self._schema, "key", list(deleted)))
            for entry in added:
                document = tantivy.Document(title=entry.title, text=entry.text)
                document.add_unsigned("key", entry.key)  # the constructor would make it a signed number
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(
        self, question: str, limit: int, *, title_boost: float, among: Sequence[int] | None = None
    ) -> dict[int, float]:
        """BM25 score of the `limit` best keys, best first; `among` names the only keys that count."""
        terms = self.terms(question)
        if not terms or (among is not None and not among):
            return {}
        query = Query.boolean_query([(Occur.Should, self._term_query(term, title_boost)) for term in terms])
        if among is not None:
            allowed = Query.const_score_query(Query.term_set_query(self._schema, "key", list(among)), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, allowed)])
        with _translated(self._path):
            hits = self._searcher.search(query, limit, count=False).hits
            return {int(self._searcher.doc(address)["key"][0]): float(score) for score, address in hits}

    def terms(self, text: str) -> tuple[str, ...]:
        """Distinct index terms of `text`, in order of first use."""
        return tuple(dict.fromkeys(self._analyzer.analyze(text)))

    def document_frequency(self, term: str) -> int:
        """Number of passages whose text holds `term`, an index term, or whose headline does: the higher of the two."""
        with _translated(self._path):
            return max(int(self._searcher.doc_freq(field, term)) for field in _FIELDS)

    def count(self) -> int:
        """Number of passages held, current or not."""
        return int(self._searcher.num_docs)

    def keys(self) -> tuple[int, ...]:
        """Every key held, current or not; one that is held twice comes twice."""
        with _translated(self._path):
            hits = self._searcher.search(Query.all_query(), max(self.count(), 1), count=False).hits
            values = self._searcher.fast_field_values("key", [address for _, address in hits])
            return tuple(int(key) for key in values if key is not None)

    def torn_files(self) -> tuple[str, ...]:
        """Names of the files of what is committed that are missing or not what was written, by their checksums."""
        with _translated(self._path):
            torn = {name for name in self._committed_files() if not _is_whole(self._path / name)}
            return tuple(sorted(torn & self._committed_files()))  # a writer may have merged some into others meanwhile

    def _committed_files(self) -> set[str]:
        segments = json.loads((self._path / "meta.json").read_bytes())["segments"]
        stems = [segment["segment_id"].replace("-", "") for segment in segments]
        there = {file.name for stem in stems for file in self._path.glob(f"{stem}.*")}  # with those of deletions
        return there | {f"{stem}.{part}" for stem in stems for part in _PARTS}

    def _term_query(self, term: str, title_boost: float) -> Query:
        title = Query.boost_query(Query.term_query(self._schema, "title", term), title_boost)
        return Query.boolean_query(
            [(Occur.Should, title), (Occur.Should, Query.term_query(self._schema, "text", term))]
        )


def _analyzer() -> tantivy.TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(80)).filter(Filter.lowercase())
    return builder.filter(Filter.ascii_fold()).filter(Filter.stemmer("english")).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, indexed=True, fast=True)
    for field in _FIELDS:
        builder.add_text_field(field, tokenizer_name=_ANALYZER)
    return builder.build()


def _is_whole(file: Path) -> bool:
    try:
        content = file.read_bytes()
        length, mark = _END.unpack(content[-_END.size :])
        body = content[: -_END.size - length]
        checksum = json.loads(content[len(body) : -_END.size])["crc"]
    except (FileNotFoundError, struct.error, ValueError, KeyError, TypeError):
        return False
    return bool(mark == _END_MARK and zlib.crc32(body) == checksum)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise full_disk(path, error) or DataDirError(f"cannot use the lexical index {str(path)!r}: {error}") from error
    except (ValueError, KeyError) as error:  # whatever goes wrong inside tantivy
        raise full_disk(path, error) or IndexDamagedError(
            f"cannot use the lexical index {str(path)!r}: {error}; {REPAIR}"
        ) from error
