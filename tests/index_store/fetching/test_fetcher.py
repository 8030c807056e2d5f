"""From a URL to the document behind it."""

import gzip
import time
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from itertools import pairwise

import pytest

from index_store.errors import UnreadableInputError
from index_store.fetching import Document
from index_store.fetching.url import parse_url
from tests.index_store.web_site import HOST, Site, answer, page, redirect
from tests.scripted_server import Cut, Pause, Script, drip, hang_up

MB = 2**20


def test_a_document_comes_with_its_address_type_and_encoding(site: Site) -> None:
    site.pages["/a?b=%20c"] = answer("Grüße".encode("latin-1"), 'Text/HTML; Charset="ISO-8859-1"')

    document = site.fetcher().fetch(site.url("/a?b= c#part"))

    assert document == Document(parse_url(site.url("/a?b=%20c")), "text/html", "iso-8859-1", b"Gr\xfc\xdfe")


def test_a_request_names_host_and_product_and_carries_nothing_else(site: Site) -> None:
    site.pages["/a"] = [redirect("/b"), page()]
    site.pages["/b"] = answer("x", Set_Cookie="session=1")

    fetcher = site.fetcher()
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/a"))

    for request in site.server.requests:
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert request.headers["host"] == f"{HOST}:{site.server.port}"
        assert request.headers["user-agent"].startswith("article-qa")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_another_path_and_host(site: Site, status: int) -> None:
    site.names["hill.example"] = "127.0.0.1"
    raw = site.url("/ü", "hill.example").encode().decode("latin-1")  # as servers send it that do not encode it
    site.pages |= {"/a": redirect("b?c", status), "/b?c": redirect(raw, status)}
    site.pages["/%C3%BC"] = answer("there")

    document = site.fetcher().fetch(site.url("/a"))

    assert (str(document.url), document.body) == (site.url("/%C3%BC", "hill.example"), b"there")


def test_five_redirects_are_followed_and_no_sixth(site: Site) -> None:
    site.pages |= {f"/{step}": redirect(f"/{step + 1}") for step in range(6)} | {"/6": page()}

    assert str(site.fetcher().fetch(site.url("/1")).url) == site.url("/6")
    with pytest.raises(UnreadableInputError, match=r"^more than 5 redirects$"):
        site.fetcher().fetch(site.url("/0"))


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}

    with pytest.raises(UnreadableInputError, match="more than 5 redirects"):
        site.fetcher().fetch(site.url("/a"))


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(answer(status=404), r"the server answered 404 \(not found\)", id="not found"),
        pytest.param(answer(status=403), r"the server answered 403 \(forbidden\)", id="forbidden"),
        pytest.param(answer(status=401, WWW_Authenticate="Basic"), r"401 \(unauthorized\)", id="a password is wanted"),
        pytest.param(answer(status=500), r"500 \(internal server error\)", id="broken server"),
        pytest.param(answer(status=299), "the server answered 299", id="unknown status"),
        pytest.param(answer(status=302), "without saying where to", id="redirect to nowhere"),
        pytest.param(redirect("http://["), "no valid URL", id="redirect to no URL"),
        pytest.param(answer(b""), "the answer is empty", id="empty"),
        pytest.param(
            answer(b"x", Content_Encoding="zstd"), "compressed as 'zstd', which was not", id="unasked encoding"
        ),
        pytest.param(answer(b"x", Content_Encoding="gzip, gzip"), "which was not asked for", id="encoded twice"),
        pytest.param(answer(b"x" * 99, Content_Encoding="gzip"), "its compression is broken", id="broken gzip"),
        pytest.param(answer(b"half", Content_Length="8"), "cut off in the middle", id="cut off"),
        pytest.param(
            Script((b"5\r\nha", Cut()), headers={"Transfer-Encoding": "chunked"}),
            "closed the connection",
            id="cut chunk",
        ),
        pytest.param(
            answer(gzip.compress(b"x" * 9999)[:-9], Content_Encoding="gzip"), "cut off in the middle", id="cut gzip"
        ),
        pytest.param(hang_up(), "closed the connection", id="no answer"),
    ],
)
def test_what_is_no_whole_document_is_refused_with_the_reason(site: Site, reply: Script, reason: str) -> None:
    site.pages["/a"] = reply

    with pytest.raises(UnreadableInputError, match=reason):
        site.fetcher().fetch(site.url("/a"))


