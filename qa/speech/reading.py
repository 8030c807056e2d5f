"""Reading a question about speech: whose words are asked for, and on what."""

import re
from dataclasses import dataclass, replace

from qa.lexicon import words
from qa.reading import read_period
from qa.request import Request

_AND = r"(?:and |but |so )?"
_AUXILIARY = r"(?:did|does|do|has|have|had)"
_SAYING = "|".join(sorted(words("asked_speech_verbs")))
_SAID = "|".join(sorted(words("speech_verbs")))
_DESCRIBING = "|".join(sorted(words("described_by")))
_SPEAKER = r"(?P<speaker>(?!you\b|i\b|it\b|there\b).{2,80}?)"
_NOUNS = "reaction|response|comment|view|opinion|position|statement|message|argument|explanation|answer|criticism"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^{_AND}what (?:else |exactly )?{_AUXILIARY} {_SPEAKER} (?:have to )?(?:{_SAYING}|said|told)\b(?P<topic>.*)$",
        rf"^{_AND}how {_AUXILIARY} {_SPEAKER} (?:{_DESCRIBING})\b(?P<topic>.*)$",
        rf"^{_AUXILIARY} {_SPEAKER} (?:comment|speak|respond|react|say anything|said anything)\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) {_SPEAKER}(?:['’]s|s['’]) (?:{_NOUNS})s?\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) {_SPEAKER} quoted as saying\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) the (?:{_NOUNS})s? of {_SPEAKER} (?:to|on|about)\b(?P<topic>.*)$",
    )
)
_WHO = re.compile(rf"^{_AND}who (?:else )?(?:{_SAID})\b(?: that)?(?P<topic>.*)$", re.IGNORECASE)
_JOINING = re.compile(r"^[\s:,]*(?:about|on|of|regarding|concerning|to|that|when|after)\b\s*", re.IGNORECASE)
_NAMED_ARTICLE = re.compile(
    r",?\s*(?:according to|in) the (?:article|story|report)[,:]?\s*[\"“‘'](?P<title>.+?)[\"”’']?\s*\??$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """Whose words are asked for and on what; an empty `speaker` asks for the speaker."""

    speaker: str
    topic: str  # empty: whatever was said
    article_title: str = ""  # of the one article that is asked about; empty: any


def read_speech_question(question: str) -> SpeechQuestion | None:
    """The question as one about speech; None when it asks for something else."""
    text = " ".join(question.split())
    named = _NAMED_ARTICLE.search(text)
    title = named["title"] if named else ""
    text = text[: named.start()] if named else text.rstrip(" ?")
    for form in _FORMS:
        if found := form.match(text):
            return SpeechQuestion(found["speaker"].strip(" ,"), _topic(found["topic"]), title)
    if found := _WHO.match(text):
        return SpeechQuestion("", _topic(found["topic"]), title) if _topic(found["topic"]) else None
    return None


def asked_in(request: Request) -> SpeechQuestion | None:
    """The request as a question about speech, the time it speaks of left out of the topic."""
    asked = read_speech_question(request.question)
    period = read_period(request.question, request.asked_on)
    if asked is None or period is None:
        return asked
    when = re.compile(r"\b(?:(?:in|on|during|since|over) )?" + re.escape(period.words), re.IGNORECASE)
    return replace(asked, topic=_topic(when.sub("", asked.topic)))


def _topic(rest: str) -> str:
    return _JOINING.sub("", rest).strip(" ?,.:")
