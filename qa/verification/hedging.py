"""Hedges: a statement that says plainly what the nearest sentence of a passage leaves open."""

import re
from collections.abc import Iterable

from index_store.quotations import lexicon
from qa.lexicon import words
from qa.verification.negation import SHARED, content_stems, is_negated

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LEAST = 3  # content words that are shared
_ACCORDING = re.compile(r"\b(?:according to|in the view of)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]|, (?:and|but|while|whereas) ")
# A source does not make up for these: who declined to say whether it is so did not say that it is
_UNTOLD = frozenset({"declined", "whether", "unclear"})
_OPEN = frozenset("would should can expected plans planned wants hopes claim claims claimed".split())  # noqa: SIM905


def is_too_sure(statement: str, sentences: Iterable[str]) -> bool:
    """Whether the sentences nearest to a statement in their words hedge it, and it has neither hedge nor source.

    Quotations should be blanked out in both. Where any sentence that is near enough says it plainly, nothing is said.
    """
    mine = content_stems(statement)
    near = [sentence for sentence in sentences if _is_near(mine, content_stems(sentence))]
    if not near or any(word in words("hedging") or word in _OPEN for word in _tokens(statement)):
        return False
    hedges = [_hedges(sentence, mine) for sentence in near]
    if not all(hedges):
        return False
    if all(found & _UNTOLD for found in hedges):
        return not is_negated(statement)
    return not _is_attributed(statement)


def _is_near(mine: frozenset[str], their: frozenset[str]) -> bool:
    shared = len(mine & their)
    return shared >= _LEAST and shared >= SHARED * len(mine)


def _hedges(sentence: str, mine: frozenset[str]) -> frozenset[str]:
    """The hedges in that clause of a sentence which shares most words with the statement."""
    clauses = _CLAUSE.split(sentence)
    nearest = max(clauses, key=lambda clause: len(content_stems(clause) & mine))
    return frozenset(_tokens(nearest)) & words("hedging")


def _is_attributed(statement: str) -> bool:
    """Whether the statement says whose word it is."""
    speech = lexicon.verb_forms("speech_verbs")
    return _ACCORDING.search(statement) is not None or any(word in speech for word in _tokens(statement))


def _tokens(text: str) -> list[str]:
    return [match[0].lower() for match in _WORD.finditer(text) if match[0] != "May"]  # the month
