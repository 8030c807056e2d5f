"""Refusing: why somebody is not quoted, and who is instead."""

from collections.abc import Sequence

from qa.speech.candidates import Search
from qa.speech.kinds import DENIAL

_NAMED = 4  # others who are quoted


def no_quotation(search: Search, others: Sequence[str] | None) -> str:
    """The reason when the articles do not quote the speaker at all."""
    asked = search.asked
    on = f" on {asked.topic}" if asked.topic else ""
    return f"No article here quotes {asked.speaker}{on}{search.request.limits}.{_told_of(search, others)}"


def off_topic(search: Search, others: Sequence[str] | None) -> str:
    """The reason when the speaker is quoted, but not with what was asked for."""
    asked = search.asked
    matter = f"on {asked.topic}" if asked.topic else "on this"
    if asked.kind == DENIAL:
        matter = f"denying {asked.topic or 'anything'}"
    elif asked.kind and not asked.topic:
        matter = f"with words that the articles tell as “{asked.kind}”"
    to = f" to {asked.hearer}" if asked.hearer else ""
    who = f"{asked.speaker[:1].upper()}{asked.speaker[1:]}"  # a role may begin it: "the mayor"
    return f"{who} is quoted{search.request.limits}, but not {matter}{to}.{_told_of(search, others)}"


def _told_of(search: Search, others: Sequence[str] | None) -> str:
    if others is None or search.asked.kind or search.asked.hearer:
        return ""  # nor was it looked into whether others denied or promised it, or told the same person
    if not others:
        return " Nobody else was found quoted on it." if search.asked.topic else ""
    quoted = "Quoted on it" if search.asked.topic else "Quoted nearby"
    return f" {quoted}: {', '.join(others[:_NAMED])}."
