"""The clause: a plain sentence taken apart into subject, verb and what follows, so that it can be asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index_store.sentences import sentence_spans
from qa.evaluation.drafting.named import Named
from qa.lexicon import entries, words
from qa.reading.word_forms import AUXILIARIES
from qa.verification.dates import read_dates

_PLAIN = re.compile(r"[^“”\"‘:;()\[\]\n–—?!…*|]+\.")
_MOST_WORDS = 34
_DATE_FIRST = re.compile(r"(?P<date>(?:On|In) [^,]{3,30}(?:, \d{4})?), (?=[A-Z])")
_APPOSITION = re.compile(r",(?P<inside> [^,.]{3,90}),(?= [a-z])")
FINITE = AUXILIARIES - {"do", "does", "did"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of one clause: subject, finite verb and rest joined by spaces, without the full stop."""

    start: int
    end: int  # of the sentence in its article
    subject: str  # a full name, with "the" where it has it
    name: str  # the name alone
    verb: str  # finite: an auxiliary, or a verb in the simple past
    rest: str

    @property
    def auxiliary(self) -> str:
        """What a question of another part than the subject begins with after its question word."""
        if self.verb in FINITE:
            return self.verb
        return "does" if self.verb.endswith("s") else "did"

    @property
    def base(self) -> str:
        """The verb as it stands after "did" and "does"; empty where an auxiliary is moved instead."""
        return "" if self.verb in FINITE else base_of(self.verb)


def clauses_of(named: Named) -> Iterator[Clause]:
    """The sentences of an article that begin with a full name and a finite verb."""
    for start, end in plain_sentences(named.article.text):
        if clause := _clause(named, named.article.text[start:end], start, end):
            yield clause


def plain_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences without quotations, colons, brackets and dashes, and no longer than a question may be."""
    for start, end in sentence_spans(text):
        if _PLAIN.fullmatch(text, start, end) and len(text[start:end].split()) <= _MOST_WORDS:
            yield start, end


def base_of(verb: str) -> str:
    """The base form of a verb in the simple past, or in the third person; empty where it is none that is known."""
    irregular = {forms[1]: forms[0] for forms in entries("simple_past")}
    if verb in irregular:
        return irregular[verb]
    stems: tuple[str, ...] = ()
    if verb.endswith("ed"):
        doubled = verb[:-3] if verb[-3:-2] == verb[-4:-3] else ""
        stems = (verb[:-1], verb[:-2], doubled, re.sub("ied$", "y", verb))
    elif verb.endswith("s"):
        stems = (verb[:-1], re.sub("es$", "", verb), re.sub("ies$", "y", verb))
    return next((stem for stem in stems if stem in words("base_verbs")), "")


def _clause(named: Named, sentence: str, start: int, end: int) -> Clause | None:
    sentence = _with_name_first(named, _with_date_behind(sentence))
    name = _subject(named, sentence)
    if not name:
        return None
    article = "The " if sentence.startswith("The ") else ""
    after = sentence[sentence.index(name) + len(name) : -1]
    if apposed := _APPOSITION.match(after):
        after = after[apposed.end() :]
    verb, _, rest = after.lstrip().partition(" ")
    # who declined to comment, and when, is asked of everybody
    if verb == "declined" or not after.startswith(" ") or not (verb in FINITE or base_of(verb)) or not rest:
        return None
    subject = f"{article.lower()}{named.spelled_out(name)}"
    return Clause(start, end, subject, named.spelled_out(name), verb, named.spelled_out(rest))


def _with_date_behind(sentence: str) -> str:
    """The sentence with the date that opens it put at its end: "On Monday, Mayor Oake resigned"."""
    lead = _DATE_FIRST.match(sentence)
    if not lead or not read_dates(lead["date"], None):
        return sentence
    return f"{sentence[lead.end() :].removesuffix('.')} {lead['date'][0].lower()}{lead['date'][1:]}."


def _with_name_first(named: Named, sentence: str) -> str:
    """The sentence with the full name for a "The bridge" that begins it."""
    if not sentence.startswith("The "):
        return sentence
    spelled = named.spelled_out(f"the {sentence[4:]}")
    return f"{spelled[0].upper()}{spelled[1:]}"


def _subject(named: Named, sentence: str) -> str:
    """The name the sentence begins with, after "The" or an office ("Mayor"); empty where it begins otherwise."""
    bare = sentence.removeprefix("The ")
    surnames = {name.split()[-1] for name in named.persons}
    known = [name for name in named.full | surnames if bare.startswith(name) and not bare[len(name) :][:1].isalnum()]
    offices = [name for name in named.persons if re.match(rf"(?:[A-Z][a-z]+ ){{1,2}}{re.escape(name)}\b", bare)]
    return max([*known, *offices], key=len, default="")
