"""The fields: from a row of JSON or CSV to an article."""

from collections.abc import Mapping
from dataclasses import replace

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.fetching.url import without_user
from index_store.loading.candidate import UNNAMED, Candidate
from index_store.loading.dates import read_day
from index_store.loading.identity import row_id
from index_store.loading.language import read_language

# Our names, schema.org's NewsArticle's and those of crawlers; of several in one row the first counts.
ID = ("id",)
TEXT = ("text", "articleBody", "body", "content")
TITLE = ("title", "headline")
DATE = ("date", "published", "datePublished", "pubDate")
UPDATED = ("updated", "dateModified")
SOURCE = ("source", "publisher")
AUTHOR = ("author",)
URL = ("url",)
LANGUAGE = ("language", "inLanguage")

_MAX_ID_CHARS = 2000  # ids may be addresses; each passage and citation repeats it

_NAMES = (ID, TEXT, TITLE, DATE, UPDATED, SOURCE, AUTHOR, URL, LANGUAGE)
_NAME_BY_FOLDED = {name.casefold(): name for names in _NAMES for name in names}
_KINDS = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}


def read_row(row: object, name: str) -> Candidate:
    """The article of one row; `name` is where the row was found.

    Only the id and the text can fail a row: other fields that cannot be read are left empty.

    Raises:
        UnreadableInputError: The row is no object, it has no text, or its id or text is of the wrong type.
    """
    if not isinstance(row, Mapping):
        raise UnreadableInputError(f"the row is {kind_of(row)}, not an object")
    values = _known_values(row)
    given_id, published, updated = _read_id(_first(values, ID)), _first(values, DATE), _first(values, UPDATED)
    article = Article(
        id=given_id or UNNAMED,
        text=_read_text(values),
        title=_read_name(_first(values, TITLE)),
        source=_read_name(_first(values, SOURCE)),
        author=_read_name(_first(values, AUTHOR)),
        published=read_day(updated if published is None else published),  # a day of a change alone is its day
        url=without_user(_read_name(_first(values, URL))),
        updated=None if published is None else read_day(updated),
        language=read_language(_read_name(_first(values, LANGUAGE))),
    )
    if given_id:
        return Candidate(article, name, id_is_given=True)
    return Candidate(replace(article, id=row_id(article)), name, id_is_given=False)


def known_names(names: list[str]) -> set[str]:
    """Those of a table's column names that mean something here, in their proper spelling."""
    return {_NAME_BY_FOLDED[folded] for name in names if (folded := _fold(name)) in _NAME_BY_FOLDED}


def kind_of(value: object) -> str:
    """What a JSON value is, in words."""
    return _KINDS.get(type(value), "empty")


def _known_values(row: Mapping[object, object]) -> dict[str, object]:
    """The row's values that are not blank, by known name; the exact spelling goes before another."""
    values: dict[str, object] = {}
    for key, value in row.items():
        name = _NAME_BY_FOLDED.get(_fold(str(key)))
        if name is None or value is None or (isinstance(value, str) and not value.strip()):
            continue
        if key == name or name not in values:
            values[name] = value
    return values


def _fold(name: str) -> str:
    return name.strip().casefold()


def _first(values: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((values[name] for name in names if name in values), None)


def _read_id(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise UnreadableInputError(f"its id is {kind_of(value)}, not a string or a whole number")
    if len(given := str(value)) > _MAX_ID_CHARS:
        raise UnreadableInputError(f"its id has {len(given):,} characters, more than {_MAX_ID_CHARS:,}")
    return given


def _read_text(values: Mapping[str, object]) -> str:
    value = _first(values, TEXT)
    if value is None:
        raise UnreadableInputError(f"no text: none of {', '.join(TEXT)} is there and not blank")
    if not isinstance(value, str):
        raise UnreadableInputError(f"its text is {kind_of(value)}, not a string")
    return value  # unchanged: offsets count from the text that was given


def _read_name(value: object) -> str:
    """A string, a number, an object with a name, or a list of these; of anything else nothing."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_read_name, value)))
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).strip()
    return ""
