"""Choosing: which of the candidates are quoted, and their citations."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index_store.article import Article
from qa.answer import Statement
from qa.citation import Citation
from qa.explanation import Considered
from qa.extractive import Extract
from qa.selection import prints
from qa.speech.candidates import ON_TOPIC, Candidate
from qa.speech.speakers import is_name, same_person
from qa.speech.utterances import is_narrated, shown_span, shown_text

_WORDS = 55  # of all statements together: a further one must fit
_SPEAKERS, _SPEAKER_WORDS = 4, 100  # where everybody is asked for who spoke on a topic
_NARRATED = "The article tells this in its own words, not in the speaker’s."
_NEARLY = 0.3  # how far behind the best utterance a further one may be


def choose(candidates: Iterable[Candidate], *, support: float, limit: int = 3) -> tuple[Candidate, ...]:
    """The best utterance on the topic, and what the same speaker adds in the same article while it stays short."""
    fitting = sorted((c for c in candidates if c.support >= support), key=lambda c: (-c.score, c.utterance.start))
    chosen = fitting[:1]
    words = sum(len(shown_text(c.utterance, c.article).split()) for c in chosen)
    for candidate in fitting[1:]:
        length = len(shown_text(candidate.utterance, candidate.article).split())
        near = _is_beside(candidate, fitting[0]) and candidate.score >= fitting[0].score - _NEARLY
        new = not any(_overlap(candidate, other) for other in chosen)
        if len(chosen) < limit and near and new and words + length <= _WORDS:
            chosen.append(candidate)
            words += length
    return tuple(chosen)


def one_each(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The first utterance of each of the first few speakers, as far as they stay short together."""
    chosen: list[Candidate] = []
    words = 0
    for candidate in candidates:
        length = len(shown_text(candidate.utterance, candidate.article).split())
        heard = any(same_person(candidate.utterance.speaker, other.utterance.speaker) for other in chosen)
        if not heard and len(chosen) < _SPEAKERS and words + length <= _SPEAKER_WORDS:
            chosen.append(candidate)
            words += length
    return tuple(chosen)


def with_namesakes(chosen: Sequence[Candidate], fitting: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The chosen ones with the best utterance of each other person of the surname, in the order of their fit."""
    best = sorted(fitting, key=lambda candidate: -candidate.score)
    heard = {chosen[0].utterance.speaker}
    others = (c for c in one_each([chosen[0], *best]) if not any(same_person(c.utterance.speaker, h) for h in heard))
    return (*chosen, *others)


def cite(chosen: Sequence[Candidate], candidates: Sequence[Candidate], *, full_names: bool = False) -> Extract:
    """A statement for each chosen utterance, with its citation, and the fate of every candidate.

    With `full_names` each says whose words they are, where several persons have the surname.
    """
    citations = tuple(
        Citation(number, c.article, *shown_span(c.utterance, c.article), also_in=_copies(c, candidates))
        for number, c in enumerate(chosen, 1)
    )
    texts = [shown_text(c.utterance, c.article, full_name=full_names) for c in chosen]
    statements = tuple(Statement(text, (number,)) for number, text in enumerate(texts, 1))
    considered = sorted((consider(c, chosen) for c in candidates), key=lambda c: -c.scores["score"])
    note = _NARRATED if chosen and all(is_narrated(c.utterance) for c in chosen) else ""
    return Extract(statements, citations, "", tuple(considered), note=note)


def join(extracts: Sequence[Extract]) -> Extract:
    """Several speakers' answers as one, in order; why one is not quoted becomes the note, or the reason if none is."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for extract in extracts:
        passed = len(citations)
        citations += [replace(citation, number=citation.number + passed) for citation in extract.citations]
        for statement in extract.statements:
            numbers = tuple(number + passed for number in statement.citations)
            statements.append(replace(statement, citations=numbers))
    missing = " ".join(dict.fromkeys(extract.reason for extract in extracts if extract.reason))
    notes = dict.fromkeys(filter(None, (missing, *(extract.note for extract in extracts))))
    considered = tuple(candidate for extract in extracts for candidate in extract.considered)
    if not statements:
        return Extract((), (), missing, considered)
    return Extract(tuple(statements), tuple(citations), "", considered, note=" ".join(notes))


def consider(candidate: Candidate, chosen: Sequence[Candidate]) -> Considered:
    """The candidate as the explanation shows it."""
    kept = candidate in chosen
    on_topic = candidate.support >= ON_TOPIC
    why = "quotes the speaker on the topic" if kept else "is behind a better one" if on_topic else "is off the topic"
    start, end = shown_span(candidate.utterance, candidate.article)
    scores = {"score": candidate.score, "topic": candidate.support}
    return Considered(candidate.article.id, start, end, candidate.article.text[start:end], scores, why, kept=kept)


def _is_beside(candidate: Candidate, best: Candidate) -> bool:
    """Whether a candidate may stand beside the best: of the same article and, where both are named, the same mouth."""
    speakers = [c.utterance.speaker for c in (candidate, best)]
    same = not all(map(is_name, speakers)) or same_person(*speakers)
    return candidate.article == best.article and same


def _copies(chosen: Candidate, candidates: Sequence[Candidate]) -> tuple[Article, ...]:
    text = shown_text(chosen.utterance, chosen.article)
    others = [c for c in candidates if c.article.id != chosen.article.id]
    same = {c.article.id: c.article for c in others if prints(shown_text(c.utterance, c.article), text)}
    return tuple(same.values())


def _overlap(one: Candidate, other: Candidate) -> bool:
    (start, end), (other_start, other_end) = (shown_span(c.utterance, c.article) for c in (one, other))
    return one.article == other.article and start < other_end and other_start < end
