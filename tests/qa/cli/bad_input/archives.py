"""Archives and compressed files that are broken, or made to hurt."""

import gzip
import struct
import zipfile
from pathlib import Path

from tests.index_store.loading.test_archive import link, write_zip
from tests.qa.cli.bad_input.case import Case, Write, file

DAM = "The dam held through the night."
MB = 1 << 20
OUT = "its path leads out of the archive"
BOMB = "unpacks to more than 200 times its size"


def archive(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> Write:
    """A zip with these members, and a good one at its end."""
    return lambda folder: write_zip(folder / "a.zip", *members, ("z.txt", DAM))


def bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            with packed.open(f"{number}.txt", "w", force_zip64=True) as member:
                for _ in range(64):
                    member.write(bytes(MB))


def lying_bomb(folder: Path) -> None:
    """A member that unpacks to 64 MB and says it is of 20 bytes."""
    path = write_zip(folder / "a.zip", ("a.txt", b"x" * (64 * MB)))
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 64 * MB), struct.pack("<I", 20)))


def overlapping(folder: Path) -> None:
    """10,000 members that are all the same 2 MB."""
    path = write_zip(folder / "a.zip", ("a.txt", b"x" * (2 * MB)))
    content = path.read_bytes()
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry, count = content[start:end], 10_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, count * len(entry), start, 0)
    path.write_bytes(content[:start] + entry * count + tail)


def encrypted(folder: Path) -> None:
    content = bytearray(write_zip(folder / "a.zip", ("a.txt", "Secret."), ("z.txt", DAM)).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag; what is inside does not matter
    (folder / "a.zip").write_bytes(content)


def packed_in_an_unknown_way(folder: Path) -> None:
    content = bytearray(write_zip(folder / "a.zip", ("a.txt", "Odd."), ("z.txt", DAM)).read_bytes())
    content[content.index(b"PK\x01\x02") + 10] = 99
    (folder / "a.zip").write_bytes(content)


def cut(folder: Path) -> None:
    path = write_zip(folder / "a.zip", ("a.txt", DAM))
    path.write_bytes(path.read_bytes()[:-30])


CASES = (
    Case("a zip bomb", bomb, said=(BOMB,)),
    Case("a zip bomb that lies about its size", lying_bomb, said=("broken or cut off",)),
    Case("10,000 files that are one", overlapping, said=(BOMB,)),
    Case("a member above the archive", archive(("../a.txt", "x")), said=(OUT,), read=(DAM,)),
    Case("a member at the root", archive(("/etc/a.txt", "x")), said=(OUT,), read=(DAM,)),
    Case("a member on a drive", archive(("C:\\a.txt", "x")), said=(OUT,), read=(DAM,)),
    Case("a member that is a link", archive((link("a.txt"), "/etc/passwd")), said=("a link, not a file",), read=(DAM,)),
    Case("an archive in an archive", archive(("b.zip", b"PK")), said=("an archive inside an archive",), read=(DAM,)),
    Case("an encrypted member", encrypted, said=("encrypted",), read=(DAM,)),
    Case("packed in an unknown way", packed_in_an_unknown_way, said=("packed in a way",), read=(DAM,)),
    Case("a member of NUL bytes", archive(("a.txt", bytes(100))), said=("binary file",), read=(DAM,)),
    Case("an archive cut off", cut, said=("not a zip archive",)),
    Case("text that calls itself an archive", file("a.zip", DAM), said=("not a zip archive",)),
    Case("a gzip bomb", file("a.jsonl.gz", gzip.compress(b'{"text": "' + b"x" * (40 * MB))), said=("unpacks to more",)),
    Case("a gzip bomb of text", file("a.txt.gz", gzip.compress(b"x" * (40 * MB))), said=("unpacks to more",)),
    Case("gzip cut off", file("a.txt.gz", gzip.compress(DAM.encode())[:-4]), said=("broken or cut off",)),
    Case("gzip inside gzip", file("a.txt.gz.gz", gzip.compress(gzip.compress(b"x"))), said=("unsupported file type",)),
    Case("text that calls itself gzip", file("a.txt.gz", DAM), said=("Not a gzipped file",)),
)
