"""The parts of a question: what it asks for, the auxiliary, and the rest."""

import re
from dataclasses import dataclass

from qa.reading import word_forms as forms
from qa.reading.mentions import Mention

_ADVERBIAL = re.compile(
    r"(?:(?:by|for|from|to|with|since|until|at|in|on|of)\s)?"
    r"(?:why|when|where|how(?:\s(?:long|often|far|soon|quickly|badly|old|big|well|come))?"
    r"|(?:at|in|on|by|from|since|until|during)\s(?:what|which)\s\w+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A question in parts: `asks` + `auxiliary` + `body` + "?"; a yes-or-no question asks with none."""

    asks: str  # "why", "how many people"; empty in a yes-or-no question
    auxiliary: str  # empty where the question word is the subject of a full verb: "who runs"
    body: str

    @property
    def asks_circumstance(self) -> bool:
        """Whether it asks when, where, why or how, so that the rest is complete without the answer."""
        return not self.asks or bool(_ADVERBIAL.match(self.asks))

    @property
    def asks_subject(self) -> bool:
        """Whether the answer would be the subject of the sentence."""
        if not self.auxiliary:
            return True
        if self.auxiliary.lower().split("n")[0] in {"do", "does", "did"}:
            return False
        first = (forms.WORD.findall(self.body) or [""])[0]
        opens_phrase = first[:1].isupper() or forms.is_function_word(first)
        return not opens_phrase or first.lower() in forms.PREPOSITIONS | {"not", "been", "be", "being"}


def parse_question(question: str) -> Clause | None:
    """The parts of a question; None where it is not put as one."""
    text = question.strip().rstrip("?!. ")
    tokens = list(forms.WORD.finditer(text))
    lowered = [token.group().lower().replace("’", "'") for token in tokens]
    if not tokens:
        return None
    if _is_auxiliary(lowered[0]):
        return Clause("", tokens[0].group(), text[tokens[0].end() :].strip())
    asked = next((i for i, word in enumerate(lowered[:3]) if word in forms.QUESTION_WORDS), None)
    if asked is None or (asked and lowered[0] not in forms.PREPOSITIONS):
        return None
    for index in range(asked + 1, min(len(tokens), asked + 7)):
        if _is_auxiliary(lowered[index]):
            return Clause(
                text[: tokens[index].start()].strip(), tokens[index].group(), text[tokens[index].end() :].strip()
            )
        if forms.is_verb(lowered[index]) and lowered[asked] in {"who", "what", "which"}:
            break
    end = tokens[asked].end()
    return Clause(text[:end], "", text[end:].strip())


def bare_subject(question: str) -> tuple[Mention, ...]:
    """The subject of a question that is written without capitals: "what did netanyahu say?"; at most one."""
    clause = parse_question(question)
    if clause is None or not clause.auxiliary:
        return ()
    tokens = list(forms.WORD.finditer(clause.body))
    verb = next((at for at, token in enumerate(tokens) if forms.is_verb(token.group())), len(tokens))
    subject = clause.body[: tokens[verb - 1].end()] if 0 < verb <= min(3, len(tokens)) else ""
    written = [word for word in forms.WORD.findall(subject) if word[0].isupper() or forms.is_function_word(word)]
    if not subject or written:
        return ()
    start = question.index(clause.body) if clause.body in question else 0
    return (Mention(subject, start, start + len(subject), named=True, person=0.6),)


def _is_auxiliary(word: str) -> bool:
    return word in forms.AUXILIARIES or (word.endswith("n't") and len(word) > 3)
