"""One spelling for every way to write a URL."""

import pytest

from index_store.errors import UnreadableInputError
from index_store.fetching.url import is_url, parse_url, without_user


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        pytest.param("HTTP://Valley.Example:80", "http://valley.example/", id="case, default port, no path"),
        pytest.param("https://valley.example:8443/a#part", "https://valley.example:8443/a", id="fragment"),
        pytest.param("http://valley.example./a", "http://valley.example/a", id="trailing dot"),
        pytest.param("http://bücher.example/ä b?q=ü", "http://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC", id="IDNA"),
        pytest.param("http://valley.example/%41%2f?a=1&b=%20", "http://valley.example/%41%2f?a=1&b=%20", id="encoded"),
        pytest.param(" http://valley.example/ ", "http://valley.example/", id="spaces around"),
        pytest.param("http://2130706433/", "http://127.0.0.1/", id="decimal"),
        pytest.param("http://0x7f000001/", "http://127.0.0.1/", id="hex"),
        pytest.param("http://0X7F.1/", "http://127.0.0.1/", id="hex part and short form"),
        pytest.param("http://017700000001/", "http://127.0.0.1/", id="octal"),
        pytest.param("http://0177.0.0.01/", "http://127.0.0.1/", id="octal parts"),
        pytest.param("http://127.1/", "http://127.0.0.1/", id="two parts"),
        pytest.param("http://127.0.0.1./", "http://127.0.0.1/", id="IPv4 and a dot"),
        pytest.param("http://１２７。０．0.1/", "http://127.0.0.1/", id="full width"),
        pytest.param("http://①②⑦.0.0.1/", "http://127.0.0.1/", id="circled"),
        pytest.param("http://[::FFFF:127.0.0.1]:8080/", "http://[::ffff:7f00:1]:8080/", id="IPv4 in IPv6"),
        pytest.param("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/", id="long IPv6"),
    ],
)
def test_every_notation_has_one_plain_spelling(written: str, plain: str) -> None:
    url = parse_url(written)

    # how `ipaddress` writes an IPv4 address within IPv6 differs between versions of Python
    assert str(url).replace("::ffff:127.0.0.1", "::ffff:7f00:1") == plain
    assert parse_url(str(url)) == url


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param("ftp://valley.example/a", "only http and https are fetched, not ftp", id="ftp"),
        pytest.param("file:///etc/passwd", "only http and https are fetched, not file", id="file"),
        pytest.param("javascript://valley.example/%0aalert", "only http and https", id="script"),
        pytest.param("gopher://127.0.0.1:6379/_INFO", "only http and https", id="gopher"),
        pytest.param("/etc/passwd", "only http and https are fetched, not a path", id="path"),
        pytest.param("http://valley.example@127.0.0.1/", "user name or password", id="user"),
        pytest.param("http://valley.example:x@127.0.0.1/", "user name or password", id="user and password"),
        pytest.param("http://127.0.0.1\\@valley.example/", "user name or password", id="backslash and user"),
        pytest.param("http://127.0.0.1\\.valley.example/", "is no name of a host", id="backslash"),
        pytest.param("http://%31%32%37.0.0.1/", "not a valid URL", id="percent-encoded host"),
        pytest.param("http://127.0.0.1%00.valley.example/", "is no name of a host", id="encoded NUL"),
        pytest.param("http://127.0.0.1\n.valley.example/", "control characters", id="newline"),
        pytest.param("http://valley.example/\r\nHost: x", "control characters", id="header in the path"),
        pytest.param("http://[fe80::1%eth0]/", "with a zone", id="zone"),
        pytest.param("http://[fe80::1%25eth0]/", "with a zone", id="encoded zone"),
        pytest.param("http://[::1].valley.example/", "not a valid URL", id="name behind brackets"),
        pytest.param("http://[v1.x]/", "not a valid URL", id="future IP"),
        pytest.param("http://256.0.0.1/", "not a valid URL", id="too large a part"),
        pytest.param("http://1.2.3.4.5/", "not a valid URL", id="five parts"),
        pytest.param("http://08.0.0.1/", "not a valid URL", id="no octal digit"),
        pytest.param("http://valley.0x7f/", "not a valid URL", id="a name that ends in a number"),
        pytest.param("http:///a", "is no name of a host", id="no host"),
        pytest.param("http://./", "is no name of a host", id="a dot"),
        pytest.param("http://a..b/", "is no name of a host", id="empty label"),
        pytest.param("http://valley.example:0/", "port 0", id="port 0"),
        pytest.param("http://valley.example:65536/", "not a valid URL", id="port too large"),
        pytest.param("http://valley.example:80:90/", "not a valid URL", id="two ports"),
        pytest.param("http://valley.example/\udcff", "not a valid URL", id="no character"),
        pytest.param("", "only http and https", id="nothing"),
    ],
)
def test_what_is_read_in_two_ways_is_not_read(written: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=reason):
        parse_url(written)


@pytest.mark.parametrize(
    ("reference", "joined"),
    [
        pytest.param("b", "http://valley.example/news/b", id="beside"),
        pytest.param("/b?c", "http://valley.example/b?c", id="from the root"),
        pytest.param("//hill.example/b", "http://hill.example/b", id="another host"),
        pytest.param("https://hill.example", "https://hill.example/", id="whole"),
    ],
)
def test_a_reference_is_read_from_its_page(reference: str, joined: str) -> None:
    assert str(parse_url("http://valley.example/news/a").join(reference)) == joined


def test_a_reference_to_nowhere_is_an_error() -> None:
    with pytest.raises(UnreadableInputError, match="no valid URL"):
        parse_url("http://valley.example/").join("http://[")


def test_a_url_is_told_from_a_path() -> None:
    assert is_url("https://valley.example/")
    assert is_url("FTP://valley.example/")
    assert not any(map(is_url, ("news/*.html", "C:/news", "http:/valley", "//valley", "notes://".replace("/", ""))))


def test_a_password_is_not_shown() -> None:
    assert without_user("https://jo:secret@valley.example/a@b") == "https://valley.example/a@b"
