"""The source of the packages, parsed: what the tests of the house and of the wheel read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("index_store", "prompts", "qa", "ui")


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed source file."""

    path: PurePosixPath  # relative to the root
    lines: int
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.path.parts[0]

    def lies_in(self, *places: str) -> bool:
        """Whether it is one of the modules or packages named as `package/name`."""
        name = self.path.with_suffix("")
        return any(name.is_relative_to(place) for place in places)


def read_modules(root: Path) -> tuple[Module, ...]:
    paths = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return tuple(_read(path, root) for path in paths)


def _read(path: Path, root: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(PurePosixPath(path.relative_to(root).as_posix()), len(text.splitlines()), ast.parse(text, str(path)))


def imported_names(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of whatever is imported, wherever in the module and in whichever way."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = ".".join(_origin(module, node))
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted_name(node.func).split(".")[-1] in {"import_module", "__import__"}:
            texts = (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))
            yield from ((node.lineno, text) for text in texts if isinstance(text, str))


def _origin(module: Module, node: ast.ImportFrom) -> tuple[str, ...]:
    named = tuple(node.module.split(".")) if node.module else ()
    if not node.level:
        return named
    return (*module.path.parts[: len(module.path.parts) - node.level], *named)


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` of an expression that is written so; empty otherwise."""
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
