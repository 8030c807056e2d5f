"""The fence between instructions and what others wrote: tags that no text inside them can close."""

import hashlib
from collections.abc import Sequence
from itertools import count

_CODE_LENGTH = 12  # hex digits: 48 bits, too many to guess and few enough to cost a handful of tokens


def fenced(parts: Sequence[tuple[str, str]]) -> str:
    """Each part, a tag of ours and a text, between tags whose name ends in a code that none of the texts contains.

    The text itself stays as it is, since it is quoted from: what keeps it from closing its own tag is that the code
    is drawn from all texts together, so nobody who writes one of them can foresee it. The same texts get the same code.
    """
    code = _unused_code("\0".join(text for _, text in parts))
    return "\n\n".join(_between(tag, text, code) for tag, text in parts)


def _between(tag: str, text: str, code: str) -> str:
    name, _, attributes = tag.partition(" ")
    opening = f"{name}-{code} {attributes}".rstrip()
    return f"<{opening}>\n{text}\n</{name}-{code}>"


def _unused_code(content: str) -> str:
    return next(code for attempt in count() if (code := _code(attempt, content)) not in content)


def _code(attempt: int, content: str) -> str:
    salted = f"{attempt}\0{content}".encode("utf-8", "surrogatepass")  # a broken page may hold lone surrogates
    return hashlib.sha256(salted).hexdigest()[:_CODE_LENGTH]
