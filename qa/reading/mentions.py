"""Who and what a text mentions, as a pronoun could take it up later."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from qa.lexicon import words
from qa.reading import word_forms as forms

_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = frozenset({"of", "the", "de", "la", "von", "van", "al", "&"})  # inside names: "University of the Arts"
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "across", "outside", "inside"})
_TIMES = frozenset({"end", "beginning", "start", "middle", "day", "week", "month", "year", "time", "moment"})
_NOT_A_NAME = frozenset("i ok okay yes no please tell anything anyone something besides aside also any".split())  # noqa: SIM905
_DATES = frozenset(name.lower() for name in (*calendar.month_name[1:], *calendar.month_abbr[1:], *calendar.day_name))
_AFTER_NAME = re.compile(r",\s(?:the|an?|who|aged?|\d\d\b)((?:[\s-][\w’'-]+){0,6})")
_QUOTED = re.compile(r"[\"“](?P<title>[A-Z][^\"“”?]{1,50}?)[,.]?[\"”]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or noun phrase in a text, and what is known of whom or what it names."""

    text: str
    start: int
    end: int
    named: bool  # written as a name
    person: float  # how sure it is a person, in [0, 1]
    plural: bool = False
    place: bool = False
    group: bool = False
    acts: bool = False  # a verb follows
    gender: str = ""  # "m", "f" or unknown

    @property
    def described(self) -> bool:
        """Whether it is put with an article rather than called by a name alone."""
        return self.text.split()[0].lower() in _ARTICLES

    @property
    def head(self) -> str:
        """The word that the others only describe, in lower case."""
        own = re.split(r" (?:of|for|in|at|by|to|on|with) ", self.text)[0]
        return str(forms.WORD.findall(own)[-1]).lower()


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    tokens: Sequence[re.Match[str]]

    def word(self, index: int) -> str:
        return str(self.tokens[index].group()) if 0 <= index < len(self.tokens) else ""

    def joined(self, index: int) -> bool:
        """Whether only a space stands before the token, so a phrase can go on."""
        between = self.text[self.tokens[index - 1].end() : self.tokens[index].start()]
        return index > 0 and not between.strip()

    def opens_sentence(self, index: int) -> bool:
        return index == 0 or bool(re.search(r"[.!?:;“\"]\s*$", self.text[: self.tokens[index].start()]))


@lru_cache(maxsize=512)  # a turn is read again with every one that follows it
def find_mentions(text: str) -> tuple[Mention, ...]:
    """The names and noun phrases of a question or an answer, in order; a phrase holds what is joined to it by "of"."""
    found = [*_titles(text)]
    read = _Text(text, tuple(forms.WORD.finditer(text)))
    index = 0
    while index < len(read.tokens):
        last = _phrase_end(read, index)
        if last is None or any(m.start <= read.tokens[index].start() < m.end for m in found):
            index += 1
            continue
        first = _name_after_office(read, index, last)
        mention = _described(read, first, last)
        if mention.head not in _TIMES | _DATES:
            found.append(mention)
        index = last + 1
    return tuple(sorted((*found, *_pairs(text, found)), key=lambda mention: mention.start))


