"""Rows that are broken, or try how much is believed of them."""

import json

from tests.qa.cli.bad_input.case import Case, file, rows

DAM = "The dam held through the night."
BRIDGE = "The bridge was closed on Monday."
ROW = {"text": DAM, "id": "dam"}
DEEP = 10_000
LONG = "x" * (1 << 20)
TWICE = [ROW | {"text": f"The dam held on day {n}."} for n in range(10_000)]


def dated(written: str) -> str:
    """A row, as it is written in a file, with that for a date."""
    return f'{{"id": "dam", "text": "{DAM}", "date": {written}}}'


def nested(opening: str, closing: str, inside: str = "1") -> str:
    return opening * DEEP + inside + closing * DEEP


CASES = (
    Case("nested 10,000 deep", file("a.json", nested("[", "]")), said=("nested too deeply",)),
    Case("objects nested 10,000 deep", file("a.json", nested('{"a":', "}")), said=("nested too deeply",)),
    Case(
        "a row nested 10,000 deep",
        file("a.jsonl", f'{{"text": "x", "a": {nested("[", "]")}}}\n{json.dumps(ROW)}'),
        said=("nested too deeply",),
        read=(DAM,),
    ),
    Case("nested without an end", file("a.json", "[" * 1_000_000), said=("nested too deeply",)),
    Case(
        "half a surrogate pair",
        rows({"text": "The dam \ud800 held."}, ROW),
        said=("half a surrogate pair (at 8)",),
        read=(DAM,),
    ),
    Case("half a pair in the headline", rows(ROW | {"title": "\udfff"}), said=("its title holds half a surrogate",)),
    Case("half a pair in a name that is not read", rows(ROW | {"x\ud800": "\udfff"}), read=(DAM,)),
    Case("NUL in the text", rows({"text": "The dam\0 held."}, ROW), said=("NUL character (at 7)",), read=(DAM,)),
    Case("NUL in the id", rows({"text": BRIDGE, "id": "a\0"}), said=("its id holds a NUL",)),
    Case(
        "10,000 rows with one id", rows(*TWICE), said=("id 'dam' was already used",) * 9_999, read=(TWICE[0]["text"],)
    ),
    Case("10,000 rows that are the same", rows(*[ROW] * 10_000), read=(DAM,)),
    Case("year 0", file("a.json", dated('"0000-01-01"')), read=(DAM,)),
    Case("year 9999", file("a.json", dated('"9999-12-31"')), read=(DAM,)),
    Case("year 10000", file("a.json", dated('"10000-01-01T00:00:00Z"')), read=(DAM,)),
    Case("30 February", file("a.json", dated('"2025-02-30"')), read=(DAM,)),
    Case("a date of 5,000 digits", file("a.json", dated('"' + "9" * 5_000 + '"')), read=(DAM,)),
    Case("an infinite date", file("a.json", dated("1e999")), read=(DAM,)),
    Case("a date that is no number", file("a.json", dated("NaN")), read=(DAM,)),
    Case("a date before time", file("a.json", dated("-99999999999")), read=(DAM,)),
    Case("a date that is an object", file("a.json", dated('{"year": [2025]}')), read=(DAM,)),
    Case("a number of 5,000 digits", file("a.json", dated("9" * 5_000)), said=("broken JSON",)),
    Case("a title of 1 MB", rows(ROW | {"title": LONG}), read=(DAM,)),
    Case("a title of 1 MB of words", rows(ROW | {"title": "dam " * (1 << 18)}), read=(DAM,)),
    Case("an id of 1 MB", rows(ROW | {"id": LONG}), said=("its id has 1,048,576 characters",)),
    Case("an address of 1 MB", rows({"text": DAM, "url": f"https://valley.example/{LONG}"}), read=(DAM,)),
    Case("an outlet of 1 MB", rows(ROW | {"source": LONG}), read=(DAM,)),
    Case("10,000 authors", rows(ROW | {"author": [{"name": f"Jo {n}"} for n in range(10_000)]}), read=(DAM,)),
    Case(
        "values of the wrong type",
        rows({"text": 5}, {"text": DAM, "id": [1]}, {"text": [DAM]}, None, 7, "x"),
        said=(
            "its text is a number",
            "its id is a list",
            "its text is a list",
            "the row is empty",
            "the row is a number",
            "the row is a string",
        ),
    ),
    Case("names that come twice", file("a.jsonl", f'{{"text": "x", "text": {json.dumps(DAM)}}}'), read=(DAM,)),
    Case(
        "cut off in the middle",
        file("a.json", f'[{json.dumps(ROW)}, {{"text": "The dam'),
        said=("broken JSON",),
        read=(DAM,),
    ),
    Case("a comma too many", file("a.json", f"[{json.dumps(ROW)},]"), said=("broken JSON",), read=(DAM,)),
    Case("Windows-1252 in JSON", file("a.json", '[{"text": "café"}]'.encode("cp1252")), said=("not valid UTF-8",)),
    Case(
        "Windows-1252 in one line",
        file("a.jsonl", '{"text": "café"}\n'.encode("cp1252") + json.dumps(ROW).encode()),
        said=("not valid UTF-8",),
        read=(DAM,),
    ),
    Case("JSON in UTF-16", file("a.json", json.dumps([ROW]).encode("utf-16")), read=(DAM,)),
    Case("JSON that is something else", file("a.json", "<html>not found</html>"), said=("broken JSON",)),
    Case("a single string", file("a.json", '"The dam held."'), said=("the file is a string",)),
    Case(
        "a quotation mark left open",
        file("a.csv", f'text\n{DAM}\n"The rest is\none article\n'),
        said=("broken CSV",),
        read=(DAM,),
    ),
    Case(
        "cells too many",
        file("a.csv", f"text,title\n{DAM},Dam\nThe dam, held,x\n"),
        said=("3 cells under 2",),
        read=(DAM,),
    ),
    Case("NUL in a table", file("a.csv", f"text\nThe\0dam\n{DAM}\n"), said=("NUL",), read=(DAM,)),
    Case("a cell of 200 KB", file("a.csv", "text\n" + LONG[:200_000] + "\n"), read=(LONG[:200_000],)),
    Case("10,000 columns", file("a.csv", "text," + "," * 10_000 + f"\n{DAM}\n"), read=(DAM,)),
    Case(
        "a table in Windows-1252",
        file("a.csv", "text\nThe café’s dam held.\n".encode("cp1252")),
        read=("The café’s dam held.",),
    ),
    Case("a table without text", file("a.csv", "name,price\nDam,5\n"), said=("no column is named text",)),
)