def test_a_server_that_is_not_there_is_named(site: Site) -> None:
    site.server.close()

    with pytest.raises(UnreadableInputError, match=r"valley\.example refuses the connection"):
        site.fetcher().fetch(site.url("/a"))


def test_a_document_up_to_the_limit_is_taken_and_no_larger_one(site: Site) -> None:
    site.pages |= {"/fits": answer(b"x" * MB), "/more": answer(b"x" * (MB + 1))}

    fetcher = site.fetcher(body_bytes=MB)

    assert len(fetcher.fetch(site.url("/fits")).body) == MB
    with pytest.raises(UnreadableInputError, match="larger than 1 MB"):
        fetcher.fetch(site.url("/more"))


def test_an_endless_document_is_left_at_the_limit(site: Site) -> None:
    endless = Script((b"x" * 65536,) * 4096, headers={"Content-Type": "text/html"})
    site.pages["/a"] = endless

    with pytest.raises(UnreadableInputError, match="larger than 1 MB"):
        site.fetcher(body_bytes=MB).fetch(site.url("/a"))

    assert site.server.left.wait(5)  # the server was not heard out


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((Pause(9),), id="nothing"),
        pytest.param((), id="a byte at a time"),
    ],
)
def test_the_time_is_up_however_the_server_delays(site: Site, before: Sequence[Pause]) -> None:
    slow = drip(answer(b"x" * 1000), 0.02)
    site.pages["/a"] = Script(slow.steps, headers={"Content-Type": "text/html"}, before=tuple(before))

    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match=r"not here within 0\.5 s"):
        site.fetcher(total_s=0.5).fetch(site.url("/a"))

    assert time.monotonic() - started < 5


def test_a_silent_server_is_left_after_the_time_for_one_answer(site: Site) -> None:
    site.pages["/a"] = Script(before=(Pause(9),))

    with pytest.raises(UnreadableInputError, match="does not answer in time"):
        site.fetcher(read_s=0.2).fetch(site.url("/a"))


def test_a_server_that_asks_to_wait_is_asked_again(site: Site) -> None:
    site.pages["/a"] = [answer(status=429, Retry_After="1"), page()]

    site.fetcher().fetch(site.url("/a"))

    first, second = [request.time for request in site.server.requests if request.path == "/a"]
    assert second - first >= 1


def test_a_date_to_come_back_at_is_understood(site: Site) -> None:
    soon = datetime.now(timezone.utc) + timedelta(seconds=2)
    site.pages["/a"] = [answer(status=503, Retry_After=format_datetime(soon, usegmt=True)), page()]

    site.fetcher().fetch(site.url("/a"))

    assert site.asked == ["/a", "/a"]


@pytest.mark.parametrize(
    ("reply", "asked", "reason"),
    [
        pytest.param(
            answer(status=429, Retry_After="3600"), 1, "asks to wait 3600 s, more than is left", id="too long"
        ),
        pytest.param(answer(status=503, Retry_After="0"), 3, r"503 \(service unavailable\)", id="again and again"),
        pytest.param(answer(status=429), 1, r"429 \(too many requests\)", id="nothing said"),
        pytest.param(answer(status=429, Retry_After="soon"), 1, r"429 \(too many requests\)", id="no time"),
        pytest.param(answer(status=404, Retry_After="1"), 1, r"404 \(not found\)", id="not a busy one"),
    ],
)
def test_a_busy_server_is_not_pressed(site: Site, reply: Script, asked: int, reason: str) -> None:
    site.pages["/a"] = reply

    with pytest.raises(UnreadableInputError, match=reason):
        site.fetcher().fetch(site.url("/a"))

    assert len(site.asked) == asked


def test_a_host_gets_one_request_at_a_time_with_a_pause_between(site: Site) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": page()}

    site.fetcher(delay_s=0.3).fetch(site.url("/a"))

    moments = [request.time for request in site.server.requests]  # of robots.txt too
    assert len(moments) == 3
    assert all(after - before >= 0.3 for before, after in pairwise(moments))


def test_an_address_that_takes_no_connection_is_followed_by_the_next(site: Site) -> None:
    from index_store.fetching import Fetcher, FetchLimits, Guard

    site.pages["/a"] = page()
    port = site.server.port
    guard = Guard(
        lambda _host, _port: ("127.0.0.2", "127.0.0.1"), frozenset({("127.0.0.2", port), ("127.0.0.1", port)})
    )

    assert Fetcher(guard, FetchLimits(delay_s=0)).fetch(site.url("/a")).body
