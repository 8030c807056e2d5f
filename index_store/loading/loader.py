"""The loader: every article that the inputs hold, and every input that gave none."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.fetching import Fetcher
from index_store.loading.archive import find_members
from index_store.loading.candidate import Candidate
from index_store.loading.file_types import read_file
from index_store.loading.identity import IdRegistry
from index_store.loading.input_file import InputFile, on_disk
from index_store.loading.inputs import find_files
from index_store.loading.skipped import SkippedInput, name_of, reason_of
from index_store.loading.web import Web

LISTED_PAGES = 50  # taken of a feed or sitemap: a day of a paper, and a minute of pauses


def load_articles(
    inputs: Sequence[str | Path], *, limit: int = LISTED_PAGES, fetcher: Fetcher | None = None
) -> Iterator[Article | SkippedInput]:
    """Every article in the files, folders, globs and URLs, read as it is asked for, and every input that gave none.

    No two different articles come under one id. An article that is there twice comes twice. Of a feed or sitemap the
    newest `limit` pages are fetched, by `fetcher` where one is given.

    Raises:
        InputNotFoundError: A named path is not there, or a glob matches nothing. Raised by the call itself,
            before anything is read.
    """
    return _load(find_files(inputs), Web(fetcher or Fetcher(), limit))


def _load(files: Iterator[Path | str | SkippedInput], web: Web) -> Iterator[Article | SkippedInput]:
    ids = IdRegistry()
    for file in files:
        for item in _read(file, web):
            yield item if isinstance(item, SkippedInput) else _settle(item, ids)


def _read(found: Path | str | SkippedInput, web: Web) -> Iterator[Candidate | SkippedInput]:
    if isinstance(found, SkippedInput):
        yield found
    elif isinstance(found, str):
        yield from web.read(found)
    else:
        yield from _read_path(found)


def _read_path(path: Path) -> Iterator[Candidate | SkippedInput]:
    try:
        file = on_disk(path)
    except (UnreadableInputError, OSError) as error:
        yield SkippedInput(name_of(path), reason_of(error))
        return
    yield from _guarded(file, _read_archive if file.suffix == ".zip" else read_file)


def _read_archive(archive: InputFile) -> Iterator[Candidate | SkippedInput]:
    for member in find_members(archive):
        yield from (member,) if isinstance(member, SkippedInput) else _guarded(member, read_file)


def _guarded(
    file: InputFile, read: Callable[[InputFile], Iterator[Candidate | SkippedInput]]
) -> Iterator[Candidate | SkippedInput]:
    """What is read from the file, and then what stopped the reading."""
    is_empty = True
    try:
        for item in read(file):
            is_empty = False
            yield item
    except (UnreadableInputError, OSError, UnicodeDecodeError) as error:
        yield SkippedInput(file.name, reason_of(error))
    else:
        if is_empty:
            yield SkippedInput(file.name, "holds no articles")


def _settle(candidate: Candidate, ids: IdRegistry) -> Article | SkippedInput:
    try:
        return ids.settle(candidate)
    except UnreadableInputError as error:
        return SkippedInput(candidate.input, str(error))
