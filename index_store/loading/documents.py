"""The documents: what a LlamaIndex reader gave, as articles."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import PurePath
from uuid import UUID

from llama_index.core.schema import Document

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.fields import read_row
from index_store.loading.identity import IdRegistry
from index_store.loading.skipped import SkippedInput

# What readers call things that a row of JSON calls otherwise; a name that rows know goes before them.
_NAMES = {
    "url": ("source_url", "link", "web_url"),
    "title": ("document_title",),
    "author": ("authors", "byline"),
    "language": ("lang",),
}
_FILES = ("file_path", "file_name", "filename")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def load_documents(documents: Iterable[Document]) -> Iterator[Article | SkippedInput]:
    """An article for each document with text, read as it is asked for, and every document that gave none.

    Metadata are read under the names that rows of JSON may have. Documents that are pages of one file, one after the
    other, are one article. An id that a caller gave is kept; the random one that LlamaIndex gives is not, so that the
    same documents read again are the same articles. Dates of the file itself say nothing and are not used.
    """
    ids = IdRegistry()
    for number, (_, pages) in enumerate(groupby(enumerate(documents), key=_article_key), start=1):
        try:
            yield ids.settle(_candidate([document for _, document in pages], f"document {number}"))
        except UnreadableInputError as error:
            yield SkippedInput(f"document {number}", str(error))


def _article_key(numbered: tuple[int, Document]) -> object:
    """Equal for the pages of one file, else different."""
    number, document = numbered
    file = _first(document.metadata, _FILES)
    return file if file and "page_label" in document.metadata else number


def _candidate(pages: list[Document], name: str) -> Candidate:
    metadata: dict[str, object] = dict(pages[0].metadata)
    row = {key: _written(value) for key, value in metadata.items() if key not in ("text", "id")}
    for known, others in _NAMES.items():
        row.setdefault(known, _first(metadata, others))
    row |= _source(metadata)
    if len(pages) == 1 and _is_given(pages[0].doc_id):
        row["id"] = pages[0].doc_id
    elif not (row.get("url") or row.get("title")):
        row["title"] = _file_title(metadata)
    row["text"] = "\n\n".join(page.text for page in pages)
    return read_row(row, name)


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _source(metadata: Mapping[str, object]) -> dict[str, object]:
    """`source` is an outlet here; readers put addresses and paths there too."""
    source = str(metadata.get("source") or "")
    if _ADDRESS.match(source):
        return {"source": metadata.get("publisher"), "url": metadata.get("url") or source}
    if "/" in source or "\\" in source or source in (metadata.get(name) for name in _FILES):
        return {"source": metadata.get("publisher")}
    return {}


def _file_title(metadata: Mapping[str, object]) -> str:
    """The name of the file without its ending, for want of a headline."""
    file = str(_first(metadata, _FILES) or "")
    return PurePath(file.replace("\\", "/")).stem


def _is_given(document_id: str) -> bool:
    try:
        UUID(document_id)
    except ValueError:
        return bool(document_id.strip())
    return False


def _first(metadata: Mapping[str, object], names: Iterable[str]) -> object:
    return next((metadata[name] for name in names if metadata.get(name)), None)
