"""The limits of fetching: how much, how long and how often."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one document may cost, and the pauses between two requests to one host."""

    total_s: float = 60.0  # one document with its redirects and pauses: a slow newspaper is done in ten
    connect_s: float = 10.0  # to one address of a host
    read_s: float = 20.0  # without a byte
    delay_s: float = 1.0  # between two requests to one host: what a reader's clicks would leave
    max_delay_s: float = 10.0  # of a delay that robots.txt asks for; with a longer one nothing would be done in time
    redirects: int = 5
    attempts: int = 3  # of one request whose server asks to come back later
    body_bytes: int = 50 * 2**20  # decompressed, and as sent: the most that the sitemap protocol allows
    page_bytes: int = 5 * 2**20  # papers' have less than one; finding the text in four of hostile ones takes a minute
    feed_bytes: int = 4 * 2**20  # full-text feeds have about one; reading hostile markup takes 8 s a megabyte
    robots_bytes: int = 512 * 2**10  # what comes later in the file does not count; RFC 9309 asks for 500 KiB
