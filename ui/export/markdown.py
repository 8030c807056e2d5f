"""A dossier as Markdown in which nothing of an article is markup."""

from collections.abc import Iterator

from qa.answer import Statement
from ui.export.dossier import Dossier, Fact, Proof, facts_of, proofs_of
from ui.notices import plain
from ui.standing import Standing, standing_of
from ui.state import Turn


def to_markdown(dossier: Dossier) -> str:
    """The whole file."""
    lines = [f"# {_text(dossier.name)}", ""]
    for turn in dossier.turns:
        lines += _turn(turn)
    return "\n".join(lines)


def _turn(turn: Turn) -> Iterator[str]:
    yield from (f"## {_text(turn.question)}", "", *map(_fact, facts_of(turn)), "")
    if turn.error:
        yield from (f"No answer: {_text(turn.error)}", "")
    elif turn.answer and turn.answer.refused:
        yield from (_text(turn.answer.reason), "")
    elif turn.answer:
        for statement in turn.answer.statements:
            yield from (*_statement(statement), "")
    proofs = proofs_of(turn)
    if proofs:
        cited = bool(turn.answer and turn.answer.citations)
        yield from ("### Sources" if cited else "### Nearest passages, none of which answers the question", "")
    for proof in proofs:
        yield from _proof(proof)


def _statement(statement: Statement) -> Iterator[str]:
    standing = standing_of(statement)
    markers = "".join(rf" \[{number}\]" for number in statement.citations)
    yield f"{_text(statement.text)}{markers} *({standing.lower()})*"
    if standing is Standing.UNVERIFIED:
        yield ""
        yield from (f"- {_text(str(problem))}" for problem in statement.problems)


def _proof(proof: Proof) -> Iterator[str]:
    if proof.label:
        yield from (rf"**\[{proof.label}\]**", "")
    yield from (f"> {_text(line)}".rstrip() for line in proof.quote.splitlines())
    yield from ("", *map(_fact, proof.facts), "")


def _fact(fact: Fact) -> str:
    return f"- {fact.name}: {_text(fact.value)}"


def _text(text: str) -> str:
    return plain(text).replace("=", r"\=")  # a line of them would make a headline of the one above
