"""Evidence: how likely it is that what was found answers the question at all."""

import math
from collections.abc import Sequence

from qa.relevance import ScoredSentence

# A logistic regression over 294 answerable and 185 unanswerable questions of two development sets, each set and each
# kind weighing the same; docs/evaluation.md has the curve.
_SPAN, _SUPPORT, _RELEVANCE, _SIMILARITY, _OFFSET = 0.068, 2.377, 0.59, 7.744, -6.082


def evidence(sentences: Sequence[ScoredSentence]) -> float:
    """Probability, in [0, 1], that the best sentence answers; 0 without a sentence.

    Nearness in time does not enter: an old article is no worse evidence for what happened when it was written.
    """
    if not sentences:
        return 0.0
    best = max(sentences, key=lambda sentence: sentence.score)
    similarity = max(sentence.hit.dense for sentence in sentences)
    logit = (
        _SPAN * best.span + _SUPPORT * best.support + _RELEVANCE * best.relevance + _SIMILARITY * similarity + _OFFSET
    )
    return 1 / (1 + math.exp(-logit))
