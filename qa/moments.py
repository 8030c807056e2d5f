"""Moments: whether a text names a time at all."""

import calendar
import re

_NAMES = "|".join((*calendar.day_name, *calendar.month_name[1:], *(f"{name}\\." for name in calendar.month_abbr[1:])))
_TIME = re.compile(
    rf"\b(?:{_NAMES})|\b(?:1\d|20)\d\d(?:s|\b)|\d ?[ap]\.?m\b|\d[.:]\d\d\b|\d/\d|o[’']clock"
    r"|\b(?:today|yesterday|tomorrow|tonight|ago|now|recently|earlier|later|last|next|since|after|before|during|until"
    r"|when|while|once|dawn|dusk|noon|midnight|morning|afternoon|evening|night|weekend|spring|summer|autumn|winter"
    r"|(?:second|minute|hour|day|week|month|year|decade|centur)(?:s|y|ies)?|immediately|soon|start|end)\b"
)


def tells_time(text: str) -> bool:
    """Whether a sentence holds any word or figure that may say when something happened."""
    return bool(_TIME.search(text))
