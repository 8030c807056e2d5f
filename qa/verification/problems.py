"""Problems: what a statement says that its cited passages do not hold."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What is wrong, in the words a reader is shown."""

    UNKNOWN_MARKER = "unknown marker"
    NO_CITATION = "no citation"
    QUOTATION = "quotation not found"
    SPEAKER = "wrong speaker"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SUPPORT = "not supported"
    LINK = "link"
    LANGUAGE = "not checked"
    UNFINISHED = "unfinished"


_SENTENCES = {
    ProblemKind.UNKNOWN_MARKER: "The marker {words} belongs to no passage.",
    ProblemKind.NO_CITATION: "“{words}” cites no passage.",
    ProblemKind.QUOTATION: "The quotation “{words}” is not in the cited passages.",
    ProblemKind.SPEAKER: "The cited passages do not give these words to the same speaker: “{words}”.",
    ProblemKind.NUMBER: "The number “{words}” is not in the cited passages.",
    ProblemKind.DATE: "The date “{words}” is not in the cited passages.",
    ProblemKind.NAME: "The name “{words}” is not in the cited passages.",
    ProblemKind.SUPPORT: "The cited passages do not say “{words}”.",
    ProblemKind.UNFINISHED: "The reply broke off inside “{words}”.",
    ProblemKind.LANGUAGE: "Names, dates and the sense were not checked, as “{words}” is not in English.",
    ProblemKind.LINK: "The link “{words}” is not the address of a cited article.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a statement; its text is a sentence for a reader."""

    kind: ProblemKind
    words: str  # of the statement, those concerned

    def __str__(self) -> str:
        return _SENTENCES[self.kind].format(words=self.words)
