"""The material: the numbered passages that a model is given, as many as its context takes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from index_store.article import Article
from index_store.quotations import Quotation
from index_store.store import ArticleStore
from prompts import Prompt, PromptPassage, render_prompt
from qa.citation import Citation
from qa.errors import ModelSettingsError
from qa.llm import ChatModel
from qa.request import Request
from qa.retriever import Found
from qa.verification import CitedPassage

_BYTES_PER_TOKEN = 3  # English has more than 4, so that a model's own count stays below ours in any language


@dataclass(frozen=True, slots=True)
class Material:
    """A prompt, and what its passage numbers stand for."""

    prompt: Prompt
    passages: Mapping[int, CitedPassage]


@dataclass(frozen=True, slots=True)
class _Place:
    article: Article
    start: int
    end: int

    def overlaps(self, citation: Citation) -> bool:
        same = self.article == citation.article
        return same and self.start < citation.end and citation.start < self.end


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Puts together what a model is given for a question."""

    store: ArticleStore
    model: ChatModel
    limit: int  # passages at most

    def gather(self, request: Request, found: Found, cited: Sequence[Citation]) -> Material:
        """Passages, best first: those that prove the extractive answer, then those found.

        What does not fit into the model's context beside its reply is left out, the last first.

        Raises:
            ModelSettingsError: not even one passage fits.
        """
        places = list(dict.fromkeys(_best_first(found, cited, self.store)))[: self.limit]
        while not self._fits(prompt := _render(request, places)):
            if len(places) <= 1:
                raise ModelSettingsError(
                    f"a context of {self.model.context_tokens} tokens, {self.model.max_output_tokens} of them for the"
                    " reply, holds not one passage; raise ARTICLE_QA_CONTEXT_TOKENS or lower"
                    " ARTICLE_QA_MAX_OUTPUT_TOKENS"
                )
            places.pop()
        return Material(prompt, {passage.number: passage for passage in _with_quotations(places, self.store)})

    def _fits(self, prompt: Prompt) -> bool:
        return token_bound(prompt.system + prompt.user) + self.model.max_output_tokens <= self.model.context_tokens


def token_bound(text: str) -> int:
    """More tokens than any usual tokenizer makes of `text`: which one a server uses is not known."""
    return ceil(len(text.encode("utf-8", "surrogatepass")) / _BYTES_PER_TOKEN)


def _best_first(found: Found, cited: Sequence[Citation], store: ArticleStore) -> Iterator[_Place]:
    near = [_Place(found.article(hit), hit.stored.passage.start, hit.stored.passage.end) for hit in found.hits]
    for citation in cited:
        yield from [place for place in near if place.overlaps(citation)] or _stored(citation, store)
    yield from near


def _stored(citation: Citation, store: ArticleStore) -> list[_Place]:
    """The passages that hold a citation which the search did not find: quotations are looked up by their speaker."""
    article = citation.article
    passages = [p for p in store.passages(article.id) if p.text == article.text[p.start : p.end]]
    places = [_Place(article, passage.start, passage.end) for passage in passages]
    return [place for place in places if place.overlaps(citation)]


def _render(request: Request, places: Sequence[_Place]) -> Prompt:
    passages = [
        PromptPassage(a.text[place.start : place.end], a.title, a.source, a.author, a.published)
        for place in places
        for a in (place.article,)
    ]
    return render_prompt("answer", passages=passages, asked_on=request.asked_on, question=request.question)


def _with_quotations(places: Sequence[_Place], store: ArticleStore) -> Iterator[CitedPassage]:
    spoken: dict[str, list[Quotation]] = defaultdict(list)
    for stored in store.quotations_in({place.article.id for place in places}):
        spoken[stored.article_id].append(stored.quotation)
    for number, place in enumerate(places, 1):
        quotations = tuple(spoken[place.article.id])
        yield CitedPassage(number, place.article, place.start, place.end, quotations)
