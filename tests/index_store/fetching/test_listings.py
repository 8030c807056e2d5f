"""Feeds, sitemaps, and what a document is."""

import gzip
import re
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from index_store.errors import UnreadableInputError
from index_store.fetching.document import Document
from index_store.fetching.entry import Entry, newest_first
from index_store.fetching.feed import read_feed
from index_store.fetching.kind import Kind, kind_of, unpacked
from index_store.fetching.sitemap import read_sitemap, read_sitemap_index
from index_store.fetching.url import parse_url

MB = 2**20
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Valley News</title><link>https://valley.example/</link>
<item><title>Dam held</title><link>https://valley.example/dam?a=1&amp;b=2</link><author>desk@valley.example</author>
<pubDate>Mon, 16 Jun 2025 08:00:00 +0200</pubDate></item>
<item><title>&lt;b&gt;Bridge&lt;/b&gt; &amp;amp; road</title><link>/bridge</link><dc:creator>Jo Doe</dc:creator>
<pubDate>Tue, 17 Jun 2025 08:00:00 GMT</pubDate></item>
<item><title>No day</title><guid>https://valley.example/guid</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://valley.example/news/"><title>Valley News</title>
<entry><title>Dam held</title><link rel="self" href="/x"/><link rel="alternate" href="dam"/>
<author><name>Jo Doe</name></author><published>2025-06-16T23:30:00-05:00</published>
<updated>2025-06-18T01:00:00Z</updated></entry></feed>"""
RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Valley News</title></channel>
<item><title>Dam held</title><link>https://valley.example/dam</link><dc:date>2025-06-16</dc:date></item></rdf:RDF>"""
RSS_0 = """<rss version="0.91"><channel><title>Valley News</title>
<item><title>Dam held</title><link>https://valley.example/dam</link></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://valley.example/old</loc><lastmod>2024-01</lastmod></url>
<url><loc> https://valley.example/dam </loc><i:image><i:loc>https://valley.example/a.png</i:loc><i:title>A dam</i:title>
</i:image><news:news><news:publication><news:name>Valley News</news:name></news:publication>
<news:publication_date>2025-06-16T08:00:00+02:00</news:publication_date><news:title>Dam held</news:title></news:news>
</url>
<url><loc>https://valley.example/undated</loc><lastmod>soon</lastmod></url>
<url><loc>https://valley.example/new</loc><lastmod>2025-06-17</lastmod></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://valley.example/1.xml</loc><lastmod>2024-01-01</lastmod></sitemap>
<sitemap><loc>https://valley.example/2.xml.gz</loc><lastmod>2025-01-01T00:00:00Z</lastmod></sitemap></sitemapindex>"""


def document(body: str | bytes, media_type: str = "application/xml", charset: str = "") -> Document:
    content = body.encode() if isinstance(body, str) else body
    return Document(parse_url("https://valley.example/feed"), media_type, charset, content)


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]


def test_an_rss_feed_lists_its_pages_newest_first() -> None:
    assert read_feed(document(RSS)) == (
        Entry(
            "https://valley.example/bridge",
            "Bridge & road",
            "Jo Doe",
            "Valley News",
            "Tue, 17 Jun 2025 08:00:00 GMT",
            at(2025, 6, 17, 8),
        ),
        Entry(
            "https://valley.example/dam?a=1&b=2",
            "Dam held",
            "",
            "Valley News",
            "Mon, 16 Jun 2025 08:00:00 +0200",
            at(2025, 6, 16, 6),
        ),
        Entry("https://valley.example/guid", "No day", "", "Valley News"),
    )


@pytest.mark.parametrize(
    ("feed", "author", "published"),
    [
        pytest.param(ATOM, "Jo Doe", "2025-06-16T23:30:00-05:00", id="Atom"),
        pytest.param(RSS_1, "", "2025-06-16", id="RSS 1.0"),
        pytest.param(RSS_0, "", "", id="RSS 0.91"),
    ],
)
def test_other_feeds_are_read_too(feed: str, author: str, published: str) -> None:
    (entry,) = read_feed(document(feed))

    assert entry.url in {"https://valley.example/dam", "https://valley.example/news/dam"}
    assert (entry.title, entry.source, entry.author, entry.published) == ("Dam held", "Valley News", author, published)


@pytest.mark.parametrize(
    ("written", "author"),
    [
        pytest.param("<author>desk@valley.example</author>", "", id="address alone"),
        pytest.param("<author>jo@valley.example (Jo Doe)</author>", "Jo Doe", id="address and name"),
        pytest.param("<author>Jo Doe &lt;jo@valley.example&gt;</author>", "Jo Doe", id="name and address"),
        pytest.param("<author>Jo Doe and Al Roe</author>", "Jo Doe and Al Roe", id="names"),
        pytest.param(
            "<author><name>Jo Doe</name></author><author><name>Al Roe</name></author>", "Jo Doe, Al Roe", id="two"
        ),
        pytest.param("<author><name>Jo</name><email>jo@valley.example</email></author>", "Jo", id="Atom's address"),
    ],
)
def test_an_author_is_a_name_and_no_mail_address(written: str, author: str) -> None:
    is_atom = "<name>" in written
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{written}</entry></feed>'
    rss = f'<rss version="2.0"><channel><item><title>x</title>{written}</item></channel></rss>'

    (entry,) = read_feed(document(feed if is_atom else rss))

    assert entry.author == author


def test_a_broken_feed_gives_what_can_be_read() -> None:
    broken = RSS.replace("Dam held", "Dam &nbsp; held & closed").replace("a=1&amp;b=2", "a=1&b=2")

    entries = read_feed(document(broken[: broken.index("<item><title>No day")]))

    assert [entry.url for entry in entries] == ["https://valley.example/bridge", "https://valley.example/dam?a=1&b=2"]


