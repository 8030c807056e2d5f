"""Usage: what a question took of a model's service."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, Protocol, runtime_checkable

from pydantic import Field

if TYPE_CHECKING:
    from qa.llm.usage import Prices


_Count = Annotated[int, Field(ge=0)]  # a file may say anything


@dataclass(frozen=True, slots=True)
class RowUsage:
    """Requests and tokens of one question."""

    requests: _Count = 0
    prompt_tokens: _Count = 0
    completion_tokens: _Count = 0
    cached_tokens: _Count = 0  # of the prompt's tokens, those the service had kept
    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0  # waited for the service
    known: bool = True  # False: the service did not say of some request, and the tokens are too few

    def cost(self, prices: "Prices") -> float:
        """What it cost, in the currency of `prices`."""
        from qa.llm.usage import Usage  # with the vendors' libraries, which take seconds to import

        return Usage(**asdict(self)).cost(prices)

    def to_json(self) -> dict[str, Any]:
        """The usage as a run file keeps it."""
        return {
            "requests": self.requests,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "cached_tokens": self.cached_tokens,
            "seconds": round(self.seconds, 3),
            "known": self.known,
        }


class _Counted(Protocol):
    requests: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    seconds: float
    known: bool


@runtime_checkable
class _Metered(Protocol):
    usage: _Counted | None


def usage_of(answer: object) -> RowUsage | None:
    """What an answer says of its own usage; None for one that asked no service."""
    spent = answer.usage if isinstance(answer, _Metered) else None
    if spent is None or not spent.requests:
        return None
    return RowUsage(
        requests=spent.requests,
        prompt_tokens=spent.prompt_tokens,
        completion_tokens=spent.completion_tokens,
        cached_tokens=spent.cached_tokens,
        seconds=spent.seconds,
        known=spent.known,
    )
