"""Plain YAML: text, lists, named fields, true, false and null, and nothing that a file can turn into more.

Scalars stay as written, apart from true, false and null: YAML 1.1 would read the answers `No`, `1998` and `12:30` as
False, 1998 and 750. An alias is refused, because a few nested ones expand to gigabytes, and so is a tag (`!!set`,
`!!timestamp`) that gives what JSON has not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

# libyaml, ten times as fast, where PyYAML was built with it; both give the same events
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 100  # lists and fields inside one another; a question set has four
_STANDARD = "tag:yaml.org,2002:"
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is no plain YAML in an item, and where."""

    line: int
    field: str  # of the item; empty where it is the item itself
    message: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the list in a file."""

    line: int  # that it begins on
    value: Any
    faults: tuple[Fault, ...]  # `value` is not to be used where there are some


def yaml_items(text: str, key: str) -> Iterator[Item]:
    """The items of the one list in a file, which may stand under `key`; none of an empty file.

    The events of the file are read one after the other, so nothing is kept of it but what is being built.

    Raises:
        ValueError: it is no such list, or holds a character that no YAML has.
        yaml.YAMLError: it is no YAML, has an alias, or is nested too deeply.
    """
    events = _events(text)
    next(events)  # the stream begins
    if isinstance(next(events), yaml.StreamEndEvent):
        return
    is_under_key = _enter_list(events, key)
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        builder = _Builder(events)
        yield Item(_line(event), builder.value(event), tuple(builder.faults))
    if is_under_key and not isinstance(next(events), yaml.MappingEndEvent):
        raise ValueError(_expected(key))
    next(events)  # the document ends
    if not isinstance(after := next(events), yaml.StreamEndEvent):
        raise ValueError(f"line {_line(after)}: expected a single document, but found another")


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=PARSER)
    except yaml.reader.ReaderError as error:  # which counts bytes or characters, as its parser does
        line = text.count("\n", 0, text.index(chr(error.character))) + 1
        raise ValueError(f"line {line}: character U+{error.character:04X} is not allowed") from error
    except OverflowError as error:  # an escape such as \UFFFFFFFF, where there is no libyaml
        raise ValueError(str(error)) from error


def _enter_list(events: Iterator[yaml.Event], key: str) -> bool:
    """Goes into the list, and tells whether it stands under `key`."""
    root: yaml.Event | None = next(events)
    is_under_key = isinstance(root, yaml.MappingStartEvent)
    if is_under_key:
        name, root = next(events), next(events)
        is_named = isinstance(name, yaml.ScalarEvent) and name.value == key
        root = root if is_named else None
    if not isinstance(root, yaml.SequenceStartEvent):
        raise ValueError(_expected(key))
    return is_under_key


def _expected(key: str) -> str:
    return f"expected a list of {key}, alone or under the key {key!r}"


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Builder:
    """Builds one item from its events, and collects what is wrong with it."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._depth = 0
        self._field = ""
        self.faults: list[Fault] = []

    def value(self, event: yaml.Event) -> Any:
        """The value that begins with `event`."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError(f"line {_line(event)}: aliases are not allowed")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise yaml.YAMLError(f"line {_line(event)}: nested too deeply")
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self._check_tag(event, ("seq" if is_list else "map",))
        found = self._list() if is_list else self._fields(event)
        self._depth -= 1
        return found

    def _list(self) -> list[Any]:
        return [self.value(event) for event in self._until(yaml.SequenceEndEvent)]

    def _fields(self, begin: yaml.Event) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for event in self._until(yaml.MappingEndEvent):
            name = self.value(event)
            if not isinstance(name, str):
                self._fault(event, f"key {_written(event)} is no text")
            elif name in fields:
                self._fault(begin, f"key {name!r} is there twice")
            if self._depth == 1:
                self._field = str(name)
            fields[str(name)] = self.value(next(self._events))
            if self._depth == 1:
                self._field = ""
        return fields

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _scalar(self, event: yaml.ScalarEvent) -> str | bool | None:
        self._check_tag(event, ("str", "bool", "null"))
        written: str = event.value
        kind = (event.tag or "").removeprefix(_STANDARD)
        if kind == "bool" and written not in _TRUTHS:
            self._fault(event, f"{written!r} is neither true nor false")
        is_plain = not event.tag and event.implicit[0]
        if kind == "bool" or (is_plain and written in _TRUTHS):
            return _TRUTHS.get(written)
        return None if kind == "null" or (is_plain and written in _NOTHING) else written

    def _check_tag(self, event: Any, allowed: tuple[str, ...]) -> None:
        tag = event.tag or "!"
        if tag != "!" and tag not in (f"{_STANDARD}{each}" for each in allowed):
            self._fault(event, f"the tag {tag.replace(_STANDARD, '!!')!r} is not allowed here")

    def _fault(self, event: yaml.Event, message: str) -> None:
        self.faults.append(Fault(_line(event), self._field, message))


def _written(event: yaml.Event) -> str:
    return repr(event.value) if isinstance(event, yaml.ScalarEvent) else "of several values"
