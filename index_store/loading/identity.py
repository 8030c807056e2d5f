"""Identity: which id an article gets, the same on every load."""

import hashlib
import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate

# Characters. The longest id made here, host, tail and two digests, stays under 100.
_HOST_CHARS = 24
_TAIL_CHARS = 48
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_ENDING = re.compile(r"\.\w{1,5}$")


def file_id(article: Article, path: Path) -> str:
    """The id of an article that is a file of its own: from its URL if it has one, else from its path."""
    return _url_id(article.url) or _id(_slug(path.stem), os.fsencode(os.path.realpath(path)))


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


class IdRegistry:
    """The ids of one load, so that no article takes another's place."""

    def __init__(self) -> None:
        self._content_by_id: dict[str, bytes] = {}  # 8 bytes of the content hash: memory grows with every article

    def settle(self, candidate: Candidate) -> Article:
        """The article under an id that is its own in this load; the very same article again passes as it is.

        Raises:
            UnreadableInputError: The input gave it an id that another article already has.
        """
        article = candidate.article
        if self._take(article):
            return article
        if candidate.id_is_given:
            raise UnreadableInputError(
                f"id {article.id!r} was already used by another row with different text or details"
            )
        article = replace(article, id=f"{article.id}-{article.content_hash[:8]}")
        self._take(article)
        return article

    def _take(self, article: Article) -> bool:
        content = bytes.fromhex(article.content_hash[:16])
        return self._content_by_id.setdefault(article.id, content) == content


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
