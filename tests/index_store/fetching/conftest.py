"""A web site on loopback."""

from tests.index_store.web_site import site

__all__ = ["site"]
