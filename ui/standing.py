"""The standing of a statement: how far it is proven by what it cites."""

from enum import StrEnum

from qa.answer import Statement


class Standing(StrEnum):
    """In the word that a reader is shown."""

    VERBATIM = "Verbatim"
    SUPPORTED = "Supported"
    UNVERIFIED = "Unverified"
    REMARK = "Remark"

    @property
    def meaning(self) -> str:
        """The word, explained."""
        return _MEANINGS[self]


_MEANINGS = {
    Standing.VERBATIM: "The article’s own words; what stands before a colon says who is quoted.",
    Standing.SUPPORTED: "Written by a model; its names, numbers, dates and quotations stand in what it cites.",
    Standing.UNVERIFIED: "What it cites does not prove it.",
    Standing.REMARK: "The model’s word on what the articles do not say; no citation proves it.",
}


def standing_of(statement: Statement) -> Standing:
    """How far that statement is proven."""
    if statement.problems:
        return Standing.UNVERIFIED
    if not statement.citations:
        return Standing.REMARK
    return Standing.VERBATIM if statement.support is None else Standing.SUPPORTED
