"""Small PDFs, written by hand: lines of Helvetica at given places, or a picture of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Print:
    """A line at a place, in points from the lower left corner."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11


def lines(*texts: str, x: float = 72, top: float = 700, leading: float = 13, size: float = 11) -> list[Print]:
    """Lines below one another; an empty one leaves a gap."""
    return [Print(text, x, top - number * leading, size) for number, text in enumerate(texts) if text]


SCAN = "scan"  # in place of lines: a page that is a picture


def write_pdf(path: Path, *pages: Sequence[Print] | str, notes: Mapping[str, str] | None = None) -> Path:
    """Writes a PDF with these pages; `notes` are its title, author and the like."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"]
    objects[2] += " /Encoding /WinAnsiEncoding >>"
    objects.append(_stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray", "A"))
    objects.append(f"<< {' '.join(f'/{name} {_string(value)}' for name, value in (notes or {}).items())} >>")
    kids = []
    for page in pages:
        drawing = "500 0 0 700 50 50 cm /Im1 Do" if isinstance(page, str) else "\n".join(map(_drawn, page))
        objects.append(_stream("", drawing))
        picture = "/XObject << /Im1 4 0 R >>" if isinstance(page, str) else ""
        resources = f"<< /Font << /F1 3 0 R >> {picture} >>"
        contents = f"/Contents {len(objects)} 0 R /Resources {resources} /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {contents} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    path.write_bytes(_file(objects))
    return path


def _drawn(line: Print) -> str:
    return f"BT /F1 {line.size} Tf {line.x} {line.y} Td {_string(line.text)} Tj ET"


def _string(text: str) -> str:
    # no parentheses, brackets or marks to escape: the bytes in hexadecimal
    return f"<{text.encode('cp1252').hex()}>"


def _stream(entries: str, content: str) -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    written, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\n"
    return written + f"{end}startxref\n{len(written)}\n%%EOF\n".encode()
