"""The prompt: a Markdown file with a system and a user part, filled with values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from string import Template

from prompts.fence import fenced
from prompts.passage import PromptPassage, format_passages

ANSWER_GAP = "The articles do not say"  # how a sentence begins that tells which part the passages do not answer
ANSWER_REFUSAL = "NOT ANSWERED:"  # how a reply to the prompt `answer` begins when the passages hold no answer

_PARTS = re.compile(r"# System\n(?P<system>.+?)\n# User\n(?P<user>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PromptPart:
    """A text of others that is no passage: an earlier question, an answer to be judged."""

    name: str  # a tag: letters and hyphens
    text: str


class PromptError(ValueError):
    """A prompt that is not there, is not well formed, or was given other values than it names."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to a model: instructions of ours alone, then the message that carries what others wrote."""

    system: str
    user: str


def prompt_names() -> tuple[str, ...]:
    """The names `render_prompt` takes, in alphabetical order."""
    files = (entry.name for entry in resources.files("prompts").iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in files if name.endswith(".md")))


def render_prompt(name: str, /, **values: object) -> Prompt:
    """The prompt `prompts/<name>.md` with each `$value` put in as it is, in the user message only.

    A value is a string, a whole number, a date, or a sequence of `PromptPassage` or of `PromptPart`.

    Raises:
        PromptError: The prompt is unknown, a value is missing, unknown or of another type.
    """
    system, user = _load(name)
    expected = _placeholders(user)
    if missing := expected - values.keys():
        raise PromptError(f"prompt {name!r} lacks {_listed(missing)}")
    if unknown := values.keys() - expected:
        raise PromptError(f"prompt {name!r} does not know {_listed(unknown)}; it takes {_listed(expected)}")
    texts = {key: _text(key, value) for key, value in values.items()}
    return Prompt(system, Template(user).substitute(texts))  # one pass: a `$` inside a value is never looked at


@cache
def _load(name: str) -> tuple[str, str]:
    if name not in prompt_names():
        raise PromptError(f"no prompt {name!r}; there are {_listed(prompt_names())}")
    content = resources.files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    return parse_prompt(name, content)


def parse_prompt(name: str, content: str) -> tuple[str, str]:
    """The system and the user part of a prompt file, `name` being for messages.

    Raises:
        PromptError: A part is missing, a `$` names nothing, or the system part has a placeholder: what others
            wrote belongs into the user message.
    """
    parts = _PARTS.fullmatch(content)
    if not parts:
        raise PromptError(f"prompt {name!r} must consist of a part '# System' and a part '# User'")
    system, user = parts["system"].strip(), parts["user"].strip()
    if "$" in system:
        raise PromptError(f"prompt {name!r} has a '$' in its system part, which takes no values")
    if any(match["invalid"] is not None for match in Template.pattern.finditer(user)):
        raise PromptError(f"prompt {name!r} has a '$' without a name; write '$$' for the character")
    return system, user


def _placeholders(user: str) -> set[str]:
    names = (match["named"] or match["braced"] for match in Template.pattern.finditer(user))
    return {name for name in names if name}


def _text(key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Sequence) and all(isinstance(item, PromptPassage) for item in value):
        return format_passages(value)
    if isinstance(value, Sequence) and all(isinstance(item, PromptPart) for item in value):
        return fenced([(part.name, part.text) for part in value])
    raise PromptError(f"value {key!r} is {type(value).__name__}; give a text, a number, a date, passages or parts")


def _listed(names: "set[str] | tuple[str, ...]") -> str:
    return ", ".join(map(repr, sorted(names))) or "no values"
