"""XML from strangers: read without a DTD, entities of its own or the network."""

import io
from collections.abc import Iterator

from lxml import etree

_HEAD_BYTES = 64 * 2**10


def root_name(body: bytes) -> str:
    """The local name of the element that an XML or HTML document begins with; empty where there is none."""
    return next((_local(element.tag) for _, element in _events(body[:_HEAD_BYTES].lstrip(), "start")), "")


def read_elements(body: bytes, name: str, namespace: str) -> Iterator[dict[str, str]]:
    """Of each element of that local name, the texts of what is inside by local name, each name's first.

    Looked at is what is in the element's own namespace or in `namespace`; what is broken is passed over.
    """
    for _, element in _events(body.lstrip(), "end"):
        if _local(element.tag) == name:
            known = {_namespace(element.tag), namespace}
            texts: dict[str, str] = {}
            for inside in element.iterdescendants():
                if _namespace(inside.tag) in known:
                    texts.setdefault(_local(inside.tag), (inside.text or "").strip())
            yield texts
            _forget(element)


def _events(body: bytes, kind: str) -> "Iterator[tuple[str, etree._Element]]":
    events = etree.iterparse(
        io.BytesIO(body),
        events=(kind,),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        yield from events
    except etree.XMLSyntaxError:  # nothing in it is XML
        return


def _forget(element: "etree._Element") -> None:
    """Frees what was read: a sitemap holds 50,000 elements."""
    element.clear()
    while element.getprevious() is not None and element.getparent() is not None:
        del element.getparent()[0]


def _namespace(tag: object) -> str:
    return tag[1:].rpartition("}")[0] if isinstance(tag, str) else ""


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # comments have a function for a tag
