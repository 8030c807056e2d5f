"""Saved web pages."""

import json
from datetime import date
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.errors import UnreadableInputError
from index_store.loading.input_file import on_disk
from index_store.loading.page import read_page

FIRST = "The council of the town voted on Tuesday to repair the old bridge over the river, after a long debate."
LAST = "Drivers will have to take the road along the valley until then, which costs them half an hour a day."
HEAD = '<meta charset="utf-8"><title>Bridge closed | Valley News</title>'
META = (
    '<meta property="og:site_name" content="Valley News"><meta name="author" content="Jo Doe">'
    '<meta property="article:published_time" content="2025-06-15T23:30:00-05:00">'
    '<meta property="article:modified_time" content="2025-06-17T08:00:00Z"><meta property="og:locale" content="en_GB">'
    '<link rel="canonical" href="https://valley.example/2025/bridge-closed">'
)
BODY = f"<article><h1>Bridge closed</h1><p>{FIRST}</p><p>{LAST}</p></article>"


def page(*, head: str = HEAD, body: str = BODY) -> str:
    menu = '<nav><a href="/">Home</a><a href="/sports">Sports</a></nav>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{menu}{body}<footer>Copyright 2019</footer></body></html>"


def read(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (candidate,) = read_page(on_disk(path))
    return candidate.article


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    article = read(tmp_path / "a.html", page(head=HEAD + META))

    assert article == Article(
        id=article.id,
        text=f"Bridge closed\n\n{FIRST}\n\n{LAST}",
        title="Bridge closed",
        source="Valley News",
        author="Jo Doe",
        published=date(2025, 6, 15),
        url="https://valley.example/2025/bridge-closed",
        updated=date(2025, 6, 17),
        language="en-GB",
    )


def test_headings_quotations_lists_and_tables_are_kept_in_their_order(tmp_path: Path) -> None:
    blocks = (
        "<h2>What now</h2><blockquote><p>“We will not wait.”</p></blockquote><ul><li>Piers</li><li>Deck</li></ul>"
        "<p>The mayor said:<br>first the piers.</p><table><tr><th>Year</th><th>Cost</th></tr>"
        "<tr><td>2024</td><td>5</td></tr></table>"
    )

    article = read(tmp_path / "a.html", page(body=f"<article><p>{FIRST}</p>{blocks}<p>{LAST}</p></article>"))

    assert article.text.split("\n\n") == [
        FIRST,
        "What now",
        "“We will not wait.”",
        "- Piers\n- Deck",
        "The mayor said:",
        "first the piers.",
        "| Year | Cost |\n|---|---|\n| 2024 | 5 |",
        LAST,
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(META, date(2025, 6, 15), id="day as written, whatever the time zone"),
        pytest.param("", None, id="none, and none is made of the copyright line"),
        pytest.param('<meta property="article:published_time" content="soon">', None, id="not a date"),
        pytest.param(
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-06-15T08:00:00Z",'
            ' "dateModified": "2025-06-20T08:00:00Z"}</script>',
            date(2025, 6, 15),
            id="JSON-LD, published before modified",
        ),
    ],
)
def test_only_a_date_that_the_page_marks_as_its_own_is_taken(tmp_path: Path, head: str, expected: date | None) -> None:
    assert read(tmp_path / "a.html", page(head=HEAD + head)).published == expected


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        pytest.param("utf-8", '<meta charset="utf-8">', id="UTF-8"),
        pytest.param("utf-8", '<meta charset="iso-8859-1">', id="UTF-8 that says Latin-1"),
        pytest.param("cp1252", '<meta charset="iso-8859-1">', id="Windows-1252 that says Latin-1"),
        pytest.param("cp1252", "", id="Windows-1252 that says nothing"),
        pytest.param("utf-16", '<meta charset="utf-8">', id="UTF-16 with a mark"),
    ],
)
def test_characters_are_right_in_every_encoding(tmp_path: Path, encoding: str, meta: str) -> None:
    accented = FIRST.replace("town", "“café” town – £5")
    html = page(head=meta, body=BODY.replace(FIRST, accented).replace("Bridge", "Café"))

    article = read(tmp_path / "a.htm", html.encode(encoding))

    assert accented in article.text
    assert article.title == "Café closed"


def test_an_xml_declaration_is_no_obstacle(tmp_path: Path) -> None:
    html = '<?xml version="1.0" encoding="ISO-8859-1"?>' + page(head="", body=BODY.replace("town", "café"))

    assert "café" in read(tmp_path / "a.html", html.encode("latin-1")).text


