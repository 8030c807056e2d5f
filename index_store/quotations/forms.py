"""Verb forms: whether one is a verb where it stands, and whether what it says was denied."""

import re

from index_store.quotations.lexicon import words
from index_store.quotations.phrases import is_head
from index_store.quotations.reading import NAMING_VERBS, SPEECH_VERBS, Reading, Verb

_ARTICLES = words("determiners")
_QUANTIFIERS = words("quantifiers") - words("adverbs")
_PREPOSITIONS = words("prepositions")
_OWNED_BEFORE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)|\w['’]s?)\s+(?:[\w-]+\s+)?([\w-]+)\s+$")
_CONTRACTED = re.compile(r"\b(?:[Ww]hat|[Ii]t|[Tt]hat|[Tt]here)['’]s\s+(?:(?:been|now|often|today|\w+ly)\s+){0,2}$")
_BEFORE_BASE = frozenset().union(
    *map(words, ("adverbs", "unreal", "quantifiers", "pronouns", "conjunctions", "plurals"))
)
_NEGATIONS = words("negations")
_NEGATION_REACH = 5  # words before the verb
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")


def is_noun(reading: Reading, start: int, verb: Verb) -> bool:
    """Whether a form that may be a verb is none here: "the call", "his repeated claims", "what's widely called"."""
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    if before is None:
        return False
    word = before[1].lower()
    if word in _ARTICLES or word.endswith(("’s", "'s", "’", "'")):
        return word not in _QUANTIFIERS or not _is_past(verb.form)  # "several said"
    if is_base(verb.form) and not _may_precede_base(word):
        return True  # "the terror attack": a singular noun takes no such verb
    if _is_past(verb.form):  # "the Post's Jim Doe wrote" has a verb
        return _CONTRACTED.search(reading.masked, max(start, verb.start - 40), verb.start) is not None
    if verb.form.endswith("s") and (word in _PREPOSITIONS or word.isdigit()):
        return True  # "in states", "29 points"
    owned = _OWNED_BEFORE.search(reading.masked, max(start, verb.start - 40), verb.start)
    return owned is not None and not is_head(owned[1].lower())


def is_base(form: str) -> bool:
    """Whether a form is the verb's own: "state", which may be a noun as well."""
    return form != "read" and (SPEECH_VERBS.get(form) == form or NAMING_VERBS.get(form) == form)


def _is_past(form: str) -> bool:
    return not is_base(form) and not form.endswith(("s", "ing"))


def _may_precede_base(word: str) -> bool:
    """Whether "say" may follow: after "they", "officials", "will", "to" or an adverb."""
    return word.endswith(("s", "ly")) or word in _BEFORE_BASE


def is_denied(reading: Reading, start: int, verb: Verb) -> bool:
    """Whether the words right before a verb of speech negate it: "did not say", "no one expected Doe to say"."""
    clause = re.split(r"[;:,\x02\x03]", reading.masked[start : verb.start])[-1].lower()
    words_before = clause.replace("no one", "nobody").split()[-_NEGATION_REACH:]
    return verb.speech and any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words_before)
