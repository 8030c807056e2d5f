"""The model writer: a model drafts questions from an article's passages."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index_store.article import Article
from index_store.passage import Passage
from index_store.sentences import sentence_spans
from prompts import PromptPassage, render_prompt
from qa.errors import ModelReplyError
from qa.evaluation.drafting.draft import Draft
from qa.evaluation.groups import question_kind
from qa.evaluation.json_reply import read_reply
from qa.evaluation.spans import Span
from qa.generative.planted import without_instructions
from qa.llm import ChatModel, Usage

_MOST_PASSAGES = 6  # of an article: news tells its matter first, and a small model reads no more
_MOST_QUESTIONS = 3  # of an article in one reply
_MOST_ANSWER_WORDS = 14  # the prompt says twelve; a model does not count well

_Filled = Annotated[str, Field(min_length=1, max_length=600)]


class PassageStore(Protocol):
    """Whatever knows an article's passages; the index does."""

    def passages(self, article_id: str, /) -> tuple[Passage, ...]:
        """Return the passages of the article, in order."""


class _Drafted(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    question: _Filled
    answer: _Filled
    passage: int


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    questions: list[_Drafted]


class ModelWriter:
    """Asks a model for questions; `usage` is what that has cost until now."""

    def __init__(self, store: PassageStore, model: ChatModel) -> None:
        self._store, self._model = store, model
        self.usage = Usage()

    def write(self, article: Article) -> tuple[Draft, ...]:
        """The drafts of an article whose answers stand literally in the passage they name.

        Raises:
            ModelError: one of its kinds in qa/errors.py; `ModelReplyError` where the reply is not what was asked for.
        """
        passages = self._store.passages(article.id)[:_MOST_PASSAGES]
        clean = without_instructions(article)
        prompt = render_prompt("draft", passages=[_shown(clean, each) for each in passages], most=_MOST_QUESTIONS)
        reply = self._model.complete(prompt)
        self.usage += reply.usage
        try:
            drafted = read_reply(reply.text, _Reply).questions
        except (ValidationError, ValueError) as error:
            raise ModelReplyError(f"model {self._model.name!r} wrote no questions that can be read") from error
        return tuple(_drafts(article, passages, drafted))


def _shown(article: Article, passage: Passage) -> PromptPassage:
    text = article.text[passage.start : passage.end]
    return PromptPassage(text, article.title, article.source, article.author, article.published)


def _drafts(article: Article, passages: Sequence[Passage], drafted: Sequence[_Drafted]) -> Iterator[Draft]:
    for each in drafted:
        if not 1 <= each.passage <= len(passages) or len(each.answer.split()) > _MOST_ANSWER_WORDS:
            continue
        passage = passages[each.passage - 1]
        found = re.search(rf"(?<!\w){re.escape(each.answer.strip())}(?!\w)", passage.text)
        question = " ".join(each.question.split())
        if found and each.answer.strip():
            span = _sentence(passage, found)
            yield Draft(question_kind(question), question, (found[0],), span, "", article.published)


def _sentence(passage: Passage, found: re.Match[str]) -> Span:
    """The sentence that the answer stands in; the answer alone where it runs over two."""
    spans = sentence_spans(passage.text)
    start, end = next(((s, e) for s, e in spans if s <= found.start() and found.end() <= e), found.span())
    return Span(passage.article_id, passage.start + start, passage.start + end)
