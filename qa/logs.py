"""The log: what goes to stderr, and how much of it."""

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start_logging(level: str) -> None:
    """Logs to stderr from `level` on ("debug", "info", "warning"); requests to servers are told at debug alone."""
    logging.basicConfig(level=level.upper(), format=_FORMAT)
    if level != "debug":
        for name in ("httpx", "httpx2", "openai"):
            logging.getLogger(name).setLevel(logging.WARNING)
