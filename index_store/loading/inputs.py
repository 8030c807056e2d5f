"""The inputs: which files and addresses the named paths, folders, globs and URLs stand for."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from index_store.errors import InputNotFoundError
from index_store.fetching.url import is_url
from index_store.layout import CATALOG_FILE
from index_store.loading.skipped import SkippedInput, name_of, reason_of


def find_files(inputs: Sequence[str | Path]) -> Iterator[Path | str | SkippedInput]:
    """The files to read, in the order of `inputs` and by name within a folder, each once; a URL stays the string it is.

    Folders are searched recursively; hidden files and folders and an index inside them are left out, and so is a
    file that was reached before under another name. Links are followed.

    Raises:
        InputNotFoundError: A named path is not there, or a glob matches nothing. Raised by the call itself.
    """
    roots = tuple(root for given in inputs for root in _expand(str(given)))
    return _walk_all(roots)


def _walk_all(roots: tuple[Path | str, ...]) -> Iterator[Path | str | SkippedInput]:
    seen: set[str] = set()
    for root in roots:
        yield from (root,) if isinstance(root, str) else _walk(root, seen)


def _walk(root: Path, seen: set[str]) -> Iterator[Path | SkippedInput]:
    waiting = [(root, _real(root))]  # no recursion: folders may lie deeper than Python calls
    while waiting:
        path, real = waiting.pop()
        if real in seen:  # also what ends a loop of links
            continue
        seen.add(real)
        try:
            if stat.S_ISDIR(path.stat().st_mode):
                waiting += reversed(_children(path, real))
            else:
                yield path
        except OSError as error:
            yield SkippedInput(name_of(path), reason_of(error))


def _children(folder: Path, real: str) -> list[tuple[Path, str]]:
    """What lies in a folder, whose real path is known, and is to be read, by name; each with its own real path."""
    if (folder / CATALOG_FILE).exists():  # an index kept beside the articles is not an article
        return []
    with os.scandir(folder) as entries:
        links = {entry.name: entry.is_symlink() for entry in entries if not entry.name.startswith(".")}
    # only a link is followed: asking for a real path looks at every folder above it
    return [
        (folder / name, _real(folder / name) if is_link else str(Path(real, name)))
        for name, is_link in sorted(links.items())
    ]


def _real(path: Path) -> str:
    return os.path.realpath(path)  # never raises; Path.resolve does on a loop of links before Python 3.13


def _expand(given: str) -> tuple[Path | str, ...]:
    if is_url(given):
        return (given,)
    if _exists(given):  # first: a name may hold brackets and still be a name
        return (Path(given),)
    if not glob.has_magic(given):
        raise InputNotFoundError(f"no file or folder at {given!r}; check the path")
    matches = _match_tree(given) if "**" in given else _match_level(given)
    if not matches:
        raise InputNotFoundError(f"no file or folder matches {given!r}; check the pattern")
    return matches


def _exists(given: str) -> bool:
    try:
        Path(given).stat()
    except PermissionError:
        return True  # it may well be there; the walk says why it cannot be read
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        return False
    return given != ""  # which pathlib would take for the current folder


def _match_level(pattern: str) -> tuple[Path, ...]:
    # pathlib's own glob takes no absolute patterns and matches hidden files
    return tuple(map(Path, sorted(glob.glob(pattern))))  # noqa: PTH207


def _match_tree(pattern: str) -> tuple[Path, ...]:
    """Files under a pattern with `**`, which glob would follow around loops of links."""
    parts = Path(pattern).parts
    fixed = next(position for position, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    # the added "**" lets a pattern that matches a folder stand for what is in it
    wanted = (*parts[fixed:], "**")
    found = (path for path in _walk(base, set()) if isinstance(path, Path))
    return tuple(path for path in found if _fits(path.relative_to(base).parts, wanted))


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_fits(parts[skipped:], pattern[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])
