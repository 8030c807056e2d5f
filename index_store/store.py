"""The store: articles kept and searched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType

from llama_index.core.base.embeddings.base import BaseEmbedding

from index_store.article import Article
from index_store.catalog import ArticleHeader, Catalog, StoreCounts, StoredQuotation, surname_of
from index_store.chunking import Chunker
from index_store.derived import DerivedIndexes, Query
from index_store.embedding import embedding_fingerprint, token_starts
from index_store.errors import ArticleNotFoundError
from index_store.indexing import Indexer, Progress
from index_store.integrity import lay_foundation
from index_store.opening import OpenIndex, OvertakenError
from index_store.passage import Passage
from index_store.report import IndexReport
from index_store.scope import Scope
from index_store.search import SearchHit, fuse, ranked
from index_store.settings import StoreSettings

_EVERYTHING = Scope()
# How many times more is fetched before a scope is applied outside the indexes: enough for one that keeps a quarter.
# One that keeps little is given another chance that many times wider; a narrower one is searched passage by passage.
_OVERFETCH, _WIDER = 4, 8


class ArticleStore:
    """Articles on disk; read from any number of threads and processes, written by one at a time."""

    def __init__(self, data_dir: Path, embedder: BaseEmbedding, settings: StoreSettings | None = None) -> None:
        """Opens what `ArticleStore.create` made.

        Raises:
            IndexNotFoundError: nothing has been indexed in `data_dir`.
            IndexMismatchError: it was indexed with another embedding model, by another recipe or another version, or
                its vectors are on another server.
            IndexDamagedError: parts of it are missing or do not belong together.
            DataDirError: it cannot be read.
            ChromaServerError: the server of `settings.chroma` cannot be reached or asked.
        """
        self.data_dir = data_dir
        self.settings = settings or StoreSettings()
        self._embedder = embedder
        self._fingerprint = fingerprint_of(embedder, self.settings)
        self._index = OpenIndex(data_dir, self.settings, self._fingerprint)

    @classmethod
    def create(cls, data_dir: Path, embedder: BaseEmbedding, settings: StoreSettings | None = None) -> "ArticleStore":
        """The store at `data_dir`, made if it is not there."""
        lay_foundation(data_dir, settings.chroma if settings else None)
        return cls(data_dir, embedder, settings)

    def __enter__(self) -> "ArticleStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Releases the files; nothing else of the store may be used afterwards, and no call may be running.

        A store that is never closed loses nothing: what `add` and `remove` returned from is on disk.
        """
        self._index.close()

    @property
    def fingerprint(self) -> str:
        """All that decides what is found: the embedding model, and how articles are cut, analysed and quoted."""
        return self._fingerprint

    def add(self, articles: Iterable[Article], *, on_progress: Progress | None = None) -> IndexReport:
        """Adds what is new and replaces what has changed; what is unchanged is not embedded again.

        The old version of an article answers until the new one is complete.
        """
        with self._writing() as indexer:
            return indexer.add(articles, on_progress)

    def replace(self, article: Article) -> IndexReport:
        """Replaces the article of the same id; `ArticleNotFoundError` when there is none."""
        self.article(article.id)
        return self.add([article])

    def remove(self, article_ids: Sequence[str]) -> int:
        """Removes articles and returns how many; with an unknown id, `ArticleNotFoundError` and none is removed.

        Of an article that is there in several places only the named ones go: `places` says which there are.
        """
        for article_id in article_ids:
            self.article(article_id)
        with self._writing() as indexer:
            return indexer.remove(article_ids)

    def search(self, question: str, *, limit: int = 10, scope: Scope = _EVERYTHING) -> tuple[SearchHit, ...]:
        """The passages nearest to `question` in words and meaning together, best first."""
        query = Query(question, self._embedder.get_query_embedding(question))
        return self._index.steadily(lambda insist: self._search_inside(scope, query, limit, insist=insist))

    @property
    def _catalog(self) -> Catalog:
        return self._index.catalog

    @property
    def _derived(self) -> DerivedIndexes:
        return self._index.derived

    def _candidates(self, limit: int) -> int:
        return max(self.settings.candidates, limit)

    def _search_inside(self, scope: Scope, query: Query, limit: int, *, insist: bool) -> tuple[SearchHit, ...]:
        candidates = self._candidates(limit)
        search = partial(self._search, scope, limit=limit, insist=insist)
        if scope.is_everything:
            return search(query, fetched=candidates)
        hits = search(query, fetched=candidates * _OVERFETCH)
        if len(hits) < limit <= len(hits) * _WIDER:
            hits = search(query, fetched=candidates * _OVERFETCH * _WIDER)
        if len(hits) < limit:
            hits = search(replace(query, among=self._catalog.keys_in(scope)), fetched=candidates)
        return hits

    def copy_groups(self, hits: Iterable[SearchHit]) -> Mapping[int, int]:
        """By the key of a passage that was found a number which it has in common with those of copies of its article.

        Copies tell one story in nearly the same words; figures, days and names do not differ where the words are the
        same. A passage is left out when no copy of its article was found.
        """
        return self._catalog.likeness.groups(hit.stored.key for hit in hits)

    def copies_of(self, article_id: str) -> tuple[Article, ...]:
        """The articles that are copies of this one, in the order they came; each in its first place alone."""
        return self._catalog.places.copies_of(article_id)

    def article(self, article_id: str) -> Article:
        """The article with that id, in the place that has it; `ArticleNotFoundError` when there is none."""
        return self._catalog.article(article_id)

    def articles_of(self, versions: Iterable[int]) -> Mapping[int, Article]:
        """The articles as they were when a search found them, by the `version` of what was found.

        A version that has been replaced or removed meanwhile may be missing: what was found with it is outdated, and
        the search is to be repeated.
        """
        return self._catalog.articles_of(versions)

    def articles(self, scope: Scope = _EVERYTHING) -> Iterator[Article]:
        """All articles inside `scope`, newest first, those without a date last; read as they are asked for.

        Articles that are removed meanwhile are left out, those that are added are not seen.
        """
        return self._catalog.articles(scope)

    def headers(self, scope: Scope = _EVERYTHING) -> Iterator[ArticleHeader]:
        """What `articles` gives, without the texts."""
        return self._catalog.headers(scope)

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of an article in order; `ArticleNotFoundError` when there is none."""
        passages = self._catalog.passages_of(article_id)
        if not passages:
            raise ArticleNotFoundError(f"no article {article_id!r}; `article-qa articles list` shows the ids")
        return passages

    def quotations_by(self, name: str, scope: Scope = _EVERYTHING) -> tuple[StoredQuotation, ...]:
        """What speakers with the last name of `name` are quoted with, newest article first."""
        return self._catalog.quotations_by(surname_of(name), scope)

    def quotations_in(self, article_ids: Iterable[str]) -> tuple[StoredQuotation, ...]:
        """All quotations of these articles, each article's in order."""
        return self._catalog.quotations_in(article_ids)

    def article_ids_for_url(self, url: str) -> tuple[str, ...]:
        """Ids of the articles with that URL, and their ids in other places."""
        return self._catalog.places.ids_for_url(url)

    def places(self, article_id: str) -> tuple[Article, ...]:
        """The article in every place where the same text was printed, under the id of each, the first indexed first.

        Which one a search shows is decided by its scope: the first, or else one that lies inside.

        Raises:
            ArticleNotFoundError: there is none with that id.
        """
        places = self._catalog.places.of(article_id)
        if not places:
            raise ArticleNotFoundError(f"no article {article_id!r}; `article-qa articles list` shows the ids")
        return places

    def counts(self) -> StoreCounts:
        """How much is indexed."""
        return self._catalog.counts()

    def date_range(self) -> tuple[date, date] | None:
        """First and last day of publication; None when no article has a date."""
        return self._catalog.date_range()

    def terms(self, text: str) -> tuple[str, ...]:
        """Distinct index terms of `text` (stems in lower case), in order of first use."""
        return self._derived.terms(text)

    def document_frequency(self, term: str) -> int:
        """Number of passages that hold `term`, an index term."""
        return self._derived.document_frequency(term)

    def _search(self, scope: Scope, query: Query, *, limit: int, fetched: int, insist: bool) -> tuple[SearchHit, ...]:
        scores = self._derived.search(query, fetched)
        found = scores.dense.keys() | scores.lexical.keys()
        current = self._catalog.passages(found)
        if insist and len(current) < len(found) and self._index.is_outdated:
            raise OvertakenError  # what is not current any more has kept its successor out
        stored = self._catalog.places.passages_inside(current, scope)
        scores = self._derived.completed(query, scores.best(stored.keys(), self._candidates(limit)))
        fused = fuse(scores.lexical, scores.dense, dense_weight=self.settings.dense_weight)
        return tuple(
            SearchHit(stored[key], fused[key], scores.lexical.get(key, 0.0), scores.dense.get(key, 0.0))
            for key in ranked(fused, limit)
        )

    @contextmanager
    def _writing(self) -> Iterator[Indexer]:
        chunker = Chunker(token_starts, self.settings.passage_tokens)
        with self._index.writing():
            yield Indexer(
                self.data_dir, self._catalog, self._derived, self._embedder, chunker, self.settings.batch_passages
            )


def fingerprint_of(embedder: BaseEmbedding, settings: StoreSettings) -> str:
    """What an index stores to recognise how it was built."""
    return f"{embedding_fingerprint(embedder)} {settings.recipe}"
