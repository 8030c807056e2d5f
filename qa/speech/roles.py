"""Roles: "the Israeli prime minister" as a question puts it, and as articles do."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index_store.quotations import lexicon
from qa.lexicon import words

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")
_LINKS = frozenset({"of", "for", "in", "at", "from", "to"})
_PARTS = re.compile(r"\s+and\s+|[,/]\s*")


@dataclass(frozen=True, slots=True)
class Role:
    """An office or relation; words are folded and singular, countries by their adjective."""

    head: str  # "minister"
    words: frozenset[str]  # all of it, without determiners and "of"
    places: frozenset[str]  # those of its words that tell where or of whom: "israeli", "vennay"

    def holds(self, asked: "Role") -> bool:
        """Whether who has this role has the one asked for: neither "former mayor" nor "deputy mayor" is "mayor"."""
        return self.head == asked.head and asked.words <= self.words and not self.is_other(asked)

    def is_other(self, asked: "Role") -> bool:
        """Whether this tells of another office of the same name: "former mayor", "mayor of Vell"."""
        elsewhere = bool(asked.places) and bool(self.places - asked.words)
        return self.head == asked.head and (elsewhere or any(map(_changes_office, self.words - asked.words)))

    def may_hold(self, asked: "Role") -> bool:
        """Whether this is the asked role once its place goes without saying, as "the mayor" in a town's paper."""
        if not asked.places or asked.places & _countries() or self.places - asked.words:
            return False
        return self.holds(Role(asked.head, asked.words - asked.places, frozenset()))


def read_role(phrase: str) -> Role | None:
    """The role that a phrase names; None when it names none: "Ada Oake", "the council"."""
    written = _WORD.findall(_country_adjectives(_POSSESSIVE.sub("", phrase)))
    written = [word for word in written if word.lower() not in lexicon.words("determiners")]
    link = next((number for number, word in enumerate(written) if word.lower() in _LINKS), len(written))
    before, behind = written[:link], [word for word in written[link:] if word.lower() not in _LINKS]
    if not before or not _is_role(_plain(before[-1])):
        return None
    folded = frozenset(map(_plain, [*before, *behind]))
    proper = {_plain(word) for word in before if word[0].isupper() and _is_proper(_plain(word))}
    return Role(_plain(before[-1]), folded, frozenset(proper | set(map(_plain, behind))))


def roles_in(phrase: str) -> tuple[Role, ...]:
    """The roles of "mayor and former judge", "chief executive, Vell Ferries"."""
    return tuple(role for part in _PARTS.split(phrase) if (role := read_role(part)))


def is_singular(phrase: str) -> bool:
    """Whether a role is one person's: "the mayor", not "ministers" or "a minister"."""
    found = _WORD.findall(_POSSESSIVE.sub("", phrase).lower())
    link = next((number for number, word in enumerate(found) if word in _LINKS), len(found))
    definite = bool(found) and found[0] not in ("a", "an", "some", "any", "many", "several")
    return definite and link > 0 and found[link - 1] in lexicon.genders("roles")


def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names or has an adjective of, by the words of that adjective."""
    _, pattern = _nationalities()
    found = " ".join(_country_adjectives(match[0]) for match in pattern.finditer(text))
    return frozenset(map(_plain, _WORD.findall(found)))


def is_nationality(word: str) -> bool:
    """Whether a word is the adjective of a country."""
    return word in _nationalities()[0].values()


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    folded = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    singular = folded[:-1] if folded.endswith("s") and len(folded) > 3 else folded
    return singular if singular in lexicon.genders("roles") else folded


def _is_role(word: str) -> bool:
    return word in lexicon.genders("roles")


def _changes_office(word: str) -> bool:
    return word in _other_offices() or (_is_role(word) and word not in words("rank_adjectives"))


def _is_proper(word: str) -> bool:
    """Whether a capital tells a place: not in "Prime Minister", "Former Mayor"."""
    common = words("rank_adjectives") | _other_offices() | lexicon.words("not_names_roles")
    return word in _countries() or not (_is_role(word) or word in common)


@cache
def _other_offices() -> frozenset[str]:
    return words("other_offices")


def _country_adjectives(phrase: str) -> str:
    adjectives, pattern = _nationalities()
    return pattern.sub(lambda found: adjectives[found[0]], phrase)


@cache
def _countries() -> frozenset[str]:
    return frozenset(_plain(part) for adjective in _nationalities()[0].values() for part in adjective.split())


@cache
def _nationalities() -> tuple[dict[str, str], re.Pattern[str]]:
    """Every word for a country or its people with its adjective, and a pattern that finds them."""
    lines = files("qa.lexicon").joinpath("nationalities.txt").read_text(encoding="utf-8").splitlines()
    rows = [[entry.strip() for entry in line.split(",")] for line in lines if not line.startswith("#")]
    adjectives = {entry: row[0] for row in rows for entry in row}
    longest_first = sorted(adjectives, key=lambda entry: -len(entry))
    return adjectives, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
