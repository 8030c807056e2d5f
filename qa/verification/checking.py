"""Checking a statement against the passages it cites."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index_store.sentences import sentence_spans
from qa.verification.facts import Facts
from qa.verification.hedging import is_too_sure
from qa.verification.language import full_names, is_english, is_latin
from qa.verification.links import foreign_links, without_links
from qa.verification.marks import cleaned
from qa.verification.names import read_names
from qa.verification.naming import name_evidence, names_in
from qa.verification.negation import is_turned_round
from qa.verification.offices import foreign_offices
from qa.verification.passages import CitedPassage
from qa.verification.places import Span, narrowest
from qa.verification.problems import Problem, ProblemKind
from qa.verification.quotations import Found, drops_negation, find_in, stands_in_heading
from qa.verification.quoted import Quoted, find_quoted
from qa.verification.restoring import restore
from qa.verification.speakers import Attribution, is_in_heading
from qa.verification.unmarked import find_unmarked

_BLANK = "\x01"  # neither a letter nor a space, so that what stands on either side is not joined


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with what was found out about it."""

    text: str  # each quotation that was found in the article's own characters
    problems: tuple[Problem, ...] = ()  # empty: nothing that is checked speaks against it
    evidence: Mapping[int, Span] = field(default_factory=dict)  # cited number to the span of its article to show


def check(text: str, markers: Sequence[int], passages: Mapping[int, CitedPassage], *, before: str = "") -> Checked:
    """The statement as it may be shown, its problems, and the words of the passages that carry it.

    `text` comes without its markers; `markers` are the numbers as they were written, known or not; `passages` are all
    that the writer was given, by number. Only the passages that `markers` name count as evidence. `before` are the
    statements that precede it, in which "she" may be named.
    """
    text = cleaned(text)
    numbers = tuple(dict.fromkeys(markers))
    cited = tuple(passages[number] for number in numbers if number in passages)
    problems = [Problem(ProblemKind.UNKNOWN_MARKER, f"[{n}]") for n in numbers if n not in passages]
    if not numbers:
        problems.append(Problem(ProblemKind.NO_CITATION, text))
    problems += [Problem(ProblemKind.LINK, link) for link in foreign_links(text, cited)]
    if not cited:
        return Checked(text, tuple(problems))
    plain = without_links(text)
    quoted = find_quoted(plain)
    quoted = tuple(sorted((*quoted, *find_unmarked(plain, quoted)), key=lambda each: each.start))
    places = {each: find_in(each, cited) for each in quoted}
    bare = _blanked(plain, quoted)
    said = Attribution(plain, quoted, cited, cleaned(before))
    problems += _quotation_problems(said, places, cited)
    facts = Facts(bare, is_english(bare.replace(_BLANK, " ")))
    problems += facts.problems(cited)
    problems += _word_problems(plain, facts, cited)
    shown = restore(text, [(each, found[0]) for each, found in places.items() if found])
    return Checked(shown, tuple(dict.fromkeys(problems)), _evidence(bare, facts, cited, places))


def _quotation_problems(
    said: Attribution, places: Mapping[Quoted, tuple[Found, ...]], cited: Sequence[CitedPassage]
) -> Iterator[Problem]:
    headings = [passage.heading for passage in cited]
    for (quoted, found), named in zip(places.items(), said.speakers(), strict=True):
        words = quoted.whole.strip()
        if found and not all(drops_negation(said.sentence_before(quoted), place) for place in found):
            if not said.agrees(quoted, named, found):
                yield Problem(ProblemKind.SPEAKER, words)
        elif found or not stands_in_heading(quoted, cited):
            yield Problem(ProblemKind.QUOTATION, words)
        elif named and not any(is_in_heading(speaker, headings) for speaker in named):
            yield Problem(ProblemKind.SPEAKER, words)


def _blanked(text: str, quoted: Sequence[Quoted]) -> str:
    """The statement without what it quotes; words in brackets that are the writer's own stay."""
    characters = list(text)
    for each in quoted:
        own = ((piece.start, piece.end) for piece in each.pieces or ())
        for start, end in ((each.start, each.inner_start), *own, (each.inner_end, each.end)):
            characters[start:end] = _BLANK * (end - start)
    return "".join(characters)


def _word_problems(text: str, facts: Facts, cited: Sequence[CitedPassage]) -> Iterator[Problem]:
    if facts.is_english:
        yield from _name_problems(text, facts.unnumbered, cited)
        yield from (Problem(ProblemKind.NAME, words) for words in foreign_offices(facts.text, cited))
        yield from _support_problems(facts.text, cited)
        return
    if is_latin(facts.text):
        evidence = name_evidence(cited)
        for name in full_names(facts.text):
            if not evidence.holds(name):
                yield Problem(ProblemKind.NAME, text[name.start : name.end])
    if any(character.isalpha() for character in facts.text):
        yield Problem(ProblemKind.LANGUAGE, " ".join(text.split()))


def _name_problems(text: str, bare: str, cited: Sequence[CitedPassage]) -> Iterator[Problem]:
    evidence = name_evidence(cited)
    small = names_in(evidence.whole).small
    for name in read_names(text, bare, lambda word: word in small):
        if not evidence.holds(name):
            yield Problem(ProblemKind.NAME, " ".join(text[name.start : name.end].split()))


def _support_problems(bare: str, cited: Sequence[CitedPassage]) -> Iterator[Problem]:
    sentences = []
    for passage in cited:
        article = passage.text
        for quoted in reversed(find_quoted(article)):
            article = article[: quoted.start] + _BLANK * (quoted.end - quoted.start) + article[quoted.end :]
        sentences += [article[start:end] for start, end in sentence_spans(article)]
    for start, end in sentence_spans(bare):
        # The frame of a quotation says too little to be compared
        if _BLANK in bare[start:end]:
            continue
        if is_turned_round(bare[start:end], sentences) or is_too_sure(bare[start:end], sentences):
            yield Problem(ProblemKind.SUPPORT, " ".join(bare[start:end].split()))


def _evidence(
    bare: str, facts: Facts, cited: Sequence[CitedPassage], places: Mapping[Quoted, tuple[Found, ...]]
) -> Mapping[int, Span]:
    spans = {}
    for passage in cited:
        quoted = [(f.start, f.end) for found in places.values() for f in found if f.passage.number == passage.number]
        published = passage.article.published
        spans[passage.number] = narrowest(passage, bare, quoted, lambda text, day=published: facts.held_by(text, day))  # type: ignore[misc]
    return spans
