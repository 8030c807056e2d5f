"""The question file: a question set written for a person to go on with."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.errors import QuestionSetError
from qa.evaluation.questions import Question


def write_questions(path: Path, questions: Sequence[Question], comment: str = "") -> None:
    """Writes a new .yaml, .yml or .jsonl file; `comment` stands above the questions, where the format has comments.

    Raises:
        QuestionSetError: there is such a file already, it cannot be written, or its name ends otherwise.
    """
    if path.suffix.lower() == ".jsonl":
        write_new(path, as_jsonl(questions))
        return
    write_new(path, _commented(comment) + "".join(map(_as_yaml, questions)))


def as_jsonl(questions: Sequence[Question]) -> str:
    """The lines of a .jsonl file."""
    return "".join(f"{json.dumps(_fields(each), ensure_ascii=False)}\n" for each in questions)


def write_new(path: Path, text: str) -> None:
    """Writes a file that is not there yet.

    Raises:
        QuestionSetError: it is there already, cannot be written, or is named for another format.
    """
    check_new(path)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise QuestionSetError(f"cannot write {str(path)!r}: {error.strerror}") from error


def check_new(path: Path) -> None:
    """Raises `QuestionSetError` for what `write_new` would not write; to be called before anything is paid for."""
    if path.suffix.lower() not in (".yaml", ".yml", ".jsonl"):
        raise QuestionSetError(f"{str(path)!r}: name a file that ends in .yaml or .jsonl")
    if path.exists() or path.is_symlink():
        raise QuestionSetError(f"{str(path)!r} is there already and is left as it is; name another file")
    if not path.absolute().parent.is_dir():
        raise QuestionSetError(f"cannot write {str(path)!r}: there is no such folder")


def _commented(comment: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines()) + "\n" if comment else ""


def _as_yaml(question: Question) -> str:
    # every value as JSON, which YAML reads: no text of an article can be taken for markup of the file
    fields = _fields(question)
    lines = [
        f"{'- ' if number == 0 else '  '}{name}: {quoted(value)}" for number, (name, value) in enumerate(fields.items())
    ]
    return "\n".join(lines) + "\n\n"


def quoted(value: Any) -> str:
    """A value as YAML reads it back, whatever it holds."""
    # lines may break at these inside YAML's quotes, and U+2028 would be read as a blank
    return json.dumps(value, ensure_ascii=False).translate({0x85: "\\x85", 0x2028: "\\u2028", 0x2029: "\\u2029"})


def _fields(question: Question) -> dict[str, Any]:
    spans = [{"article_id": s.article_id, "start": s.start, "end": s.end} for s in question.gold_passages]
    fields = {
        "id": question.id,
        "question": question.question,
        "answers": list(question.answers),
        "answerable": question.answerable,
        "gold": list(question.gold),
        "gold_passages": spans,
        "speaker": question.speaker,
        "history": list(question.history),
        "asked_on": question.asked_on.isoformat() if question.asked_on else None,
        "tags": list(question.tags),
        "extra": dict(question.extra),
    }
    return {name: value for name, value in fields.items() if value not in ("", [], {}, None)}
