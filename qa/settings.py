"""How questions are answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QASettings:
    """Settings of retrieval and answering; docs/retrieval.md has the measurements behind the numbers."""

    passages: int = 20  # passages retrieved for a question
    passages_read: int = 8  # of these, the passages whose sentences may answer
    nearness_weight: float = 0.8  # what an article of the day of asking gains; fused scores lie in [0, 1]
    nearness_days: float = 14.0  # days after which that gain has fallen to a third
    statements: int = 2  # sentences of an answer at most
    support: float = 0.5  # share of the question's meaning that must be found for an answer; below it is refused
