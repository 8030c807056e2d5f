"""Retrying: when a server says to come back later, and when."""

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from index_store.fetching.exchange import Reply

_BUSY = {429, 503}


def asked_wait_s(reply: Reply) -> float | None:
    """Seconds after which a busy server wants to be asked again; None where asking again is no use."""
    asked = reply.header("retry-after").strip()
    if reply.status not in _BUSY or not asked:
        return None
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        moment = parsedate_to_datetime(asked)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return max(0.0, (aware - datetime.now(timezone.utc)).total_seconds())