def test_the_address_that_a_browser_noted_is_the_url_of_a_page_that_names_none(tmp_path: Path) -> None:
    noted = "<!-- saved from url=(0031)https://valley.example/a?b=1 -->\n"

    assert read(tmp_path / "a.html", noted + page()).url == "https://valley.example/a?b=1"
    with_password = noted.replace("//valley", "//jo:pw@valley")
    article = read(tmp_path / "a.html", with_password + page())
    assert (article.url, article.source) == ("https://valley.example/a?b=1", "valley.example")
    assert read(tmp_path / "a.html", noted + page(head=HEAD + META)).url == "https://valley.example/2025/bridge-closed"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<html><body><script>run()</script></body></html>", id="a script"),
        pytest.param("<html><body></body></html>", id="nothing"),
        pytest.param("plain words, no markup", id="no page"),
        pytest.param("<div>" * 5000 + "x" + "</div>" * 5000, id="nested"),
        pytest.param("<", id="a bracket"),
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, html: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"^no readable text in the page$"):
        read(tmp_path / "a.html", html)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param('<script type="application/ld+json">{"@type": 5, "author": [[]]}</script>', id="odd JSON-LD"),
        pytest.param('<script type="application/ld+json">{"@type": "NewsArticle",</script>', id="broken JSON-LD"),
        pytest.param('<link rel="canonical" href="http://[::1">', id="a broken address"),
        pytest.param('<meta name="author" content="&#xD800;&#0;">', id="characters that are none"),
        pytest.param(
            r'<script type="application/ld+json">{"@type": "NewsArticle", "author": "\ud800\u0000"}</script>',
            id="characters that are none, in JSON-LD",
        ),
    ],
)
def test_broken_metadata_does_not_lose_the_article(tmp_path: Path, head: str) -> None:
    assert FIRST in read(tmp_path / "a.html", page(head=HEAD + head)).text


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param(
            '<meta property="og:title" content="You will not believe this bridge">' + linked(headline="Bridge closed"),
            BODY,
            "Bridge closed",
            id="described and shown, before what is made for sharing",
        ),
        pytest.param(
            '<meta property="og:title" content="Bridge closed">' + linked(headline="template-7"),
            BODY,
            "Bridge closed",
            id="what is described and not shown is left out",
        ),
        pytest.param(
            '<meta property="og:site_name" content="Valley News">'
            '<meta property="og:title" content="Bridge closed – Valley News">',
            BODY,
            "Bridge closed",
            id="without the outlet",
        ),
        pytest.param(
            "<title>Valley News » Archive » Bridge closed</title>",
            BODY.replace("<h1>Bridge closed</h1>", "").replace("<article>", "<h1>Valley News</h1><article>"),
            "Bridge closed",
            id="from the site down to the article",
        ),
    ],
)
def test_the_title_is_the_headline_alone(tmp_path: Path, head: str, body: str, expected: str) -> None:
    assert read(tmp_path / "a.html", page(head=head, body=body)).title == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(META + linked(author={"name": "Jo R. Doe"}), "Jo R. Doe", id="described"),
        pytest.param('<meta name="author" content="Jo R. Doe and Ann Lee">', "Jo R. Doe, Ann Lee", id="in a meta tag"),
        pytest.param('<meta name="author" content="admin">', "", id="a placeholder"),
    ],
)
def test_authors_are_named_as_they_are_written(tmp_path: Path, head: str, expected: str) -> None:
    assert read(tmp_path / "a.html", page(head=HEAD + head)).author == expected


def test_the_day_under_the_headline_goes_before_those_beside_the_article(tmp_path: Path) -> None:
    byline = "<p>Written: 2025-06-15 15:03 / Updated: 2025-06-16 09:00</p>"
    aside = '<div><p class="date">2025-06-11</p></div>'

    article = read(tmp_path / "a.html", page(body=BODY.replace("</h1>", f"</h1>{byline}") + aside))

    assert article.published == date(2025, 6, 15)


def test_a_described_text_is_taken_where_it_is_plainly_the_whole(tmp_path: Path) -> None:
    more = [
        f"{FIRST.replace('Tuesday', day)} {LAST.replace('half', count)}"
        for day, count in (("Monday", "one"), ("Friday", "two"))
    ]
    shown = BODY.replace("</article>", "".join(f"<p>{paragraph}</p>" for paragraph in more) + "</article>")
    whole = ["Bridge closed", FIRST, LAST, *more, "“We will not wait,” said the mayor. " * 5 + FIRST]
    described = linked(articleBody="\n".join(whole))

    taken = read(tmp_path / "a.html", page(head=HEAD + described, body=shown)).text
    other = read(tmp_path / "b.html", page(head=HEAD + linked(articleBody="Sheep graze. " * 90), body=shown)).text

    assert taken.split("\n\n") == whole
    assert other.split("\n\n") == whole[:-1]


def test_every_real_page_gives_an_article(development_data: Path) -> None:
    pages = sorted((development_data / "html" / "pages").glob("*.html"))

    articles = [candidate.article for path in pages for candidate in read_page(on_disk(path))]

    assert len(articles) == len(pages) > 0
    assert all(article.title and article.published for article in articles)
