"""Which words of a question are pronouns that speak of something outside it."""

import re
from collections.abc import Callable

from qa.reading import word_forms as forms
from qa.reading.clauses import parse_question
from qa.reading.mentions import Mention, find_mentions

_DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
_OF_THINGS = frozenset({"it", "its", "they", "them", "their"})
_FITS = 0.4  # fitness from which a name within the question is what its pronoun means
_NOMINATIVES = frozenset({"he", "she", "they", "it"})
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]?")
_SENTENCE_ENDS = re.compile(r"(?:\d|\w{4})[.!?][\"”]?\s+[A-Z“\"]")
_IMPERSONAL = re.compile(
    r"it(?:['’]s|\s+(?:is|was|be))?\s+(?:true|possible|likely|clear|known|important|necessary|today|now|late|official|thought|said|believed"
    r"|reported|expected|rain\w*|snow\w*|tak(?:e|es|ing)|took)\b"
    r"|it\s+\w+\s+(?:that|whether|if)\b",
    re.IGNORECASE,
)
_SUBORDINATES = re.compile(
    r"(?<=\w)\s+(?:although|though|when|because|while|if|after|before|that|who|which|as|since|and|but|whether)\s", re.I
)


def is_quoted(question: str, match: re.Match[str]) -> bool:
    """Whether the match lies inside a quotation, whose words are nobody's question."""
    return any(quoted.start() < match.start() < quoted.end() for quoted in _QUOTED.finditer(question))


def is_pronoun(question: str, match: re.Match[str]) -> bool:
    """Whether the word matched stands for something the question may not say itself."""
    word = match.group().lower()
    if is_quoted(question, match):
        return False
    before = forms.last_word(question[: match.start()])
    after = forms.next_word(question[match.end() :])
    if word == "it" and (_IMPERSONAL.match(question, match.start()) or not before):
        return False
    if word in {"it", "this", "that"} and before in {"do", "does", "did", "done", "doing"}:
        return word == "it" and before != "do" and bool(after)  # "do it" is what was done
    if word not in _DEMONSTRATIVES:
        return True
    stands_alone = (
        not after or after in forms.PREPOSITIONS | forms.AUXILIARIES | {"happen"} or forms.is_past_form(after)
    )
    return stands_alone and (before in forms.PREPOSITIONS | forms.AUXILIARIES or forms.is_base_verb(before))


def has_own_antecedent(question: str, match: re.Match[str], suits: Callable[[Mention], float]) -> bool:
    """Whether the question itself says whom or what the pronoun means."""
    before, after = question[: match.start()], question[match.end() :]
    if _SENTENCE_ENDS.search(before):
        return True  # a question of several sentences introduces what it speaks of
    pronoun, owns = match.group().lower(), forms.is_possessive(match.group(), after)
    is_subject = forms.last_word(before) in forms.AUXILIARIES
    embedded = (
        pronoun in _NOMINATIVES
        and not is_subject
        and (after[:1] in {"'", "’"} or forms.is_verb(forms.next_word(after)))
    )
    if (owns or embedded) and (_asks_for_subject(question, pronoun) or _asks_later(before, after)):
        return True
    if _asks_within(before):
        return True
    named = (m for m in find_mentions(question) if m.end <= match.start() or (owns and m.named))
    if any(embedded or suits(mention) >= _FITS for mention in named):
        return True
    return pronoun in _OF_THINGS and not is_subject and _follows_noun(before, several=pronoun.startswith("the"))


def _asks_later(before: str, after: str) -> bool:
    """Whether the question proper follows: "with his last goal, which player …"."""
    asks = forms.QUESTION_WORDS | forms.AUXILIARIES
    earlier, later = ({word.lower() for word in forms.WORD.findall(text)} for text in (before, after))
    return asks.isdisjoint(earlier) and not forms.QUESTION_WORDS.isdisjoint(later)


def _asks_within(before: str) -> bool:
    """Whether the question word stands inside: "the police seek which player for hitting his coach?"."""
    found = [word.lower() for word in forms.WORD.findall(before)]
    asked = next((at for at, word in enumerate(found) if word in forms.QUESTION_WORDS), 0)
    return asked >= 3 and forms.AUXILIARIES.isdisjoint(found[:asked])


def _asks_for_subject(question: str, pronoun: str) -> bool:
    """Whether the question word itself is what the pronoun may mean: "which firm cut its staff?"."""
    clause = parse_question(question)
    if clause is None or not clause.asks_subject or clause.asks_circumstance:
        return False
    what_alone = clause.asks.lower() == "what" and forms.is_verb(clause.auxiliary or forms.next_word(clause.body))
    return not what_alone or pronoun in _OF_THINGS  # what happens is never "he"


def _follows_noun(before: str, *, several: bool) -> bool:
    """Whether "they" follows a plural, or "it" in a clause of its own a noun that has no article."""
    clause = _SUBORDINATES.search(before)
    found = forms.WORD.findall(before if several else before[: clause.start()] if clause else "")
    nouns = (word for word in found if not forms.is_function_word(word) and not forms.is_verb(word))
    return any(forms.is_plural(word) or not several for word in nouns)
