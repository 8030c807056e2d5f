"""The passage as a model reads it: numbered, labelled and fenced off from the instructions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prompts.fence import fenced


@dataclass(frozen=True, slots=True)
class PromptPassage:
    """A passage to answer from; its number is its place in the sequence it is rendered in, from 1."""

    text: str
    title: str = ""
    source: str = ""  # the outlet
    author: str = ""
    published: date | None = None


def format_passages(passages: Sequence[PromptPassage]) -> str:
    """The passages, numbered from 1, each between tags that it cannot close."""
    return fenced([(f'passage number="{number}"', _body(passage)) for number, passage in enumerate(passages, start=1)])


def _body(passage: PromptPassage) -> str:
    return "\n".join([*_header(passage), "", passage.text])


def _header(passage: PromptPassage) -> Iterator[str]:
    published = passage.published.isoformat() if passage.published else ""
    labels = {"Headline": passage.title, "Outlet": passage.source, "Author": passage.author, "Date": published}
    for label, value in labels.items():
        if folded := " ".join(value.split()):  # one line each: a headline cannot add a label of its own
            yield f"{label}: {folded}"
