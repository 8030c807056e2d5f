"""Checking a statement against the passages it cites."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index_store.sentences import sentence_spans
from qa.verification.facts import Facts
from qa.verification.language import is_english
from qa.verification.links import foreign_links, without_links
from qa.verification.names import read_names
from qa.verification.naming import name_evidence, names_in
from qa.verification.negation import is_turned_round
from qa.verification.passages import CitedPassage
from qa.verification.places import Span, narrowest
from qa.verification.problems import Problem, ProblemKind
from qa.verification.quotations import Found, find_in, stands_in_heading
from qa.verification.quoted import Quoted, find_quoted
from qa.verification.restoring import restore
from qa.verification.speakers import attributed, is_given_to

_BLANK = "\x01"  # neither a letter nor a space, so that what stands on either side is not joined


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with what was found out about it."""

    text: str  # each quotation that was found in the article's own characters
    problems: tuple[Problem, ...] = ()  # empty: nothing that is checked speaks against it
    evidence: Mapping[int, Span] = field(default_factory=dict)  # cited number to the span of its article to show


def check(text: str, markers: Sequence[int], passages: Mapping[int, CitedPassage]) -> Checked:
    """The statement as it may be shown, its problems, and the words of the passages that carry it.

    `text` comes without its markers; `markers` are the numbers as they were written, known or not; `passages` are all
    that the writer was given, by number. Only the passages that `markers` name count as evidence.
    """
    numbers = tuple(dict.fromkeys(markers))
    cited = tuple(passages[number] for number in numbers if number in passages)
    problems = [Problem(ProblemKind.UNKNOWN_MARKER, f"[{n}]") for n in numbers if n not in passages]
    if not numbers:
        problems.append(Problem(ProblemKind.NO_CITATION, text))
    problems += [Problem(ProblemKind.LINK, link) for link in foreign_links(text, [p.article.url for p in cited])]
    if not cited:
        return Checked(text, tuple(problems))
    plain = without_links(text)
    quoted = find_quoted(plain)
    places = {each: find_in(each, cited) for each in quoted}
    problems += _quotation_problems(plain, places, cited)
    bare = _blanked(plain, quoted)
    facts = Facts(bare, is_english(bare.replace(_BLANK, " ")))
    problems += facts.problems(cited)
    if facts.is_english:
        problems += _name_problems(plain, facts.unnumbered, cited)
        problems += _support_problems(bare, cited)
    shown = restore(text, [(each, found[0]) for each, found in places.items() if found])
    return Checked(shown, tuple(dict.fromkeys(problems)), _evidence(bare, facts, cited, places))


def _quotation_problems(
    text: str, places: Mapping[Quoted, tuple[Found, ...]], cited: Sequence[CitedPassage]
) -> Iterator[Problem]:
    speakers = attributed(text, tuple(places), " ".join(passage.article.text for passage in cited))
    for (quoted, found), named in zip(places.items(), speakers, strict=True):
        if not found:
            if not stands_in_heading(quoted, cited):
                yield Problem(ProblemKind.QUOTATION, quoted.whole.strip())
        elif named and not any(is_given_to(speaker, place) for speaker in named for place in found):
            yield Problem(ProblemKind.SPEAKER, quoted.whole.strip())


def _blanked(text: str, quoted: Sequence[Quoted]) -> str:
    """The statement without what it quotes; words in brackets that are the writer's own stay."""
    for each in quoted:
        pieces = each.pieces or ()
        for start, end in (
            (each.start, each.inner_start),
            *((p.start, p.end) for p in pieces),
            (each.inner_end, each.end),
        ):
            text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


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
        if _BLANK not in bare[start:end] and is_turned_round(bare[start:end], sentences):
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
