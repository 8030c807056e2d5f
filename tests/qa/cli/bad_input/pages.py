"""Pages and PDFs that are broken, empty or made to hurt."""

import zlib
from pathlib import Path

from tests.index_store.loading.pdf_writer import SCAN, lines, write_pdf
from tests.qa.cli.bad_input.case import Case, Write, file

DAM = "The council of the town voted on Tuesday to repair the old dam above the river, after a long debate in its hall."
MB = 1 << 20


def page(text: str = f"<p>{DAM}</p>", head: str = "", name: str = "a.html") -> Write:
    return file(name, f"<!DOCTYPE html><html><head>{head}</head><body><article>{text}</article></body></html>")


def pdf(*pages: str) -> Write:
    return lambda folder: write_pdf(folder / "a.pdf", *(lines(p) if p != SCAN else SCAN for p in pages))


def changed_pdf(old: bytes, new: bytes) -> Write:
    """A PDF of one good page with one part of it replaced."""

    def write(folder: Path) -> None:
        content = write_pdf(folder / "a.pdf", lines(DAM)).read_bytes()
        assert old in content
        (folder / "a.pdf").write_bytes(content.replace(old, new))

    return write


def pdf_bomb(folder: Path) -> None:
    """A page whose drawing unpacks to 500 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MB) for _ in range(500)) + packer.flush()
    head = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    kids = b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    leaf = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792] >>\nendobj\n"
    drawing = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    (folder / "a.pdf").write_bytes(head + kids + leaf + drawing + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n")


CASES = (
    Case("a page without text", page("<script>var x = 1</script>"), said=("no readable text",)),
    Case("a page that is a picture", file("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), said=("binary file",)),
    Case("a page cut off", file("a.html", f"<html><body><article><p>{DAM}</p><p"), read=(DAM,)),
    Case("10,000 elements in one another", page(f"<p>{DAM}</p>" + "<div>" * 10_000), read=(DAM,)),
    Case("100,000 tags that are never closed", page(f"<p>{DAM}</p>" + "<b><i>" * 50_000), read=(DAM,)),
    Case(
        "entities of no character",
        page(f"<p>{DAM} &#0;&#xD800;&#x110000;&bogus;</p>"),
        read=(f"{DAM} \ufffd\ufffd\ufffd&bogus;",),
    ),
    Case("a page with a title of 1 MB", page(head=f"<title>{'dam ' * (MB // 4)}</title>"), read=(DAM,)),
    Case("a page in another encoding than it says", page(head="<meta charset=utf-16>"), read=(DAM,)),
    Case(
        "markup that is broken as linked data",
        page(head="<script type='application/ld+json'>{[}</script>"),
        read=(DAM,),
    ),
    Case(
        "linked data nested 10,000 deep",
        page(head=f"<script type='application/ld+json'>{'[' * 10_000}{']' * 10_000}</script>"),
        read=(DAM,),
    ),
    Case(
        "a page of year 9999", page(head="<meta property='article:published_time' content='9999-12-31'>"), read=(DAM,)
    ),
    Case("NUL bytes in a page", file("a.html", f"<html><body><p>{DAM}\0</p></body></html>"), said=("binary file",)),
    Case("a scan", pdf(SCAN), said=("no text layer",)),
    Case("one page that is a scan", pdf(DAM, SCAN), said=("no text layer",), read=(DAM,)),
    Case("text that calls itself a PDF", file("a.pdf", DAM), said=("broken PDF",)),
    Case(
        "a PDF cut off", lambda folder: (folder / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<"), said=("broken PDF",)
    ),
    Case("a PDF whose pages hold themselves", changed_pdf(b"/Kids [7 0 R]", b"/Kids [2 0 R]"), said=("broken PDF",)),
    Case("a PDF of a million pages", changed_pdf(b"/Count 1", b"/Count 1000000"), read=(DAM,)),
    Case("a PDF that unpacks to 500 MB", pdf_bomb, said=("broken PDF",)),
)
