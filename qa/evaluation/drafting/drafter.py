"""The drafter: drafts spread over articles, outlets and kinds, each proven, and some made unanswerable."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice, zip_longest
from typing import Protocol

from index_store.article import Article
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from qa.errors import ModelError, ModelReplyError
from qa.evaluation.drafting.draft import Draft, unanswerable
from qa.evaluation.drafting.exchanging import Exchange, NamePool, untold
from qa.evaluation.drafting.named import Named
from qa.evaluation.drafting.proving import Prover
from qa.evaluation.questions import Question

_UNANSWERABLE = 5  # every so many-th question of a set
_TRIES = 4  # drafts of one article that are tried before the next article's turn
_PER_ARTICLE = 4  # questions about one article, so that a small index still gets a set
_SHARE = 4  # one kind has no more than one of so many questions while other kinds are still looked for …
_LOOKED_THROUGH = 6  # … in so many articles for each question that is wanted
_POOL = 60  # names that may be put in for another: each is looked for in every article
_EXCHANGES = 8  # tried for each unanswerable question that is wanted
_UNREADABLE = "the model's reply could not be read"


class Writer(Protocol):
    """Whatever drafts questions from an article."""

    def write(self, article: Article, /) -> tuple[Draft, ...]:
        """Return the drafts of the article."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted set, and what was left out of it."""

    questions: tuple[Question, ...]
    dropped: Mapping[str, int]  # how many drafts, by why
    fault: str = ""  # why it ended early; empty where it did not


@dataclass(slots=True)
class _Source:
    """An article that is being drafted from."""

    named: Named
    left: list[Draft]
    kept: int = 0


@dataclass
class Drafter:
    """Drafts a question set; the same index, writer and seed give the same set."""

    store: ArticleStore
    engine: ArticleQueryEngine
    writer: Writer
    seed: int = 0
    _kept: list[tuple[Draft, Named]] = field(default_factory=list, init=False)
    _dropped: Counter[str] = field(default_factory=Counter, init=False)
    _used: set[str] = field(default_factory=set, init=False)  # questions, and the sentences that answer them
    _read: list[Named] = field(default_factory=list, init=False)

    def draft(self, limit: int, *, step: Callable[[], None] = lambda: None) -> Drafted:
        """At most `limit` questions, a fifth of them unanswerable; `step` is called with each that is kept.

        Raises:
            ModelError: the model failed before anything was drafted.
        """
        wanted, fault = limit - limit // _UNANSWERABLE, ""
        try:
            for _ in islice(self._keep(wanted), wanted):
                step()
        except (ModelError, KeyboardInterrupt) as error:  # what a model wrote until then was paid for
            if not self._kept:
                raise
            fault = str(error) or "interrupted"
        prover = Prover(self.store, self.engine)
        questions = [draft.to_question(n, prover.gold(draft)) for n, (draft, _) in enumerate(self._kept, start=1)]
        for exchange in self._exchanged(len(questions) // (_UNANSWERABLE - 1)):
            questions.append(unanswerable(exchange.draft, exchange.question, len(questions) + 1))
            step()
        return Drafted(tuple(questions), dict(self._dropped), fault)

    def _keep(self, wanted: int) -> Iterator[Draft]:
        """Drafts that are kept, one an article and turn, until no article has any left."""
        sources: list[_Source] = []
        for number, article_id in enumerate(self._spread()):
            source = self._open(article_id)
            sources.append(source)
            yield from self._next(source, at_most=1 + wanted // _SHARE if number < wanted * _LOOKED_THROUGH else wanted)
        while sources := [source for source in sources if source.left and source.kept < _PER_ARTICLE]:
            for source in sources:
                yield from self._next(source, at_most=wanted)

    def _spread(self) -> Iterable[str]:
        """Ids of all articles, an outlet after the other, both in an order that only the seed decides."""
        outlets: dict[str, list[str]] = {}
        for header in self.store.headers():
            outlets.setdefault(header.source, []).append(header.id)
        ordered = [sorted(outlets[outlet], key=self._lot) for outlet in sorted(outlets, key=self._lot)]
        return [each for turn in zip_longest(*ordered) for each in turn if each is not None]

    def _lot(self, name: str) -> str:
        return sha256(f"{self.seed} {name}".encode()).hexdigest()

    def _open(self, article_id: str) -> _Source:
        article = self.store.article(article_id)
        quotations = self.store.quotations_in((article_id,))
        named = Named(article, tuple(dict.fromkeys(stored.quotation.speaker for stored in quotations)))
        self._read.append(named)
        try:
            return _Source(named, list(self.writer.write(article)))
        except ModelReplyError:
            self._dropped[_UNREADABLE] += 1
            return _Source(named, [])

    def _next(self, source: _Source, *, at_most: int) -> Iterator[Draft]:
        """The next draft of an article that can be kept, of the rarest kind until now; none after some tries."""
        for _ in range(_TRIES):
            kinds = Counter(draft.kind for draft, _ in self._kept)
            open_kinds = [draft for draft in source.left if kinds[draft.kind] < at_most]
            if not open_kinds:
                return
            draft = min(open_kinds, key=lambda each: (kinds[each.kind], self._lot(each.question)))
            source.left.remove(draft)
            if self._is_kept(draft, source.named):
                source.kept += 1
                yield draft
                return

    def _is_kept(self, draft: Draft, named: Named) -> bool:
        sentence = named.article.text[draft.passage.start : draft.passage.end]
        if {draft.question, sentence} & self._used:
            return False
        if why := Prover(self.store, self.engine).fault(draft, named):
            self._dropped[why.value] += 1
            return False
        self._used |= {draft.question, sentence}
        self._kept.append((draft, named))
        return True

    def _exchanged(self, wanted: int) -> Sequence[Exchange]:
        """Unanswerable questions, of each draft one at most; a pass over all articles tells that none answers them."""
        speakers = self._pool(named.persons & named.quoted for named in self._read)
        things = self._pool(
            (named.with_article(name) for name in named.things if named.is_topic(name) and named.counts[name] > 1)
            for named in self._read
        )
        pool = NamePool(speakers, things)
        by_draft = [
            sorted(
                pool.exchanges(draft, named.persons | named.quoted, named.things), key=lambda e: self._lot(e.question)
            )
            for draft, named in sorted(self._kept, key=lambda pair: self._lot(pair[0].question))
        ]
        tried = {each.question: each for each in chain.from_iterable(zip_longest(*by_draft)) if each}
        exchanges = list(islice(tried.values(), wanted * _EXCHANGES))
        found = {exchange.draft.question: exchange for exchange in reversed(untold(exchanges, self.store.articles()))}
        return [found[draft.question] for draft, _ in self._kept if draft.question in found][:wanted]

    def _pool(self, names: Iterable[Iterable[str]]) -> tuple[str, ...]:
        full = {name for each in names for name in each if " " in name}
        return tuple(sorted(full, key=self._lot)[:_POOL])
