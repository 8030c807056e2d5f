from datetime import date
from pathlib import Path

import pytest
import yaml

from index_store.errors import InputNotFoundError
from qa.errors import QuestionSetError
from qa.evaluation import Question, Span, load_questions, plain_yaml, question_records, question_set_hash

FERRY = Question(
    id="ferry",
    question="When did the strike end?",
    answers=("Monday", "on Monday"),
    answerable=True,
    gold=("harbour", "https://news.example/harbour"),
    history=("Was there a strike?",),
    asked_on=date(2025, 6, 30),
    tags=("dates",),
    extra={"level": "easy"},
)
MARS = Question(id="7", question="Is there rain on Mars?", answerable=False)
OPINION = Question(id="opinion", question="Is rain nice?")

JSONL = """
{"id": "ferry", "question": "When did the strike end?", "answers": ["Monday", "on Monday"], "answerable": true, \
"gold": ["harbour", "https://news.example/harbour"], "history": ["Was there a strike?"], "asked_on": "2025-06-30", \
"tags": ["dates"], "level": "easy"}

{"id": "7", "question": "Is there rain on Mars?", "answers": null, "answerable": false, "extra": {}}
{"id": "opinion", "question": "Is rain nice?", "answerable": null, "asked_on": null, "extra": null}
"""
YAML = """
# a comment
- id: ferry
  question: When did the strike end?
  answers: [Monday, on Monday]
  answerable: true
  gold:
    - harbour
    - https://news.example/harbour
  history:
    - Was there a strike?
  asked_on: 2025-06-30
  tags: [dates]
  extra: {level: easy}
- id: 7
  question: Is there rain on Mars?
  answerable: no
- {id: opinion, question: "Is rain nice?", answerable: ~}
"""
CSV = """id,question,answers,answerable,gold,history,asked_on,tags,level
ferry,When did the strike end?,Monday | on Monday,true,"[""harbour"", ""https://news.example/harbour""]",\
Was there a strike?,2025-06-30,dates,easy
7,Is there rain on Mars?,,no,,,,,

opinion,Is rain nice?,,null,,,,,
"""


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("set.jsonl", JSONL, id="jsonl"),
        pytest.param("set.yaml", YAML, id="yaml"),
        pytest.param("set.yml", "questions:" + YAML.replace("\n", "\n  "), id="yaml under a key"),
        pytest.param("set.csv", CSV, id="csv"),
        pytest.param("SET.JSONL", JSONL.replace("\n", "\r\n"), id="upper-case suffix and CRLF"),
        pytest.param("bom.csv", CSV.encode("utf-8-sig"), id="csv with a byte order mark"),
        pytest.param("bom.jsonl", JSONL.strip().encode("utf-8-sig"), id="jsonl with a byte order mark"),
    ],
)
def test_every_format_gives_the_same_questions(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert load_questions(write(tmp_path, name, content)) == (FERRY, MARS, OPINION)


def test_yaml_scalars_stay_as_written(tmp_path: Path) -> None:
    path = write(tmp_path, "set.yaml", "- {id: 012, question: Year, answers: [No, 1998, 1.10, 2025-06-30]}")
    (question,) = load_questions(path)
    assert question.id == "012"
    assert question.answers == ("No", "1998", "1.10", "2025-06-30")


def test_yaml_is_read_alike_with_and_without_libyaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(
        tmp_path, "set.yaml", YAML + "- id: b\n  question: |\n    Who\n    won?\n  x: {y: [~, !!str 1, ! 2]}\n"
    )
    as_is = load_questions(path)
    monkeypatch.setattr(plain_yaml, "PARSER", yaml.SafeLoader)
    assert load_questions(path) == as_is
    assert as_is[-1].extra == {"x": {"y": [None, "1", "2"]}}


def test_every_fault_of_a_yaml_row_is_named_with_its_own_line(tmp_path: Path) -> None:
    path = write(tmp_path, "set.yaml", "- id: !!int 7\n  question: Who?\n  tags: {[a]: b, c: !x d}\n- id: b\n")
    with pytest.raises(QuestionSetError) as caught:
        load_questions(path)
    _, *faults = str(caught.value).splitlines()
    assert faults == [
        "  line 1, id: the tag '!!int' is not allowed here",
        "  line 3, tags: key of several values is no text",
        "  line 3, tags: the tag '!x' is not allowed here",
        "  line 4, question: is missing",
    ]


def test_a_csv_question_may_span_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "set.csv", 'id,question,answerable\na,"Who\nwon?",\nb,Where?,perhaps\n')
    with pytest.raises(QuestionSetError, match="line 4, answerable"):
        load_questions(path)


