"""The names in a statement: capitalised words that are not ordinary ones."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index_store.quotations import lexicon
from index_store.quotations.names import gender_of_given
from qa.lexicon import words
from qa.numbers import read_numbers
from qa.reading import word_forms as forms

_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|(?<=\w)[.&'’-](?=\w))*\.?")
_JOINED = re.compile(r" (?:(?:al|bin|da|de|del|der|di|du|el|la|le|van|von|ul) ){0,2}")
_POSSESSIVE = re.compile(r"['’]s?$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?){1,3}$")
_SPEECH = lexicon.verb_forms("speech_verbs")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ARTICLE_OF = re.compile(r"(?:^|\W)(?:the|a|an)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedName:
    """A name as a statement gives it, without titles, offices and the possessive."""

    start: int
    end: int
    tokens: tuple[str, ...]  # as written


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    opens: bool  # whether it may owe its capital to the beginning of a sentence


def read_names(text: str, masked: str, is_ordinary: Callable[[str], bool]) -> Iterator[StatedName]:
    """The names of a statement, in order.

    `masked` is the statement with what is not looked at blanked out, every character in its place. `is_ordinary` tells
    of a word in lower case whether the article writes it so.
    """
    for run in _runs(text, masked):
        for name in _names(run, text, is_ordinary):
            yield StatedName(name[0].start, name[-1].end, tuple(word.text for word in name))


def _runs(text: str, masked: str) -> Iterator[list[_Word]]:
    run: list[_Word] = []
    for match in _TOKEN.finditer(masked):
        word = match[0]
        if not word[0].isupper():
            continue
        owns = _POSSESSIVE.search(word)
        stopped = word.endswith(".") and not _INITIAL.fullmatch(word) and word not in lexicon.genders("titles")
        bare = _POSSESSIVE.sub("", word).rstrip("." if stopped else "")
        token = _Word(bare, match.start(), match.start() + len(bare), _opens(text, match.start()))
        if run and not _JOINED.fullmatch(masked, run[-1].end, token.start):
            yield run
            run = []
        run.append(token)
        if owns or stopped:
            yield run
            run = []
    if run:
        yield run


def _opens(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \n\t\"“”‘’'«»(")
    return before[-1:] in ("", ".", "!", "?", ":", ";", "\n", "-", "–", "—", "•", "*")


def _names(run: list[_Word], text: str, is_ordinary: Callable[[str], bool]) -> Iterator[list[_Word]]:
    """A run of capitalised words cut at offices and titles; an ordinary word that opens a sentence goes."""
    if run[0].opens and _is_plain(run, text, is_ordinary):
        run = run[1:]
    part: list[_Word] = []
    for number, word in enumerate(run):
        if not _is_office(run, number):
            part.append(word)
            continue
        part = [before for before in part if not _describes_office(before.text, is_ordinary)]
        if part:
            yield part
        part = []
    while part and part[-1].text.lower().rstrip(".") in _SUFFIXES:
        part.pop()
    if part and not all(_is_common(word.text) for word in part):
        yield part


def is_nationality(word: str) -> bool:
    """Whether a word is the adjective or the name of a country."""
    from qa.verification.countries import country_of

    return country_of(word) is not None


def _is_plain(run: list[_Word], text: str, is_ordinary: Callable[[str], bool]) -> bool:
    """Whether the first word of a sentence is an ordinary one."""
    first = run[0].text
    lower = first.lower()
    if len(first) > 1 and first.isupper():
        return False
    if is_listed(lower) or is_ordinary(lower):
        return gender_of_given(first) == "-" or len(run) == 1 or is_listed(lower)
    if gender_of_given(first) != "-" or len(run) > 1 or is_nationality(first):
        return False
    owns = text[run[0].end : run[0].end + 2] in ("'s", "’s")
    return not owns and (forms.next_word(text[run[0].end :]) not in _SPEECH or forms.is_plural(first))


def is_listed(lower: str) -> bool:
    """Whether a word in lower case is an ordinary one, as far as the word lists and its ending tell."""
    stem = lower.removesuffix("s")
    lists = (
        words(name) for name in ("function_words", "sentence_openers", "person_nouns", "group_nouns", "place_nouns")
    )
    return (
        any(lower in each or stem in each for each in lists)
        or lower in lexicon.words("not_names")
        or lower in lexicon.words("adverbs")
        or forms.is_function_word(lower)
        or (lower.endswith(("ly", "ing", "ed")) and len(lower) > 4)
    )


def _is_office(run: list[_Word], number: int) -> bool:
    """Whether a word is a title or an office rather than a surname ("Minister", but not "Freya Baker")."""
    word = run[number].text
    lower = word.lower().rstrip(".")
    if word in lexicon.genders("titles") or word.rstrip(".") in lexicon.genders("titles"):
        return True
    if lower not in lexicon.genders("roles") and lower.removesuffix("s") not in lexicon.genders("roles"):
        return False
    last = number == len(run) - 1
    return not (last and number and gender_of_given(run[number - 1].text) != "-")


def _describes_office(word: str, is_ordinary: Callable[[str], bool]) -> bool:
    """Whether a word before an office only says which: "Energy Minister", but not "Israeli Minister"."""
    lower = word.lower()
    ranks = words("rank_adjectives") | {"prime", "vice", "deputy", "general", "foreign", "finance"}
    return not is_nationality(word) and (is_ordinary(lower) or lower in ranks or is_listed(lower))


def _is_common(word: str) -> bool:
    """Whether a capitalised word inside a sentence is none of a name: "I", "CEO", "North"."""
    lower = word.lower().rstrip(".")
    if len(lower) > 1 and word.isupper():
        return lower in words("common_acronyms")
    return (
        len(lower) < 2
        or (lower in lexicon.words("not_names") and not is_nationality(word))
        or lower in words("group_nouns")
        or bool(read_numbers(lower))
        or forms.is_function_word(lower)
    )
