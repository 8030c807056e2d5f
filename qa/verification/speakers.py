"""To whom a statement gives its quotations, and whether the article gives them to the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index_store.quotations import Quotation, find_quotations, lexicon, people_in
from index_store.quotations.names import gender_of_given
from index_store.sentences import sentence_spans
from qa.speech.speakers import Speaker, folded_words, is_name, read_speaker
from qa.verification.frames import blanked, framed, signed, subject
from qa.verification.held_roles import holds_role, role_fits
from qa.verification.names import is_listed
from qa.verification.passages import CitedPassage
from qa.verification.quotations import Found
from qa.verification.quoted import Quoted
from qa.verification.secondhand import is_withheld

_VERBS = {**lexicon.verb_forms("naming_verbs"), **lexicon.verb_forms("speech_verbs")}
_PRONOUNS = frozenset("he she they it i we".split())  # noqa: SIM905
_DESCRIBED = re.compile(r"(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)+), (?:an?|the|who|whose)\b")
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]*)*")
# "The plan was called …": not the plan's words, but "he was quoted as saying …"
_SPOKEN_OF = re.compile(r"\b(?:be|been|being|was|were|is|are)\s(?:\w+ly\s)?(?!quoted|reported)\w+(?:ed|en|nt)\b")
_AND_BETWEEN = re.compile(r"[,;]? (?:and|but|while|whereas) ")
_REACH = 600  # characters before a quotation in which its sentence begins
_NEIGHBOURS = 1  # sentences before and behind the quotation's own


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement with its quotations, as far as it says whose they are."""

    text: str
    quoted: tuple[Quoted, ...]
    passages: tuple[CitedPassage, ...]
    before: str = ""  # the statements that precede it

    @property
    def bare(self) -> str:
        """The statement without its quotations."""
        return blanked(self.text, self.quoted)

    def sentence_before(self, quoted: Quoted) -> str:
        """What stands before a quotation in its sentence."""
        before = self.bare[max(0, quoted.start - _REACH) : quoted.start]
        return before[max((start for start, _ in sentence_spans(before)), default=0) :]

    def speakers(self) -> tuple[tuple[str, ...], ...]:
        """For each quotation those that the statement may give it to, in the order given; () where it names nobody.

        More than one stands for "she", of the names that the articles know, or where a description may have been taken
        for the speaker.
        """
        if not self.quoted:
            return ()
        plain, bare = _plainly_marked(self.text, self.quoted), self.bare
        said = [quotation for quotation in find_quotations(plain) if quotation.kind != "indirect"]
        speakers = []
        for each in self.quoted:
            own = next((q for q in said if q.start < each.end and each.start < q.end), None)
            found = framed(bare, each) or (self._sources(bare, own) if own else ())
            speakers.append(found or signed(bare, each))
        return tuple(speakers)

    def agrees(self, quoted: Quoted, named: tuple[str, ...], found: Sequence[Found]) -> bool:
        """Whether the article gives the words to one of those named; else to the sentence's subject."""
        if named:
            return any(is_given_to(speaker, place, self.bare) for speaker in named for place in found)
        name = subject(self.bare, quoted)
        known = bool(name) and name.split()[-1] in self._articles
        return not known or not all(is_anothers(name, place, self.bare) for place in found)

    @property
    def _articles(self) -> str:
        return " ".join(passage.article.text for passage in self.passages)

    def _sources(self, text: str, quotation: Quotation) -> tuple[str, ...]:
        """Whom the statement names as the speaker; a name that merely stands near the marked words is none."""
        written = text[quotation.speaker_start : quotation.speaker_end] if quotation.speaker_start >= 0 else ""
        if not quotation.verb and not _leads(text, quotation):
            return ()
        if written.lower() in ("he", "she"):
            names = _names_before(text, quotation.speaker_start, self._articles)
            return names or self._last_named(written.lower())
        if not quotation.speaker or _SPOKEN_OF.search(text, quotation.speaker_end, max(quotation.start, 0)):
            return ()
        if quotation.speaker.lower() in _PRONOUNS:
            return ()
        if _AND_BETWEEN.search(text, quotation.end, max(quotation.end, quotation.speaker_start)):  # of another clause
            return _names_before(text, quotation.start, self._articles)
        parts = quotation.speaker.split()
        while len(parts) > 1 and written == quotation.speaker and parts[-1] in _VERBS:  # "Jane Doe called attacks"
            parts.pop()
        described = _DESCRIBED.match(text)
        first = (described["name"],) if described and described.end() <= quotation.speaker_start else ()
        return (" ".join(parts), *first)

    def _last_named(self, pronoun: str) -> tuple[str, ...]:
        """The names in the last of the statements before that names a person: whom "she" takes up over a full stop."""
        people, other = self._people(), "m" if pronoun == "she" else "f"
        for start, end in reversed(sentence_spans(self.before)):
            names = _names_before(self.before[start:end], end - start, self._articles)
            if any(people.get(folded_words(name)[-1], other) != other for name in names):
                return names
        return ()

    def _people(self) -> dict[str, str]:
        """Who is named or speaks in the articles, by surname, with what the given name tells: "m", "f" or "-"."""
        speakers = [q.speaker for passage in self.passages for q in passage.quotations if is_name(q.speaker)]
        names = [person.name for passage in self.passages for person in people_in(passage.article.text)]
        return {folded_words(name)[-1]: gender_of_given(name.split()[0]) for name in (*speakers, *names)}


