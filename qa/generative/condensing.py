"""Condensing: a follow-up put by a model so that it can be understood alone."""

import re
from dataclasses import dataclass

from prompts import PromptPart, render_prompt
from qa.errors import ModelError
from qa.llm import ChatModel, Usage
from qa.question import read_question
from qa.request import Request

_LONGEST = 400  # characters; what is longer is no question
_TURNS = 6  # of the conversation, the last ones
_ANSWER = 600  # characters of each answer


@dataclass(frozen=True, slots=True)
class Condensed:
    """A request that stands alone, and what it cost to put it so."""

    request: Request
    usage: Usage


def condense(request: Request, model: ChatModel) -> Condensed:
    """The request with its question put by the model; by our own rules where the model fails or adds a name."""
    if not request.history:
        return Condensed(request, Usage())
    conversation = []
    for turn in request.history[-_TURNS:]:
        conversation += [PromptPart("question", turn.question), PromptPart("answer", turn.answer[:_ANSWER])]
    try:
        reply = model.complete(render_prompt("condense", conversation=conversation, question=request.question))
    except ModelError:
        return Condensed(request.understood(), Usage(requests=1, known=False))
    put = reply.text.strip().strip('"“”')
    heard = " ".join(part.text for part in conversation) + request.question
    sound = 0 < len(put) <= _LONGEST and "\n" not in put and _adds_nothing(put, heard)
    return Condensed(request.reworded(put) if sound else request.understood(), reply.usage)


def _adds_nothing(put: str, heard: str) -> bool:
    """Whether every name and number of the question was heard before; the first word has its capital by its place."""
    known = heard.casefold()
    names = (*read_question(put.partition(" ")[2]).names, *re.findall(r"\d+", put))
    return all(name.casefold() in known for name in names)
