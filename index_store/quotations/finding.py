"""Finding the quotations of an article."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index_store.quotations.acts import find_acts
from index_store.quotations.cues import MAX_VERBS, NO_CUE, Cue, find_cue
from index_store.quotations.forms import is_noun
from index_store.quotations.indirect import Reported, find_reported
from index_store.quotations.layout import find_paragraphs, lay_out
from index_store.quotations.marks import Marked, find_marked
from index_store.quotations.plausible import is_plausible
from index_store.quotations.quotation import Kind, Quotation
from index_store.quotations.reading import Reading, read
from index_store.quotations.speakers import NOBODY, Resolver, Speaker
from index_store.quotations.subjects import first_subject, subject_before


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotation that has been given to somebody."""

    span: Marked
    cue: Cue
    speaker: Speaker


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Everything the text gives as somebody's words, in order of `start`.

    Quotations never overlap: a reported clause that holds marked words is left to them, and so is an act of speech.
    """
    paragraphs = find_paragraphs(text)
    marked = find_marked(text, paragraphs)
    reading = read(text, lay_out(text, paragraphs, marked))
    resolver = Resolver(reading)
    found: list[Quotation] = []
    reported: list[Quotation] = []
    previous: _Said | None = None
    # In the order of the text, so that a pronoun finds who spoke before
    items: list[Marked | Reported] = [*marked, *find_reported(reading)]
    for item in sorted(items, key=lambda item: item.start):
        if isinstance(item, Reported):
            reported.append(_reported(resolver, item, "indirect"))
            continue
        said = _give(reading, resolver, item, find_cue(reading, item), previous)
        if is_plausible(reading, item, said.cue) and not said.cue.is_denied:
            found.append(_quotation(reading, said))
            previous = said
    acts = [_reported(resolver, act, "act") for act in find_acts(reading)]
    return _merge(_merge(found, reported), acts)


def _merge(found: Sequence[Quotation], reported: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """`found` with what lies clear of it, in order."""
    starts = [quotation.start for quotation in found]
    clear = []
    for clause in reported:
        number = bisect_left(starts, clause.start)
        before = number and found[number - 1].end > clause.start
        if clause.start < clause.end and not before and not (number < len(starts) and starts[number] < clause.end):
            clear.append(clause)
    return tuple(sorted([*found, *clear], key=lambda quotation: quotation.start))


def _reported(resolver: Resolver, reported: Reported, kind: Kind) -> Quotation:
    subject = reported.cue.subject
    speaker = resolver.resolve(subject) if subject else NOBODY
    return Quotation(
        start=reported.start,
        end=reported.end,
        kind=kind,
        speaker=speaker.name,
        speaker_start=subject.start if subject else -1,
        speaker_end=subject.end if subject else -1,
        role=speaker.role,
        verb=reported.cue.verb,
        told=reported.cue.told,
    )


def _give(reading: Reading, resolver: Resolver, span: Marked, cue: Cue, previous: _Said | None) -> _Said:
    """The marked words with their speaker: by their own cue, else by what stands before them."""
    if cue.subject is not None:
        return _Said(span, cue, resolver.resolve(cue.subject))
    here = reading.layout.paragraph(span.start)
    if previous is not None and _goes_on(reading, previous, span, here):
        carried = Cue(previous.cue.subject, previous.cue.verb, previous.cue.told, "continued")
        return _Said(span, carried, previous.speaker)
    near = _near(reading, span, here)
    if near.subject is not None:
        return _Said(span, near, resolver.resolve(near.subject))
    return _Said(span, NO_CUE, NOBODY)


def _goes_on(reading: Reading, previous: _Said, span: Marked, here: int) -> bool:
    """Whether marked words without a cue carry on the quotation before them."""
    there = reading.layout.paragraph(previous.span.start)
    between = reading.masked[previous.span.end : span.start]
    if here == there:
        end = reading.layout.sentence(max(previous.span.start, previous.span.end - 1))[1]
        return first_subject(reading, end, span.start) is None
    if here == there + 1 and span.start == reading.layout.paragraphs[here][0]:
        return (
            not previous.span.closed or not between.strip() or previous.cue.strength in ("beside", "continued", "colon")
        )
    return False


def _near(reading: Reading, span: Marked, here: int) -> Cue:
    """The source named in the same sentence without a verb of speech, or in the sentence before."""
    start = reading.layout.sentence(span.start)[0]
    if reading.masked[start : span.start].strip():
        subject = first_subject(reading, start, span.start)
        return Cue(subject, "", "", "near") if subject else NO_CUE
    before, end = reading.layout.sentence_before(start)
    if before >= end:
        return NO_CUE
    for verb in reversed(reading.verbs_between(before, end)[-MAX_VERBS:]):
        if is_noun(reading, before, verb):
            continue
        if (verb.speech or reading.masked[end - 1] == ":") and (subject := subject_before(reading, before, verb.start)):
            return Cue(subject, verb.form, "", "near")
    subject = first_subject(reading, before, end)
    return Cue(subject, "", "", "near") if subject else NO_CUE


def _quotation(reading: Reading, said: _Said) -> Quotation:
    subject = said.cue.subject
    return Quotation(
        start=said.span.start,
        end=said.span.end,
        kind=_kind(reading, said.span),
        speaker=said.speaker.name,
        speaker_start=subject.start if subject else -1,
        speaker_end=subject.end if subject else -1,
        role=said.speaker.role,
        verb=said.cue.verb,
        told=said.cue.told,
    )


def _kind(reading: Reading, span: Marked) -> Kind:
    """Direct if the marked words are an utterance of their own rather than a part of the writer's sentence."""
    before = (
        reading.masked[: span.start].rstrip()[-1:]
        if span.start < 200
        else reading.masked[span.start - 200 : span.start].rstrip()[-1:]
    )
    first = reading.text[span.inner_start : span.inner_end].lstrip("…. [(")[:1]
    if before in ("", ":", ",", ".", "?", "!", "\x03", "—", "–", "-") or not span.closed:
        return "direct"
    return "direct" if first.isupper() and len(reading.text[span.inner_start : span.inner_end].split()) > 4 else "mixed"
