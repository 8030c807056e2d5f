"""Explaining an answer: what its stages made of the question."""

from collections.abc import Sequence

from index_store.search import SearchHit
from qa.explanation import Considered, Explanation
from qa.extractive import Extract
from qa.reading import read_period
from qa.request import Request
from qa.speech.reading import asked_in


def explain(request: Request, hits: Sequence[SearchHit], extract: Extract, *, read: int) -> Explanation:
    """How the request was read, what was found, of which the first `read` were read, and each candidate's fate."""
    passages = tuple(_passage(hit, read=position < read) for position, hit in enumerate(hits))
    return Explanation(_reading(request), passages, extract.considered, extract.evidence)


def _reading(request: Request) -> dict[str, str]:
    period = read_period(request.question, request.asked_on)
    speech = asked_in(request)
    reading = {"question": request.question, "asked on": str(request.asked_on)}
    if period:
        reading["period"] = f"{period.start} to {period.end} ({period.words})"
    if speech:
        speakers = " and ".join(each.speaker for each in speech.each)
        reading |= {"speaker": speakers or "to be found", "topic": speech.topic or "anything"}
    return reading


def _passage(hit: SearchHit, *, read: bool) -> Considered:
    scores = {"score": hit.score, "words": hit.lexical, "meaning": hit.dense}
    why = "among the best by words, meaning and time" if read else "found, but behind those that are read"
    passage = hit.stored.passage
    return Considered(passage.article_id, passage.start, passage.end, passage.text, scores, why, kept=read)
