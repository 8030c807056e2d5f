"""What pages say of their articles in JSON-LD."""

import json
from datetime import date

import pytest

from index_store.loading.linked_data import LinkedArticle, find_linked_article

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Bridge closed &#8216;for years&#8217;",
    "author": [{"@type": "Person", "name": "Jo Doe"}, "Ann O&#039;Dell", {"name": ""}],
    "publisher": {"name": "Valley News"},
    "datePublished": "2025-06-15T08:00:00Z",
    "dateModified": "2025-06-17T08:00:00Z",
    "inLanguage": {"@type": "Language", "name": "English", "alternateName": "en_GB"},
    "mainEntityOfPage": {"@id": "https://valley.example/bridge"},
    "articleBody": "The bridge is closed.\nIt will open in May.",
}
HEADING = ("Bridge closed “for years”",)
TEASER = {"@type": "NewsArticle", "headline": "Something else", "datePublished": "2020-01-01"}


def page(*nodes: object) -> str:
    scripts = (f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    return f"<html><head>{''.join(scripts)}</head></html>"


def test_everything_that_is_said_is_taken() -> None:
    assert find_linked_article(page(ARTICLE), HEADING) == LinkedArticle(
        headline="Bridge closed ‘for years’",
        body="The bridge is closed.\nIt will open in May.",
        authors=("Jo Doe", "Ann O'Dell"),
        publisher="Valley News",
        published=date(2025, 6, 15),
        updated=date(2025, 6, 17),
        url="https://valley.example/bridge",
        language="en-GB",
    )


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([[ARTICLE]], id="in an array"),
        pytest.param([{"@graph": [{"@type": "WebSite"}, ARTICLE]}], id="in a graph"),
        pytest.param([{"@type": "WebPage", "mainEntity": ARTICLE}], id="of a page"),
        pytest.param([{**ARTICLE, "@type": ["Thing", "schema:ReportageNewsArticle"]}], id="one kind of several"),
        pytest.param([TEASER, ARTICLE], id="after another's"),
        pytest.param([{"@type": "ItemList", "itemListElement": [TEASER]}, ARTICLE], id="beside a list of others"),
    ],
)
def test_the_article_is_found_wherever_it_is_described(nodes: list[object]) -> None:
    article = find_linked_article(page(*nodes), HEADING)

    assert article is not None
    assert article.published == date(2025, 6, 15)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(page(TEASER, {**TEASER, "headline": "A third thing"}), id="others alone"),
        pytest.param(page({"@type": "Organization", "name": "Valley News"}), id="no article"),
        pytest.param(page({"@type": 5, "author": [[]]}), id="odd"),
        pytest.param(page({"@type": "ItemList", "itemListElement": [TEASER]}), id="a teaser"),
        pytest.param('<script type="application/ld+json">{"@type": "NewsArticle",</script>', id="broken"),
        pytest.param(f'<script type="application/ld+json">{"[" * 100_000}</script>', id="nested"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_describes_no_article_of_the_page_is_left_out(html: str) -> None:
    assert find_linked_article(html, HEADING) is None


def test_a_text_with_markup_in_it_is_left_out() -> None:
    article = find_linked_article(page({**ARTICLE, "articleBody": "<p>The bridge is closed.</p>"}), HEADING)

    assert article is not None
    assert article.body == ""


def test_a_text_of_open_tags_takes_no_time_out_of_hand() -> None:
    hostile = "<a" * 500_000
    article = find_linked_article(page({**ARTICLE, "articleBody": hostile}), HEADING)

    assert article is not None
    assert article.body == hostile


def test_values_of_the_wrong_kind_are_empty() -> None:
    odd = {"@type": "Article", "headline": 5, "author": {"name": {"de": "A"}}, "datePublished": [], "url": "a"}

    assert find_linked_article(page(odd), ()) == LinkedArticle("", "", (), "", None, None, "", "")
