"""The rules of the house, read from the source; each is shown to fail on a small tree that breaks it."""

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.modules import PACKAGES, Module, dotted_name, imported_names, read_modules

MAY_IMPORT = {  # beside itself
    "index_store": frozenset[str](),
    "prompts": frozenset[str](),
    "qa": frozenset({"index_store", "prompts"}),
    "ui": frozenset({"qa", "index_store"}),
}
OURS = {*MAY_IMPORT, "tests"}
DOORS = {  # vendor: the modules or packages that may import it
    "chromadb": ("index_store/vectors",),
    "tantivy": ("index_store/lexical",),
    "sqlite3": ("index_store/catalog",),
    "onnxruntime": ("index_store/embedding", "index_store/minilm", "qa/reader"),
    "openai": ("index_store/embedding", "index_store/endpoint", "qa/llm"),
    "streamlit": ("ui",),
    "brotli": ("index_store/fetching/decoder",),
    "feedparser": ("index_store/fetching/feed",),
    "httpx": ("index_store/vectors",),
    "protego": ("index_store/fetching/robots",),
    "pypdf": ("index_store/loading/pdf",),
}
GLOBAL_SETTINGS = ("llama_index.core.Settings", "llama_index.core.settings")
MODULE_LINES = 250
NAMELESS = {"base", "common", "helpers", "misc", "utils"}
MAY_PRINT = ("qa/cli",)


def imports_against_the_order(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}:{line}: {module.package} must not import {name}"
        for module in modules
        for line, name in imported_names(module)
        if name.split(".")[0] in OURS - {module.package} - MAY_IMPORT[module.package]
    ]


def imports_past_a_door(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}:{line}: {name} is imported in {' and '.join(DOORS[name.split('.')[0]])} only"
        for module in modules
        for line, name in imported_names(module)
        if name.split(".")[0] in DOORS and not module.lies_in(*DOORS[name.split(".")[0]])
    ]


def uses_of_global_settings(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}:{line}: collaborators are passed in, not taken from {name}"
        for module in modules
        for line, name in (*imported_names(module), *_attributes(module))
        if name.startswith(GLOBAL_SETTINGS)
    ]


def _attributes(module: Module) -> Iterator[tuple[int, str]]:
    aliases = _aliases(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = dotted_name(node).partition(".")
            yield node.lineno, f"{aliases.get(first, first)}.{rest}"


def _aliases(module: Module) -> dict[str, str]:
    """The local names of LlamaIndex's modules."""
    imports = [node for node in ast.walk(module.tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
        for node in imports
        for alias in node.names
        if isinstance(node, ast.ImportFrom) or alias.asname
    }


def long_modules(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}: {module.lines} lines, more than {MODULE_LINES}"
        for module in modules
        if module.lines > MODULE_LINES
    ]


def modules_without_a_noun(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}: {part!r} says nothing about what is inside"
        for module in modules
        for part in module.path.with_suffix("").parts
        if part in NAMELESS
    ]


def prints_outside_the_command_line(modules: Sequence[Module]) -> list[str]:
    return [
        f"{module.path}:{node.lineno}: log or return it; only the command line prints"
        for module in modules
        if not module.lies_in(*MAY_PRINT)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and dotted_name(node.func) in {"print", "builtins.print"}
    ]


Rule = Callable[[Sequence[Module]], list[str]]
RULES: tuple[Rule, ...] = (
    imports_against_the_order,
    imports_past_a_door,
    uses_of_global_settings,
    long_modules,
    modules_without_a_noun,
    prints_outside_the_command_line,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_there_are_no(rule: Rule, modules: tuple[Module, ...]) -> None:
    assert {module.package for module in modules} == set(PACKAGES), "the tree was not read whole"
    assert rule(modules) == []


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        pytest.param(imports_against_the_order, "index_store/store.py", "import qa", id="store imports qa"),
        pytest.param(imports_against_the_order, "prompts/a.py", "from index_store.article import A", id="prompts"),
        pytest.param(
            imports_against_the_order, "qa/a.py", "def f():\n    from ui import state", id="inside a function"
        ),
        pytest.param(imports_against_the_order, "qa/cli/a.py", "from ...ui import state", id="relative"),
        pytest.param(imports_against_the_order, "ui/app.py", "import prompts.rendering", id="ui words a prompt"),
        pytest.param(imports_against_the_order, "qa/a.py", "from tests.fakes import F", id="code needs its tests"),
        pytest.param(imports_past_a_door, "index_store/store.py", "import chromadb.config", id="chromadb"),
        pytest.param(imports_past_a_door, "index_store/catalogue.py", "import sqlite3", id="sqlite3 next door"),
        pytest.param(imports_past_a_door, "qa/cli/chat.py", "from streamlit.web import cli", id="streamlit"),
        pytest.param(imports_past_a_door, "qa/a.py", "importlib.import_module('openai')", id="openai, by its name"),
        pytest.param(uses_of_global_settings, "qa/a.py", "from llama_index.core import Settings", id="by name"),
        pytest.param(uses_of_global_settings, "qa/a.py", "import llama_index.core.settings", id="its module"),
        pytest.param(
            uses_of_global_settings, "qa/a.py", "import llama_index.core as li\nli.Settings.llm = None", id="alias"
        ),
        pytest.param(
            uses_of_global_settings, "qa/a.py", "import llama_index.core\nllama_index.core.Settings", id="in full"
        ),
        pytest.param(long_modules, "qa/a.py", "\n" * (MODULE_LINES + 1), id="a line too many"),
        pytest.param(modules_without_a_noun, "qa/utils.py", "", id="utils.py"),
        pytest.param(modules_without_a_noun, "ui/common/state.py", "", id="a folder"),
        pytest.param(prints_outside_the_command_line, "qa/engine.py", "print('found')", id="print"),
    ],
)
def test_a_broken_rule_is_found_where_it_is_broken(rule: Rule, path: str, source: str, tmp_path: Path) -> None:
    assert {found.split(":")[0] for found in rule(tree_with(path, source, tmp_path))} == {path}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param(
            "index_store/vectors.py", "from chromadb.config import Settings", id="a door and its own settings"
        ),
        pytest.param("qa/reader/session.py", "import onnxruntime", id="a package as a door"),
        pytest.param("ui/app.py", "import streamlit\nfrom qa import open_engine", id="down the order"),
        pytest.param("qa/cli/ask.py", "print('found')\nfrom ..answer import Answer", id="the command line"),
        pytest.param("qa/engine.py", "from llama_index.core.schema import Document", id="LlamaIndex's interfaces"),
        pytest.param("qa/a.py", "\n" * MODULE_LINES, id="as long as it may be"),
        pytest.param("qa/database.py", "settings.Settings\nimport quanda", id="names that only look alike"),
    ],
)
def test_what_is_allowed_is_left_alone(path: str, source: str, tmp_path: Path) -> None:
    modules = tree_with(path, source, tmp_path)

    assert [found for rule in RULES for found in rule(modules)] == []


def tree_with(path: str, source: str, root: Path) -> tuple[Module, ...]:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(source, encoding="utf-8")
    return read_modules(root)
