"""How a question is read: the time it speaks of, and what a follow-up leaves unsaid."""

from qa.reading.followup import Turn, Understood, resolve_followup
from qa.reading.period import Period, publication_window, read_period, tells_of_other_days, tells_of_period

__all__ = [
    "Period",
    "Turn",
    "Understood",
    "publication_window",
    "read_period",
    "resolve_followup",
    "tells_of_other_days",
    "tells_of_period",
]
