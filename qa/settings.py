"""How questions are answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QASettings:
    """Settings of retrieval and answering; docs/retrieval.md has the measurements behind the numbers."""

    passages: int = 20  # passages retrieved for a question
    passages_read: int = 8  # of these, the passages that are read: about 20 ms each on one core
    nearness_weight: float = 0.8  # what an article of the day of asking gains; fused scores lie in [0, 1]
    nearness_days: float = 30.0  # days after which that gain has fallen to a third
    strictness: float = 0.32  # probability of an answer below which it is refused; docs/evaluation.md has the curve
