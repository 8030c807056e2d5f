"""The people of an article: their names, variants, roles and mentions."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from index_store.quotations.lexicon import genders, verb_forms, words
from index_store.quotations.names import Name, find_names, gender_of_given
from index_store.quotations.offices import office_taken

_APPOSITIVE = re.compile(
    r",\s+((?:[\w.’'&/-]+\s+){0,7}?[\w’'-]+)(?=[,;:)]|\.(?!\w)|$|\s+(?:who|which|for|in|at|from|and)\b)"
)
_INTRODUCED = re.compile(
    r"(?:\b(?P<verb>[\w’'-]+) )?"
    r"\b(?P<role>(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]n?) (?:[\w’'-]+ ){0,3}?[\w’'-]+), $"
)
_CALLED_IN = re.compile(
    r",[^.;\n]{0,60}?\bwho (?:was|is|has been|had been) (?:[a-z]+ ){1,2}as (?:an? |the )?([a-z]+)\b"
)
_ROLES = genders("roles")
_SPEECH_VERBS = verb_forms("speech_verbs")
_OF = re.compile(r" (?:of|for|at|in) ")
_NO_APPOSITIVE = (words("adverbs") | words("pronouns")) - {"first", "once"}
_RELATIVES = frozenset({"who", "whose", "whom", "which"})  # they begin a clause, not a role
_FOLLOWING_VERB = re.compile(r"[ \xa0](?:has |had |will |would |also )?(?:said|says|told|was|is|wrote|[a-z]{2,}ed)\b")
_AFTER_PARTY = re.compile(r"\s*\([A-Z][^()]{0,24}\)")


@dataclass(frozen=True, slots=True)
class Person:
    """A person an article names; every mention is `text[start:end]`, names only, in order."""

    name: str  # the fullest form in the article
    surname: str
    roles: tuple[str, ...]  # as written beside the name, first seen first
    mentions: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Entry:
    """A person while the article is being read."""

    name: str
    given: str
    surname: str
    suffix: str = ""
    gender: str = "-"
    is_group: bool = False
    is_sure: bool = False  # told to be a person by a title, a role or a given name
    roles: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)
    full_mentions: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text that stands for a person or group; `start` includes the role before it."""

    start: int
    end: int
    name_start: int
    entry: Entry


