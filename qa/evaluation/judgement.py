"""The judgement: what a judge said of one answer, beside the figures it counts in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qa.evaluation.usage import RowUsage


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged an answer, why so, and what that took; `RunRow.judged` has the verdicts as numbers."""

    by: str = ""  # the model; empty where no model was needed to tell
    reasons: Mapping[str, str] = field(default_factory=dict)  # by figure
    error: str = ""  # why there is no verdict; empty where there is one
    usage: RowUsage | None = None  # None: no service was asked

    def to_json(self) -> dict[str, Any]:
        """The judgement as a run file keeps it."""
        usage = self.usage.to_json() if self.usage else None
        return {"by": self.by, "reasons": dict(self.reasons), "error": self.error, "usage": usage}
