"""Offices: whether the article gives a named person the office that a statement puts before the name."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from index_store.quotations import lexicon, people_in
from index_store.quotations.names import Name, find_names
from index_store.sentences import sentence_spans
from qa.lexicon import words
from qa.speech.speakers import folded_words
from qa.verification.passages import CitedPassage

_COURTESIES = frozenset("mr mrs ms miss madam messrs".split())  # noqa: SIM905
_DOCTOR = frozenset({"dr", "doctor", "physician"})
_STEM = 4  # letters in which "leader" and "leads" agree
_ABBREVIATION = 3  # letters of a title that stand for the whole: "Sen" for "Senator"


def foreign_offices(text: str, cited: Sequence[CitedPassage]) -> Iterator[str]:
    """Offices with the names behind them, which no sentence of a cited article that has the name tells of.

    A name that no cited article has is left to the check of names.
    """
    for name in find_names(text):
        office = () if name.is_group else _office(name)
        surname = (folded_words(name.tokens[-1]) or ("",))[-1]
        near = [words_near for passage in cited if (words_near := _near(passage, surname))]
        if office and near and not any(all(_is_told(word, told) for word in office) for told in near):
            yield text[name.start : name.end]


def _office(name: Name) -> tuple[str, ...]:
    """The words that must be told: the noun of office, and "former" or "deputy" before it."""
    written = folded_words(f"{name.role} {name.title}".strip() if name.title not in name.role else name.role)
    heads = [word for word in written if _is_office(word)]
    changing = [word for word in written if word in words("other_offices") and word not in heads]
    return (*changing, heads[-1]) if heads and heads[-1] not in _COURTESIES else ()


def _is_office(word: str) -> bool:
    return word in lexicon.genders("roles") or any(
        word == title.casefold().rstrip(".") for title in lexicon.genders("titles")
    )


def _near(passage: CitedPassage, surname: str) -> frozenset[str]:
    """The words that stand beside the surname wherever the article or its headline has it."""
    article = passage.article
    return frozenset().union(*(told for name, told in _told(f"{article.title}.\n\n{article.text}") if surname in name))


@lru_cache(maxsize=64)
def _told(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For every mention of a person the words of the name, and those of its sentence up to the next person."""
    found = []
    mentions = sorted(mention for person in people_in(text) for mention in person.mentions)
    for start, end in sentence_spans(text):
        inside = [mention for mention in mentions if start <= mention[0] < end]
        ends = [start, *(last for _, last in inside)]
        begins = [*(first for first, _ in inside[1:]), end]
        for (first, last), since, until in zip(inside, ends, begins, strict=False):
            stretch = f"{text[since:first]} {text[first:last]} {text[last:until]}"
            found.append((frozenset(_words(text[first:last])), frozenset(_words(stretch))))
    return tuple(found)


def _words(text: str) -> tuple[str, ...]:
    return folded_words(text.replace("’s", " ").replace("'s", " "))


def _is_told(word: str, told: frozenset[str]) -> bool:
    if word in told or (word in _DOCTOR and told & _DOCTOR):
        return True
    return any(_is_form(word, other) for other in told)


def _is_form(word: str, other: str) -> bool:
    """Whether two words are of one family, or one is short for the other."""
    short, long = sorted((word, other), key=len)
    if len(short) == _ABBREVIATION:
        return long.startswith(short) and _is_office(long) and _is_office(short)
    return len(short) > _STEM and long[:_STEM] == short[:_STEM] and long.startswith(short.rstrip("srde"))
