"""Speakers: from a mention ("he", "the spokeswoman", "Doe") to the name the article introduced."""

import re
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from index_store.quotations.lexicon import genders, words
from index_store.quotations.people import Entry, Mention
from index_store.quotations.phrases import Subject
from index_store.quotations.reading import Reading
from index_store.quotations.subjects import first_subject

_ROLES = genders("roles")
_PREPOSITIONS = words("prepositions")
_OFFICE_CHANGES = words("office_changes")
_GENDER = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
_PLURAL = frozenset({"they", "it", "we"})
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "several", "many", "few", "two", "three", "any", "no"})
_NATIONALITIES = words("not_names_roles")
_QUANTIFIERS = words("quantifiers")
_OF_SEVERAL = re.compile(r" of (?:the|those|these|its|his|her|their)(?: [a-z’'-]+){0,2} [a-z’'-]+s\b")
_ACTS = re.compile(
    r"\s+(?:has |had |also |\w+ly )?(?:said|says|told|wrote|went|came|took|made|[a-z]{2,}ed)\b|,\s+who(?:se)?\b"
)
_ASKED = re.compile(r"\W*Asked (?:if|whether|about|why|how|what|when|by whom)\b[^,]*,\s*")
_REACH = 20_000  # characters before "the spokeswoman" in which she may have been named
_MAX_SENTENCES = 12  # how far back a pronoun is resolved


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name or a phrase, the role beside it, and the person where one is known."""

    name: str
    role: str
    entry: Entry | None = None


NOBODY = Speaker("", "")


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one article, in the order of the text."""

    reading: Reading
    _spoken: list[tuple[int, int, Speaker]] = field(default_factory=list)

    def resolve(self, subject: Subject) -> Speaker:
        """The speaker a subject stands for; a phrase that names nobody known stands for itself."""
        speaker = self._resolve(self._with_whole(subject))
        if speaker.entry is not None and speaker.entry.given and not speaker.entry.is_group:
            speaker.entry.is_sure = True  # who speaks and has two names is a person
        gender = _GENDER.get(self.reading.masked[subject.start : subject.end].lower(), "")
        if gender and speaker.entry is not None and speaker.entry.gender == "-":
            speaker.entry.gender = gender  # "she said" has told it, and a later "he" is somebody else
        insort(self._spoken, (subject.start, len(self._spoken), speaker))
        return speaker

    def _with_whole(self, subject: Subject) -> Subject:
        """The whole of "one of the sources" for a "one" that is of somebody."""
        written = self.reading.masked[subject.start : subject.end].lower()
        whole = _OF_SEVERAL.match(self.reading.masked, subject.end) if written in _QUANTIFIERS else None
        return Subject(subject.start, whole.end()) if whole else subject

    def _resolve(self, subject: Subject) -> Speaker:
        written = " ".join(self.reading.masked[subject.start : subject.end].split())
        lower = written.lower()
        if lower in _GENDER or lower in _PLURAL:
            return self._pronoun(subject, lower)
        if lower in ("i", "who", "which"):
            return NOBODY
        if named := self._named(subject):
            return named
        return self._nominal(subject, written)

    def _named(self, subject: Subject) -> Speaker | None:
        people = self.reading.people
        mention = people.ending_at(subject.end)
        if mention is None or not self._is_head(subject, mention):
            mention = people.starting_at(subject.start)
            if mention is None or self.reading.masked[mention.end : mention.end + 1] in ("’", "'"):
                return None
            if (
                mention.end < subject.end
                and self.reading.masked[mention.end : subject.end].split()[0] not in _PREPOSITIONS
            ):
                return None
        entry = mention.entry
        written = " ".join(self.reading.masked[mention.start : mention.name_start].split())
        return Speaker(entry.name, written if written in entry.roles else next(iter(entry.roles), ""), entry)

    def _is_head(self, subject: Subject, mention: Mention) -> bool:
        """Whether only an article or adjectives stand before the name: "a defensive Doe"."""
        before = self.reading.masked[subject.start : mention.start]
        return all(word.islower() and word not in _PREPOSITIONS and "’" not in word for word in before.lower().split())

    def _pronoun(self, subject: Subject, pronoun: str) -> Speaker:
        gender = _GENDER.get(pronoun, "")
        start, _ = self.reading.layout.sentence(subject.start)
        asked = _ASKED.match(self.reading.masked, start)
        # Who is asked about is not who answers; where the clause is all there is, the sentences before are looked at
        start, end = (min(asked.end(), subject.start) if asked else start), subject.start
        for _ in range(_MAX_SENTENCES):
            if found := self._in_sentence(start, end, gender):
                return found
            start, end = self.reading.layout.sentence_before(self.reading.layout.sentence(start)[0])
            if start == end:
                break
        return NOBODY

    def _in_sentence(self, start: int, end: int, gender: str) -> Speaker | None:
        for position, _, speaker in reversed(self._spoken):
            if position < start:
                break
            if position < end and self._fits(speaker, gender):
                return speaker
        if not gender:
            return None
        first = first_subject(self.reading, start, end)
        if first is not None and (named := self._named(first)) and self._fits(named, gender):
            sure = named.entry is not None and named.entry.is_sure
            if sure or _ACTS.match(self.reading.masked, first.end):
                return named
        for mention in self.reading.people.between(start, end):
            if mention.entry.is_sure and mention.entry.gender in ("-", gender):
                return Speaker(mention.entry.name, next(iter(mention.entry.roles), ""), mention.entry)
        return None

    def _fits(self, speaker: Speaker, gender: str) -> bool:
        entry = speaker.entry
        if not gender:
            return bool(speaker.name) and (entry is None or not entry.is_sure)
        if entry is not None:
            return not entry.is_group and entry.gender in ("-", gender)
        heads = [_ROLES[word.lower()] for word in speaker.name.split() if word.lower() in _ROLES]
        return bool(heads) and heads[0] in ("-", gender)

    def _nominal(self, subject: Subject, written: str) -> Speaker:
        """The last person with the role of "the spokeswoman"; other phrases stand for themselves."""
        parts = written.lower().split()
        heads = [word for word in parts if word in _ROLES]
        if parts[0] in _INDEFINITE or not heads or any(word in _PREPOSITIONS for word in parts):
            return Speaker(written, "")
        told = {word.lower() for word in written.split()[1:] if word[0].isupper()} - {heads[-1]}
        entry = self._holder(subject.start, parts, heads[-1], told)
        return Speaker(entry.name, next(iter(entry.roles), ""), entry) if entry else Speaker(written, "")

    def _holder(self, position: int, phrase: Sequence[str], head: str, told: set[str]) -> Entry | None:
        """Who was last named before a position with an office, of the country or party told with it, or of none."""
        of_none: Entry | None = None
        for mention in reversed(self.reading.people.between(max(0, position - _REACH), position)):
            roles = [role.lower().split() for role in mention.entry.roles]
            if not any(_may_be(phrase, role, head) for role in roles):
                continue
            held = {word for role in roles for word in role}
            if told <= held:
                return mention.entry
            if of_none is None and told <= _NATIONALITIES and not held & _NATIONALITIES:
                of_none = mention.entry
        return of_none


def _may_be(phrase: Sequence[str], role: Sequence[str], head: str) -> bool:
    """Whether "the finance minister" may be who has the role: not a deputy or former one, nor one of education."""
    if head not in role or _OFFICE_CHANGES.intersection(phrase) != _OFFICE_CHANGES.intersection(role):
        return False
    asked, held = (_kind_of_office(told, head) for told in (phrase, role))
    return not asked or not held or not asked.isdisjoint(held)


def _kind_of_office(phrase: Sequence[str], head: str) -> frozenset[str]:
    """The word that tells which of several like offices it is, where it stands right before the noun: "finance"."""
    before = phrase[: phrase.index(head)][-1:]
    return frozenset(before) - words("determiners") - _NATIONALITIES
