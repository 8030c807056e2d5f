"""Which files the inputs stand for."""

import os
import sys
from pathlib import Path

import pytest

from index_store.errors import InputNotFoundError
from index_store.layout import CATALOG_FILE
from index_store.loading.inputs import find_files
from index_store.loading.skipped import SkippedInput

TREE = ("a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt", ".hidden.txt", ".git/f.txt", "sub/.g/h.txt")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


def found(root: Path, *inputs: str | Path) -> list[str]:
    files = find_files([root / given for given in inputs])
    return [file.relative_to(root).as_posix() for file in files if isinstance(file, Path)]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param([""], ["a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt"], id="folder"),
        pytest.param(["b.md", "a.txt"], ["b.md", "a.txt"], id="files in the order given"),
        pytest.param(["a.txt", ""], ["a.txt", "b.md", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt"], id="overlap"),
        pytest.param(["sub", "sub/../sub/c.txt"], ["sub/c.txt", "sub/deep/d.txt"], id="same file by another path"),
        pytest.param(["*.txt"], ["a.txt"], id="glob leaves hidden files out"),
        pytest.param(["*b*"], ["b.md", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt"], id="glob that meets folders"),
        pytest.param(["**/*.txt"], ["a.txt", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt"], id="recursive glob"),
        pytest.param(["sub/**"], ["sub/c.txt", "sub/deep/d.txt"], id="all below"),
        pytest.param(["**/deep"], ["sub/deep/d.txt"], id="recursive glob that meets a folder"),
        pytest.param(["s?b/**/d.*"], ["sub/deep/d.txt"], id="glob before and after"),
        pytest.param([".hidden.txt", ".git"], [".hidden.txt", ".git/f.txt"], id="hidden but named"),
    ],
)
def test_inputs_stand_for_files(tree: Path, inputs: list[str], expected: list[str]) -> None:
    assert found(tree, *inputs) == expected


@pytest.mark.parametrize("given", ["missing", "missing/*.txt", "**/*.xyz", "a.txt/b", "nul\0byte", "x" * 5000])
def test_a_name_that_is_not_there_is_an_error_at_the_call(tree: Path, given: str) -> None:
    with pytest.raises(InputNotFoundError):
        find_files([tree / "a.txt", str(tree / given)])


def test_an_empty_name_is_not_the_current_folder() -> None:
    with pytest.raises(InputNotFoundError):
        find_files([""])


def test_a_name_with_brackets_is_a_name_before_it_is_a_glob(tree: Path) -> None:
    (tree / "report[1].txt").write_text("x", encoding="utf-8")

    assert found(tree, "report[1].txt") == ["report[1].txt"]


def test_links_are_followed_once_and_loops_end(tree: Path) -> None:
    for name, target in (("sub/up", tree), ("sub/deep/up", tree / "sub"), ("same.txt", tree / "a.txt")):
        (tree / name).symlink_to(target)
    (tree / "elsewhere").symlink_to(tree / ".git")

    files = found(tree, "")

    assert files == ["a.txt", "b.md", "elsewhere/f.txt", "sub/c.txt", "sub/deep/d.txt", "sub.x/e.txt"]
    assert found(tree, "**/*.txt") == [file for file in files if file != "b.md"]


def test_links_to_nothing_are_skipped_with_the_reason(tree: Path) -> None:
    (tree / "sub.x/gone.txt").symlink_to(tree / "gone.txt")
    (tree / "sub.x/itself.txt").symlink_to(tree / "sub.x/itself.txt")

    skipped = [item for item in find_files([tree / "sub.x"]) if isinstance(item, SkippedInput)]

    assert skipped == [
        SkippedInput(str(tree / "sub.x/gone.txt"), "no such file or directory"),
        SkippedInput(str(tree / "sub.x/itself.txt"), "too many levels of symbolic links"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_read_is_skipped_with_the_reason(tree: Path) -> None:
    (tree / "sub").chmod(0)

    skipped = [item for item in find_files([tree]) if isinstance(item, SkippedInput)]
    (tree / "sub").chmod(0o755)

    assert skipped == [SkippedInput(str(tree / "sub"), "permission denied")]


def test_an_index_beside_the_articles_is_left_out(tree: Path) -> None:
    (tree / "index").mkdir()
    (tree / "index" / CATALOG_FILE).write_bytes(b"")
    (tree / "index" / "notes.txt").write_text("x", encoding="utf-8")
    assert "index/notes.txt" not in found(tree, "")


def test_folders_may_lie_deeper_than_python_calls(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text("x", encoding="utf-8")
    deepest = tmp_path
    for _ in range(sys.getrecursionlimit() + 100):
        deepest = deepest / "d"
        deepest.mkdir()
    (deepest / "a.txt").write_text("x", encoding="utf-8")

    try:
        assert list(find_files([tmp_path])) == [deepest / "a.txt", tmp_path / "z.txt"]
    finally:
        (deepest / "a.txt").unlink()
        os.removedirs(deepest)  # level by level, as far as they are empty: shutil.rmtree calls itself
