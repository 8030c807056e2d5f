"""Negations: a statement that turns round what a cited sentence says in the same words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.lexicon import entries
from qa.reading import word_forms as forms

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:.!?—–()]")
_NEGATORS = frozenset("not never no nobody none nothing neither nor without cannot hardly".split())  # noqa: SIM905
_REFUSING = re.compile(
    r"(?:den(?:y|ies|ied|ying)|refus(?:e|es|ed|al|ing)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing|ure)?|reject(?:s|ed|ion|ing)?"
    r"|lack(?:s|ed|ing)?|oppos(?:e|es|ed|ing|ition)|unable|unlikely|against|avoid(?:s|ed|ing)?|stopp?(?:s|ed|ing)?|halt\w*"
    r"|cancel\w*|ruled|rather|un\w{4,}|few|little|rarely|seldom|barely|instead|yet|false|wrong|prevent\w*|absen\w+|miss\w*|last|only|first|until)$"
)
# Phrases that negate what follows, as the one word that does
_PHRASES = re.compile(
    r"\b(?:in no way|by no means|under no circumstances|(?:false|untrue|not true) that)\b", re.IGNORECASE
)
_TURNING = re.compile(r"(?:den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing))$")
_REACH = 5  # words that a negation reaches
SHARED = 0.75  # of the statement's content words, in the sentence that it must agree with
_PREFIXES = (
    ("un", 3),
    ("non", 3),
    ("in", 5),
    ("im", 5),
    ("il", 5),
    ("ir", 5),
    ("dis", 5),
)  # letters of the word behind
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class _Polarity:
    content: frozenset[str]  # stems
    turned: frozenset[str]  # those that stand under a negation
    opposing: frozenset[str]  # stems of its other words that may negate: "refused", "only", "against"


def is_turned_round(statement: str, sentences: Iterable[str]) -> bool:
    """Whether the sentences nearest to a statement in their words say the contrary, a "not" more or less.

    Quotations should be blanked out in both. Where any sentence that is near enough agrees, nothing is said.
    """
    mine = _polarity(statement)
    near = [their for their in map(_polarity, sentences) if _is_near(mine, their)]
    return bool(near) and all(_contradict(mine, their) for their in near)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    return _polarity(text).content


def is_negated(text: str) -> bool:
    """Whether a text holds a negation, or a word such as "refused" that may stand for one."""
    found = _polarity(text)
    return bool(found.turned or found.opposing)


def _is_near(mine: _Polarity, their: _Polarity) -> bool:
    shared = (mine.content & their.content) | _opposites(mine.content, their.content)
    share = len(shared) / len(mine.content) if mine.content else 0.0
    return share >= SHARED and (len(shared) >= 3 or (share == 1.0 and len(shared) == 2))


def _opposites(mine: frozenset[str], their: frozenset[str]) -> frozenset[str]:
    """Those of my words whose opposite by a prefix is among theirs instead: "safe" for "unsafe"."""
    own, other = mine - their, their - mine
    return frozenset(word for word in own if any(_is_opposite(word, found) for found in other))


def _is_opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long == prefix + short and len(short) >= least for prefix, least in _PREFIXES)


def _contradict(mine: _Polarity, their: _Polarity) -> bool:
    if opposites := _opposites(mine.content, their.content):
        theirs = _opposites(their.content, mine.content)
        return opposites.isdisjoint(mine.turned) and theirs.isdisjoint(their.turned)
    if mine.turned and not their.turned and not their.opposing - mine.content:
        return bool(mine.turned & their.content)
    return bool(their.turned & mine.content) and not mine.turned and not mine.opposing - their.content


@lru_cache(maxsize=1024)
def _polarity(text: str) -> _Polarity:
    text = _PHRASES.sub("not", text)
    tokens = [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
    content = frozenset(_stem(token) for token in tokens if _is_content(token))
    turned = {stem for place, token in enumerate(tokens) if _turns(token) for stem in _reached(tokens, place)}
    opposing = frozenset(_stem(token) for token in tokens if _REFUSING.fullmatch(token))
    return _Polarity(content, frozenset(turned), opposing)


def _turns(token: str) -> bool:
    return token in _NEGATORS or token.endswith("n't") or _TURNING.fullmatch(token) is not None


def _reached(tokens: Sequence[str], place: int) -> Iterable[str]:
    """The first word that a negation turns round: the verb of "did not support", the noun of "no support"."""
    for token in tokens[place + 1 : place + 1 + _REACH]:
        if not token[0].isalnum() or token in ("but", "because", "only", "until", "unless", "if"):
            return
        if _is_content(token):
            yield _stem(token)
            return


def _is_content(token: str) -> bool:
    return token[0].isalpha() and len(token) > 2 and not forms.is_function_word(token) and not _turns(token)


@cache
def _bases() -> dict[str, str]:
    """Irregular past forms to the base of their verb: "sent" is "send"."""
    return {past: base for base, past, *_ in entries("simple_past")}


def _stem(token: str) -> str:
    token = re.sub(r"'s?$", "", token)
    token = _bases().get(token, token)
    for ending in _ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= 3:
            return token[: -len(ending)]
    return token
