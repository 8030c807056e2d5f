"""The quotation: words an article puts into somebody's mouth."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["direct", "mixed", "indirect", "act"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported speech and its source.

    `text[start:end]` is one stretch: what stands in quotation marks, marks included, or for indirect speech
    the reported clause; for an act of speech, "promised to pay", "called for a vote", what was promised or called for.
    Words interrupted by "he said", or running over paragraphs, are several quotations.
    """

    start: int
    end: int
    # direct: a whole utterance; mixed: marked words inside a sentence; indirect: a clause without marks;
    # act: what was promised, denied, demanded or called for, not told as a clause
    kind: Kind
    speaker: str = ""  # full name as the article gives it, else the phrase for the source; "" unknown
    speaker_start: int = -1  # the mention beside the quotation, as written ("he"); -1 when there is none
    speaker_end: int = -1
    role: str = ""  # as the article gives it, "Israeli Prime Minister"; "" unknown
    verb: str = ""  # as written: "said", "told", "according to"; "" unknown
    told: str = ""  # to whom, as written: "Reuters"; "" none
