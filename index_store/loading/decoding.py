"""Decoding: from the bytes of a file to its characters."""

import codecs
import re

from charset_normalizer import from_bytes

from index_store.errors import UnreadableInputError
from index_store.loading.input_file import InputFile

BINARY_REASON = "looks like a binary file"

# UTF-32 before UTF-16: the little-endian mark of the first begins with that of the second
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What news was written in before UTF-8. Left to all 90 codecs, short texts come out in those of DOS and the Mac.
_LEGACY_ENCODINGS = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "iso8859_2", "iso8859_15", "koi8_r"),
    *("shift_jis", "euc_jp", "euc_kr", "gb18030", "big5"),
]
# A page may name any codec of Python's, "unicode_escape" included; these are the ones of the web.
_WEB_ENCODING = re.compile(r"utf-8|cp125\d|cp874|cp932|cp949|iso8859-\d+|koi8-[ru]|shift_jis|euc_\w+|gb\w+|big5\w*")
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WINDOW_BYTES = 4096  # browsers look at 1,024; saved pages put comments and scripts first
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SAMPLE_CHARS = 65_536  # looked at, however large the file
_MAX_CONTROL_SHARE = 0.02  # of a text's characters; random bytes have about 0.1


def decode(raw: bytes, *, declared: str | None = None) -> str:
    """The characters of a text or page; the byte order mark, if any, is not one of them.

    Tried in order: byte order mark, UTF-16 by its pattern of zeros, UTF-8, `declared`, Windows-1252 and other
    legacy encodings by their plausibility. A few bad bytes in the one that is chosen become U+FFFD.

    Raises:
        UnreadableInputError: No encoding gives text.
    """
    text = raw.decode(_choose_encoding(raw, declared), "replace")
    if "\0" in text or len(_CONTROLS.findall(text, 0, _SAMPLE_CHARS)) > _MAX_CONTROL_SHARE * len(text[:_SAMPLE_CHARS]):
        raise UnreadableInputError(BINARY_REASON)
    return text


def declared_charset(raw: bytes) -> str | None:
    """The codec an HTML page names for itself, if it is one of the web's."""
    match = _META_CHARSET.search(raw, 0, _META_WINDOW_BYTES)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    if name in ("ascii", "iso8859-1"):
        return "cp1252"  # as in every browser: pages that say Latin-1 hold curly quotation marks
    return name if _WEB_ENCODING.fullmatch(name) else None


def mark_encoding(file: InputFile) -> str | None:
    """The encoding that a file's byte order mark names."""
    with file.open() as raw:
        return _mark_encoding(raw.read(4))


def stream_encoding(file: InputFile) -> str:
    """The encoding of a text file of any size, read once in blocks of bounded size.

    Raises:
        UnreadableInputError: No encoding gives text.
    """
    if marked := mark_encoding(file):
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as raw:
        while block := raw.read(1 << 20):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return _choose_encoding(block)
    return "utf-8"


def _choose_encoding(raw: bytes, declared: str | None = None) -> str:
    if marked := _mark_encoding(raw) or _zeros_encoding(raw):
        return marked
    fitting = (encoding for encoding in ("utf-8", declared) if encoding and _fits(raw, encoding))
    return next(fitting, None) or _guess_encoding(raw)


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
        # One bad byte among many good ones beyond ASCII makes no other encoding likelier.
        return text.count("\ufffd") * 10 <= len(text) - len(text.encode("ascii", "ignore"))
    return True


def _mark_encoding(raw: bytes) -> str | None:
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)), None)


def _zeros_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    even, odd = raw[0:4096:2], raw[1:4096:2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) > 0.4 * len(high) and low.count(0) < 0.05 * len(low):
            return encoding
    return None


def _guess_encoding(raw: bytes) -> str:
    foreign = _NOT_ASCII.search(raw)
    start = max(0, foreign.start() - _SAMPLE_CHARS // 8) if foreign else 0  # no character is cut: this far it is ASCII
    sample = raw[start : start + _SAMPLE_CHARS]
    # Windows-1252 wherever it is plausible: between equals the library takes the first by name, cp1250
    for encodings in (["cp1252"], _LEGACY_ENCODINGS):
        best = from_bytes(sample, cp_isolation=encodings).best()
        if best is not None:
            return best.encoding
    raise UnreadableInputError(BINARY_REASON)
