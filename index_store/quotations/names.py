"""Names as they stand in a text: capitalised sequences, with the titles and roles written before them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from index_store.quotations.lexicon import entries, genders, verb_forms, words

_PARTICLES = words("particles")
_TITLES = genders("titles")
_ROLES = genders("roles")
_GROUPS = entries("groups")
_NOT_NAMES = words("not_names")
_ADJECTIVES = words("not_names_roles")
_ALSO_GIVEN = words("also_given")
_ALSO_SURNAMES = words("also_surnames")
_VERBS = verb_forms("speech_verbs")
_SAYING = frozenset(_VERBS) - {form for form in words("not_speech") if _VERBS.get(form) == form}  # "fire" is a noun
_NO_ROLE_WORDS = (words("prepositions") | words("determiners") | _NOT_NAMES | words("adverbs")) - _ADJECTIVES

_WORD = re.compile(r"[^\W\d_a-z][^\W_]*(?:[-'’.][^\W_]+)*\.?")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?$")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.)+$")
_POSSESSIVE = re.compile(r"['’]s$")
_GAP = re.compile(rf"[ \xa0\n]{{1,2}}(?:(?:{'|'.join(sorted(_PARTICLES))})[ \xa0\n]|al-|el-)*$")
_SUFFIX_GAP = (" ", ", ")
_OF_ROLE = re.compile(r"(\w+) of (?:the )?$")
_MAX_TOKENS = 5
_WINDOW = 60  # characters before a name in which its role may stand

_Kind = Literal["word", "break", "title", "role"]


@dataclass(frozen=True, slots=True)
class Name:
    """One capitalised name in a text: `text[name_start:end]`; the mention begins at `start` with its role."""

    start: int
    end: int
    name_start: int
    tokens: tuple[str, ...]  # without a suffix such as Jr.
    suffix: str  # "Jr.", "" for none
    full: str  # as written, on one line
    title: str  # the honorific, "" for none
    role: str  # the phrase before the name, "" for none
    is_group: bool  # an organisation, as far as its words tell
    is_role: bool = False  # one word that is a role, and a name only where it is somebody's surname ("Dean")


class _Token(NamedTuple):
    word: str
    start: int
    end: int
    kind: _Kind


def find_names(text: str) -> Iterator[Name]:
    """Names in order. Sequences that are no name of a person or group are left out."""
    for run in _runs(text):
        name = _name_of(text, run)
        if name is not None:
            yield name


def _runs(text: str) -> Iterator[list[_Token]]:
    """Capitalised words that stand together, cut at words that belong to no name."""
    run: list[_Token] = []
    for match in _WORD.finditer(text):
        token, ends_run = _read_token(match)
        if run and not _joins(text, run[-1], token):
            yield run
            run = []
        if token.kind == "break" and not (_is_surname_here(run[-1], token) if run else _is_given_here(text, token)):
            if run:
                yield run
            run = []
            continue
        run.append(token)
        if ends_run:
            yield run
            run = []
    if run:
        yield run


def _read_token(match: re.Match[str]) -> tuple[_Token, bool]:
    """A capitalised word without its possessive or full stop, and whether a name must end with it."""
    word = match[0]
    ends_run = False
    if word[-1] == ".":
        if word not in _TITLES and not _INITIALS.match(word) and not _SUFFIX.match(word):
            word, ends_run = word[:-1], True
    elif word[-1] == "s" and _POSSESSIVE.search(word):
        word, ends_run = word[:-2], True
    return _Token(word, match.start(), match.start() + len(word), _kind_of(word)), ends_run


@lru_cache(maxsize=65536)
def _kind_of(word: str) -> _Kind:
    lower = word.lower()
    if word in _TITLES:
        return "title"
    if lower in _NOT_NAMES and (len(word) > 1 or word in ("A", "I")):
        return "break"
    if word.isupper() and len(word) > 2 and lower in _VERBS:
        return "break"
    return "role" if lower in _ROLES or lower.rstrip("s") in _ROLES else "word"


def _joins(text: str, last: _Token, token: _Token) -> bool:
    gap = text[last.end : token.start]
    if gap == " " or gap == "\xa0":
        return True
    if gap in _SUFFIX_GAP and _SUFFIX.match(token.word):
        return True
    return len(gap) < 12 and "\n\n" not in gap and _GAP.match(gap) is not None


def _is_surname_here(last: _Token, token: _Token) -> bool:
    return token.word.lower() in _ALSO_SURNAMES and gender_of_given(last.word) != "-"


def _is_given_here(text: str, token: _Token) -> bool:
    """Whether "Will" opens a name: in a sentence, before a capital."""
    if token.word.lower() not in _ALSO_GIVEN or not text[token.end + 1 : token.end + 2].isupper():
        return False
    return text[max(0, token.start - 2) : token.start].rstrip()[-1:] not in ("", ".", "?", "!", "\n", "“", '"')


def _name_of(text: str, run: list[_Token]) -> Name | None:
    head, title = _split_role(text, run)
    proper = [token for token in run[head:] if not _SUFFIX.match(token.word)]
    if not proper and len(run) == 1 and not title:
        lone = run[0]
        return Name(lone.start, lone.end, lone.start, (lone.word,), "", lone.word, "", "", is_group=False, is_role=True)
    if not proper or len(proper) > _MAX_TOKENS:
        return None
    tokens = tuple(token.word for token in proper)
    suffix = run[-1].word.rstrip(".") if len(proper) < len(run) - head else ""
    name_start = run[head].start
    before = text[max(0, name_start - 6) : name_start].split(" ")
    if len(before) > 1 and not before[-1] and before[-2] in _PARTICLES:
        name_start -= len(before[-2]) + 1
    is_group = any(word.lower() in _GROUPS for word in tokens) or (
        len(tokens) == 1 and len(tokens[0]) > 1 and tokens[0].isupper()
    )
    start = _role_start(text, run[0].start if head else name_start, seen=head > 0)
    role = " ".join(text[start:name_start].split())
    full = " ".join(text[name_start : run[-1].end].split())
    if title and role == title and title.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Messrs"):
        role = ""
    return Name(start, run[-1].end, name_start, tokens, suffix, full, title, role, is_group)


def _split_role(text: str, run: list[_Token]) -> tuple[int, str]:
    """Index of the first token of the name proper, and the honorific before it."""
    head, title = 0, ""
    for number, token in enumerate(run):
        if token.kind == "title":
            head, title = number + 1, token.word
        elif token.kind == "role":
            head = number + 1
    if head >= len(run):  # "President": a role alone, unless it is a surname ("Amy Judge")
        return (head, title) if len(run) == 1 or title else (0, "")
    if head == 0 and len(run) > 2:  # "Secretary of State Jane Doe"
        office = _OF_ROLE.search(text, max(0, run[0].start - 30), run[0].start)
        if office and office[1].lower() in _ROLES:
            given = [number for number, token in enumerate(run) if number and gender_of_given(token.word) != "-"]
            head = given[0] if given else len(run) - 2
    return head, title


def _role_start(text: str, start: int, *, seen: bool) -> int:
    """Where the role before a name begins: "former Secretary of State Jane Doe"."""
    window = text[max(0, start - _WINDOW) : start]
    if not window or not window[-1].isspace():
        return start
    pieces = window.split()
    if len(window) == _WINDOW:
        del pieces[:1]  # perhaps cut in the middle
    chosen = start
    position = len(window)
    for word in reversed(pieces):
        lower = word.lower()
        if lower in _ROLES or word in _TITLES:
            seen = True
        elif not seen or not _may_describe(word, lower, text[chosen]):
            break
        position = window.rindex(word, 0, position)
        chosen = start - len(window) + position
    if chosen < start and text.startswith(("of ", "and "), chosen):
        chosen += text[chosen : chosen + 4].index(" ") + 1
    return chosen


def _may_describe(word: str, lower: str, following: str) -> bool:
    """Whether a word may stand in a role: "U.S.", "New York", "of", "real estate"."""
    if lower == "of" or lower in _ADJECTIVES:
        return True
    if not (word[-1].isalnum() or word[-1] == ".") or not word[0].isalnum():
        return False
    if word == lower and following.isupper():  # "... ships President Doe": the role begins at its capital
        return False
    if word.endswith(".") and not _INITIALS.match(word) and word not in _TITLES:
        return False
    return lower not in _NO_ROLE_WORDS and lower not in _SAYING


@lru_cache(maxsize=65536)
def gender_of_given(given: str) -> str:
    """What a given name tells: "m", "f" or "-"."""
    name = given.capitalize() if given.isupper() else given
    if name in words("given_names_male"):
        return "m"
    return "f" if name in words("given_names_female") else "-"
