"""Identity: which id an article gets, the same on every load."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.input_file import InputFile

# Characters. The longest id made here, host, tail and two digests, stays under 100.
_HOST_CHARS = 24
_TAIL_CHARS = 48
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ENDING = re.compile(r"\.\w{1,5}$")


def file_id(article: Article, file: InputFile) -> str:
    """The id of an article that is a file of its own: from its URL if it has one, else from its path."""
    return _url_id(article.url) or _id(_slug(file.path.stem), file.key)


def row_id(article: Article) -> str:
    """The id of a row that names none: from its URL, else outlet, day and headline, else its text.

    The day is part of it because headlines come again: another day's "Morning briefing" is another article.
    """
    if url_id := _url_id(article.url):
        return url_id
    if not article.title:
        return _id(_slug(article.text[:200]), article.text)
    day = article.published.isoformat() if article.published else ""
    return _id(_slug(article.title), f"{article.source}|{day}|{article.title}")


@dataclass(frozen=True, slots=True)
class _Owner:
    """The article that has an id; memory grows with every one, so of its hashes 8 bytes are kept."""

    content: bytes
    text: bytes
    input: str


class IdRegistry:
    """The ids of one load, so that no article takes another's place.

    The first article in the order of the inputs keeps an id that several could have. An id from a URL is for that
    URL alone: loaded another day, another text under it is the article's next version.
    """

    def __init__(self) -> None:
        self._owners: dict[str, _Owner] = {}

    def settle(self, candidate: Candidate) -> Article:
        """The article under an id that is its own in this load; the very same article again passes as it is.

        Raises:
            UnreadableInputError: Another article already has the id that the input gave it or the URL it names, or
                differs from it in details alone.
        """
        article = candidate.article
        if self._take(candidate, article):
            return article
        owner = self._owners[article.id]
        if candidate.id_is_given:
            raise UnreadableInputError(
                f"id {article.id!r} was already used by another row with different text or details"
            )
        is_same_text = owner.text == _digest(article.text)
        if article.id == _url_id(article.url):
            difference = "details" if is_same_text else "text"
            raise UnreadableInputError(f"same URL as {owner.input} with different {difference}")
        named = replace(article, id=f"{article.id}-{_digest(article.text).hex()[:8]}")
        if is_same_text or not self._take(candidate, named):
            raise UnreadableInputError(f"same headline and text as {owner.input} with different details")
        return named

    def _take(self, candidate: Candidate, article: Article) -> bool:
        content = bytes.fromhex(article.content_hash[:16])
        owner = _Owner(content, _digest(article.text), candidate.input)
        return self._owners.setdefault(article.id, owner).content == content


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:8]


def _url_id(url: str) -> str:
    """An id for a URL that can name an article: a site's front page names many."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.strip("/")
    if not host or not (path or parts.query):
        return ""
    tail = _ENDING.sub("", path.rpartition("/")[2])
    return _id(_join(_slug(host, _HOST_CHARS), _slug(tail)), url)


def _id(slug: str, key: str | bytes) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass") if isinstance(key, str) else key).hexdigest()
    return f"{slug}-{digest[:8]}" if slug else digest[:16]  # with no words beside it the digest stands alone


def _join(*slugs: str) -> str:
    return "-".join(filter(None, slugs))


def _slug(text: str, max_chars: int = _TAIL_CHARS) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")[:max_chars].strip("-")
