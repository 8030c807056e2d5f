"""Matching the speaker that a question names with the speakers of quotations."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from index_store.quotations import Quotation, lexicon
from qa.speech.roles import Role, read_role, roles_in

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|al|bin|da|de|del|di|la|of|van|von|ul))*")
_OF = frozenset({"of", "for", "in", "at", "from"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_POSSESSIVE = re.compile(r"[’']s\b|(?<=s)[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as a question names them: by name, with or without a role, or by a role or body alone."""

    words: tuple[str, ...]  # folded, without determiners
    surname: str  # the last of `words` when they end in a name; empty for a role such as "the mayor"
    role: Role | None = None  # the role, where there is no name; None for a body such as "the council"

    def said(self, quotation: Quotation, lead: str = "") -> bool:
        """Whether the quotation is this speaker's, as far as its article tells.

        `lead` is the headline with the beginning of the article: a place that stands there needs no mention in a role.
        """
        speaker = folded_words(quotation.speaker)
        if not speaker:
            return False
        if self.surname:
            return self.is_named(quotation.speaker)
        if self.role:
            return self.role_is(quotation.role if is_name(quotation.speaker) else quotation.speaker, lead)
        spoken = {_singular(word) for word in (*speaker, *folded_words(quotation.role))}
        return {_singular(word) for word in self.words} <= spoken

    def role_is(self, phrase: str, lead: str = "") -> bool:
        """Whether who is described by `phrase` has the role."""
        if self.role is None:
            return False
        held = roles_in(phrase)
        if any(role.holds(self.role) for role in held):
            return True
        told = self.role.places <= set(folded_words(lead))
        return told and any(role.may_hold(self.role) for role in held)

    def is_other_office(self, phrase: str) -> bool:
        """Whether `phrase` tells of a like office that is not the role: "former mayor"."""
        return self.role is not None and any(role.is_other(self.role) for role in roles_in(phrase))

    def is_named(self, name: str) -> bool:
        """Whether a person of that name can be the one that is named."""
        return self._is_person(folded_words(name))

    def _is_person(self, speaker: tuple[str, ...]) -> bool:
        """Same last name, and no other given name before it."""
        if self.surname not in speaker:
            return False
        given = self.words[self.words.index(self.surname) - 1] if len(self.words) > 1 else ""
        others = speaker[: speaker.index(self.surname)]
        if not given or not others or _is_role(given):
            return True
        return any(given == other or (given[0] == other[0] and 1 in (len(given), len(other))) for other in others)


def read_speaker(text: str) -> Speaker:
    """The speaker that these words of a question name."""
    written = _WORD.findall(_POSSESSIVE.sub("", text))
    found = [word for word in written if word.lower() not in lexicon.words("determiners")]
    if found and found[-1].lower() in _SUFFIXES:
        found.pop()
    for number, word in enumerate(found):  # "the mayor of Orrin Bay": a role, whatever comes behind it
        if number and word.lower() in _OF and _is_role(found[number - 1].lower()):
            found = found[:number]
            break
    folded = tuple(word for part in found for word in folded_words(part))
    named = bool(found) and found[-1][0].isupper() and (not _is_role(found[-1].lower()) or _is_surname(found))
    return Speaker(folded, folded[-1]) if named else Speaker(folded, "", read_role(text))


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: "Oake" and "Ada Oake", but not "Finn Oake"."""
    return read_speaker(one).is_named(other) if is_name(one) and is_name(other) else one == other


def is_name(speaker: str) -> bool:
    """Whether a quotation's speaker is named rather than described."""
    return bool(_NAME.fullmatch(speaker)) and not _is_several(speaker)


def folded_words(text: str) -> tuple[str, ...]:
    """Words of `text` without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(word.casefold() for word in _WORD.findall(plain))


def _is_several(speaker: str) -> bool:
    """Whether one word is a plural that opens a sentence: "Residents"."""
    word = speaker.lower()
    return word.endswith("s") and word[:-1] in lexicon.genders("roles")


def _is_role(word: str) -> bool:
    return word in lexicon.genders("roles") or word in lexicon.words("groups") or word in _titles()


def _is_surname(found: list[str]) -> bool:
    """Whether a role is somebody's name: "Charlie King"."""
    return len(found) > 1 and found[-2] in lexicon.words("given_names_male") | lexicon.words("given_names_female")


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.casefold().rstrip(".") for title in lexicon.genders("titles"))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
