"""The usage: what replies cost in requests, tokens and time."""

from dataclasses import dataclass

from qa.errors import ModelError

_PER = 1_000_000  # tokens that a price is for


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever currency they are given."""

    prompt: float
    completion: float
    cached: float | None = None  # of the prompt, tokens that the server had read before; None: as the others


@dataclass(frozen=True, slots=True)
class Usage:
    """What replies cost; the sum of two is that of both."""

    requests: int = 0  # with those that failed
    prompt_tokens: int = 0  # with those cached
    completion_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0  # waited
    known: bool = True  # false when the server did not report the tokens of some reply: the counts are then too low

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.seconds + other.seconds,
            self.known and other.known,
        )

    def cost(self, prices: Prices) -> float:
        """What the tokens counted here cost, in the currency of `prices`."""
        cached = prices.prompt if prices.cached is None else prices.cached
        fresh_tokens = self.prompt_tokens - self.cached_tokens
        total = fresh_tokens * prices.prompt + self.cached_tokens * cached + self.completion_tokens * prices.completion
        return total / _PER


def usage_of(error: ModelError) -> Usage:
    """What had been spent when a model failed; nothing where no model was asked."""
    usage: Usage | None = error.usage
    return usage or Usage()
