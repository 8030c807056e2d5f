"""Plain text and Markdown: one article a file, with an optional header."""

import re
from collections.abc import Iterator
from dataclasses import replace

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.fetching.url import without_user
from index_store.loading.candidate import UNNAMED, Candidate
from index_store.loading.dates import read_day
from index_store.loading.decoding import decode
from index_store.loading.identity import file_id
from index_store.loading.input_file import InputFile

_HEADER_LINE = re.compile(r"^(title|source|date|author|url):[ \t]*(.*)", re.IGNORECASE | re.MULTILINE)
# In both, a line matches in one way alone: with two, a file that does not end as it should would be tried in all.
_HEADER = re.compile(r"(?:(?:title|source|date|author|url):.*\n)+(?:[ \t]*\n|\Z)", re.IGNORECASE)
# The header of static sites: the same names between two lines of dashes, and others that are left out.
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t].*\n|-[ \t].*\n)+---[ \t]*\n\s*")
_MARKDOWN_HEADING = re.compile(r"\s*#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)")
_FIRST_LINE = re.compile(r"\s*(\S.*)\n[ \t]*\n")
_MAX_TITLE_CHARS = 120  # a longer first line is a paragraph


def read_text(file: InputFile) -> Iterator[Candidate]:
    """The article of a .txt file; without a header its title is a short first line set apart by a blank one.

    Raises:
        UnreadableInputError: The file holds no text.
    """
    article = _read(file)
    match = _FIRST_LINE.match(article.text)
    title = match[1].strip() if match else ""
    yield _candidate(article, title if len(title) <= _MAX_TITLE_CHARS else "", file)


def read_markdown(file: InputFile) -> Iterator[Candidate]:
    """The article of a .md file, its marks kept; without a header its title is a leading heading.

    Raises:
        UnreadableInputError: The file holds no text.
    """
    article = _read(file)
    match = _MARKDOWN_HEADING.match(article.text)
    yield _candidate(article, match[1] if match else "", file)


def _candidate(article: Article, title: str, file: InputFile) -> Candidate:
    article = replace(article, title=article.title or title)
    return Candidate(replace(article, id=file_id(article, file)), file.name, id_is_given=False)


def _read(file: InputFile) -> Article:
    # Line ends are made one kind, as Python itself reads text: what is stored is the text that offsets count in.
    text = decode(file.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    header = front or _HEADER.match(text + "\n")
    values: dict[str, str] = {}
    if header:
        text = text[header.end() :]
        for name, value in _HEADER_LINE.findall(header[0]):
            values.setdefault(name.lower(), _unquoted(value.strip()) if front else value.strip())
    if not text.strip():
        raise UnreadableInputError("no text after the header" if header else "no text")
    return Article(
        id=UNNAMED,  # until the title is known
        text=text,
        title=values.get("title", ""),
        source=values.get("source", ""),
        author=values.get("author", ""),
        published=read_day(values.get("date", "")),
        url=without_user(values.get("url", "")),
    )


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
