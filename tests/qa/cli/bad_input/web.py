"""Feeds and pages from servers that mean harm, or do not know better."""

import gzip
from dataclasses import dataclass

from tests.index_store.web_site import answer, redirect
from tests.scripted_server import Script

MB = 1 << 20
ITEM = "<item><title>{}</title><link>/dam</link></item>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
READ_FROM_DISK = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@dataclass(frozen=True, slots=True)
class WebCase:
    """What a site serves at `/feed`, beside a good page at `/dam`; what is to be said and to be read of it."""

    name: str
    feed: Script
    said: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # of the articles that are taken


def rss(items: str, doctype: str = "") -> Script:
    text = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>V</title>{items}</channel></rss>'
    return answer(text, "application/rss+xml")


CASES = (
    WebCase(
        "entities of HTML in a feed",
        rss(ITEM.format("Dam &amp;amp; bridge &#8211; held")),
        titles=("Dam & bridge – held",),
    ),
    WebCase("entities that HTML has and XML has not", rss(ITEM.format("Caf&eacute;&nbsp;dam")), titles=("Café dam",)),
    WebCase("entities of its own", rss(ITEM.format("&x;"), '<!DOCTYPE rss [<!ENTITY x "Dam">]>'), titles=("Dam",)),
    WebCase(
        "a billion laughs", rss(ITEM.format("&l9;"), f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'), titles=("&l9;",)
    ),
    WebCase("an entity that is a file", rss(ITEM.format("&x;"), READ_FROM_DISK), titles=("",)),
    WebCase(
        "a feed cut off",
        answer('<?xml version="1.0"?><rss version="2.0"><channel>' + ITEM.format("Dam"), "application/rss+xml"),
        titles=("Dam",),
    ),
    WebCase("a feed nested 100,000 deep", rss("<a>" * 100_000), said=("lists no pages",)),
    WebCase("an empty feed", rss(""), said=("lists no pages",)),
    WebCase(
        "a feed of other schemes",
        rss(ITEM.format("A").replace("/dam", "file:///etc/passwd") + ITEM.format("Dam")),
        said=("only http and https",),
        titles=("Dam",),
    ),
    WebCase(
        "a feed of inner addresses",
        rss(ITEM.format("A").replace("/dam", "http://169.254.169.254/latest") + ITEM.format("Dam")),
        said=("only public addresses",),
        titles=("Dam",),
    ),
    WebCase(
        "a feed that bursts",
        answer(gzip.compress(b" " * 200 * MB), "application/rss+xml", Content_Encoding="gzip"),
        said=("larger than 50 MB",),
    ),
    WebCase("a feed that sends to itself", redirect("/feed"), said=("more than 5 redirects",)),
    WebCase("a picture", answer(b"GIF89a" + bytes(50), "image/gif"), said=("image/gif",)),
    WebCase("nothing", answer(b""), said=("the answer is empty",)),
)
