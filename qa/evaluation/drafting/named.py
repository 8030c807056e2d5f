"""The named: everybody and everything an article calls by a full name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index_store.article import Article
from index_store.quotations.names import gender_of_given
from index_store.quotations.people import people_in
from qa.lexicon import words
from qa.speech.speakers import is_name
from qa.verification.names import is_nationality, read_names

_LOWER = re.compile(r"\b[a-z][\w’'-]*")
_GENITIVE = re.compile(r"['’](?:s\b|(?!\w))")


@dataclass(frozen=True)
class Named:
    """The names of one article."""

    article: Article
    speakers: tuple[str, ...]  # of its quotations

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each name of the text stands there, as it is written."""
        return Counter(name for name in self._written(self.article.text) if "\n" not in name)

    @cached_property
    def persons(self) -> frozenset[str]:
        """Full names of people."""
        sure = {person.name for person in people_in(self.article.text) if self._is_person(person.roles)}
        spoken = {name for name in self.quoted if gender_of_given(name.split()[0]) != "-"}
        return frozenset(name for name in sure | spoken if " " in name and name in self.counts)

    @cached_property
    def quoted(self) -> frozenset[str]:
        """Full names of those who are quoted, people and others."""
        return frozenset(name for name in self.speakers if " " in name and is_name(name) and name in self.counts)

    @cached_property
    def full(self) -> frozenset[str]:
        """Names that say by themselves who or what is meant: every one but a lone surname and a nationality."""
        surnames = {name.split()[-1] for name in self.persons}
        return frozenset(
            name
            for name in self.counts
            if name not in surnames and (" " in name or not is_nationality(name)) and len(name) > 2
        )

    @cached_property
    def surnames(self) -> dict[str, frozenset[str]]:
        """Last words of longer names, each with those names."""
        longer = [name for name in self.counts.keys() | self.quoted if " " in name]
        lasts = {name.split()[-1] for name in longer}
        return {last: frozenset(name for name in longer if name.endswith(f" {last}")) for last in sorted(lasts)}

    @cached_property
    def things(self) -> frozenset[str]:
        """Full names that are nobody's."""
        parts = {part for name in self.persons for part in name.split()}
        return frozenset(name for name in self.full - self.persons if name not in parts)

    def with_article(self, name: str) -> str:
        """The name as it stands in a sentence: with "the" where the article mostly writes it so."""
        total = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", self.article.text))
        with_the = len(re.findall(rf"\b[Tt]he {re.escape(name)}(?!\w)", self.article.text))
        return f"the {name}" if with_the * 2 > total else name

    def is_topic(self, name: str) -> bool:
        """Whether the article is about it: no place where things happen, no passing mention, no part of a name."""
        placed = re.search(rf"\b(?:in|near|from|to) {re.escape(name)}(?!\w)", self.article.text)
        part = any(name != other and name in other.split() for other in self.counts)
        often = self.counts[name] > 1 and name.lower() not in _LOWER.findall(self.article.text)
        return not placed and not part and (" " in name or often)

    def spelled_out(self, text: str) -> str:
        """`text` with each lone surname, and each "the bridge" that one name explains, put in full."""
        for short, name in self._expansions.items():
            text = re.sub(rf"(?<![\w-])(?<!{re.escape(name.split()[0])} ){re.escape(short)}(?![\w-])", name, text)
        return text

    @cached_property
    def _expansions(self) -> dict[str, str]:
        by_last = {last: names & self.full for last, names in self.surnames.items()}
        alone = {last: next(iter(names)) for last, names in by_last.items() if len(names) == 1}
        surnames = {last: name for last, name in alone.items() if name in self.persons}
        heads = {
            f"the {last.lower()}": self.with_article(name)
            for last, name in alone.items()
            if name not in self.persons and f"the {name}" == self.with_article(name)
        }
        return {**surnames, **heads}

    def _written(self, text: str) -> Iterator[str]:
        ordinary = frozenset(_LOWER.findall(text))
        for name in read_names(text, text, lambda word: word in ordinary):
            written = text[name.start : name.end]
            if not _GENITIVE.match(text, name.end) or (" " in written and not written.endswith("s")):
                yield written  # "Growers’ League" is cut at its genitive, and so half a name

    def _is_person(self, roles: Iterable[str]) -> bool:
        return any(set(role.lower().split()) & words("person_nouns") for role in roles)
