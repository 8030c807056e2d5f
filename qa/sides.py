"""Sides: whether two sentences that hold different numbers tell of the same quantity, and so disagree."""

import calendar
import re

from qa.events import Telling
from qa.question import content_words
from qa.reading.word_forms import is_past_form
from qa.relevance import ScoredSentence

_ALIKE = 5  # letters that relatives share at their beginning
_PLACED = re.compile(r"\b(?i:in|at|near|across|around) (?:the )?((?:[A-Z][\w’'-]*)(?: [A-Z][\w’'-]*)*)")
_DATE = re.compile("|".join((*calendar.day_name, *calendar.month_name[1:])))


def are_of_one_matter(question: str, one: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether both tell the event that is asked about, of the same thing and of no other place."""
    if Telling.OTHERWISE in (one.event, other.event) or Telling.ELSEWHERE in (one.event, other.event):
        return False
    asked = [word for word in content_words(question) if word.islower() and not is_past_form(word)]
    held = [word for word in asked if _holds(one.text, word)]
    return all(_holds(f"{other.text} {_title(other)}", word) for word in held) and not _are_apart(one, other)


def _holds(text: str, word: str) -> bool:
    beginning = word.lower()[:_ALIKE] if len(word) > _ALIKE else word.lower()
    return any(found.startswith(beginning) for found in re.findall(r"\w+", text.lower()))


def _are_apart(one: ScoredSentence, other: ScoredSentence) -> bool:
    """Whether each is placed somewhere of which the other's passage does not speak."""
    places = [_places(sentence.text) for sentence in (one, other)]
    return all(places) and all(
        not any(place in _around(sentence) for place in others)
        for sentence, others in ((one, places[1]), (other, places[0]))
    )


def _places(text: str) -> list[str]:
    return [place for place in _PLACED.findall(text) if not _DATE.match(place)]


def _around(sentence: ScoredSentence) -> str:
    return f"{_title(sentence)} {sentence.hit.stored.passage.text}"


def _title(sentence: ScoredSentence) -> str:
    return sentence.hit.stored.title
