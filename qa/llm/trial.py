"""The trial: whether a model can be asked, found out by asking it for one word."""

from dataclasses import dataclass, replace
from enum import Enum
from time import monotonic

from prompts import render_prompt
from qa.errors import (
    ModelAccessError,
    ModelError,
    ModelNotFoundError,
    ModelTimeoutError,
    ModelUnavailableError,
    ReplyInterruptedError,
)
from qa.llm.openai_model import OpenAIModel

_PATIENCE_S = 20.0  # what takes longer is told as slow, not waited for
_QUICK = 0.25  # share of that patience within which the first word of a usual server comes
_CONNECT_S = 5.0
_TOKENS = 16  # a reasoning model thinks within them, and is cut off: it can be asked all the same


class Verdict(Enum):
    """What came of a trial."""

    FINE = "fine"
    SLOW = "slow"
    KEY = "wrong key"
    MODEL = "unknown model"
    UNREACHABLE = "unreachable"
    FAULTY = "faulty"


_VERDICTS: tuple[tuple[type[ModelError], Verdict], ...] = (  # the first that fits
    (ModelAccessError, Verdict.KEY),
    (ModelNotFoundError, Verdict.MODEL),
    (ModelTimeoutError, Verdict.SLOW),
    (ModelUnavailableError, Verdict.UNREACHABLE),
    (ModelError, Verdict.FAULTY),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A verdict, how long the first word took, and the fault where there was one."""

    verdict: Verdict
    seconds: float
    fault: str = ""


class Trial:
    """One short request to a model, without a second attempt; `stop` may be called from any thread."""

    def __init__(self, model: OpenAIModel) -> None:
        given = model.settings
        settings = replace(
            given,
            attempts=1,
            connect_timeout_s=min(given.connect_timeout_s, _CONNECT_S),
            read_timeout_s=min(given.read_timeout_s, _PATIENCE_S),
            total_timeout_s=min(given.total_timeout_s, _PATIENCE_S),
            max_output_tokens=min(given.max_output_tokens, _TOKENS),
        )
        self._patience_s = min(settings.read_timeout_s, settings.total_timeout_s)
        self._reply = OpenAIModel(settings).stream(render_prompt("connection"))

    def run(self) -> Tried:
        """What came of it; a fault of the model or its server is part of that."""
        begun = monotonic()
        fault = None
        try:
            next(self._reply, "")
        except ModelError as error:
            is_cut = isinstance(error, ReplyInterruptedError) and error.at_limit
            fault = None if is_cut else error
        finally:
            self._reply.close()
        seconds = monotonic() - begun
        if fault is None:
            return Tried(Verdict.FINE if seconds <= _QUICK * self._patience_s else Verdict.SLOW, seconds)
        verdict = next(verdict for kind, verdict in _VERDICTS if isinstance(fault, kind))
        return Tried(verdict, seconds, str(fault))

    def stop(self) -> None:
        """Ends it where it is."""
        self._reply.close()
