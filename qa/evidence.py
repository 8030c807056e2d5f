"""Evidence: how likely it is that what was found answers the question at all."""

import math
from collections.abc import Sequence

from qa.events import Telling
from qa.relevance import ScoredSentence

# A logistic regression over answerable and unanswerable questions of four development sets, each set and each kind
# weighing the same; docs/evaluation.md says which and has the curve.
_SPAN, _SUPPORT, _RELEVANCE, _SIMILARITY, _OFFSET = 0.02, 2.85, 0.66, 3.0, -3.57
_UNNAMED = 3.9  # taken off, times the share of the question's names that the article does not hold
# Taken off where the event that the question takes to have happened is not told by the answer, or is told otherwise.
_DETAIL_UNTOLD = 1.5  # the same where it is asked who did it or when
_UNTOLD = {Telling.TOLD: 0.0, Telling.SILENT: 1.05, Telling.OTHERWISE: 3.5, Telling.ELSEWHERE: 3.5}


def evidence(sentences: Sequence[ScoredSentence], *, named: float = 1.0, asks_detail: bool = False) -> float:
    """Probability, in [0, 1], that the best sentence answers; 0 without a sentence.

    `asks_detail` where it is asked who did something or when. `named` is the share of the question's names that the
    article of the best sentence holds. Nearness in time does not enter: an old article is no worse evidence for what
    happened when it was written.
    """
    if not sentences:
        return 0.0
    best = max(sentences, key=lambda sentence: sentence.score)
    similarity = max(sentence.hit.dense for sentence in sentences)
    logit = _SPAN * best.span + _SUPPORT * best.support + _RELEVANCE * best.relevance + _SIMILARITY * similarity
    untold = _DETAIL_UNTOLD if asks_detail and best.event is Telling.SILENT else _UNTOLD[best.event]
    doubts = untold + _UNNAMED * (1 - named)
    return 1 / (1 + math.exp(-(logit + _OFFSET - doubts)))
