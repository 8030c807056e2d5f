"""What a site lets programs read."""

import pytest

from index_store.errors import UnreadableInputError
from tests.index_store.web_site import Site, answer, page, redirect
from tests.scripted_server import Script, hang_up


@pytest.fixture
def pages(site: Site) -> Site:
    site.pages |= {"/news/a": page(), "/private/a": page(), "/private/open": page(), "/a.pdf": page(), "/": page()}
    return site


def readable(site: Site, path: str) -> bool:
    try:
        return bool(site.fetcher().fetch(site.url(path)).body)
    except UnreadableInputError as error:
        assert "robots.txt" in str(error)
        return False


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        pytest.param("User-agent: *\nDisallow: /private/", "/news/a", True, id="not among the forbidden"),
        pytest.param("User-agent: *\nDisallow: /private/", "/private/a", False, id="forbidden"),
        pytest.param("User-agent: *\nDisallow: /private/\nAllow: /private/open", "/private/open", True, id="longest"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False, id="pattern"),
        pytest.param("User-agent: *\nDisallow: /", "/news/a", False, id="everything"),
        pytest.param("User-agent: *\nDisallow:", "/news/a", True, id="nothing"),
        pytest.param("User-agent: article-qa\nDisallow: /news", "/news/a", False, id="to us"),
        pytest.param(
            "User-agent: *\nDisallow: /\n\nUser-agent: Article-QA\nAllow: /", "/news/a", True, id="but not us"
        ),
        pytest.param("User-agent: otherbot\nDisallow: /", "/news/a", True, id="to another"),
        pytest.param("\ufeffUser-agent: *\nDisallow: /news", "/news/a", False, id="byte order mark"),
        pytest.param("<html>no rules at all</html>", "/news/a", True, id="a page instead"),
        pytest.param("# " + "x" * 600_000 + "\nUser-agent: *\nDisallow: /", "/news/a", True, id="beyond the limit"),
        pytest.param("User-agent: *\nDisallow: /\n# " + "x" * 600_000, "/news/a", False, id="before the limit"),
    ],
)
def test_rules_are_kept(pages: Site, rules: str, path: str, expected: bool) -> None:
    pages.pages["/robots.txt"] = answer(rules, "text/plain")

    assert readable(pages, path) is expected
    assert pages.asked == [path] * expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param(answer(status=404), True, id="404"),
        pytest.param(answer(status=401), True, id="401"),
        pytest.param(answer(status=403), True, id="403"),
        pytest.param(answer(status=410), True, id="410"),
        pytest.param(answer(status=500), False, id="500"),
        pytest.param(answer(status=503), False, id="503"),
        pytest.param(answer(status=204), False, id="204"),
        pytest.param(hang_up(), False, id="no answer"),
        pytest.param(answer(b"x", Content_Encoding="br"), False, id="broken"),
        pytest.param(redirect("/robots.txt"), False, id="a circle"),
    ],
)
def test_a_site_without_rules_may_be_read_and_one_that_cannot_be_asked_may_not(
    pages: Site, reply: Script, expected: bool
) -> None:
    pages.pages["/robots.txt"] = reply

    assert readable(pages, "/news/a") is expected


def test_rules_behind_a_redirect_are_those_of_the_site(pages: Site) -> None:
    pages.pages["/robots.txt"] = redirect("/rules.txt")
    pages.pages["/rules.txt"] = answer("User-agent: *\nDisallow: /private", "text/plain")

    assert readable(pages, "/news/a")
    assert not readable(pages, "/private/a")


def test_rules_are_asked_for_once_a_host(pages: Site) -> None:
    pages.names["hill.example"] = "127.0.0.1"
    fetcher = pages.fetcher()

    for url in (pages.url("/news/a"), pages.url("/"), pages.url("/news/a", "hill.example"), pages.url("/news/a")):
        fetcher.fetch(url)

    hosts = [request.headers["host"] for request in pages.server.requests if request.path == "/robots.txt"]
    assert [host.partition(":")[0] for host in hosts] == ["valley.example", "hill.example"]


def test_a_redirect_to_what_is_forbidden_is_not_followed(pages: Site) -> None:
    pages.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /private", "text/plain")
    pages.pages["/a"] = redirect("/private/a")

    with pytest.raises(UnreadableInputError, match="does not allow programs to read it"):
        pages.fetcher().fetch(pages.url("/a"))

    assert pages.asked == ["/a"]


def test_the_pause_that_a_site_asks_for_is_kept_up_to_a_limit(pages: Site) -> None:
    pages.pages["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 60", "text/plain")

    pages.fetcher(max_delay_s=0.3).fetch(pages.url("/news/a"))

    robots, article = pages.server.requests
    assert 0.3 <= article.time - robots.time < 5
