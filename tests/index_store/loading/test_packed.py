"""Compressed files."""

import gzip
from pathlib import Path

import pytest

from index_store.errors import UnreadableInputError
from index_store.loading.input_file import InputFile, on_disk
from index_store.loading.packed import FREE_BYTES, gunzipped


def packed(path: Path, content: bytes, *, is_cut: bool = False) -> InputFile:
    path.write_bytes(gzip.compress(content)[: -12 if is_cut else None])
    return on_disk(path)


def test_the_file_inside_has_the_name_without_the_ending_and_the_id_of_the_file(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.TXT.gz", b"text")

    inside = gunzipped(file, 100)

    assert (inside.suffix, inside.name, inside.key) == (".txt", file.name, file.key)
    assert inside.read_bytes() == inside.read_bytes() == b"text"


def test_what_unpacks_to_too_much_is_read_up_to_the_limit(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "a.jsonl.gz", b"\n" * (FREE_BYTES + 1))
    assert bomb.size * 200 < FREE_BYTES

    with gunzipped(bomb, float("inf")).open() as unpacked:
        assert len(unpacked.read(FREE_BYTES)) == FREE_BYTES
        with pytest.raises(UnreadableInputError, match=r"^unpacks to more than 16 MB; unpack it yourself if that is"):
            unpacked.read(1)


def test_the_limit_of_the_type_holds_for_what_is_inside(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="unpacks to more than"):
        gunzipped(packed(tmp_path / "a.txt.gz", b"x" * 2_000_000), 1 << 20).read_bytes()


def test_a_cut_file_gives_what_was_left_and_then_the_fault(tmp_path: Path) -> None:
    file = packed(tmp_path / "a.jsonl.gz", bytes(range(256)) * 4000, is_cut=True)

    with pytest.raises(UnreadableInputError, match=r"^broken or cut off: "):
        gunzipped(file, float("inf")).read_bytes()
