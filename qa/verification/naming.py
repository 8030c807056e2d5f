"""Whether cited passages hold a name that a statement gives."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index_store.quotations import lexicon
from qa.lexicon import words
from qa.reading.word_forms import is_function_word
from qa.verification.countries import country_of, mentions_country
from qa.verification.names import StatedName
from qa.verification.passages import CitedPassage

_WORD = re.compile(r"[^\W_]+(?:[-'.&][^\W_]+)*")
_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|his|hers|them|their|the [a-z]+)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_a-z][\w’'-]*(?: (?:(?:of|for|the|and|on|in|to|de) ){0,2}[^\W\d_a-z][\w’'-]*)+")
_BETWEEN = 2  # words that may stand inside a name: "Jane (Anne) Doe"


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """What the cited passages and their articles hold of names."""

    near: str  # the passages, their headings, and who speaks in them
    before: str  # what a pronoun or "the mayor" in a passage may take up
    whole: str  # the articles

    def holds(self, name: StatedName) -> bool:
        """Whether the name stands in a cited passage, or there in another form.

        A surname, or an abbreviation that stands for the words, is enough in the passage; but the words of a full
        name must stand together somewhere in the article.
        """
        tokens = tuple(token for token in name.tokens if len(folded(token)) > 1)
        if not tokens:
            return True
        written = " ".join(name.tokens)
        country = country_of(written)
        if country is not None and mentions_country(self.near + " " + self.before, country):
            return True
        near, before, whole = (names_in(text) for text in (self.near, self.before, self.whole))
        if len(tokens) == 1 and tokens[0].isupper() and is_function_word(tokens[0]):  # "the WHO", where "who" is a word
            return re.search(rf"\b{re.escape(tokens[0])}\b", self.near + self.before) is not None
        if len(tokens) == 1:
            return near.has(tokens[0]) or before.has(tokens[0]) or _abbreviates(tokens[0], self.near)
        if near.has_together(tokens) or before.has_together(tokens):
            return True
        if whole.has_together(tokens) and any(near.has(token) or before.has(token) for token in tokens):
            return True
        return _is_described(tokens, whole) and all(near.has(token) for token in tokens)


@dataclass(frozen=True, slots=True)
class _Names:
    """The words of a text, folded, in order."""

    sequence: tuple[str, ...]
    known: frozenset[str]
    small: frozenset[str]  # those that it writes in lower case

    def has(self, token: str) -> bool:
        """Whether a word stands in the text, or its parts do, or it without its plural."""
        plain = folded(token)
        if any(form in self.known for form in (plain, plain.removesuffix("s"), f"{plain}s")):
            return True
        parts = [part for part in re.split(r"-", token) if part]
        return len(parts) > 1 and all(part[0].islower() or self.has(part) for part in parts)

    def has_together(self, tokens: Sequence[str]) -> bool:
        """Whether the words stand side by side, as a name with or without its middle."""
        wanted = [folded(token) for token in tokens]
        starts = [place for place, word in enumerate(self.sequence) if _same(word, wanted[0])]
        return any(self._follow(start, wanted) for start in starts)

    def _follow(self, place: int, wanted: Sequence[str]) -> bool:
        for word in wanted[1:]:
            ahead = range(place + 1, min(place + 2 + _BETWEEN, len(self.sequence)))
            found = next((at for at in ahead if _same(self.sequence[at], word)), None)
            if found is None:
                return False
            place = found
        return True


def _same(word: str, wanted: str) -> bool:
    return word == wanted or word.removesuffix("s") == wanted.removesuffix("s")


@lru_cache(maxsize=64)
def names_in(text: str) -> _Names:
    """The words of a text; a hyphened word counts whole and in its parts."""
    found = _WORD.findall(_plain(text))
    sequence: list[str] = []
    small = set()
    for word in found:
        base = re.sub(r"'s?$", "", word)
        sequence.append(folded(base))
        if base.islower():
            small.add(folded(base))
    parts = {part for word in sequence if "-" in word for part in word.split("-")}
    return _Names(tuple(sequence), frozenset(sequence) | parts, frozenset(small))


def folded(word: str) -> str:
    """A word without case, accents, stops and the possessive."""
    return re.sub(r"'s?$", "", _plain(word)).replace(".", "").casefold()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‑", "-"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _is_described(tokens: Sequence[str], whole: _Names) -> bool:
    """Whether the words are no person's name, so that their order is free: "the Kessim Dam Inquiry"."""
    kinds = lexicon.words("groups") | words("place_nouns") | words("group_nouns")
    return any(folded(token) in whole.small or folded(token) in kinds for token in tokens)


def _abbreviates(token: str, near: str) -> bool:
    """Whether a word in capitals is made of the first letters of a name in the passage."""
    letters = token.replace(".", "")
    if len(letters) < 2 or not letters.isupper():
        return False
    for match in _CAPITALS.finditer(near):
        initials = "".join(word[0] for word in match[0].split())
        if letters in (initials, "".join(letter for letter in initials if letter.isupper())):
            return True
    return False


def name_evidence(passages: Iterable[CitedPassage]) -> NameEvidence:
    """What there is of names in passages; the speaker of a quotation stands in for "she said"."""
    near, before, whole = [], [], []
    for passage in passages:
        inside = [q for q in passage.quotations if q.start < passage.end and passage.start < q.end]
        near += [passage.text, passage.heading, *(f"{q.role} {q.speaker}." for q in inside)]
        whole += [passage.article.text, passage.heading]
        if _PRONOUN.search(passage.text):
            before.append(passage.article.text[: passage.end])
    return NameEvidence("\n".join(near), "\n".join(before), "\n".join(whole))
