"""From bytes to characters."""

import codecs
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.errors import UnreadableInputError
from index_store.loading.decoding import declared_charset, decode, stream_encoding
from index_store.loading.input_file import on_disk

WESTERN = "The café’s owner said “no” – it would cost £5 million."
RUSSIAN = "Привет, это новости дня о погоде и политике в городе Москва."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(WESTERN.encode(), WESTERN, id="UTF-8"),
        pytest.param(WESTERN.encode("utf-8-sig"), WESTERN, id="UTF-8 with a mark"),
        pytest.param(WESTERN.encode("utf-16"), WESTERN, id="UTF-16 with a mark"),
        pytest.param(codecs.BOM_UTF16_BE + WESTERN.encode("utf-16-be"), WESTERN, id="UTF-16 BE with a mark"),
        pytest.param(WESTERN.encode("utf-16-le"), WESTERN, id="UTF-16 LE without a mark"),
        pytest.param(WESTERN.encode("utf-16-be"), WESTERN, id="UTF-16 BE without a mark"),
        pytest.param(WESTERN.encode("utf-32"), WESTERN, id="UTF-32 with a mark"),
        pytest.param(WESTERN.encode("cp1252"), WESTERN, id="Windows-1252"),
        pytest.param("Café déjà vu.".encode("latin-1"), "Café déjà vu.", id="short Latin-1"),
        pytest.param(b"A" * 200_000 + "é".encode("cp1252"), "A" * 200_000 + "é", id="one accent, far in"),
        pytest.param(RUSSIAN.encode("cp1251"), RUSSIAN, id="Windows-1251"),
        pytest.param(RUSSIAN.encode("koi8-r"), RUSSIAN, id="KOI8-R"),
        pytest.param((RUSSIAN + "\ufffd").encode(), RUSSIAN + "\ufffd", id="a replacement character of its own"),
        pytest.param(RUSSIAN.encode() + b"\xff", RUSSIAN + "\ufffd", id="UTF-8 with one bad byte"),
        pytest.param(RUSSIAN.encode()[:-2], RUSSIAN[:-2] + "\ufffd", id="UTF-8 cut in a character"),
    ],
)
def test_bytes_become_the_characters_that_were_meant(raw: bytes, expected: str) -> None:
    assert decode(raw) == expected


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(b"." + text.encode()) == "." + text


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"text\0text", id="a zero"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="a picture"),
        pytest.param(b"".join(sha256(bytes([n])).digest() for n in range(150)), id="noise"),
        pytest.param(bytes(range(1, 256)) * 20, id="every byte but zero"),
        pytest.param(b"\x01\x02\x03 text " * 100, id="control characters"),
    ],
)
def test_what_is_not_text_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableInputError, match="looks like a binary file"):
        decode(raw)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param('<meta charset="utf-8">', "utf-8", id="HTML 5"),
        pytest.param('<META http-equiv=Content-Type content="text/html; charset=Shift_JIS">', "shift_jis", id="HTML 4"),
        pytest.param('<?xml version="1.0" encoding="windows-1251"?>', "cp1251", id="XHTML"),
        pytest.param("<meta charset=iso-8859-1>", "cp1252", id="Latin-1 means Windows-1252"),
        pytest.param("<meta charset=unicode_escape>", None, id="a codec that is not of the web"),
        pytest.param("<meta charset=base64>", None, id="a codec that is not of text"),
        pytest.param("<meta charset=nonsense>", None, id="unknown"),
        pytest.param("<p>charset=utf-8</p>", None, id="in the text"),
    ],
)
def test_a_page_names_its_charset(head: str, expected: str | None) -> None:
    assert declared_charset(f"<html><head>{head}".encode()) == expected


@pytest.mark.parametrize(
    ("raw", "declared", "expected"),
    [
        pytest.param("“Où?”".encode("cp1252"), "cp1252", "“Où?”", id="as declared"),
        pytest.param("“Où?”".encode(), "cp1252", "“Où?”", id="UTF-8 though it declares otherwise"),
        pytest.param(WESTERN.encode("cp1252"), "utf-8", WESTERN, id="not the UTF-8 that it declares"),
        pytest.param("Łódź".encode("cp1250"), "cp1250", "Łódź", id="too short to be guessed"),
    ],
)
def test_a_declared_charset_is_honoured_where_it_can_be(raw: bytes, declared: str, expected: str) -> None:
    assert decode(raw, declared=declared) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"plain", "utf-8", id="ASCII"),
        pytest.param("é".encode("utf-8-sig"), "utf-8-sig", id="a mark"),
        pytest.param(b"a" * ((1 << 20) - 1) + "é".encode(), "utf-8", id="a character across two blocks"),
        pytest.param(b"a" * (1 << 21) + WESTERN.encode("cp1252"), "cp1252", id="Windows-1252 in the third block"),
    ],
)
def test_the_encoding_of_a_file_is_found_without_reading_it_whole(raw: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_bytes(raw)

    assert stream_encoding(on_disk(tmp_path / "file.csv")) == expected
