"""Zip archives."""

import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.article import Article
from index_store.loading import archive, load_articles
from index_store.loading.packed import FREE_BYTES

PAGE = f"<html><body><article><p>{'A page with words. ' * 20}</p></article></body></html>"


def write_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def outcomes(path: Path) -> list[str]:
    """The text of each article, the name and reason of each member that gave none."""
    return [
        item.text if isinstance(item, Article) else f"{item.input.removeprefix(f'{path}')}: {item.reason}"
        for item in load_articles([path])
    ]


def test_members_of_every_kind_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        ("z/b.txt", "Text below."),
        ("c.jsonl.gz", gzip.compress(b'{"text": "Row"}\n{"text": 5}')),
        ("b.html", PAGE),
        ("d.json", '[{"text": "JSON"}, {}]'),
        ("a.csv", "text\nCSV\n"),
        ("e.png", b"\x89PNG"),
        (".DS_Store", b"x"),
        ("__MACOSX/._b.html", b"x"),
        ("empty.txt", ""),
        ("f/", ""),
    )

    assert outcomes(path) == [
        "CSV",
        ("A page with words. " * 20).strip(),
        "Row",
        ": c.jsonl.gz: row 2: its text is a number, not a string",
        "JSON",
        ": d.json: row 2: no text: none of text, articleBody, body, content is there and not blank",
        ": e.png: unsupported file type '.png'",
        ": empty.txt: empty file",
        "Text below.",
    ]


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        pytest.param("/etc/a.txt", "its path leads out of the archive", id="absolute"),
        pytest.param("../a.txt", "its path leads out of the archive", id="above"),
        pytest.param("b/../../a.txt", "its path leads out of the archive", id="above, later"),
        pytest.param("C:\\a.txt", "its path leads out of the archive", id="a drive"),
        pytest.param("..\\a.txt", "its path leads out of the archive", id="above, in Windows"),
        pytest.param(link("a.txt"), "a link, not a file", id="link"),
        pytest.param("b.zip", "an archive inside an archive; unpack it yourself", id="archive"),
        pytest.param("b.tar", "an archive inside an archive; unpack it yourself", id="archive of another kind"),
    ],
)
def test_a_member_that_is_not_to_be_trusted_is_reported(
    tmp_path: Path, member: str | zipfile.ZipInfo, reason: str
) -> None:
    path = write_zip(tmp_path / "a.zip", (member, "Outside."), ("z.txt", "Inside."))
    name = member if isinstance(member, str) else member.filename

    assert outcomes(path) == [f": {name}: {reason}", "Inside."]


def test_an_encrypted_member_is_reported(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("a.txt", "Secret."), ("b.txt", "Open."))
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1  # the flag; what is inside does not matter
    path.write_bytes(content)

    assert outcomes(path) == [": a.txt: encrypted; unpack it with its password", "Open."]


def test_a_member_with_the_wrong_sum_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "The bridge is closed.")
        file.writestr("b.txt", "It is open.")
    path.write_bytes(path.read_bytes().replace(b"closed", b"cloSed"))

    assert outcomes(path) == [": a.txt: broken or cut off: Bad CRC-32 for file 'a.txt'", "It is open."]


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", *((f"{number}.txt", b"\n" * (FREE_BYTES // 4)) for number in range(5)))

    assert outcomes(path) == [": unpacks to more than 200 times its size; unpack it yourself if that is right"]


def test_a_bomb_inside_a_member_is_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    inside = gzip.compress(b'{"text": "One."}\n' + b" " * FREE_BYTES)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.jsonl.gz", inside)

    assert outcomes(path) == ["One.", ": a.jsonl.gz: unpacks to more than 16 MB; unpack it yourself if that is right"]


def test_an_archive_of_too_many_files_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MAX_MEMBERS", 2)  # 100,000 take seconds to write
    path = write_zip(tmp_path / "a.zip", *((f"{number}.txt", "Text.") for number in range(3)))

    assert outcomes(path) == [": holds 3 files, more than 2; unpack it yourself"]


@pytest.mark.parametrize("content", [b"no archive", b"PK\x05\x06" + bytes(10)], ids=["text", "a head"])
def test_what_is_no_archive_is_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)

    (outcome,) = outcomes(tmp_path / "a.zip")

    assert outcome.startswith(": not a zip archive that can be read: ")


def test_ids_are_the_same_on_every_load_and_unlike_in_folders(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("a/same.txt", "Text."), ("b/same.txt", "Text."))

    first, second = ([item.id for item in load_articles([path]) if isinstance(item, Article)] for _ in range(2))

    assert first == second
    assert len(set(first)) == 2


@given(at=st.integers(0, 400), replacement=st.binary(min_size=1, max_size=20))
def test_no_damage_does_more_than_refuse_what_is_damaged(
    tmp_path_factory: pytest.TempPathFactory, at: int, replacement: bytes
) -> None:
    path = write_zip(tmp_path_factory.mktemp("zip") / "a.zip", ("a.txt", "Text."), ("b.jsonl", '{"text": "Row"}'))
    content = path.read_bytes()
    path.write_bytes(content[:at] + replacement + content[at + len(replacement) :])

    assert outcomes(path)


def test_a_member_without_a_name_is_left_out(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("a", "x"), ("b.txt", "Text."))
    content = path.read_bytes()
    entry = content.index(b"PK\x01\x02")
    length = content[entry + 28]
    assert length == 1
    # the name is cut out of the directory, and the directory is shorter by it
    unnamed = content[: entry + 28] + b"\0" + content[entry + 29 : entry + 46] + content[entry + 47 :]
    end = unnamed.index(b"PK\x05\x06")
    path.write_bytes(unnamed[: end + 12] + bytes([unnamed[end + 12] - 1]) + unnamed[end + 13 :])

    assert outcomes(path)[-1] == "Text."
