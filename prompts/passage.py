"""The passage as a model reads it: numbered, labelled and fenced off from the instructions."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

_CODE_LENGTH = 12  # hex digits: 48 bits, too many to guess and few enough to cost a handful of tokens


@dataclass(frozen=True, slots=True)
class PromptPassage:
    """A passage to answer from; its number is its place in the sequence it is rendered in, from 1."""

    text: str
    title: str = ""
    source: str = ""  # the outlet
    author: str = ""
    published: date | None = None


def format_passages(passages: Sequence[PromptPassage]) -> str:
    """The passages between tags whose name ends in a code that none of them contains.

    The text itself stays as it is, since it is quoted from: what keeps an article from closing its own tag is
    that the code is drawn from all passages together, so nobody who writes one of them can foresee it. The
    same passages get the same code.
    """
    bodies = [_body(passage) for passage in passages]
    code = _unused_code("\0".join(bodies))
    return "\n\n".join(
        f'<passage-{code} number="{number}">\n{body}\n</passage-{code}>' for number, body in enumerate(bodies, start=1)
    )


def _body(passage: PromptPassage) -> str:
    return "\n".join([*_header(passage), "", passage.text])


def _header(passage: PromptPassage) -> Iterator[str]:
    published = passage.published.isoformat() if passage.published else ""
    labels = {"Headline": passage.title, "Outlet": passage.source, "Author": passage.author, "Date": published}
    for label, value in labels.items():
        if folded := " ".join(value.split()):  # one line each: a headline cannot add a label of its own
            yield f"{label}: {folded}"


def _unused_code(content: str) -> str:
    return next(code for attempt in count() if (code := _code(attempt, content)) not in content)


def _code(attempt: int, content: str) -> str:
    salted = f"{attempt}\0{content}".encode("utf-8", "surrogatepass")  # a broken page may hold lone surrogates
    return hashlib.sha256(salted).hexdigest()[:_CODE_LENGTH]