def _pairs(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Two names joined by "and", as the one that "they" takes up."""
    for one, other in pairwise(found):
        if one.named and other.named and text[one.end : other.start] == " and ":
            person = min(one.person, other.person)
            yield Mention(text[one.start : other.end], one.start, other.end, named=True, person=person, plural=True)


def _name_after_office(read: _Text, first: int, last: int) -> int:
    """Where the name begins in "the businessman Corvin Tealow"; the phrase itself where it holds none."""
    for at in range(first + 1, last + 1):
        if read.word(at - 1) in words("person_nouns") and read.word(at)[0].isupper():
            return at
    return first


def _titles(text: str) -> Iterator[Mention]:
    for match in _QUOTED.finditer(text):
        if len(match["title"].split()) <= 6 and sum(word[0].isupper() for word in match["title"].split()) > 1:
            yield Mention(match["title"], match.start("title"), match.end("title"), named=True, person=0.0)


def _phrase_end(read: _Text, index: int) -> int | None:
    word = read.word(index)
    if word.lower() in _ARTICLES:
        last = _noun_phrase_end(read, index)
    elif _begins_name(read, index):
        last = _name_end(read, index)
    else:
        return None
    if last is not None and read.word(last + 1) == "of" and last + 2 < len(read.tokens) and not _owns(read, last):
        inner = _phrase_end(read, last + 2)
        return inner if inner is not None else last
    return last


def _owns(read: _Text, index: int) -> bool:
    return bool(re.search(r"['’]s?$", read.word(index)))


def _begins_name(read: _Text, index: int) -> bool:
    word = read.word(index)
    if not word[0].isupper() or word.lower() in _NOT_A_NAME | _DATES or forms.is_function_word(word):
        return False
    follows_name = index + 1 < len(read.tokens) and read.joined(index + 1) and read.word(index + 1)[0].isupper()
    if not read.opens_sentence(index):
        return True
    common = word.lower() in words("person_nouns") or forms.is_verb(word)
    return word.lower() not in words("sentence_openers") and (follows_name or not common)


def _name_end(read: _Text, index: int) -> int:
    last = index
    for at in range(index + 1, len(read.tokens)):
        if not read.joined(at) or re.search(r"['’]s$", read.word(at - 1)):
            break
        word = read.word(at)
        if word[0].isupper() or word[0].isdigit():
            last = at
        elif word not in _LINKS:
            break
    return last if read.word(index - 1).lower() in forms.AUXILIARIES else _with_noun(read, last)


def _with_noun(read: _Text, last: int) -> int:
    """Where "the" is missing in "Trump supporters", the name only describes the noun."""
    following = read.word(last + 1)
    noun = following and read.joined(last + 1) and following[0].islower() and not _owns(read, last)
    return last + bool(
        noun and not forms.is_verb(following) and not forms.is_function_word(following) and not following.endswith("ly")
    )


def _noun_phrase_end(read: _Text, index: int) -> int | None:
    last = index
    while last + 1 < len(read.tokens) and read.joined(last + 1):
        word = read.word(last + 1)
        if (forms.is_function_word(word) and word[0].islower()) or word.lower() in forms.QUESTION_WORDS:
            break
        last += 1
        if re.search(r"['’]s$", word) and last + 1 < len(read.tokens) and not _noun_follows(read, last):
            break
    last = _without_predicate(read, index, last)
    return last if last > index else None


def _noun_follows(read: _Text, index: int) -> bool:
    return read.joined(index + 1) and not forms.is_function_word(read.word(index + 1))


def _without_predicate(read: _Text, index: int, last: int) -> int:
    """The last word of the phrase itself, where a verb or an adjective of the sentence follows it at once."""
    before = read.word(index - 1).lower() if index else ""
    inner = range(index + 2, last + 1)  # after the article and one word at least
    if before in forms.DO_AND_MODALS:
        return next((at - 1 for at in reversed(inner) if forms.is_base_verb(read.word(at))), last)
    participle = (
        at - 1
        for at in inner
        if forms.is_past_form(read.word(at)) and not read.word(at - 1).endswith("ly") and read.word(at)[0].islower()
    )
    cut = next(participle, None) or next((at - 1 for at in inner if read.word(at).endswith("ly") and at < last), None)
    if cut is not None:
        return cut
    asks = read.word(index - 2).lower() if index > 1 else ""
    describes = before in forms.BE_AND_HAVE and asks in {"", "why", "when", "where", "how"}
    ends = last + 1 >= len(read.tokens) and read.word(last).islower()
    return last - 1 if describes and last > index + 1 and ends else last


def _described(read: _Text, first: int, last: int) -> Mention:
    start, end = read.tokens[first].start(), read.tokens[last].end()
    text = re.sub(r"['’]s?$", "", read.text[start:end])
    named = text[0].isupper() and text.split()[0].lower() not in _ARTICLES and not text.split()[-1].islower()
    before = read.word(first - 1) if first else ""
    own = text.split(" of ")[0]
    around = {word.lower() for word in forms.WORD.findall(own)}
    after = _AFTER_NAME.match(read.text, end) if named else None
    apposition = {word.lower() for word in forms.WORD.findall(after[1])} if after else set[str]()
    about = around | apposition | ({before.lower()} if named else set())
    head = forms.WORD.findall(own)[-1].lower()
    place = head in words("place_nouns") or (named and (before in _PLACE_PREPOSITIONS or _names_region(read, last)))
    group = head in words("group_nouns") or (named and text.isupper() and len(text) > 1)
    acts = _acts(read, last)
    speaks = acts and read.word(last + 1).lower() in words("speech_verbs") and not group
    return Mention(
        text,
        start,
        start + len(text),
        named=named or any(word[0].isupper() for word in text.split()[1:]),
        person=max(
            _person(named, head, about, bool(after) or acts, thing=place or group or before.lower() in _ARTICLES),
            0.9 * (speaks and named),
        ),
        plural=forms.is_plural(head) and not (named and " " in text and not group),
        place=place or (named and before == "on"),
        group=group,
        acts=acts,
        gender="m" if about & words("masculine") else "f" if about & words("feminine") else "",
    )


def _acts(read: _Text, last: int) -> bool:
    """Whether a verb follows the name at once."""
    following = read.word(last + 1)
    return bool(following) and read.joined(last + 1) and following[0].islower() and forms.is_verb(following)


def _names_region(read: _Text, last: int) -> bool:
    """Whether it is either name of "to Springfield, Illinois"."""
    region = re.match(r",\s[A-Z][\w.]+\s*(?:[,.]|$)", read.text[read.tokens[last].end() :])
    place = re.search(r"\b(?:in|at|near|to|from)\s[A-Z][\w ]+,\s$", read.text[: read.tokens[last].start()])
    return bool(region or place)


def _person(named: bool, head: str, about: set[str], apposed: bool, *, thing: bool) -> float:
    if not named:
        return 1.0 if head in words("person_nouns") else 0.0
    if about & (words("person_nouns") | words("titles")) and not (thing and head in words("group_nouns")):
        return 1.0
    if thing or any(char.isdigit() for char in head):
        return 0.0
    return 0.8 if apposed else 0.55