def test_a_line_separator_inside_a_json_string_splits_no_row(tmp_path: Path) -> None:
    path = write(tmp_path, "set.jsonl", '{"id": "a", "question": "Who\u2028won?"}')
    assert load_questions(path)[0].question == "Who\u2028won?"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(
            "set.jsonl",
            '{"id": "a", "question": "Who?", "speaker": "Ana Ruiz", '
            '"gold_passages": [{"article_id": "bridge", "start": 4, "end": 9}]}',
            id="jsonl",
        ),
        pytest.param(
            "set.yaml",
            "- {id: a, question: 'Who?', speaker: Ana Ruiz, gold_passages: [{article_id: bridge, start: 4, end: 9}]}",
            id="yaml",
        ),
        pytest.param(
            "set.csv",
            "id,question,speaker,gold_passages\n"
            'a,Who?,Ana Ruiz,"[{""article_id"": ""bridge"", ""start"": 4, ""end"": 9}]"\n',
            id="csv",
        ),
    ],
)
def test_a_speaker_and_gold_passages_are_read_and_name_the_gold_article(
    tmp_path: Path, name: str, content: str
) -> None:
    (question,) = load_questions(write(tmp_path, name, content))
    assert question == Question(
        "a", "Who?", gold=("bridge",), gold_passages=(Span("bridge", 4, 9),), speaker="Ana Ruiz"
    )


def test_the_hash_of_a_set_is_that_of_its_questions_whatever_the_format(tmp_path: Path) -> None:
    sets = [load_questions(write(tmp_path, f"set{end}", text)) for end, text in ((".jsonl", JSONL), (".csv", CSV))]
    assert question_set_hash(sets[0]) == question_set_hash(sets[1])
    assert question_set_hash(sets[0]) != question_set_hash(sets[0][1:])


ROW_FAULTS = [
    (
        "set.jsonl",
        '{"id": "a", "question": "Who?", "gold_passages": [{"article_id": "b", "start": 9, "end": 9}]}',
        "line 1, gold_passages item 1 end: does not lie after its start",
    ),
    (
        "set.jsonl",
        '{"id": "a", "question": "Who?", "gold_passages": [{"article_id": "b", "start": -1, "end": 9}]}',
        "line 1, gold_passages item 1 start: should be 0 or more",
    ),
    ("set.jsonl", '{"id": "a", "question": "Who?", "speaker": " "}', "line 1, speaker: is blank"),
    ("set.jsonl", '{"id": "a"}', "line 1, question: is missing"),
    ("set.jsonl", '{"question": "Who?"}', "line 1, id: is missing"),
    ("set.jsonl", '{"id": 7, "question": "Who?"}', "line 1, id: should be a text"),
    ("set.jsonl", '{"id": "a", "question": " "}', "line 1, question: is blank"),
    (
        "set.jsonl",
        '{"id": "a", "question": "' + "?" * 10_001 + '"}',
        "line 1, question: has more than 10,000 characters",
    ),
    ("set.jsonl", '{"id": "a", "question": "\\ud800"}', "line 1, question: holds half of a surrogate pair"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "answers": "Ana"}', "line 1, answers: should be a list"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "answers": ["Ana", 4]}', "line 1, answers item 2: should be a text"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "gold": ["b", ""]}', "line 1, gold item 2: is blank"),
    (
        "set.jsonl",
        '{"id": "a", "question": "Who?", "answerable": "perhaps"}',
        "line 1, answerable: should be true, false or null",
    ),
    ("set.jsonl", '{"id": "a", "question": "Who?", "asked_on": "30/06/2025"}', "line 1, asked_on: should be a date"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "asked_on": "2025-02-30"}', "line 1, asked_on: day"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "asked_on": 1718000000}', "line 1, asked_on: should be a date"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "extra": [1]}', "line 1, extra: should be an object"),
    ("set.jsonl", '{"id": "a", "question": "Who?", "level": 1, "extra": {"level": 2}}', "line 1, level: stands in"),
    ("set.jsonl", '{"id": "a", "id": "b", "question": "Who?"}', "line 1: key 'id' is there twice"),
    ("set.jsonl", '["a", "Who?"]', "line 1: should be an object of named fields"),
    ("set.jsonl", '\n{"id": "a", "question": "Who?"', "line 2: not valid JSON: Expecting ',' delimiter"),
    ("set.jsonl", "[" * 100_000, "line 1: nested too deeply"),
    (
        "set.jsonl",
        '{"id": "a", "question": "Who?", "n": ' + "9" * 5_000 + "}",
        "line 1: Exceeds the limit",
    ),
    ("set.jsonl", '{"id": "a", "question": "Who?"}\n' * 2, "line 2, id: 'a' is already the id of line 1"),
    ("set.yaml", "- {id: a, question: Who}\n- Where?", "line 2: should be an object of named fields"),
    ("set.yaml", "- {id: a, question: Who, id: b}", "line 1: key 'id' is there twice"),
    (
        "set.yaml",
        "- {id: a, question: Who, answers: [true]}",
        "line 1, answers item 1: should be a text",
    ),
    (
        "set.yaml",
        "- {id: a, question: Who, tags: !!python/name:os.system ''}",
        "line 1, tags: the tag '!!python/name:os.system' is not allowed",
    ),
    ("set.yaml", "- !!map [id, question]", "line 1: the tag '!!map' is not allowed here"),
    ("set.yaml", "- id: a\n  question: Who?\n  asked_on: !!timestamp now", "line 3, asked_on: the tag '!!timestamp'"),
    ("set.csv", "id,question\na,Who?,more", "line 2: has 3 cells, the header has 2"),
    ("set.csv", "id,question\na", "line 2: has 1 cells, the header has 2"),
    ("set.csv", "id,question\n ,Who?", "line 2, id: is blank"),
    ("set.csv", 'id,question,answers\na,Who?,"[""Ana"""', "line 2: answers: starts like JSON but is none"),
    ("set.csv", "id,question,answers\na,Who?,Ana |  | Ben", "line 2, answers item 2: is blank"),
]


