"""Reading a question about speech: whose words are asked for, on what, and how they were said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index_store.quotations import lexicon
from qa.lexicon import words
from qa.reading import read_period
from qa.request import Request
from qa.speech.kinds import kind_of
from qa.speech.parties import named_parties
from qa.speech.roles import read_role

_AND = r"(?:and |but |so )?"
_AUXILIARY = r"(?:did|does|do|has|have|had)"
_WITH_PREPOSITION = "|".join(
    f"{verb} {preposition}"
    for verb, *prepositions in map(str.split, sorted(lexicon.entries("act_prepositions")))
    for preposition in prepositions
)
_SAYING = "|".join((_WITH_PREPOSITION, *sorted(words("asked_speech_verbs"))))
_SAID = "|".join(sorted(words("speech_verbs")))
_DESCRIBING = "|".join(sorted(words("described_by")))
_SPEAKER = r"(?P<speaker>(?!you\b|i\b|it\b|there\b).{2,80}?)"
_NOUNS = "reaction|response|comment|view|opinion|position|statement|message|argument|explanation|answer|criticism"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^{_AND}what (?:else |exactly )?{_AUXILIARY} (?:both )?{_SPEAKER} (?:each )?(?:have to )?"
        rf"(?P<verb>{_SAYING}|said|told)\b(?P<topic>.*)$",
        rf"^{_AND}how {_AUXILIARY} (?:both )?{_SPEAKER} (?P<verb>{_DESCRIBING})\b(?P<topic>.*)$",
        rf"^{_AUXILIARY} {_SPEAKER} (?P<verb>comment|speak|respond|react|say anything|said anything|say|deny|admit"
        r"|mention|confirm|promise)\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) {_SPEAKER}(?:['’]s|s['’]) (?:{_NOUNS})s?\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) {_SPEAKER} quoted as saying\b(?P<topic>.*)$",
        rf"^what (?:was|is|were|are) the (?:{_NOUNS})s? of {_SPEAKER} (?:to|on|about)\b(?P<topic>.*)$",
    )
)
_FURTHER_CLAUSE = re.compile(
    rf"(?:,|\?)?\s+(?:and|but)\s+(?=(?:what|how)\s+(?:{_AUXILIARY}|was|were|about)\b)", re.IGNORECASE
)
_WHAT_ABOUT = re.compile(r"^(?:what|how) about (?P<speaker>.{2,80}?)$", re.IGNORECASE)
_WHO = re.compile(rf"^{_AND}who (?:else )?(?P<verb>{_SAID})\b(?: that)?(?P<topic>.*)$", re.IGNORECASE)
_EVERYBODY = re.compile(
    rf"^{_AND}who (?:else )?(?:(?:has|have|had|is|was|were|are) )?(?:spoken|spoke|commented|reacted|responded|talked"
    r"|quoted|been quoted|said (?:any|some)thing)(?: about| on| to)\b(?P<topic>.*)$",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|on|of|regarding|concerning|that|when|after|against|over)"
_JOINING = re.compile(rf"^[\s:,]*(?:{_ABOUT}|to|whether|if)\b\s*", re.IGNORECASE)
_HEARER = rf"(?P<hearer>(?!{_ABOUT}\b)[\w’'.&-]+(?: (?!{_ABOUT}\b)[\w’'.&-]+){{0,4}}?)(?= {_ABOUT}\b|$)"
_TOLD = re.compile(rf"^ {_HEARER}", re.IGNORECASE)
_SAID_TO = re.compile(rf"^ (?:to|in an? (?:[\w-]+ )?interview (?:with|to)) {_HEARER}", re.IGNORECASE)
_TO_DO = re.compile(r"^(?:to )?do\b(?: about)?|\bto do$", re.IGNORECASE)  # "threaten to do", "urge people to do"
_PRONOUNS = frozenset({"he", "she", "they"})
_REFERRING = frozenset({"", "it", "that", "this"})
_NAMED_ARTICLE = re.compile(
    r",?\s*(?:according to|in) the (?:article|story|report)[,:]?\s*[\"“‘'](?P<title>.+?)[\"”’']?\s*\??$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """Whose words are asked for and on what; an empty `speaker` asks for the speaker."""

    speaker: str
    topic: str  # empty: whatever was said
    article_title: str = ""  # of the one article that is asked about; empty: any
    kind: str = ""  # of saying, as "deny"; empty: any
    hearer: str = ""  # to whom; empty: anybody
    further: tuple["SpeechQuestion", ...] = ()  # the same of the other speakers asked for, in that order
    wants_everybody: bool = False  # who is quoted on the topic at all

    @property
    def each(self) -> tuple["SpeechQuestion", ...]:
        """One question a speaker, in the order asked."""
        return (replace(self, further=()), *self.further)


def read_speech_question(question: str) -> SpeechQuestion | None:
    """The question as one about speech; None when it asks for something else."""
    text = " ".join(question.split())
    named = _NAMED_ARTICLE.search(text)
    title = named["title"] if named else ""
    text = text[: named.start()] if named else text.rstrip(" ?")
    if found := _EVERYBODY.match(text):
        topic = _topic(found["topic"])
        return SpeechQuestion("", topic, title, wants_everybody=True) if topic else None
    if found := _WHO.match(text):
        topic = _topic(found["topic"])
        return SpeechQuestion("", topic, title, kind_of(found["verb"])) if topic else None
    asked = tuple(_asked(text, title))
    return replace(asked[0], further=asked[1:]) if asked else None


def asked_in(request: Request) -> SpeechQuestion | None:
    """The request as a question about speech, the time it speaks of left out of the topic."""
    asked = read_speech_question(request.question)
    period = read_period(request.question, request.asked_on)
    if asked is None or period is None:
        return asked
    first, *others = (replace(each, topic=_topic(period.left_out_of(each.topic))) for each in asked.each)
    return replace(first, further=tuple(others))


def _asked(text: str, title: str) -> Iterator[SpeechQuestion]:
    """A question for each speaker of each clause; what a later clause leaves out is that of an earlier one."""
    clauses = _FURTHER_CLAUSE.split(text)
    read = [_read_clause(clause.rstrip(" ?,"), title) for clause in clauses]
    if read[0] is None:
        return
    last = read[0]
    if not last.topic:  # "what did A say, and what did B say, about Y?"
        last = replace(last, topic=next((clause.topic for clause in read[1:] if clause), ""))
    for clause in (last, *read[1:]):
        if clause is None:
            return
        topic = last.topic if clause.topic.lower() in _REFERRING else clause.topic
        speaker = last.speaker if clause.speaker.lower() in _PRONOUNS and clause is not last else clause.speaker
        last = replace(clause, topic=topic, speaker=speaker)
        for party in named_parties(speaker):
            yield replace(last, speaker=party)


def _read_clause(text: str, title: str) -> SpeechQuestion | None:
    for form in _FORMS:
        if found := form.match(text):
            verb = (found.groupdict().get("verb") or "").lower()
            hearer, rest = _heard(verb, _TO_DO.sub("", found["topic"].rstrip()))
            return SpeechQuestion(found["speaker"].strip(" ,"), _topic(rest), title, kind_of(verb), hearer)
    about = _WHAT_ABOUT.match(text)
    return SpeechQuestion(about["speaker"], "", title) if about else None


def _heard(verb: str, rest: str) -> tuple[str, str]:
    """To whom it was said, and what follows that."""
    form = _TOLD if verb in lexicon.words("told_verbs") else _SAID_TO if verb in ("say", "said") else None
    found = form.match(rest.rstrip(" ?,.")) if form else None
    if found is None or (form is _SAID_TO and not _may_hear(found["hearer"])):
        return "", rest
    return found["hearer"], rest[found.end() :]


def _may_hear(phrase: str) -> bool:
    """Whether a phrase is somebody: one also says something to an accusation."""
    return phrase.split()[-1][0].isupper() or read_role(phrase) is not None


def _topic(rest: str) -> str:
    topic = _JOINING.sub("", rest).strip(" ?,.:")
    return _TO_DO.sub("", topic).strip()
