"""JSON, JSON Lines and CSV files."""

import json
import tracemalloc
from pathlib import Path

import pytest

from index_store.errors import UnreadableInputError
from index_store.loading.candidate import Candidate
from index_store.loading.input_file import on_disk
from index_store.loading.rows import Rows, read_json, read_jsonl
from index_store.loading.skipped import SkippedInput
from index_store.loading.table import read_csv

READERS = {".json": read_json, ".jsonl": read_jsonl, ".csv": read_csv}
ONE = '{"text": "one"}'
TWO = '{"text": "two"}'


def read(path: Path, content: str | bytes) -> Rows:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return READERS[path.suffix](on_disk(path))


def outcomes(path: Path, content: str | bytes) -> dict[str, str]:
    """By row, the text or the reason why there is none."""
    return {
        item.input.removeprefix(f"{path}: "): item.reason if isinstance(item, SkippedInput) else item.article.text
        for item in read(path, content)
    }


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"[{ONE}, {TWO}]", id="array"),
        pytest.param(f'{{"count": 2, "tags": [], "articles": [{ONE}, {TWO}]}}', id="object with a named array"),
        pytest.param(f'{{"count": 2, "stories": [{ONE}, {TWO}]}}', id="object with one array"),
        pytest.param(f'{{"content": [{ONE}, {TWO}]}}', id="an array by a text's name"),
        pytest.param(f"{ONE}\n{TWO}\n", id="JSON Lines under another name"),
        pytest.param(f"[{ONE}, {TWO}]".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(f"[{ONE}, {TWO}]".encode("utf-16"), id="UTF-16"),
        pytest.param(f"[{ONE}, {TWO}]".encode("utf-16-le"), id="UTF-16 without a mark"),
    ],
)
def test_json_in_many_shapes(tmp_path: Path, content: str | bytes) -> None:
    assert outcomes(tmp_path / "a.json", content) == {"row 1": "one", "row 2": "two"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"@type": "NewsArticle",\n "keywords": ["a"], "articleBody": "one"}', id="over lines"),
        pytest.param(ONE, id="on one line"),
    ],
)
def test_a_single_article_object(tmp_path: Path, content: str) -> None:
    assert outcomes(tmp_path / "a.json", content) == {"row 1": "one"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(f"[{{,\n {ONE}]", r"broken JSON: .* \(line 1, column 3\)", id="broken"),
        pytest.param(f'{{"a": 1, "articles" [{ONE}]}}', r"broken JSON: .* \(line 1, column 21\)", id="broken object"),
        pytest.param('["café"]'.encode("latin-1"), r"not valid UTF-8 \(byte 5\)", id="Latin-1"),
        pytest.param('"text"', "the file is a string, not an array or an object", id="string"),
        pytest.param('{"a": 1}', "the object has no text, and 0 arrays that may hold articles", id="no array"),
        pytest.param('{"a": [], "b": []}', "the object has no text, and 2 arrays that may", id="two arrays"),
        pytest.param("[" * 100_000, "JSON nested too deeply", id="nested"),
        pytest.param(f'[{{"n": {"9" * 5000}}}]', "broken JSON: Exceeds the limit", id="a number without end"),
    ],
)
def test_json_that_is_broken_from_the_start_is_refused_whole(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"^{reason}"):
        list(read(tmp_path / "a.json", content))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(
            f"[{ONE},\n {{]", "Expecting property name enclosed in double quotes (line 2, column 3)", id="row"
        ),
        pytest.param(f"[{ONE}", "Expecting ',' delimiter (line 1, column 17)", id="cut off"),
        pytest.param(
            f'[{ONE}, {{"text": "tw', "Unterminated string starting at (line 1, column 28)", id="cut in a text"
        ),
        pytest.param(f"[{ONE},]", "Expecting value (line 1, column 18)", id="a comma too many"),
        pytest.param(f"[{ONE}] and", "Extra data (line 1, column 19)", id="more behind"),
        pytest.param(f'{{"articles": [{ONE}, x', "Expecting value (line 1, column 32)", id="in an object"),
        pytest.param(f'{{"articles": [{ONE}], "total": 9', "Expecting ',' delimiter (line 1, column 43)", id="behind"),
    ],
)
def test_json_that_breaks_in_the_middle_costs_the_rows_from_there_on(tmp_path: Path, content: str, fault: str) -> None:
    assert outcomes(tmp_path / "a.json", content) == {
        "row 1": "one",
        "row 2": f"broken JSON: {fault}; nothing was read from here on",
    }


def test_numbers_that_are_none_are_read_as_python_writes_them(tmp_path: Path) -> None:
    assert outcomes(tmp_path / "a.json", '[{"text": "one", "dateModified": NaN}]') == {"row 1": "one"}


