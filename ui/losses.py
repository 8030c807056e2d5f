"""The loss: a citation whose article does not stand in the index any more as it was cited."""

from dataclasses import dataclass

from qa.citation import CitedSpan


@dataclass(frozen=True, slots=True)
class Loss:
    """What was cited, and what became of the article; the words that were cited are kept with the citation."""

    span: CitedSpan  # in the article as it was then
    content_hash: str  # of the article as it was then
    is_gone: bool  # else it has changed

    def __str__(self) -> str:
        fate = "is no longer in the index" if self.is_gone else "has changed since it was cited"
        return f"The article {fate}. This is what was cited then."
