"""Plain YAML: text, lists, named fields, true, false and null, and nothing that a file can turn into more."""

import re
from collections import Counter
from typing import Any

import yaml

_TYPES = ("bool", "map", "null", "seq", "str")


class PlainLoader(yaml.SafeLoader):
    """Safe YAML whose scalars stay as written, apart from true, false and null.

    YAML 1.1 would read the answers `No`, `1998` and `12:30` as False, 1998 and 750. An alias is refused, because
    a few nested ones expand to gigabytes, and a tag (`!!set`, `!!timestamp`) that gives what JSON has not.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as its base has it
    yaml_constructors = {  # noqa: RUF012 - as its base has it
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag is None or tag.rpartition(":")[2] in _TYPES
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is an error."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.YAMLError(f"line {mark.line + 1}: aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The fields of a node, each named once and by a text."""
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        names = [name.value for name, _ in pairs if isinstance(name, yaml.ScalarNode)]
        twice = next((name for name, count in Counter(names).items() if count > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"key {twice!r} is there twice", node.start_mark)
        fields = super().construct_mapping(node, deep)
        if strange := [name for name in fields if not isinstance(name, str)]:
            raise yaml.constructor.ConstructorError(None, None, f"key {strange[0]!r} is no text", node.start_mark)
        return fields

    def construct_yaml_bool(self, node: yaml.ScalarNode) -> bool:
        """True or false."""
        try:
            return super().construct_yaml_bool(node)
        except KeyError as error:  # of `!!bool perhaps`
            problem = f"{error} is neither true nor false"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error

    def construct_undefined(self, node: yaml.Node) -> Any:
        """Nothing: a tag that is not known is an error."""
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        raise yaml.constructor.ConstructorError(None, None, f"the tag {tag!r} is not allowed", node.start_mark)


PlainLoader.add_constructor("tag:yaml.org,2002:bool", PlainLoader.construct_yaml_bool)
PlainLoader.add_constructor(None, PlainLoader.construct_undefined)
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def yaml_document(text: str) -> tuple[PlainLoader, yaml.Node | None]:
    """The one document of a file, not yet constructed, and the loader that constructs its nodes; None of an empty file.

    Raises:
        ValueError: it holds a character that no YAML has.
        yaml.YAMLError: it is no YAML, or has an alias.
    """
    try:
        loader = PlainLoader(text)
    except yaml.reader.ReaderError as error:  # which counts characters
        line = text.count("\n", 0, error.position) + 1
        raise ValueError(f"line {line}: character U+{error.character:04X} is not allowed") from error
    try:
        return loader, loader.get_single_node()
    except (ValueError, OverflowError) as error:  # an escape such as \UFFFFFFFF
        raise ValueError(f"line {loader.line + 1}: {error}") from error