@pytest.mark.parametrize(
    "head, tail", [("[", "]"), ('{"count": 1, "articles": [', '], "b": []}')], ids=["array", "object"]
)
def test_memory_does_not_grow_with_a_json_file(tmp_path: Path, head: str, tail: str) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.json"
        row = json.dumps({"articleBody": "The bridge is “closed”. " * 160, "dateModified": "2025-06-15", "title": "T"})
        path.write_text(head + ",".join([row] * rows) + tail, encoding="utf-8")
        tracemalloc.start()
        try:
            assert sum(isinstance(item, Candidate) for item in read_json(on_disk(path))) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = peak(500), peak(4000)  # 2 and 17 megabytes

    assert large < 1.2 * small < 6_000_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"{ONE}\n\n{TWO}", {"row 1": "one", "row 3": "two"}, id="blank line"),
        pytest.param(f"{ONE}\r\n{TWO}\r\n", {"row 1": "one", "row 2": "two"}, id="Windows line ends"),
        pytest.param(f"[{ONE},\n{TWO}]", {"row 1": "one", "row 2": "two"}, id="an array under another name"),
        pytest.param(
            f"[1, 2]\n{TWO}", {"row 1": "the row is a list, not an object", "row 2": "two"}, id="a list first"
        ),
        pytest.param(f"{ONE}\n{TWO}".encode("utf-8-sig"), {"row 1": "one", "row 2": "two"}, id="UTF-8 with a mark"),
        pytest.param(f"{ONE}\n{TWO}".encode("utf-16"), {"row 1": "one", "row 2": "two"}, id="UTF-16"),
        pytest.param('{"text": "a\u2028b\u0085c"}', {"row 1": "a\u2028b\u0085c"}, id="other line ends in a text"),
        pytest.param("", {}, id="nothing"),
        pytest.param(
            f'{ONE}\n{{"text": "t\n5\n{TWO}',
            {
                "row 1": "one",
                "row 2": "broken JSON: Invalid control character at (line 1, column 12)",
                "row 3": "the row is a number, not an object",
                "row 4": "two",
            },
            id="broken lines cost only themselves",
        ),
        pytest.param(
            ONE.encode() + b'\n{"text": "caf\xe9"}\n' + TWO.encode(),
            {"row 1": "one", "row 2": "not valid UTF-8 (column 14)", "row 3": "two"},
            id="so do lines in another encoding",
        ),
    ],
)
def test_json_lines(tmp_path: Path, content: str | bytes, expected: dict[str, str]) -> None:
    assert outcomes(tmp_path / "a.jsonl", content) == expected


@pytest.mark.parametrize(
    "text",
    [
        " \t lead",
        "trail\n\n",
        "a\r\nb\rc",
        "a\u00a0b\u200bc\ufeff",
        "e\u0301 é ﬁ",
        "\U0001f600",
        "a\u0001\u007f",
        "<b>&amp;</b>",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_text_in_json_is_never_changed(tmp_path: Path, suffix: str, text: str) -> None:
    for ensure_ascii in (True, False):
        content = json.dumps({"text": text}, ensure_ascii=ensure_ascii)

        assert outcomes(tmp_path / f"a{suffix}", content) == {"row 1": text}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("id,text\n1,one\n2,two\n", {"row 2": "one", "row 3": "two"}, id="plain"),
        pytest.param("id;Text\n1;one, too\n", {"row 2": "one, too"}, id="semicolons"),
        pytest.param("id\ttext\n1\tone\n", {"row 2": "one"}, id="tabs"),
        pytest.param('"id","text"\r\n"1","one\n""two""\r\n"\r\n', {"row 2": 'one\n"two"\r\n'}, id="line ends inside"),
        pytest.param("id,text\n\n1,one\n", {"row 3": "one"}, id="blank line"),
        pytest.param("text,title\none\n", {"row 2": "one"}, id="fewer cells"),
        pytest.param("id,text\n1,one, two\n", {"row 2": "3 cells under 2 column names"}, id="an unquoted comma"),
        pytest.param(
            "id,text\n1,\n",
            {"row 2": "no text: none of text, articleBody, body, content is there and not blank"},
            id="no text",
        ),
        pytest.param("text\n" + "x" * 300_000, {"row 2": "x" * 300_000}, id="a long text"),
        pytest.param("text\ncafé\n".encode("utf-8-sig"), {"row 2": "café"}, id="UTF-8 with a mark"),
        pytest.param("text\n“café”\n".encode("cp1252"), {"row 2": "“café”"}, id="Windows-1252"),
        pytest.param("text\ncafé\n".encode("utf-16"), {"row 2": "café"}, id="UTF-16"),
        pytest.param(
            'text\none\n"two\nthree\n',
            {"row 2": "one", "row 3": "broken CSV: unexpected end of data; nothing was read from here on"},
            id="an open quotation mark",
        ),
        pytest.param("text\n", {}, id="header alone"),
    ],
)
def test_csv(tmp_path: Path, content: str | bytes, expected: dict[str, str]) -> None:
    assert outcomes(tmp_path / "a.csv", content) == expected


def test_a_table_without_a_text_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"^no column is named text, articleBody, body or content$"):
        list(read(tmp_path / "a.csv", "id,title\n1,one\n"))


@pytest.mark.parametrize(
    ("name", "head"), [pytest.param("a.jsonl", f"{ONE}\n", id="jsonl"), pytest.param("a.csv", "text\none\n", id="csv")]
)
def test_large_files_are_read_row_by_row(tmp_path: Path, name: str, head: str) -> None:
    rows = read(tmp_path / name, head * 20_000)

    next(rows)
    with (tmp_path / name).open("r+b") as file:
        file.truncate(1 << 14)

    assert sum(1 for _ in rows) < 20_000  # what was cut off after the first row was still unread
