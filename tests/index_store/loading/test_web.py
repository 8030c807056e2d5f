"""The articles behind a URL."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.loading import SkippedInput, load_articles
from tests.index_store.loading.pdf_writer import lines, write_pdf
from tests.index_store.web_site import HOST, TEXT, Site, answer, page, redirect, site
from tests.scripted_server import Script

__all__ = ["site"]

OTHER = "The fishermen of the harbour have asked the council for a second crane, which it cannot pay for this year."
META = (
    '<title>Bridge closed | Valley News</title><meta property="og:site_name" content="Valley News">'
    '<meta name="author" content="Jo Doe"><meta property="article:published_time" content="2025-06-15T23:30:00-05:00">'
)


def load(site: Site, *paths: str | Path, limit: int = 50) -> list[Article | SkippedInput]:
    inputs = [site.url(path) if isinstance(path, str) and path.startswith("/") else path for path in paths]
    return [*load_articles(inputs, limit=limit, fetcher=site.fetcher())]


def articles(site: Site, *paths: str, limit: int = 50) -> list[Article]:
    loaded = load(site, *paths, limit=limit)
    assert [item for item in loaded if isinstance(item, SkippedInput)] == []
    return [item for item in loaded if isinstance(item, Article)]


def item(path: str, day: int | None = None, extra: str = "") -> str:
    written = f"<pubDate>{day} Jun 2025 08:00:00 GMT</pubDate>" if day else ""
    return f"<item><link>{path}</link>{written}{extra}</item>"


def feed(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Valley News</title>{"".join(items)}</channel></rss>'


def sitemap(*paths: str) -> str:
    urls = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def index_of(*rows: tuple[str, str]) -> str:
    maps = "".join(f"<sitemap><loc>{path}</loc><lastmod>{day}</lastmod></sitemap>" for path, day in rows)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'


def test_a_page_gives_its_article_under_its_address(site: Site) -> None:
    site.pages["/2025/bridge.html"] = page(head=META)

    (article,) = articles(site, "/2025/bridge.html#comments")

    assert article == Article(
        id=article.id,
        text=TEXT,
        title="Bridge closed",
        source="Valley News",
        author="Jo Doe",
        published=date(2025, 6, 15),
        url=site.url("/2025/bridge.html"),
    )
    assert article.id.startswith("valley-example-bridge-")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param('<link rel="canonical" href="{there}">', "/2025/bridge", id="canonical"),
        pytest.param('<meta property="og:url" content="{there}">', "/2025/bridge", id="og:url"),
        pytest.param('<link rel="canonical" href="http://hill.example/bridge">', "/a?id=7", id="on another site"),
        pytest.param('<link rel="canonical" href="http://evil.valley.example/b">', "/a?id=7", id="on a site below"),
        pytest.param('<link rel="canonical" href="{front}">', "/a?id=7", id="the front page"),
        pytest.param('<link rel="canonical" href="javascript:alert(1)">', "/a?id=7", id="no address"),
        pytest.param("", "/a?id=7", id="none"),
    ],
)
def test_the_address_is_what_the_page_says_on_its_own_site(site: Site, head: str, expected: str) -> None:
    path = "/a?utm_source=feed&id=7&UTM_medium=x&fbclid=y"
    site.pages[path] = page(head=head.format(there=site.url("/2025/bridge"), front=site.url("/")))

    (article,) = articles(site, f"{path}#top")

    assert article.url == site.url(expected)


def test_the_address_of_a_mobile_page_may_be_that_of_the_other(site: Site) -> None:
    site.names[f"m.{HOST}"] = "127.0.0.1"
    site.pages["/a"] = page(head=f'<link rel="canonical" href="{site.url("/b", f"www.{HOST}")}">')

    (article,) = [*load_articles([site.url("/a", f"m.{HOST}")], fetcher=site.fetcher())]

    assert isinstance(article, Article)
    assert article.url == site.url("/b", f"www.{HOST}")


def test_the_address_after_a_redirect_counts(site: Site) -> None:
    site.pages |= {"/short": redirect("/2025/bridge"), "/2025/bridge": page()}

    (article,) = articles(site, "/short")

    assert article.url == site.url("/2025/bridge")


def test_the_encoding_that_the_server_names_is_the_one(site: Site) -> None:
    html = f"<html><body><article><p>Мост закрыт. {TEXT}</p></article></body></html>"
    site.pages["/a"] = answer(html.encode("koi8-r"), "text/html; charset=koi8-r")

    (article,) = articles(site, "/a")

    assert article.text.startswith("Мост закрыт.")


def test_a_front_page_keeps_one_id(site: Site) -> None:
    site.pages["/"] = [page(), page(OTHER)]

    (first,), (second,) = articles(site, "/"), articles(site, "/")

    assert first.id == second.id
    assert first.text != second.text


def test_a_pdf_gives_its_article_with_what_the_feed_says(site: Site, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", lines(TEXT[:50], TEXT[50:]))
    site.pages["/files/report.pdf"] = answer(path.read_bytes(), "application/octet-stream")
    site.pages["/feed"] = answer(feed(item("/files/report.pdf", 17, "<title>Bridge report</title>")))

    (article,) = articles(site, "/feed")

    assert " ".join(article.text.split()) == TEXT
    assert (article.title, article.source, article.published) == ("Bridge report", "Valley News", date(2025, 6, 17))
    assert article.url == site.url("/files/report.pdf")


def test_a_feed_gives_its_newest_pages(site: Site) -> None:
    site.pages |= {f"/{day}": page(f"{TEXT} That was on day {day}.") for day in (11, 12, 13)}
    site.pages["/feed"] = answer(feed(item("/11", 11), item("/13", 13), item("/12", 12)), "application/rss+xml")

    newest = articles(site, "/feed", limit=2)

    assert [article.url for article in newest] == [site.url("/13"), site.url("/12")]
    assert site.asked == ["/feed", "/13", "/12"]


def test_a_feed_says_what_a_page_does_not(site: Site) -> None:
    extra = (
        "<title>Bridge open</title><author>jo@valley.example (Al Roe)</author>"
        '<a:updated xmlns:a="http://www.w3.org/2005/Atom">2025-06-19T08:00:00Z</a:updated>'
    )
    site.pages |= {"/bare": page(), "/full": page(OTHER, META)}
    site.pages["/feed"] = answer(feed("<language>en-gb</language>", item("/bare", 17, extra), item("/full", 16, extra)))

    bare, full = articles(site, "/feed")

    assert (bare.title, bare.author, bare.source) == ("Bridge open", "Al Roe", "Valley News")
    assert (bare.published, bare.updated, bare.language) == (date(2025, 6, 17), date(2025, 6, 19), "en-GB")
    assert (full.title, full.author, full.published) == ("Bridge closed", "Jo Doe", date(2025, 6, 15))


def test_what_a_feed_lists_and_cannot_be_read_is_skipped_with_the_reason(site: Site) -> None:
    site.names["inside.example"] = "10.0.0.5"
    links = ["/a", "/gone", "http://inside.example/a", "/feed2", "/picture", "http://jo:secret@valley.example/a", ""]
    site.pages |= {"/a": page(), "/feed2": answer(feed()), "/picture": answer("GIF89a", "image/gif")}
    site.pages["/feed"] = answer(feed(*(item(link, 28 - place) for place, link in enumerate(links))))

    article, *skipped = load(site, "/feed")

    assert isinstance(article, Article)
    assert skipped == [
        SkippedInput(site.url("/gone"), "the server answered 404 (not found)"),
        SkippedInput(
            "http://inside.example/a",
            "not fetched: inside.example resolves to 10.0.0.5, a private address; only public addresses are fetched"
            " (when asked for its robots.txt)",
        ),
        SkippedInput(site.url("/feed2"), "a feed inside another list is not read"),
        SkippedInput(site.url("/picture"), "the answer is image/gif, no web page, PDF, feed or sitemap"),
        SkippedInput("http://valley.example/a", "not fetched: the URL holds a user name or password before its host"),
        SkippedInput(f"{site.url('/feed')}: ''", "the entry names no page"),
    ]


def test_a_sitemap_and_one_that_is_packed_give_their_pages(site: Site) -> None:
    site.pages |= {"/a": page(), "/b": page(OTHER)}
    site.pages["/sitemap.xml"] = answer(sitemap("/a"), "application/xml")
    site.pages["/sitemap.xml.gz"] = answer(gzip.compress(sitemap("/b").encode()), "application/x-gzip")

    found = articles(site, "/sitemap.xml", "/sitemap.xml.gz")

    assert [article.text for article in found] == [TEXT, OTHER]


def test_the_day_of_a_change_is_not_taken_for_that_of_publication(site: Site) -> None:
    site.pages["/a"] = page()
    site.pages["/sitemap.xml"] = answer(sitemap("/a").replace("</loc>", "</loc><lastmod>2025-06-17</lastmod>"))

    (article,) = articles(site, "/sitemap.xml")

    assert (article.published, article.updated) == (None, None)


def test_an_index_is_read_as_far_as_it_may_hold_the_newest_pages(site: Site) -> None:
    def dated(day: str, *paths: str) -> str:
        return sitemap(*paths).replace("</loc>", f"</loc><lastmod>{day}</lastmod>")

    site.pages |= {"/a": page(), "/b": page(OTHER), "/old.xml": answer(dated("2025-01-02", "/c"), "text/xml")}
    site.pages["/june.xml"] = answer(dated("2025-06-02", "/a", "/b"), "text/xml")
    rows = [("/old.xml", "2025-01-05"), ("/june.xml", "2025-06-05"), ("/index.xml", "2025-06-06")]
    site.pages["/index.xml"] = answer(index_of(*rows), "text/xml")

    *skipped, first, second = load(site, "/index.xml", limit=2)

    assert skipped == [SkippedInput(site.url("/index.xml"), "a list of sitemaps inside a list of sitemaps is not read")]
    assert [item.text for item in (first, second) if isinstance(item, Article)] == [TEXT, OTHER]
    assert "/old.xml" not in site.asked


def test_of_very_many_sitemaps_the_rest_is_not_read_and_said_so(site: Site) -> None:
    rows = [(f"/{number}.xml", "2025-06-05") for number in range(25)]
    site.pages |= {path: answer(sitemap(), "text/xml") for path, _ in rows}
    site.pages["/index.xml"] = answer(index_of(*rows), "text/xml")

    reasons = [item.reason for item in load(site, "/index.xml") if isinstance(item, SkippedInput)]

    assert reasons == ["lists 25 sitemaps, of which the first 20 were read", "lists no pages"]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        pytest.param("words", "text/plain", "the answer is text/plain, no web page", id="text"),
        pytest.param("<html><body></body></html>", "text/html", "no readable text in the page", id="an empty page"),
        pytest.param(feed(), "application/rss+xml", "lists no pages", id="an empty feed"),
        pytest.param(sitemap(), "text/xml", "lists no pages", id="an empty sitemap"),
        pytest.param("%PDF-1.7 nothing", "application/pdf", "", id="a broken PDF"),
    ],
)
def test_what_gives_no_article_is_skipped_with_the_reason(site: Site, body: str, kind: str, reason: str) -> None:
    site.pages["/a"] = answer(body, kind)

    (skipped,) = load(site, "/a")

    assert isinstance(skipped, SkippedInput)
    assert skipped.input == site.url("/a")
    assert skipped.reason.startswith(reason)


@pytest.mark.parametrize(
    ("reply", "limits", "reason"),
    [
        pytest.param(page("x" * 2000), {"page_bytes": 1024}, "a web page larger than 0.000976562 MB", id="page"),
        pytest.param(
            answer(feed(item("/a") * 99)), {"feed_bytes": 2048}, "a feed larger than 0.00195312 MB", id="feed"
        ),
        pytest.param(answer("x" * 2**20), {"body_bytes": 2**19}, "larger than 0.5 MB", id="anything"),
    ],
)
def test_what_is_too_large_to_be_read_is_skipped(
    site: Site, reply: Script, limits: dict[str, int], reason: str
) -> None:
    site.pages["/a"] = reply

    assert [*load_articles([site.url("/a")], fetcher=site.fetcher(**limits))] == [SkippedInput(site.url("/a"), reason)]


def test_an_address_is_read_once(site: Site) -> None:
    site.pages |= {"/a": page(), "/feed": answer(feed(item("/a", 11), item(site.url("/a#part"), 12)))}

    assert len(load(site, "/a", "/feed", "/a#b", "/feed")) == 1
    assert site.asked == ["/a", "/feed"]


def test_files_and_addresses_are_read_in_the_order_given(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A file.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Another.", encoding="utf-8")
    site.pages["/a"] = page()

    loaded = load(site, tmp_path / "a.txt", "/a", tmp_path / "b.txt", "/gone")

    assert [item.text if isinstance(item, Article) else item.reason for item in loaded] == [
        "A file.",
        TEXT,
        "Another.",
        "the server answered 404 (not found)",
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("ftp://valley.example/a", "only http and https are fetched, not ftp"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("http://127.0.0.1/a?b=*", "not fetched: 127.0.0.1 is a loopback address; only public addresses are fetched"),
        ("http://jo:secret@valley.example/", "not fetched: the URL holds a user name or password before its host"),
    ],
)
def test_an_address_that_is_not_fetched_is_skipped_and_no_error(given: str, reason: str) -> None:
    (skipped,) = load_articles([given])

    assert isinstance(skipped, SkippedInput)
    assert skipped.reason.startswith(reason)
    assert "secret" not in skipped.input


def test_nothing_is_fetched_before_it_is_asked_for(site: Site) -> None:
    site.pages |= {"/a": page(), "/b": page(OTHER)}

    loaded = load_articles([site.url("/a"), site.url("/b")], fetcher=site.fetcher())
    assert site.server.requests == []
    next(loaded)

    assert site.asked == ["/a"]
