"""Files and folders that are not what their names say."""

import os
import socket
from pathlib import Path

from tests.qa.cli.bad_input.case import Case, file, hole

DAM = "The dam held through the night."
GB = 1 << 30


def loop_of_folders(folder: Path) -> None:
    (folder / "inside").mkdir()
    (folder / "inside" / "again").symlink_to(folder)
    (folder / "inside" / "dam.txt").write_text(DAM)


def link_to_itself(folder: Path) -> None:
    (folder / "a.txt").symlink_to("a.txt")


def link_to_nothing(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "gone.txt")


def link_to_a_device(folder: Path) -> None:
    (folder / "a.txt").symlink_to("/dev/zero")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")


def listener(folder: Path) -> None:
    before = Path.cwd()
    os.chdir(folder)  # the path of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as left:
            left.bind("a.txt")
    finally:
        os.chdir(before)


def folder_named_as_a_file(folder: Path) -> None:
    (folder / "a.txt").mkdir()
    (folder / "a.txt" / "dam.txt").write_text(DAM)


def folders_50_deep(folder: Path) -> None:
    deep = folder.joinpath(*(["deep"] * 50))
    deep.mkdir(parents=True)
    (deep / "dam.txt").write_text(DAM)


def same_file_three_times(folder: Path) -> None:
    (folder / "a.txt").write_text(DAM)
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c.txt").symlink_to("b.txt")


def name_of_other_bytes(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(DAM)


CASES = (
    Case("1 GB of nothing", hole("a.txt", GB), said=("larger than 64 MB",)),
    Case("1 GB of nothing as a page", hole("a.html", GB), said=("larger than 64 MB",)),
    Case("1 GB of nothing as a PDF", hole("a.pdf", GB, b"%PDF-1.4\n"), said=("larger than 256 MB",)),
    Case("1 GB of nothing as JSON", hole("a.json", GB), said=("broken JSON",)),
    Case("1 GB of nothing in a string of JSON", hole("a.json", GB, b'[{"text": "'), said=("broken JSON",)),
    Case("1 GB of nothing as a table", hole("a.csv", GB), said=("no column is named text",)),
    Case("a row of 100 MB", hole("a.jsonl", GB // 10), said=("longer than 64 million characters",), megabytes=300),
    Case("a cell of 100 MB", hole("a.csv", GB // 10, b"text\n"), said=("a line of more than 64",), megabytes=300),
    Case("1 GB of nothing as an archive", hole("a.zip", GB), said=("not a zip archive",)),
    Case("a loop of folders", loop_of_folders, read=(DAM,)),
    Case("a link to itself", link_to_itself, said=("too many levels of symbolic links",)),
    Case("a link to nothing", link_to_nothing, said=("no such file",)),
    Case("a link to a device", link_to_a_device, said=("not a regular file",)),
    Case("a pipe", pipe, said=("not a regular file",)),
    Case("a socket", listener, said=("not a regular file",)),
    Case("a folder named as a file", folder_named_as_a_file, read=(DAM,)),
    Case("folders 50 deep", folders_50_deep, read=(DAM,)),
    Case("one file under three names", same_file_three_times, read=(DAM,)),
    Case("a name that is not UTF-8", name_of_other_bytes, read=(DAM,)),
    Case("a name that steers a terminal", file("a\x1b[2J\n.docx", DAM), said=("unsupported file type '.docx'",)),
    Case("a name of 255 bytes", file("é" * 125 + "a.txt", DAM), read=(DAM,)),
    Case("no ending", file("README", DAM), said=("unsupported file type ''",)),
)
