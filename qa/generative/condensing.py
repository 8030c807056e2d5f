"""Condensing: a follow-up put by a model so that it can be understood alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from prompts import Prompt, PromptPart, render_prompt
from qa.errors import ModelError
from qa.generative.pieces import ask
from qa.lexicon import words
from qa.llm import ChatModel, Usage
from qa.question import content_words
from qa.request import Request
from qa.stream import Stopper

_LONGEST = 400  # characters; what is longer is no question
_TURNS = 6  # of the conversation, the last ones
_ANSWER = 600  # characters of each answer
_STEM = 5  # letters by which "closing" is "closed"


@dataclass(frozen=True, slots=True)
class Condensed:
    """A request that stands alone, and what it cost to put it so."""

    request: Request
    usage: Usage


def condense(request: Request, model: ChatModel, stopper: Stopper, *, streamed: bool) -> Condensed:
    """The request with its question put by the model.

    Our own rules put it where the model fails, is stopped, or says what nobody has said before.
    """
    if not request.history:
        return Condensed(request, Usage())
    reply = ask(model, _prompt(request), streamed=streamed)
    stopper.watch(reply.close)
    try:
        put = "".join(reply).strip().strip('"“”')
    except ModelError:
        put = ""
    sound = 0 < len(put) <= _LONGEST and "\n" not in put and _adds_nothing(put, _heard(request))
    return Condensed(request.reworded(put) if sound else request.understood(), reply.usage)


def _prompt(request: Request) -> Prompt:
    conversation = []
    for turn in request.history[-_TURNS:]:
        conversation += [PromptPart("question", turn.question), PromptPart("answer", turn.answer[:_ANSWER])]
    return render_prompt("condense", conversation=conversation, question=request.question)


def _heard(request: Request) -> str:
    turns = request.history[-_TURNS:]
    return " ".join([request.question, *(f"{turn.question} {turn.answer[:_ANSWER]}" for turn in turns)])


def _adds_nothing(put: str, heard: str) -> bool:
    """Whether every name, number and matter of the question was heard before; other forms of a word are the same."""
    known = _folded(re.findall(r"\w+", heard))
    stems = {word[:_STEM] for word in known}
    asked = _folded(part for word in content_words(put) for part in re.findall(r"\w+", word))
    common = words("light_verbs") | words("function_words") | {"s"}
    return all(word in known or (len(word) > _STEM and word[:_STEM] in stems) or word in common for word in asked)


def _folded(found: Iterable[str]) -> set[str]:
    return {word.casefold() for word in found}