def test_a_feed_is_read_in_the_encoding_its_server_names() -> None:
    feed = RSS.replace("Dam", "Café").replace('<?xml version="1.0"?>', "").encode("latin-1")

    assert "Café held" in [entry.title for entry in read_feed(document(feed, charset="iso-8859-1"))]


def test_a_sitemap_lists_its_pages_newest_first() -> None:
    assert read_sitemap(document(SITEMAP)) == (
        Entry("https://valley.example/new", changed=at(2025, 6, 17)),
        Entry(
            "https://valley.example/dam",
            "Dam held",
            "",
            "Valley News",
            "2025-06-16T08:00:00+02:00",
            at(2025, 6, 16, 6),
        ),
        Entry("https://valley.example/old", changed=at(2024, 1, 1)),
        Entry("https://valley.example/undated"),
    )


def test_an_index_lists_its_sitemaps_newest_first() -> None:
    assert [entry.url for entry in read_sitemap_index(document(INDEX))] == [
        "https://valley.example/2.xml.gz",
        "https://valley.example/1.xml",
    ]


def test_an_address_is_listed_once() -> None:
    entries = [
        Entry("a", "1"),
        Entry("", "2"),
        Entry("b", "3", changed=at(2025, 1, 1)),
        Entry("a", "4"),
        Entry("", "5"),
    ]

    assert [entry.title for entry in newest_first(entries)] == ["3", "1", "2", "5"]


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        pytest.param("<!DOCTYPE html><title>x</title>", "text/html", Kind.PAGE, id="page"),
        pytest.param("words", "text/html", Kind.PAGE, id="a page that does not look like one"),
        pytest.param('<html xmlns="http://www.w3.org/1999/xhtml"/>', "application/xhtml+xml", Kind.PAGE, id="XHTML"),
        pytest.param("<!-- x --><HTML><body>", "", Kind.PAGE, id="page of no named type"),
        pytest.param("%PDF-1.7", "application/pdf", Kind.PDF, id="PDF"),
        pytest.param("%PDF-1.7", "application/octet-stream", Kind.PDF, id="PDF of no type"),
        pytest.param(RSS, "application/rss+xml", Kind.FEED, id="RSS"),
        pytest.param(RSS, "text/html", Kind.FEED, id="RSS that says it is a page"),
        pytest.param("\n " + RSS_0, "text/plain", Kind.FEED, id="RSS that says it is text"),
        pytest.param(RSS_1, "text/xml", Kind.FEED, id="RSS 1.0"),
        pytest.param(ATOM, "application/atom+xml", Kind.FEED, id="Atom"),
        pytest.param(ATOM.encode("utf-16"), "text/xml", Kind.FEED, id="UTF-16"),
        pytest.param("\ufeff" + SITEMAP, "text/xml", Kind.SITEMAP, id="sitemap"),
        pytest.param(INDEX, "text/xml", Kind.SITEMAP_INDEX, id="sitemap index"),
    ],
)
def test_content_says_what_a_document_is_and_then_its_type(body: str | bytes, media_type: str, kind: Kind) -> None:
    assert kind_of(document(body, media_type)) is kind


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        pytest.param("GIF89a", "image/gif", id="picture"),
        pytest.param('{"items": []}', "application/feed+json", id="JSON"),
        pytest.param("words", "text/plain", id="text"),
        pytest.param("<svg/>", "text/xml", id="other XML"),
        pytest.param("words", "", id="nothing known"),
        pytest.param("<html>", "text/plain", id="the source of a page"),
    ],
)
def test_what_holds_no_articles_is_refused_by_its_type(body: str, media_type: str) -> None:
    with pytest.raises(UnreadableInputError, match=re.escape(media_type) or "of no named type"):
        kind_of(document(body, media_type))


def test_a_packed_sitemap_is_unpacked_up_to_the_limit() -> None:
    packed = document(gzip.compress(SITEMAP.encode()), "application/gzip")

    assert kind_of(unpacked(packed, MB)) is Kind.SITEMAP
    with pytest.raises(UnreadableInputError, match="unpacks to more than 1 MB"):
        unpacked(document(gzip.compress(bytes(9 * MB))), MB)


def entity_bomb(root: str, inside: str) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]>{inside}'.encode()


@pytest.mark.parametrize("payload", ["&e9;", "&file;"])
def test_entities_are_not_expanded(payload: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("what nobody may read", encoding="utf-8")
    feed = entity_bomb("rss", RSS_0.replace("Dam held", payload)).replace(
        b"<!DOCTYPE rss [", f'<!DOCTYPE rss [<!ENTITY file SYSTEM "{secret.as_uri()}">'.encode()
    )
    sitemap = entity_bomb("urlset", f"<urlset><url><loc>{payload}</loc></url></urlset>").replace(
        b"<!DOCTYPE urlset [", f'<!DOCTYPE urlset [<!ENTITY file SYSTEM "{secret.as_uri()}">'.encode()
    )
    started = time.monotonic()

    entries = (*read_feed(document(feed)), *read_sitemap(document(sitemap)))

    assert len(str(entries)) < 1000
    assert "nobody" not in str(entries)
    assert time.monotonic() - started < 20


def test_an_external_dtd_is_not_fetched() -> None:
    dtd = '<!DOCTYPE rss SYSTEM "http://hill.example/rss.dtd">'  # the test would fail at the attempt

    assert len(read_feed(document(dtd + RSS_0))) == 1
    assert read_sitemap(document(dtd.replace("rss ", "urlset ") + SITEMAP.partition("?>")[2]))


def test_a_feed_is_read_as_content_whatever_it_looks_like() -> None:
    assert read_feed(document("http://hill.example/feed")) == ()
    assert read_feed(document(__file__)) == ()
