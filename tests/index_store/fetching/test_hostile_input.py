"""Whatever strangers send, nothing but a reason comes of it."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import UnreadableInputError
from index_store.fetching.address import special_kind
from index_store.fetching.document import Document
from index_store.fetching.exchange import Reply
from index_store.fetching.feed import read_feed
from index_store.fetching.guard import Guard
from index_store.fetching.kind import kind_of, unpacked
from index_store.fetching.retrying import asked_wait_s
from index_store.fetching.robots import Robots
from index_store.fetching.sitemap import read_sitemap, read_sitemap_index
from index_store.fetching.url import WebURL, parse_url
from tests.index_store.fetching.test_listings import ATOM, INDEX, RSS, SITEMAP

BASE = parse_url("https://valley.example/a")
HOSTS = st.text("0123456789abcdefx.:[]%@\\-_。ä１/?# \t", max_size=20) | st.ip_addresses(v=4).map(str)
SAMPLES = tuple(sample.encode() for sample in (RSS, ATOM, SITEMAP, INDEX))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A feed or sitemap with some bytes changed."""
    content = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        content[start : start + draw(st.integers(0, 9))] = draw(st.binary(max_size=9))
    return bytes(content)


@given(HOSTS, st.text(max_size=20))
def test_a_url_is_read_or_refused_and_read_again_the_same(host: str, path: str) -> None:
    with suppress(UnreadableInputError):
        url = parse_url(f"http://{host}/{path}")
        assert str(url).isascii()
        assert not set(str(url)) & set(" \t\r\n\\")
        assert parse_url(str(url)) == url


@given(st.text(max_size=40))
def test_a_reference_is_read_or_refused(reference: str) -> None:
    with suppress(UnreadableInputError):
        assert isinstance(BASE.join(reference), WebURL)


@given(st.ip_addresses(), st.sampled_from(["{}", "[{}]"]))
def test_an_address_that_is_not_public_is_never_connected_to(address: object, form: str) -> None:
    with suppress(UnreadableInputError):
        (found,) = Guard().addresses(parse_url(f"http://{form.format(address)}/"), 1)
        assert special_kind(found) == ""


@given(damaged() | st.binary(max_size=200))
def test_lists_are_read_or_refused(body: bytes) -> None:
    for content in (body, b"\x1f\x8b" + body):
        with suppress(UnreadableInputError):
            document = unpacked(Document(BASE, "text/html", "", content), 10_000)
            kind_of(document)
            read_feed(document)
            read_sitemap(document)
            read_sitemap_index(document)


@given(st.binary(max_size=200) | st.text("User-agntDislow:/*$\n#? %éx0123456789.-", max_size=100).map(str.encode))
def test_rules_are_read_whatever_they_say(body: bytes) -> None:
    robots = Robots(lambda _url: Reply(200, (), b"User-agent: *\n" + body))

    with suppress(UnreadableInputError):
        robots.check(BASE)
    assert isinstance(robots.delay_s(BASE), float)


@given(st.text(max_size=30) | st.integers(0, 10**12).map(str))
def test_a_time_to_wait_is_understood_or_not(written: str) -> None:
    wait_s = asked_wait_s(Reply(503, (("retry-after", written),)))

    assert wait_s is None or wait_s >= 0
