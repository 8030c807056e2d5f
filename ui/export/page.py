"""A dossier as one HTML page that needs no network and runs nothing."""

import hashlib
from base64 import b64encode
from html import escape
from pathlib import Path

from qa.answer import Statement
from ui.export.dossier import Dossier, Fact, Proof, facts_of, proofs_of
from ui.markup import host_of
from ui.standing import Standing, standing_of
from ui.state import Turn

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def to_page(dossier: Dossier) -> str:
    """The whole file; its policy lets a browser load nothing and apply no style but its own."""
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    turns = "".join(_turn(number, turn) for number, turn in enumerate(dossier.turns, start=1))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(dossier.name)}</title><style>{_STYLE}</style></head>"
        f'<body><main><h1 dir="auto">{escape(dossier.name)}</h1>{turns}</main></body></html>\n'
    )


def _turn(number: int, turn: Turn) -> str:
    proofs = proofs_of(turn)
    cited = bool(turn.answer and turn.answer.citations)
    title = "Sources" if cited else "Nearest passages, none of which answers the question"
    sources = f"<h3>{title}</h3>{''.join(_proof(number, proof) for proof in proofs)}" if proofs else ""
    return (
        f'<section><h2 dir="auto">{escape(turn.question)}</h2>{_facts(facts_of(turn))}{_said(number, turn)}'
        f"{sources}</section>"
    )


def _said(number: int, turn: Turn) -> str:
    if turn.error:
        return f'<p class="answer">No answer: {escape(turn.error)}</p>'
    if turn.answer is None:
        return ""
    if turn.answer.refused:
        return f'<p class="answer" dir="auto">{escape(turn.answer.reason)}</p>'
    return "".join(_statement(number, statement) for statement in turn.answer.statements)


def _statement(turn: int, statement: Statement) -> str:
    standing = standing_of(statement)
    markers = "".join(f' <a href="#s{turn}-{number}">[{number}]</a>' for number in statement.citations)
    kind = ' class="standing unverified"' if standing is Standing.UNVERIFIED else ' class="standing"'
    problems = "".join(f"<li>{escape(str(problem))}</li>" for problem in statement.problems)
    listed = f"<ul>{problems}</ul>" if problems else ""
    return f'<p class="answer" dir="auto">{escape(statement.text)}{markers} <span{kind}>{standing}</span></p>{listed}'


def _proof(turn: int, proof: Proof) -> str:
    label = f"<h4>[{escape(proof.label)}]</h4>" if proof.label else ""
    identity = f' id="s{turn}-{escape(proof.label)}"' if proof.label else ""
    quote = f'<blockquote dir="auto">{escape(proof.quote)}</blockquote>'
    return f'<div class="source"{identity}>{label}{quote}{_facts(proof.facts)}</div>'


def _facts(facts: tuple[Fact, ...]) -> str:
    lines = "".join(f'<dt>{escape(fact.name)}</dt><dd dir="auto">{_value(fact)}</dd>' for fact in facts)
    return f"<dl>{lines}</dl>"


def _value(fact: Fact) -> str:
    text = escape(fact.value)
    if fact.is_address and host_of(fact.value):
        return f'<a href="{escape(fact.value.strip(), quote=True)}" rel="noopener noreferrer">{text}</a>'
    return text
