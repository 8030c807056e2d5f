"""Loading, from the inputs to the articles."""

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.article import Article
from index_store.errors import InputNotFoundError
from index_store.loading import SkippedInput, load_articles


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def lines(*rows: object) -> str:
    return "\n".join(map(json.dumps, rows))


def outcomes(folder: Path) -> list[str]:
    """The text of each article, the name and reason of each input that gave none."""
    return [
        item.text if isinstance(item, Article) else f"{item.input.removeprefix(f'{folder}/')}: {item.reason}"
        for item in load_articles([folder])
    ]


def test_a_folder_of_every_kind_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.TXT": "Text.",
        "b.md": "# Markdown",
        "c.json": '[{"text": "JSON"}]',
        "d.jsonl": '{"text": "JSON Lines"}',
        "e.csv": "text\nCSV\n",
        "f.html": f"<html><body><article><p>{'A page with words. ' * 20}</p></article></body></html>",
        "g.txt.gz": gzip.compress(b"Compressed."),
        "h.jsonl.gz": gzip.compress(b'{"text": "Compressed rows"}'),
        "sub/g.txt": "Text below.",
        ".hidden.txt": "Hidden.",
    }

    loaded = outcomes(write(tmp_path, files))

    assert loaded == [
        "Text.",
        "# Markdown",
        "JSON",
        "JSON Lines",
        "CSV",
        ("A page with words. " * 20).strip(),
        "Compressed.",
        "Compressed rows",
        "Text below.",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("a.xyz", "text", "unsupported file type '.xyz'", id="unsupported"),
        pytest.param("README", "text", "unsupported file type ''", id="no ending"),
        pytest.param("a.txt", "", "empty file", id="empty text"),
        pytest.param("a.json", "", "empty file", id="empty JSON"),
        pytest.param("a.tar.gz", gzip.compress(b"x"), "unsupported file type '.tar.gz'", id="a compressed archive"),
        pytest.param("a.gz", gzip.compress(b"x"), "unsupported file type '.gz'", id="compressed, of no known type"),
        pytest.param("a.txt.gz", b"text", "broken or cut off: Not a gzipped file (b'te')", id="not compressed"),
        pytest.param("a.txt", b"\x7fELF\0\0\0\1", "looks like a binary file", id="binary text"),
        pytest.param("a.html", b"GIF89a\0\0\0\1", "looks like a binary file", id="binary page"),
        pytest.param("a.csv", b"PK\x03\x04" + bytes(range(256)) * 9, "looks like a binary file", id="binary CSV"),
        pytest.param("a.txt", " \n", "no text", id="blank"),
        pytest.param("a.json", "[]", "holds no articles", id="empty array"),
        pytest.param("a.jsonl", "\n\n", "holds no articles", id="blank lines"),
        pytest.param("a.csv", "text\n", "holds no articles", id="header alone"),
        pytest.param("a.json", '["café"]'.encode("latin-1"), "not valid UTF-8 (byte 5)", id="JSON in Latin-1"),
        pytest.param("a.jsonl", '{"text": "x"}'.encode("utf-16")[:-1], "not valid UTF-16-LE", id="cut UTF-16"),
        pytest.param(
            "a.json",
            "{",
            "broken JSON: Expecting property name enclosed in double quotes (line 1, column 2)",
            id="JSON",
        ),
    ],
)
def test_a_file_that_gives_no_article_is_named_with_the_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    write(tmp_path, {name: content, "z.txt": "The next one."})

    assert outcomes(tmp_path) == [f"{name}: {reason}", "The next one."]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param({"text": "a\ud800b"}, "its text holds half a surrogate pair (at 1)", id="surrogate in the text"),
        pytest.param({"text": "a\0b"}, "its text holds a NUL character (at 1)", id="NUL in the text"),
        pytest.param(
            {"text": "a", "title": "\udfff"}, "its title holds half a surrogate pair (at 0)", id="in the title"
        ),
        pytest.param({"text": "a", "id": "x\0"}, "its id holds a NUL character (at 1)", id="in the id"),
        pytest.param(
            {"title": "T"}, "no text: none of text, articleBody, body, content is there and not blank", id="no text"
        ),
        pytest.param(
            {"text": "Other.", "id": "1"},
            "id '1' was already used by another row with different text or details",
            id="id",
        ),
    ],
)
def test_a_row_that_gives_no_article_costs_only_itself(tmp_path: Path, row: object, reason: str) -> None:
    write(tmp_path, {"a.jsonl": lines({"id": "1", "text": "One."}, row, {"text": "Three."})})

    assert outcomes(tmp_path) == ["One.", f"a.jsonl: row 2: {reason}", "Three."]


