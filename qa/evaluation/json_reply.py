"""The JSON reply: what a model was asked to write as one object, and nothing else."""

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel

Expected = TypeVar("Expected", bound=BaseModel)

_FENCED = re.compile(r"```json\n(?P<object>.*)\n```", re.DOTALL)


def read_reply(text: str, expected: type[Expected]) -> Expected:
    """The object of a reply that is that object alone; a Markdown fence that says `json` may stand around it.

    The keys must come in the order of the fields, each once: a reason that follows its verdict was made up for it.

    Raises:
        ValueError: it is no such object; pydantic's `ValidationError` is one.
    """
    bare = text.strip()
    fenced = _FENCED.fullmatch(bare)
    try:
        written = json.loads(fenced["object"] if fenced else bare, object_pairs_hook=_unique)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    read = expected.model_validate(written)
    if list(written) != [name for name in expected.model_fields if name in written]:
        raise ValueError("its keys are not in the order that was asked for")
    return read


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError("a key is there twice")
    return dict(pairs)
