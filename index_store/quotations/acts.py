"""Acts of speech: what somebody promised, denied, demanded or called for, told without the words."""

import re
from collections.abc import Iterator
from dataclasses import replace

from index_store.quotations.agents import subject_of
from index_store.quotations.cues import Cue
from index_store.quotations.forms import is_denied, is_noun
from index_store.quotations.indirect import Reported
from index_store.quotations.layout import CLOSE, OPEN
from index_store.quotations.lexicon import entries, inflected, verb_forms, words
from index_store.quotations.reading import Reading, Verb

_FORMS = frozenset(verb_forms("act_verbs"))
_BEHIND = {
    form: re.compile(rf" (?:{'|'.join(prepositions)})\b")
    for verb, *prepositions in map(str.split, sorted(entries("act_prepositions")))
    for form in inflected(verb)
}
_VERB = re.compile(rf"\b(?:{'|'.join(sorted(_FORMS | set(_BEHIND), key=len, reverse=True))})\b")
_NO_MATTER = "|".join(sorted((words("prepositions") - {"to"}) | {"that", "before", "when", "as", "to reporters"}))
_MATTER = re.compile(rf"\s+(?!(?:{_NO_MATTER})\b)([^\W_][^;{OPEN}{CLOSE}]*)")
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be", "get", "got", "gets"})
_UNREAL = words("unreal")
_PREPOSITIONS = words("prepositions")
_MIN_WORDS = 2  # "denied it" says nothing


def find_acts(reading: Reading) -> Iterator[Reported]:
    """What follows the verb of "promised to pay", "denied taking it", "called for a vote", in order.

    Not what was not done ("did not deny"), nor what was done to the subject ("was denied entry").
    """
    for verb in _verbs(reading):
        start, end = reading.layout.sentence(verb.start)
        matter = _MATTER.match(reading.masked, verb.end, end)
        if matter is None or not _tells(reading, verb, matter[1]) or not _is_done(reading, start, verb):
            continue
        if reading.masked.startswith(OPEN, matter.end()):
            continue  # "promised to be “very quick”": those words are quoted
        if subject := subject_of(reading, start, verb):
            stretch = matter[1].rstrip(" \n\xa0.,!?")
            yield Reported(matter.start(1), matter.start(1) + len(stretch), Cue(subject, verb.form, "", "beside"))


def _verbs(reading: Reading) -> Iterator[Verb]:
    """The verbs of acts, each with the preposition that makes it one."""
    for found in _VERB.finditer(reading.masked):
        form, end = found[0], found.end()
        if form not in _FORMS:
            behind = _BEHIND[form].match(reading.masked, end)
            if behind is None:
                continue
            form, end = form + behind[0], behind.end()
        yield Verb(found.start(), end, form, speech=True)


def _tells(reading: Reading, verb: Verb, matter: str) -> bool:
    """Whether what follows says something, and is not who did it: "..., promised Maria Lopez."."""
    turned = not reading.masked[max(0, verb.start - 2) : verb.start].rstrip()[-1:].isalnum()
    return len(matter.split()) >= _MIN_WORDS and not (turned and matter[0].isupper())


def _is_done(reading: Reading, start: int, act: Verb) -> bool:
    verb = replace(act, form=act.form.split()[0])
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    word = before[1].lower() if before else ""
    if word in _PASSIVE or word in _UNREAL or is_noun(reading, start, verb):
        return False
    if word in _PREPOSITIONS and not verb.form.endswith("ing"):
        return False  # "her lead in pledged delegates"
    return not is_denied(reading, start, verb)
