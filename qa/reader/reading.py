"""The reading: where in a passage the answer would be, and how likely it is there at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ANSWER_TOKENS = 45  # longest answer span; longer ones are whole sentences, which `sentence_scores` finds anyway

_NOTHING = -1e4  # below every logit


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How well one sentence answers."""

    start: int
    end: int
    span: float  # best answer span beginning in the sentence, minus null


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One passage read for one question; offsets count characters of the passage.

    `span` compares across passages read for the same question: above 0 the answer is likelier there than not.
    """

    start: int  # best answer span
    end: int
    span: float  # its logits minus the null logits
    relevance: float  # logit that the passage is about what is asked and answers it
    offsets: NDArray[np.int64] = field(repr=False)  # character span of each word-piece, shape `(pieces, 2)`
    starts: NDArray[np.float32] = field(repr=False)  # start logit minus null's, by word-piece
    ends: NDArray[np.float32] = field(repr=False)

    @classmethod
    def of(
        cls,
        offsets: NDArray[np.int64],
        starts: NDArray[np.float32],
        ends: NDArray[np.float32],
        relevance: float,
    ) -> "Reading":
        """The reading that logits amount to; without word-pieces an empty span that cannot answer."""
        if not len(offsets):
            return cls(0, 0, _NOTHING, relevance, offsets, starts, ends)
        best, last = _best_spans(starts, ends)
        first = int(best.argmax())
        start, end = int(offsets[first, 0]), int(offsets[last[first], 1])
        return cls(start, end, float(best[first]), relevance, offsets, starts, ends)

    def sentence_scores(self, sentences: Sequence[tuple[int, int]]) -> tuple[SentenceScore, ...]:
        """A score for each `(start, end)`, in the order given."""
        best = _best_spans(self.starts, self.ends)[0] if len(self.offsets) else np.zeros(0, np.float32)
        scores = []
        for start, end in sentences:
            inside = best[(self.offsets[:, 0] >= start) & (self.offsets[:, 0] < end)]
            scores.append(SentenceScore(start, end, float(inside.max()) if inside.size else _NOTHING))
        return tuple(scores)


def _best_spans(
    starts: NDArray[np.float32], ends: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """For each start, the score of its best span and that span's last word-piece."""
    padded = np.concatenate([ends, np.full(ANSWER_TOKENS - 1, _NOTHING, np.float32)])
    reachable = np.lib.stride_tricks.sliding_window_view(padded, ANSWER_TOKENS)
    steps = reachable.argmax(axis=1)
    last = np.arange(len(starts), dtype=np.int64) + steps
    return (starts + ends[last]).astype(np.float32), last
