"""Acts of speech: what somebody promised, denied or admitted, told without the words."""

import re
from collections.abc import Iterator

from index_store.quotations.agents import subject_of
from index_store.quotations.cues import Cue
from index_store.quotations.forms import is_denied, is_noun
from index_store.quotations.indirect import Reported
from index_store.quotations.layout import CLOSE, OPEN
from index_store.quotations.lexicon import verb_forms, words
from index_store.quotations.reading import Reading, Verb

_FORMS = frozenset(verb_forms("act_verbs"))
_NO_MATTER = "|".join(sorted((words("prepositions") - {"to"}) | {"that", "before", "when", "as", "to reporters"}))
_MATTER = re.compile(rf"\s+(?!(?:{_NO_MATTER})\b)([a-z0-9][^;{OPEN}{CLOSE}]*)")
_WORD_BEFORE = re.compile(r"([\w’']+)\s+$")
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be", "get", "got", "gets"})
_UNREAL = words("unreal")
_PREPOSITIONS = words("prepositions")
_MIN_WORDS = 2  # "denied it" says nothing


def find_acts(reading: Reading) -> Iterator[Reported]:
    """What follows the verb of "promised to pay", "denied taking it", "has admitted a mistake", in order.

    Not what was not done ("did not deny"), nor what was done to the subject ("was denied entry").
    """
    for verb in reading.verbs:
        if verb.form not in _FORMS:
            continue
        start, end = reading.layout.sentence(verb.start)
        matter = _MATTER.match(reading.masked, verb.end, end)
        if matter is None or len(matter[1].split()) < _MIN_WORDS or not _is_done(reading, start, verb):
            continue
        if reading.masked.startswith(OPEN, matter.end()):
            continue  # "promised to be “very quick”": those words are quoted
        if subject := subject_of(reading, start, verb):
            stretch = matter[1].rstrip(" \n\xa0.,!?")
            yield Reported(matter.start(1), matter.start(1) + len(stretch), Cue(subject, verb.form, "", "beside"))


def _is_done(reading: Reading, start: int, verb: Verb) -> bool:
    before = _WORD_BEFORE.search(reading.masked, max(start, verb.start - 20), verb.start)
    word = before[1].lower() if before else ""
    if word in _PASSIVE or word in _UNREAL or is_noun(reading, start, verb):
        return False
    if word in _PREPOSITIONS and not verb.form.endswith("ing"):
        return False  # "her lead in pledged delegates"
    return not is_denied(reading, start, verb)
