"""Question sets that are no question sets, given to the real command: a message that names the place, no traceback.

What one field may hold is tested in test_questions.py; here are whole files as people and programs get them wrong.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.store import ArticleStore
from qa.cli.main import main

ROW = {"id": "a", "question": "Who opened the dam?", "answerable": True, "gold": ["dam"]}
CSV = "id,question,answers,answerable\na,Who opened the dam?,Engineers,true\n"


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def with_(**changes: object) -> str:
    return jsonl({**ROW, **changes})


def nested(levels: int) -> str:
    return f'{{"id": "a", "question": "Who?", "extra": {{"x": {"[" * levels}{"]" * levels}}}}}\n'


BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"  {now}: &{now} [*{before}, *{before}]\n" for before, now in zip("abcdefgh", "bcdefghi", strict=True)
)
# name of the file, what it holds, and what the message has to say beside the file's name
SETS = [
    pytest.param("s.jsonl", with_(answerable="perhaps"), "line 1, answerable: ", id="wrong type: a word for a truth"),
    pytest.param(
        "s.jsonl", with_(answers={"first": "Ana"}), "line 1, answers: ", id="wrong type: an object for a list"
    ),
    pytest.param("s.jsonl", with_(question=["Who?"]), "line 1, question: ", id="wrong type: a list for a text"),
    pytest.param("s.jsonl", with_(id=None), "line 1, id: ", id="wrong type: nothing for an id"),
    pytest.param("s.jsonl", with_(history="Who?"), "line 1, history: ", id="wrong type: a text for a list"),
    pytest.param("s.jsonl", with_(asked_on="yesterday"), "line 1, asked_on: should be a date", id="no date"),
    pytest.param("s.jsonl", with_(gold_passages=[{"article_id": "dam"}]), "item 1 start: ", id="half a gold passage"),
    pytest.param("s.jsonl", jsonl(ROW, {**ROW, "question": "Why?"}), "line 2, id: 'a' is already", id="duplicate id"),
    pytest.param("s.yaml", "- id: a\n  question: Who?\n" * 2, "line 3, id: 'a' is already", id="duplicate id in YAML"),
    pytest.param("s.csv", CSV + "a,Why?,,\n", "line 3, id: 'a' is already", id="duplicate id in CSV"),
    pytest.param("s.jsonl", "", "holds no question", id="empty"),
    pytest.param("s.yaml", "questions:\n", "expected a list of questions", id="a key and nothing under it"),
    pytest.param("s.csv", "\ufeff", "holds no question", id="nothing but a byte order mark"),
    pytest.param("s.jsonl", jsonl(*({"id": f"q{n}"} for n in range(100_000))), "99950 more", id="100,000 faulty rows"),
    pytest.param("s.jsonl", jsonl(ROW).encode("utf-16"), "line 1: byte 0xff is not UTF-8", id="UTF-16"),
    pytest.param("s.jsonl", jsonl(ROW).encode("utf-16-be"), "NUL characters, as UTF-16", id="UTF-16 without a mark"),
    pytest.param("s.csv", CSV.replace("dam", "d\xe4m").encode("cp1252"), "line 2: byte 0xe4", id="a Windows code page"),
    pytest.param("s.csv", 'id,question\na,"Who\n\nwon?"\nb,\n', "line 5, question: is blank", id="embedded newlines"),
    pytest.param("s.csv", 'id,question\na,"Who won?\nb,Why?\n', "line 2: unexpected end", id="a quote left open"),
    pytest.param("s.csv", 'id,question\na,"Who" won?\n', "line 2: ',' expected", id="text after a closing quote"),
    pytest.param("s.csv", CSV + "b," + "x" * 200_000 + ",,\n", "line 3", id="a cell of 200,000 characters"),
    pytest.param("s.csv", "a,Who opened the dam?\n", "names no column 'question'", id="CSV without a header"),
    pytest.param("s.csv", CSV.replace(",", "\t"), "separated by commas", id="tabs for commas"),
    pytest.param("s.csv", CSV + "b,Who, and why?,,\n", "line 3: has 5 cells", id="a comma without quotes"),
    pytest.param("s.yaml", f"questions:\n- {BILLION_LAUGHS}", "line 3: aliases are not allowed", id="YAML bomb"),
    pytest.param("s.yaml", "[" * 200_000, "nested too deeply", id="YAML nested without an end"),
    pytest.param("s.yaml", "- &a [*a]\n", "line 1: aliases are not allowed", id="YAML that holds itself"),
    pytest.param(
        "s.yaml", "- {id: a, question: !!python/object/apply:os.system [ls]}", "line 1, question: the tag", id="code"
    ),
    pytest.param("s.yaml", "- {id: a, question: Who, x: !!timestamp soon}", "'!!timestamp' is not", id="no timestamp"),
    pytest.param("s.yaml", "- {id: a, question: Who, x: !!float ''}", "the tag '!!float' is not", id="no number"),
    pytest.param("s.yaml", "- {id: a, question: Who, x: !!bool maybe}", "'maybe' is neither true", id="no truth"),
    pytest.param(
        "s.yaml",
        "- {id: a, question: Who, x: {true: 1, b: 2}}",
        "line 1, x: key 'true' is no text",
        id="a key of no text",
    ),
    pytest.param(
        "s.yaml", '- {id: "\\UFFFFFFFF", question: Who}', "yaml: line 1, column ", id="a character that is none"
    ),
    pytest.param("s.yaml", "- id: a\n  question: Who\x07\n", "line 2: character U+0007", id="a bell in YAML"),
    pytest.param("s.yaml", "- id: a\n\tquestion: Who?\n", "line 2, column 1: ", id="a tab for blanks"),
    pytest.param("s.yaml", "- id: a\n- question: Who?\n", "line 2, id: is missing", id="one question as two"),
    pytest.param("s.jsonl", json.dumps([ROW, ROW], indent=1), "line 1: not valid JSON", id="a JSON array over lines"),
    pytest.param("s.jsonl", json.dumps([ROW, ROW]), "line 1: should be an object", id="a JSON array on one line"),
    pytest.param("s.jsonl", jsonl(ROW)[:-9], "line 1: not valid JSON", id="cut short"),
    pytest.param("s.jsonl", nested(100_000), "line 1: nested too deeply", id="JSON nested without an end"),
    pytest.param("s.jsonl", with_(x=0).replace("0", "9" * 5_000), "line 1: ", id="a number of 5,000 digits"),
    pytest.param("s.jsonl", with_(question="\ud800"), "question: holds half of a surrogate", id="half a character"),
    pytest.param("s.jsonl", jsonl(ROW) + "\x00\x01\x02", "NUL characters", id="bytes of a program"),
    pytest.param("s.json", jsonl(ROW), "expected one of .jsonl, .yaml, .yml, .csv", id="another ending"),
]

Said = tuple[int, str, str]  # exit code, stdout, stderr
Command = Callable[[Path], Said]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    with ArticleStore.create(folder, MiniLMEmbedding()) as store:
        store.add([Article("dam", "Engineers opened the Vell dam at dawn. No one was hurt.")])
    return folder


@pytest.fixture
def command(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`article-qa eval run` as a shell starts it."""

    def run(path: Path) -> Said:
        arguments = ["--data-dir", str(data_dir), "eval", "run", str(path), "--run", str(path.with_name("run.jsonl"))]
        monkeypatch.setattr(sys, "argv", ["article-qa", *arguments])
        with pytest.raises(SystemExit) as ended:  # anything else would be the traceback
            main()
        code = ended.value.code
        return code if isinstance(code, int) else 0, *capsys.readouterr()

    return run


@pytest.mark.parametrize(("name", "content", "told"), SETS)
def test_a_malformed_set_is_refused_with_its_place(
    command: Command, tmp_path: Path, name: str, content: str | bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    code, out, err = command(path)

    assert (code, out) == (2, "")
    assert err.startswith(f"article-qa: {path}")
    assert told in err
    assert len(err) < 10_000
    assert not (tmp_path / "run.jsonl").exists()


def test_an_unknown_gold_id_is_named_with_its_question_and_asked_all_the_same(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(with_(gold=["dam", "tunnel"]))

    code, out, err = command(path)

    assert code == 0
    assert f"not in the index: 1, such as 'tunnel' of question 'a' in {path}" in err
    assert "hit@1" in out


def test_a_message_steers_no_terminal(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(jsonl({**ROW, "\x1b[2Jkey": 1, "extra": {"\x1b[2Jkey": 2}}))

    _, _, err = command(path)

    assert "\\x1b[2Jkey: stands in the row and under 'extra'" in err