@pytest.mark.parametrize(("name", "content", "problem"), ROW_FAULTS, ids=[fault[2] for fault in ROW_FAULTS])
def test_a_faulty_row_is_named_with_file_place_and_field(tmp_path: Path, name: str, content: str, problem: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(QuestionSetError) as caught:
        load_questions(path)
    assert str(caught.value).startswith(f"{path}: 1 problem in the question set\n  {problem}")
    assert caught.value.exit_code == 2


BOMB = "- &a {id: x, question: y}\n" + "".join(f"- &b{n} [*a, *a, *a, *a]\n" for n in range(9))
FILE_FAULTS = [
    pytest.param("set.txt", "Who?", "expected one of .jsonl, .yaml, .yml, .csv", id="other format"),
    pytest.param("set.jsonl", " \n\n", "holds no question", id="empty jsonl"),
    pytest.param("set.yaml", "# nothing yet\n", "holds no question", id="empty yaml"),
    pytest.param("set.yaml", "[]", "holds no question", id="empty yaml list"),
    pytest.param("set.csv", "", "holds no question", id="empty csv"),
    pytest.param("set.csv", "id,question\n", "holds no question", id="csv without a row"),
    pytest.param("set.yaml", "question: Who?", "expected a list of questions", id="yaml that is one mapping"),
    pytest.param(
        "set.yaml",
        "- id: a\n question: Who?",
        "not valid yaml: line 2, column 2: ",
        id="yaml wrongly indented",
    ),
    pytest.param("set.yaml", "- {id: a, question: Who}\n---\n- {}", "single document", id="two yaml documents"),
    pytest.param("set.yaml", BOMB, "line 2: aliases are not allowed", id="yaml alias bomb"),
    pytest.param("set.yaml", "[" * 5_000, "nested too deeply", id="yaml nested too deeply"),
    pytest.param("set.yaml", "[{a: " * 50_000, "nested too deeply", id="yaml nested in both ways"),
    pytest.param("set.yaml", "questions: []\nversion: 1", "expected a list of questions, alone", id="yaml another key"),
    pytest.param("set.csv", "id;question\na;Who?", "columns are separated by commas", id="csv with semicolons"),
    pytest.param("set.csv", "id,question,id\na,Who?,b", "column 'id' is there twice", id="csv column twice"),
    pytest.param(
        "set.csv", 'id,question\na,"Who?', "not valid csv: line 2: unexpected end of data", id="csv quote left open"
    ),
    pytest.param(
        "set.jsonl", '{}\n{"question": "Café?"}'.encode("latin-1"), "line 2: byte 0xe9 is not UTF-8", id="latin-1"
    ),
    pytest.param("set.csv", CSV.encode("utf-16"), "not UTF-8; save the file as UTF-8", id="utf-16"),
    pytest.param("set.csv", CSV.encode("utf-16-le"), "NUL characters, as UTF-16", id="utf-16 without a mark"),
]


@pytest.mark.parametrize(("name", "content", "problem"), FILE_FAULTS)
def test_a_file_that_is_no_question_set_is_refused(
    tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(QuestionSetError, match=problem) as caught:
        load_questions(path)
    assert str(caught.value).startswith(str(path))


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    lines = (
        '{"id": "a", "question": "Who?", "tags": 1, "gold": "b"}\n{"id": "a"}\nnot JSON\n{"id": "a", "question": ""}\n'
    )
    with pytest.raises(QuestionSetError) as caught:
        load_questions(write(tmp_path, "set.jsonl", lines))
    _, *problems = str(caught.value).splitlines()
    assert [problem.split(":")[0].strip() for problem in problems] == [
        "line 1, gold",
        "line 1, tags",
        "line 2, id",
        "line 2, question",
        "line 3",
        "line 4, id",
        "line 4, question",
    ]


def test_a_long_list_of_problems_is_cut_but_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "set.jsonl", "\n".join("{}" for _ in range(100)))
    with pytest.raises(QuestionSetError) as caught:
        load_questions(path)
    message = str(caught.value).splitlines()
    assert "200 problems" in message[0]
    assert len(message) == 52
    assert message[-1] == "  and 150 more"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match="absent"):
        load_questions(tmp_path / "absent.jsonl")


def test_a_folder_is_no_question_set(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_questions(tmp_path / "folder.jsonl")


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    with path.open("wb") as file:
        file.truncate(question_records.MAX_FILE_MIB * 2**20 + 1)  # sparse: takes no space
    with pytest.raises(QuestionSetError, match="larger than 64 MiB"):
        load_questions(path)
