"""Which addresses are connected to, whatever a resolver says and whenever."""

import time
from collections.abc import Iterator, Sequence

import pytest

from index_store.errors import UnreadableInputError
from index_store.fetching import Fetcher, FetchLimits, Guard
from index_store.fetching.url import parse_url
from tests.index_store.web_site import HOST, QUICK, TEXT, Site, page, redirect

ANY = "0.0.0.0"  # noqa: S104  nothing is bound to it
PUBLIC = ("93.184.215.14", "2606:2800:21f::1")


def fetcher(*answers: Sequence[str], allowed: Sequence[tuple[str, int]] = ()) -> Fetcher:
    """One whose resolver says each of the answers in turn."""
    said: Iterator[Sequence[str]] = iter(answers)
    return Fetcher(Guard(lambda _host, _port: next(said), frozenset(allowed)), FetchLimits(**QUICK))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "017700000001", "0x7f000001", "127.0.0.1.", "0", ANY),
        *("１２７.0.0.1", "127。0。0。1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost", "localhost.", "LOCALHOST"),
    ],
)
def test_loopback_is_refused_in_every_notation(site: Site, host: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"^not fetched: .* only public addresses are fetched"):
        Fetcher().fetch(f"http://{host}:{site.server.port}/a")

    assert site.server.requests == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.5", "169.254.169.254", "169.254.0.1", "192.168.1.1", "100.100.100.200", "fe80::1%eth0", "fd00::1"],
)
def test_a_name_of_a_private_address_is_refused_and_the_address_named(address: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"valley.example resolves to {address}, an? .*address"):
        fetcher((address,)).fetch("http://valley.example/a")


def test_one_private_address_among_public_ones_is_enough(site: Site) -> None:
    guard = Guard(lambda _host, _port: (*PUBLIC, "127.0.0.1"))

    with pytest.raises(UnreadableInputError, match=r"resolves to 127\.0\.0\.1, a loopback address"):
        guard.addresses(parse_url(site.url("/a")), 1)


def test_public_addresses_pass() -> None:
    assert Guard(lambda _host, _port: PUBLIC).addresses(parse_url("https://valley.example/"), 1) == PUBLIC


def test_an_allowance_is_for_one_address_and_port(site: Site) -> None:
    guard = Guard(site.resolve, frozenset({("127.0.0.1", site.server.port)}))

    assert guard.addresses(parse_url(site.url("/a")), 1) == ("127.0.0.1",)
    with pytest.raises(UnreadableInputError, match="loopback"):
        guard.addresses(parse_url(f"http://{HOST}:{site.server.port + 1}/"), 1)


def test_the_checked_address_is_connected_to_whatever_the_resolver_says_next(site: Site) -> None:
    site.pages["/a"] = page()
    there = ("127.0.0.1", site.server.port)

    # one answer for robots.txt, one for the page, and none that could be asked for a third time
    document = fetcher(("127.0.0.1",), ("127.0.0.1",), allowed=[there]).fetch(site.url("/a"))

    assert TEXT.encode() in document.body


def test_a_resolver_that_changes_its_mind_is_checked_anew(site: Site) -> None:
    site.pages["/a"] = page()
    there = ("127.0.0.1", site.server.port)

    with pytest.raises(UnreadableInputError, match=r"resolves to 127\.0\.0\.2, a loopback address"):
        fetcher(("127.0.0.1",), ("127.0.0.2",), allowed=[there]).fetch(site.url("/a"))

    assert site.asked == []


def test_the_peer_is_checked_again_after_connecting(site: Site) -> None:
    site.pages["/a"] = page()
    nowhere = (ANY, site.server.port)  # which systems connect to loopback

    with pytest.raises(UnreadableInputError, match=r"resolves to 127\.0\.0\.1, a loopback address"):
        fetcher((ANY,), allowed=[nowhere]).fetch(site.url("/a"))

    assert site.server.requests == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:9/b",
        "http://2130706433/b",
        "http://0x7f000001/b",
        "http://017700000001/b",
        "http://127.1/b",
        "http://[::ffff:127.0.0.1]/b",
        "//169.254.169.254/latest/meta-data/",
        "http://inside.example/b",
    ],
)
def test_every_redirect_is_checked(site: Site, target: str) -> None:
    site.names["inside.example"] = "10.0.0.5"
    site.pages["/a"] = redirect(target)

    with pytest.raises(UnreadableInputError, match="only public addresses are fetched"):
        site.fetcher().fetch(site.url("/a"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://valley.example/", "http://valley.example@127.0.0.1/"])
def test_a_redirect_out_of_the_web_is_not_followed(site: Site, target: str) -> None:
    site.pages["/a"] = redirect(target)

    with pytest.raises(UnreadableInputError, match=r"only http and https|user name"):
        site.fetcher().fetch(site.url("/a"))


def test_a_redirect_of_robots_txt_is_checked_too(site: Site) -> None:
    site.pages |= {"/a": page(), "/robots.txt": redirect("http://127.0.0.1:9/")}

    with pytest.raises(UnreadableInputError, match=r"127\.0\.0\.1 is a loopback address.*robots\.txt"):
        site.fetcher().fetch(site.url("/a"))

    assert site.asked == []


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{site.server.port}")
    monkeypatch.setenv("NO_PROXY", "")

    with pytest.raises(UnreadableInputError, match="only public addresses"):
        Fetcher().fetch("http://10.0.0.5/a")

    assert site.server.requests == []


def test_a_name_that_nobody_knows_is_said_to_be_unknown(site: Site) -> None:
    with pytest.raises(UnreadableInputError, match=r"no host 'hill\.example' can be found"):
        site.fetcher().fetch(site.url("/a", "hill.example"))


def test_a_resolver_that_does_not_answer_is_not_waited_for() -> None:
    def hang(_host: str, _port: int) -> Sequence[str]:
        time.sleep(5)
        return PUBLIC

    with pytest.raises(UnreadableInputError, match="was not found within"):
        Guard(hang).addresses(parse_url("http://valley.example/"), 0.05)
