"""Follow-ups by an office alone: "and the mayor?" means that of the place which was spoken of last."""

import re
from collections.abc import Sequence

from qa.lexicon import words
from qa.reading.mentions import find_mentions
from qa.reading.referents import Exchange

_OFFICES = "|".join(sorted(words("offices"), key=len, reverse=True))
_OFFICE = rf"the (?:[a-z-]+ ){{0,2}}?(?:{_OFFICES})"
_PLACE = r"[A-Z][\w’-]*(?: [A-Z][\w’-]*)*"
_ALONE = re.compile(rf"(?:and |but |so |what about |how about |and what about )?(?P<office>{_OFFICE})$", re.IGNORECASE)
_BARE = re.compile(rf"\b{_OFFICE}\b(?! (?:of|in|for|at)\b|['’]s| [A-Z])")
_PLACED = re.compile(rf"\b(?P<office>{_OFFICE}) (?:of|in|for) (?:the )?(?P<place>{_PLACE})")
_SPEAKS = re.compile(rf"\b(?:{'|'.join(sorted(words('speech_verbs')))})\b", re.IGNORECASE)


def place_office(question: str, earlier: Sequence[Exchange]) -> str:
    """The question with the place spoken of last behind an office that it names without one; else as it was.

    Only where an earlier question asked by such an office of a place: then places are what tells its holders apart.
    """
    asked = [placed for exchange in earlier if (placed := _PLACED.search(exchange.understood))]
    place = _last_place(earlier)
    if not asked or not place:
        return question
    alone = _ALONE.match(question.rstrip("?!. "))
    if alone is None:
        return _BARE.sub(lambda office: f"{office[0]} of {place}", question, count=1)
    if _SPEAKS.search(earlier[-1].understood) and not _PLACED.search(earlier[-1].understood):
        return question  # takes the speaker's place there
    last = asked[-1]
    return f"{last.string[: last.start()]}{alone['office']} of {place}{last.string[last.end() :]}"


def _last_place(earlier: Sequence[Exchange]) -> str:
    """The place of the last question that names one; empty where a later one is about something else by name."""
    for exchange in reversed(earlier):
        if placed := _PLACED.search(exchange.understood):
            return placed["place"]
        named = [mention for mention in find_mentions(exchange.understood) if mention.named]
        places = [mention.text for mention in named if mention.place]
        if places or named:
            return places[-1] if places else ""
    return ""
