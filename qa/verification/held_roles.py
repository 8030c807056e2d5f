"""Held roles: whether whom a quotation is of can be "the mayor" that a statement gives it to."""

from index_store.quotations import Quotation, lexicon, people_in
from qa.lexicon import entries, words
from qa.speech.speakers import Speaker, folded_words, is_name


def role_fits(speaker: Speaker, quotation: Quotation, article: str) -> bool:
    """Whether nothing in the article speaks against the role that the statement names.

    Against it speak a namesake in office, a known role of the speaker's that is another office, and an office of which
    the article does not speak at all.
    """
    heads = [word for word in speaker.words if word in lexicon.genders("roles")]
    if not heads:
        return True
    head, theirs = heads[-1], folded_words(quotation.speaker)
    holders = [person for person in people_in(article) if head in folded_words(" ".join(person.roles))]
    if holders:
        return any(person.surname.casefold() in theirs for person in holders) or head in theirs
    if head not in words("titles"):
        return True
    kin = _kin(head)
    if kin.isdisjoint(folded_words(article)):
        return False
    known = {word for word in folded_words(quotation.role) if word in words("titles")}
    return not known or not known.isdisjoint(kin)


def holds_role(speaker: Speaker, quotation: Quotation, article: str) -> bool:
    """Whether the article's "the mayor" can only be whom the statement names."""
    phrase = folded_words(quotation.speaker)
    if is_name(quotation.speaker) or not phrase or phrase[-1] not in lexicon.genders("roles"):
        return False
    holders = [person for person in people_in(article) if phrase[-1] in folded_words(" ".join(person.roles))]
    return bool(holders) and all(speaker.is_named(person.name) for person in holders)


def _kin(head: str) -> frozenset[str]:
    """The office with those that reports write for it: a judge may be a justice."""
    return frozenset({head}).union(*(row for row in entries("kindred_offices") if head in row))