def test_whole_surrogate_pairs_are_characters_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": r'{"text": "\ud83d\ude00"}'})

    assert outcomes(tmp_path) == ["\U0001f600"]


def test_a_name_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Text."})

    with pytest.raises(InputNotFoundError, match="no file or folder at"):
        load_articles([tmp_path / "a.txt", tmp_path / "b.txt"])


def test_a_file_under_two_inputs_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Text.", "b.xyz": "?"})

    loaded = list(load_articles([tmp_path, tmp_path / "a.txt", f"{tmp_path}/*", str(tmp_path)]))

    assert [type(item) for item in loaded] == [Article, SkippedInput]


def test_ids_are_the_same_on_every_load_and_unlike_in_one(tmp_path: Path) -> None:
    row = {"title": "Morning briefing", "source": "Valley News"}
    rows = [row | {"text": "Rain."}, row | {"text": "Sun."}, row | {"text": "Rain."}, {"id": 7, "text": "Wind."}]
    write(tmp_path, {"a.jsonl": lines(*rows), "b/same.txt": "Text.", "c/same.txt": "Text."})

    first, second = ([item.id for item in load_articles([tmp_path]) if isinstance(item, Article)] for _ in range(2))

    assert first == second
    assert first[0] == first[2]
    assert first[3] == "7"
    assert len(set(first)) == 5


def test_headlines_that_come_again_on_another_day_are_other_articles(tmp_path: Path) -> None:
    ids = set()
    for day in ("2025-06-15", "2025-06-16"):  # as from two loads, a day apart
        write(tmp_path, {"a.json": json.dumps({"title": "Morning briefing", "date": day, "text": day})})
        ids |= {item.id for item in load_articles([tmp_path]) if isinstance(item, Article)}

    assert len(ids) == 2


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    assert outcomes(tmp_path) == ["a.txt: not a regular file"]


@pytest.mark.parametrize(
    ("name", "megabytes", "reason"),
    [
        pytest.param("a.txt", 64, "larger than 64 MB", id="text"),
        pytest.param("a.html", 64, "larger than 64 MB", id="page"),
        pytest.param("a.pdf", 256, "larger than 256 MB", id="PDF"),
    ],
)
def test_a_file_too_large_to_be_read_whole_is_skipped(tmp_path: Path, name: str, megabytes: int, reason: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate((megabytes << 20) + 1)  # a hole: takes no space and no time

    assert outcomes(tmp_path) == [f"{name}: {reason}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Text."})
    (tmp_path / "a.txt").chmod(0)

    assert outcomes(tmp_path) == ["a.txt: permission denied"]


def test_a_file_that_goes_away_while_others_are_read_is_skipped_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "One.", "b.txt": "Two."})
    loaded = load_articles([tmp_path])

    next(loaded)
    (tmp_path / "b.txt").unlink()

    assert list(loaded) == [SkippedInput(str(tmp_path / "b.txt"), "no such file or directory")]


def test_a_file_name_that_is_not_utf8_can_be_printed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.xyz")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    (skipped,) = load_articles([tmp_path])

    assert skipped == SkippedInput(f"{tmp_path}/caf\ufffd.xyz", "unsupported file type '.xyz'")


STORABLE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).map(lambda text: f".{text}")


@given(
    texts=st.lists(STORABLE, min_size=1, max_size=3),
    ensure_ascii=st.booleans(),
    suffix=st.sampled_from(["json", "jsonl"]),
)
def test_any_text_in_json_survives_unchanged(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], ensure_ascii: bool, suffix: str
) -> None:
    rows = [json.dumps({"text": text}, ensure_ascii=ensure_ascii) for text in texts]
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes((f"[{','.join(rows)}]" if suffix == "json" else "\n".join(rows)).encode())

    assert [item.text for item in load_articles([path]) if isinstance(item, Article)] == texts


def test_every_real_article_is_loaded_as_it_is(development_data: Path) -> None:
    path = development_data / "realtimeqa_small_dev" / "articles.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]

    loaded = list(load_articles([path]))

    assert [(item.id, item.text, item.title) for item in loaded if isinstance(item, Article)] == [
        (row["id"], row["text"], row["title"].strip()) for row in rows
    ]
    assert all(isinstance(item, Article) and item.published for item in loaded)
