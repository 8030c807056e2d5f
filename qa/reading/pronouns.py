"""Pronouns of a question, put into words by what the conversation has spoken of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.lexicon import words
from qa.reading import word_forms as forms
from qa.reading.antecedents import has_own_antecedent, is_pronoun, is_quoted
from qa.reading.mentions import Mention, find_mentions
from qa.reading.referents import Referent

_SINGULAR_OF = {"do": "does", "are": "is", "were": "was", "have": "has"}
_KIND_OF = re.compile(r"\b(?:this|that|these|those)\s+(?P<noun>[a-z]+)\b", re.I)
_OTHER = re.compile(r"\bthe other(?: one| man| woman)?(?=\s*(?:[?.!,]|$|say|do|want|think))", re.I)
_PERIODS = frozenset("time day week month year years days weeks months period era point moment way kind sort".split())  # noqa: SIM905
_EXISTS = frozenset("is are was were be been any anything anyone another other".split())  # noqa: SIM905
_LEAST = 0.2  # weight times fitness below which a pronoun is better left alone


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class of pronouns and how well what was mentioned suits it, in [0, 1]."""

    pattern: re.Pattern[str]
    suits: Callable[[Mention], float]


def resolve_pronouns(question: str, referents: Sequence[Referent]) -> str:
    """The question with the first pronoun of each kind replaced; unchanged where nothing suits.

    A pronoun that follows a fitting name within the question is left to that name.
    """
    question = _resolve_kinds_of(question, referents)
    for kind in _KINDS:
        question = _resolve(question, kind, referents)
    return _resolve_there(question, referents)


def resolve_other(question: str, before: str, referents: Sequence[Referent]) -> str:
    """The question with "the other one" named: who or what the question before was not about."""
    match = _OTHER.search(question)
    if match is None:
        return question
    subjects = [mention for mention in find_mentions(before) if mention.named]
    person = bool(subjects) and subjects[0].person > 0.5
    alike = _best(referents, lambda m: float(m.named and not m.plural and (m.person > 0.5) is person), before)
    return question[: match.start()] + alike.text + question[match.end() :] if alike else question


def _resolve(question: str, kind: _Kind, referents: Sequence[Referent]) -> str:
    match = next((m for m in kind.pattern.finditer(question) if is_pronoun(question, m)), None)
    if match is None or has_own_antecedent(question, match, kind.suits):
        return question
    chosen = _best(referents, kind.suits, question)
    if chosen is None:
        return question
    before, after = question[: match.start()], question[match.end() :]
    name = forms.possessive(chosen.text) if forms.is_possessive(match.group(), after) else chosen.text
    return _agreeing(before, match.group(), chosen.mention) + (name if before.strip() else _capital(name)) + after


def _best(referents: Sequence[Referent], suits: Callable[[Mention], float], question: str) -> Referent | None:
    asked = {word.lower() for word in forms.WORD.findall(question)}
    reacts = not asked.isdisjoint(words("reaction_verbs"))
    latest = max((referent.turn for referent in referents), default=0)
    scored = [
        # Who reacts is rarely the one whose words were asked for, so those named after count for more.
        (
            referent.weight
            * suits(referent.mention)
            * (2.5 if reacts and referent.turn == latest and not referent.leads else 1.0),
            referent,
        )
        for referent in referents
        if not {word.lower() for word in forms.WORD.findall(referent.text)} <= asked
    ]
    score, chosen = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return chosen if score >= _LEAST else None


def _agreeing(before: str, pronoun: str, mention: Mention) -> str:
    """The words before the pronoun, a plural auxiliary of "they" made to agree with one person or thing."""
    match = re.search(r"\b(do|are|were|have)(\s+)$", before, re.I)
    if pronoun.lower() != "they" or match is None or mention.plural or mention.group or mention.head.endswith("s"):
        return before
    return before[: match.start()] + forms.in_style_of(_SINGULAR_OF[match[1].lower()], match[1]) + match[2]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _resolve_kinds_of(question: str, referents: Sequence[Referent]) -> str:
    """Put "this album" by the name of the album, "that warning" by the phrase that had the word before."""
    match = _KIND_OF.search(question)
    if match is None or is_quoted(question, match) or not _is_kind(question, match):
        return question
    noun = match["noun"].lower()
    chosen = next((each for each in referents if each.mention.head == noun), None)
    text = chosen.text if chosen else _named_as(noun, question, referents)
    return question[: match.start()] + text + question[match.end() :] if text else question


def _is_kind(question: str, match: re.Match[str]) -> bool:
    noun, following = match["noun"].lower(), forms.next_word(question[match.end() :])
    if forms.is_function_word(noun) or noun in _PERIODS:
        return False
    before = forms.last_word(question[: match.start()])
    joins = match.group().lower().startswith("that") and before not in forms.AUXILIARIES | forms.PREPOSITIONS
    return not joins and (not following or forms.is_function_word(following) or forms.is_verb(following))


def _named_as(noun: str, question: str, referents: Sequence[Referent]) -> str:
    named = [each for each in referents if each.mention.named and each.weight >= 1]
    if noun == "article":
        return f"this article about {named[0].text}" if named else ""
    if noun in words("person_nouns"):
        person = _best(named, lambda mention: mention.person, question)
        return person.text if person else ""
    if forms.is_plural(noun) or forms.is_verb(noun):
        return ""
    thing = _best(named, lambda mention: 1.0 if mention.person < 0.5 else 0.0, question)
    return f"the {noun} {thing.text}" if thing and not thing.text.startswith("the ") else ""


def _resolve_there(question: str, referents: Sequence[Referent]) -> str:
    for match in re.finditer(r"\bthere\b", question, re.I):
        before = forms.last_word(question[: match.start()])
        if (
            before in forms.BE_AND_HAVE | forms.DO_AND_MODALS
            or forms.next_word(question[match.end() :]) in _EXISTS
            or not before
        ):
            continue
        place = _best(referents, lambda mention: 1.0 if mention.place and mention.person < 0.6 else 0.0, question)
        if place is None:
            return question
        lead = "" if before in forms.PREPOSITIONS else "at " if place.text.startswith("the ") else "in "
        return question[: match.start()] + lead + place.text + question[match.end() :]
    return question


def _suits_person(gender: str) -> Callable[[Mention], float]:
    def suits(mention: Mention) -> float:
        if mention.gender not in {"", gender} or mention.plural:
            return 0.0
        # "a singer" says what somebody is; only "the singer" may be somebody
        described = 0.1 if mention.text.lower().startswith(("a ", "an ")) else 0.5
        known = 2.0 if mention.gender else 0.6 if gender == "m" and _sounds_feminine(mention) else 1.0
        return mention.person * known * (described if mention.described else 1.0)

    return suits


def _sounds_feminine(mention: Mention) -> bool:
    first, *others = mention.text.split()
    return bool(others) and first.endswith("a")


def _suits_thing(mention: Mention) -> float:
    return (1 - mention.person) * (0.3 if mention.plural else 1.0)


def _suits_several(mention: Mention) -> float:
    if mention.plural or mention.group:
        return 1.0 if mention.plural else 0.8
    return 0.1 if mention.place else 0.35 if mention.named else 0.15


def _kind(pronouns: str, suits: Callable[[Mention], float]) -> _Kind:
    return _Kind(re.compile(rf"\b(?:{pronouns})\b(?!-)", re.IGNORECASE), suits)


_KINDS = (
    _kind("he|him|his", _suits_person("m")),
    _kind("she|her", _suits_person("f")),
    _kind("they|them|their|these|those", _suits_several),
    _kind("it|its|this|that", _suits_thing),
)