class PersonIndex:
    """Who is named where in one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._by_surname: dict[str, list[Entry]] = {}
        self._by_given: dict[str, list[Entry]] = {}
        self._entries: dict[int, Entry] = {}
        names = list(find_names(text))
        surnames = {name.tokens[-1] for name in names if len(name.tokens) > 1}
        names = [name for name in names if not name.is_role or name.tokens[0] in surnames]
        settled = {name.tokens[-1] for name in names if not _is_opening(text, name)}
        names = [name for name in names if name.tokens[-1] in settled or gender_of_given(name.tokens[0]) != "-"]
        for name in names:
            if len(name.tokens) > 1:
                self._introduce(name)
        self.mentions = _outermost([self._mention(name) for name in names])
        self._starts = [mention.start for mention in self.mentions]
        self._name_starts = [mention.name_start for mention in self.mentions]
        self._ends = [mention.end for mention in self.mentions]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everybody named, in order of the first mention."""
        return tuple(self._entries.values())

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in a stretch."""
        return self.mentions[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    def starting_at(self, position: int) -> Mention | None:
        """The mention that begins here, with its role or without."""
        for starts in (self._starts, self._name_starts):
            number = bisect_left(starts, position)
            if number < len(starts) and starts[number] == position:
                return self.mentions[number]
        return None

    def ending_at(self, position: int) -> Mention | None:
        """The mention that ends here."""
        number = bisect_left(self._ends, position)
        return self.mentions[number] if number < len(self._ends) and self._ends[number] == position else None

    def _introduce(self, name: Name) -> None:
        core = name.tokens
        surname, given = core[-1].lower(), core[0].lower()
        known = [
            entry
            for entry in self._by_surname.get(surname, ())
            if entry.given.lower() == given and entry.suffix == name.suffix
        ]
        full = name.full
        if known:
            if len(full) > len(known[0].name):
                known[0].name = full
            known[0].full_mentions += 1
            return
        entry = Entry(full, core[0], core[-1], name.suffix, gender=gender_of_given(core[0]), full_mentions=1)
        entry.is_sure = entry.gender != "-" and not name.is_group
        self._by_surname.setdefault(surname, []).append(entry)
        self._by_given.setdefault(given, []).append(entry)

    def _mention(self, name: Name) -> Mention:
        entry = self._entry(name, name.tokens)
        self._learn(entry, name)
        self._entries.setdefault(id(entry), entry)
        entry.mentions.append((name.name_start, name.end))
        return Mention(name.start, name.end, name.name_start, entry)

    def _entry(self, name: Name, core: tuple[str, ...]) -> Entry:
        last = core[-1].lower()
        candidates = self._by_surname.get(last, [])
        if len(core) > 1:
            namesakes = [entry for entry in candidates if entry.given.lower() == core[0].lower()]
            return next((entry for entry in namesakes if entry.suffix == name.suffix), namesakes[0])
        told = genders("titles").get(name.title, "-")
        fitting = [entry for entry in candidates if "-" in (told, entry.gender) or entry.gender == told] or candidates
        if fitting:
            return max(fitting, key=lambda entry: entry.full_mentions)
        if len(self._by_given.get(last, ())) == 1 and gender_of_given(core[0]) != "-":
            return self._by_given[last][0]
        entry = Entry(name.full, "", core[-1])
        self._by_surname.setdefault(last, []).append(entry)
        return entry

    def _learn(self, entry: Entry, name: Name) -> None:
        role = name.role or self._appositive(name.end) or self._introduction(name) or self._taken(name)
        if role and role not in entry.roles:
            entry.roles.append(role)
        called_in = _CALLED_IN.match(self._text, name.end)  # "Jim Doe, the judge who was called in as mediator"
        if role and called_in and called_in[1] in _ROLES and called_in[1] not in entry.roles:
            entry.roles.append(called_in[1])
        told = genders("titles").get(name.title, "-")
        heads = [genders("roles").get(word.lower(), "-") for word in role.split()]
        evidence = next((gender for gender in (told, *heads) if gender != "-"), "-")
        if evidence != "-":
            entry.gender = evidence
        entry.is_group = entry.is_group or name.is_group
        if (role or name.title) and not entry.is_group:
            entry.is_sure = True

    def _appositive(self, end: int) -> str:
        """The role after a name: ", the Israeli prime minister,"; "" when there is none."""
        if self._text[end : end + 1] != "," and self._text[end : end + 2] != " (":
            return ""
        party = _AFTER_PARTY.match(self._text, end)
        match = _APPOSITIVE.match(self._text, party.end() if party else end)
        if match is None:
            return ""
        lowers = [word.lower() for word in match[1].split()]
        if (
            lowers[0] in _RELATIVES
            or any(word in _NO_APPOSITIVE for word in lowers)
            or not any(word in _ROLES for word in lowers)
        ):
            return ""
        return " ".join(match[1].split())

    def _taken(self, name: Name) -> str:
        return office_taken(self._text, name.name_start, name.end) if len(name.tokens) > 1 else ""

    def _introduction(self, name: Name) -> str:
        """The role that a full name explains: "The mayor, Jim Doe,", "said the mayor, Jim Doe."; "" without one."""
        match = _INTRODUCED.search(self._text, max(0, name.start - 60), name.start)
        if len(name.tokens) < 2 or match is None:
            return ""
        if self._text[name.end : name.end + 1] != "," and match["verb"] not in _SPEECH_VERBS:
            return ""  # "They met the mayor, Jim Doe and others."
        head = _OF.split(match["role"])[0].split()[-1]  # "director" of "The director of the museum"
        return match["role"] if head.lower() in _ROLES else ""


def _outermost(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Without the names inside a role: "Doe campaign manager Jane Roe" is Roe alone."""
    kept: list[Mention] = []
    for mention in mentions:
        while kept and kept[-1].end > mention.start:
            kept.pop()
        kept.append(mention)
    return tuple(kept)


def _is_opening(text: str, name: Name) -> bool:
    """Whether a lone word may owe its capital to the beginning of a sentence."""
    if len(name.tokens) > 1 or name.title or name.role or not name.tokens[0][1:].islower():
        return False
    if _FOLLOWING_VERB.match(text, name.end):  # "Lopez disagreed."
        return False
    before = text[max(0, name.start - 3) : name.start].rstrip(" \xa0")[-1:]
    return before in ("", "\n", ".", "!", "?", ":", "”", '"', "“", "\x02", "\x03", "—", "-")


def people_in(text: str) -> tuple[Person, ...]:
    """Everybody the text names, in order of the first mention; a surname alone counts for its full name."""
    index = PersonIndex(text)
    found = []
    for entry in index.entries:
        if entry.is_sure:
            found.append(Person(entry.name, entry.surname, tuple(entry.roles), tuple(entry.mentions)))
    return tuple(found)