def _plainly_marked(text: str, quoted: Sequence[Quoted]) -> str:
    """The statement with every quotation between “ and ”, each character but the last mark in its place."""
    characters = [*text, ""]
    for each in quoted:
        for place in (*range(each.start, each.inner_start), *range(each.inner_end, each.end)):
            characters[place] = " "
        characters[max(0, each.inner_start - 1)] = "“"
        characters[each.inner_end] = "”"
    return "".join(characters)


def _leads(text: str, quotation: Quotation) -> bool:
    """Whether a name stands right before a quotation as before a speech: "Doe: …"."""
    return text[quotation.speaker_end : quotation.start].strip() in (":", ",")


def is_in_heading(named: str, headings: Sequence[str]) -> bool:
    """Whether headlines, under which nobody speaks, are at least of whom the statement names; a role may be."""
    speaker = read_speaker(named)
    return not speaker.surname or any(speaker.surname in folded_words(heading) for heading in headings)


def _names_before(text: str, position: int, articles: str) -> tuple[str, ...]:
    """The names that "she" can take up, or that a verb of speech before the quotation can go with."""
    names = (re.sub(r"['’]s?$", "", match[0]) for match in _NAME.finditer(text, 0, position))
    return tuple(name for name in names if not is_listed(name.lower()) and name.split()[-1] in articles)


def is_given_to(named: str, found: Found, statement: str = "") -> bool:
    """Whether the article gives the words to whom the statement names, by name or by role.

    `statement` is the statement without its quotations, which may tell that the words are told of somebody.

    Where the article names the speaker beside the words, or where it is known who "she" is, the names must agree.
    Where it is not known who spoke, or a body or a document is found to speak, it is enough that the named one stands
    in the same or a neighbouring sentence.
    """
    speaker = read_speaker(named)
    if not speaker.words:
        return True
    if speaker.surname and is_withheld(speaker, found, statement):
        return False
    spoken = [q for q in found.passage.quotations if q.start < found.end and found.start < q.end and q.speaker]
    marked = [quotation for quotation in spoken if quotation.kind != "indirect"] or spoken
    if any(_agrees(speaker, quotation) for quotation in marked):
        return True
    if not speaker.surname:
        return not marked or role_fits(speaker, marked[0], found.passage.article.text)
    if any(holds_role(speaker, quotation, found.passage.article.text) for quotation in marked):
        return True
    if all(is_name(quotation.speaker) and not _is_body(quotation.speaker) for quotation in marked):
        return not marked and _stands_near(speaker, found)
    return _stands_near(speaker, found)


def _agrees(speaker: Speaker, quotation: Quotation) -> bool:
    if speaker.said(quotation):
        return True
    theirs = folded_words(quotation.speaker)
    # "Doe of the Harbour Council" for "the Harbour Council", "the Doe campaign" for "Doe campaign"
    return bool(theirs) and (set(theirs) <= set(speaker.words) and len(theirs) > 1)


def _is_body(speaker: str) -> bool:
    """Whether a speaker is an organisation, for which somebody else may speak."""
    return any(word in lexicon.words("groups") for word in folded_words(speaker))


def is_anothers(named: str, found: Found, statement: str) -> bool:
    """Whether the article gives the words to another named person, of whom the statement does not speak."""
    speaker = read_speaker(named)
    touched = (q for q in found.passage.quotations if q.start < found.end and found.start < q.end)
    spoken = [quotation for quotation in touched if quotation.kind != "indirect"]
    mentioned = set(folded_words(statement.replace("’s", " ").replace("'s", " ")))
    return bool(spoken) and all(
        is_name(quotation.speaker)
        and bool(quotation.verb)
        and not _is_body(quotation.speaker)
        and not _agrees(speaker, quotation)
        and mentioned.isdisjoint(folded_words(quotation.speaker))
        for quotation in spoken
    )


def _stands_near(speaker: Speaker, found: Found) -> bool:
    text = found.passage.article.text
    spans = sentence_spans(text)
    touched = [number for number, (start, end) in enumerate(spans) if start < found.end and found.start < end]
    if not touched:
        return False
    first, last = max(0, touched[0] - _NEIGHBOURS), min(len(spans) - 1, touched[-1] + _NEIGHBOURS)
    near = folded_words(re.sub(r"[’']s?\b", " ", text[spans[first][0] : spans[last][1]]))
    return speaker.surname in near
