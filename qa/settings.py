"""How questions are answered."""

from dataclasses import dataclass
from typing import Literal, get_args

# auto: a model writes the answer where one is configured and works, else it is made of the articles' own sentences
AskedMode = Literal["auto", "generative", "extractive"]
MODES: tuple[str, ...] = get_args(AskedMode)


@dataclass(frozen=True, slots=True)
class QASettings:
    """Settings of retrieval and answering; docs/retrieval.md has the measurements behind the numbers."""

    passages: int = 20  # passages retrieved for a question
    passages_read: int = 8  # of these, the passages that are read: about 20 ms each on one core
    nearness_weight: float = 0.8  # what an article of the day of asking gains; fused scores lie in [0, 1]
    nearness_days: float = 30.0  # days after which that gain has fallen to a third
    strictness: float = 0.32  # probability of an answer below which it is refused; docs/evaluation.md has the curve
    mode: AskedMode = "auto"  # how a question is answered that asks for no mode of its own
    passages_given: int = 10  # passages that a model is given at most, fewer when its context is small
