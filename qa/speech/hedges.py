"""Hedges: how a report keeps its distance from the words it gives to somebody."""

import re
from collections.abc import Sequence
from functools import cache

from index_store.catalog import StoredQuotation
from qa.lexicon import entries, words

_MARKED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")
_ACCORDING = re.compile(r"\b(?:according to|per) \w", re.IGNORECASE)
_SOURCE = r"(?:(?:a|an|the|one|two|some|several|many|people|his|her|their)\b[^,.;]{0,60}?|[A-Z][^,.;]{0,40}?)"


def hedged(text: str, span: tuple[int, int], quotations: Sequence[StoredQuotation]) -> bool:
    """Whether a report tells of the quotations at second hand or with a doubt.

    `span` is that of the sentences of `text` which hold them and what introduces them.
    """
    start, end = span
    told = _without_words(text, span, quotations)
    if _phrases().search(told):
        return True
    if _ACCORDING.search(told) and all(stored.quotation.verb != "according to" for stored in quotations):
        return True
    mention = quotations[0].quotation.speaker_start
    return start < mention < end and _second_hand().search(told, 0, mention - start) is not None


def _without_words(text: str, span: tuple[int, int], quotations: Sequence[StoredQuotation]) -> str:
    """The stretch with all that is quoted blanked out, offsets kept."""
    start, end = span
    blanked = text[start:end]
    for said in (stored.quotation for stored in quotations):
        first, last = max(said.start, start) - start, min(said.end, end) - start
        blanked = blanked[:first] + " " * (last - first) + blanked[last:]
    return _MARKED.sub(lambda found: " " * len(found[0]), blanked)


@cache
def _phrases() -> re.Pattern[str]:
    phrases = sorted(" ".join(entry) for entry in entries("hedges"))
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


@cache
def _second_hand() -> re.Pattern[str]:
    """Somebody's report right before the speaker: "a source said that (Doe told)"."""
    verbs = "|".join(sorted(words("speech_verbs")))
    return re.compile(rf"{_SOURCE}\s(?:{verbs})\b(?: [\w’']+){{0,3}}?(?: that)?(?: [\w’'.-]+){{0,3}} ?$")
