"""Corrections: what an article says of its own mistakes."""

import re

from index_store.sentences import sentence_spans

_PIECE = r"(?:article|story|report|post|piece|item|dispatch|headline|caption|page)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# "Correction:", "CORRECTION (May 19):", "*Correction, 19 May 2025:*" or the word alone on its line.
_LABEL = (
    r"^[^\w\n]{0,5}(?:corrections?|clarifications?|corrected|errat(?:um|a))(?:(?: and | & |/)clarifications?)?\W{0,3}"
    rf"(?:(?:on |of )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}|\d[\d./-]+)(?:,? \d{{4}})?\W{{0,3}})?"
    r"(?:[:–—]|(?<=\W)- |$)"
)
_SAID = (
    rf"\b(?:earlier|previous|original) version of (?:this|the|our) (?:{_PIECE}|\w+ {_PIECE})\b",
    rf"\b(?:earlier|previous|original) (?:version|{_PIECE})\b[^.]{{0,60}}"
    r"\b(?:misstated|misidentified|misspelled|omitted|mistakenly|incorrectly|wrongly|erroneously|in error)\b",
    rf"\b(?:this|the) {_PIECE} (?:was|has been|has since been) (?:corrected|amended|clarified)\b",
    rf"\bthis {_PIECE} (?:was|has been) (?:updated|changed|edited|revised) to (?:correct|clarify|fix|remove|reflect)\b",
    r"^[^\w\n]{0,5}(?:this version )?(?:corrects|refiles to correct)\b",
)
_NOTICE = re.compile("|".join((_LABEL, *_SAID)), re.IGNORECASE | re.MULTILINE)
_ASKED = re.compile(rf"\b(?:earlier|previous|original) (?:version|{_PIECE})\b|\bcorrect(?:ed|ions?)\b", re.IGNORECASE)
_ALONE = re.compile(_LABEL + r"[^\w\n]*\Z", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\S[^\n]*")
_MAX_CHARACTERS = 600  # of a notice: a text without paragraphs would be one to its end


def is_retraction(text: str) -> bool:
    """Whether a sentence says what its article had wrong before."""
    return bool(_NOTICE.search(text))


def asks_for_correction(question: str) -> bool:
    """Whether a question is about what an article had wrong."""
    return bool(_ASKED.search(question))


def corrections_in(text: str) -> tuple[str, ...]:
    """The notices of correction in an article, in order, each a stretch of `text`."""
    if not _NOTICE.search(text):
        return ()
    notices: list[str] = []
    paragraphs = list(_PARAGRAPH.finditer(text))
    for position, paragraph in enumerate(paragraphs):
        start = _notice_start(paragraph.group())
        if start is None:
            continue
        is_alone = _ALONE.match(paragraph.group()) and position + 1 < len(paragraphs)
        end = paragraphs[position + 1].end() if is_alone else paragraph.end()
        notices.append(_shortened(text[paragraph.start() + start : end].rstrip()))
    return tuple(notices)


def _notice_start(paragraph: str) -> int | None:
    """Where the notice begins in its paragraph: with the first sentence that is one."""
    if not _NOTICE.search(paragraph):
        return None
    return next((start for start, end in sentence_spans(paragraph) if is_retraction(paragraph[start:end])), None)


def _shortened(notice: str) -> str:
    """The whole sentences that fit, the first in any case."""
    ends = [end for _, end in sentence_spans(notice)]
    return notice[: max((end for end in ends if end <= _MAX_CHARACTERS), default=_MAX_CHARACTERS)]
