"""Questions of a few words, completed from the question before: "why?", "how many?", "anyone else?", "and Trump?"."""

import re
from collections.abc import Callable

from qa.reading import word_forms as forms
from qa.reading.clauses import Clause, parse_question
from qa.reading.mentions import find_mentions
from qa.reading.substitution import complete_parallel, substitute

_LEAD = re.compile(
    r"^(?:(?:ok|okay|yes(?=,)|no(?=,)|oh|well|and|but|so|or|then|also|(?:and )?(?:what|how) about|same for|as for"
    r"|(?:any|some)thing(?= about))\b[\s,]+)+",
    re.IGNORECASE,
)
_CIRCUMSTANCE = (
    r"(?:(?:by|for|from|to|with|since|until)\s)?(?:whom|why|when|where|how(?:\s(?:long|often|far|soon|quickly|come))?)"
    r"|(?:at|in|on|by)\s(?:what|which)\s\w+|what time"
)
_BARE = re.compile(
    rf"(?P<asks>{_CIRCUMSTANCE})(?:\s(?:exactly|precisely|then|so))?"
    rf"(?:\s(?:is|was|did|does|will)\s(?:this|that|it)(?:\s(?:happen|take place|occur|be|so|done))?"
    r"|\s(?:did|does|do|will|would)\s(?:he|she|they|it)\sdo\s(?:it|that|this|so))?[\s?!.]*$",
    re.I,
)
_IT_IS = re.compile(r"\s(?:is|was)\sit[\s?!.]*$", re.I)  # "where is it?" asks for a thing, not for an event
_BARE_AMOUNT = re.compile(r"(?P<asks>how (?:many|much))[\s?!.]*$", re.I)
_BARE_CORE = re.compile(r"(?P<asks>who|what|which(?: ones?)?|whose|why not|how many of them)[\s?!.]*$", re.I)
_ELSE = re.compile(
    r"(?:(?:was|were|is|are|did|does|do|has|have)\s)?(?:there\s)?(?P<what>any|some|what|who|where|when|why|how)"
    r"(?P<kind>thing|one|body|where)?\selse[\s?!.]*$",
    re.I,
)
_MORE = re.compile(r"(?:tell me |say |can you say |give me )?(?:some )?(?:more|more details|go on)[\s?!.]*$", re.I)
_NOT = {"will": "won't", "can": "can't", "shall": "shan't"}
_SHORT_ANSWER = 8  # words


def complete(question: str, before: str, answer: str) -> str:
    """The question, completed from the one before it and its answer where it is no full sentence."""
    lead = _LEAD.match(question)
    core = question[lead.end() :].strip() if lead else question
    for rule in _RULES:
        completed = rule(core, before, answer)
        if completed:
            return _closed(completed)
    completed = complete_parallel(core, before) if lead else substitute(core, before, led=False)
    if lead and not completed:
        completed = substitute(core, before, led=True)
    return _closed(completed) if completed else question


def _closed(question: str) -> str:
    return " ".join(question.split()).rstrip("?!. ") + "?"


def _bare_circumstance(core: str, before: str, answer: str) -> str | None:
    match = _BARE.match(core)
    clause = parse_question(before)
    if not match or clause is None or (_IT_IS.search(core) and not clause.asks_circumstance):
        return None
    asks = match["asks"]
    if asks.lower() == "how come":  # which takes another order of words
        asks = forms.in_style_of("why", asks)
    statement = _without_asking(clause, answer)
    if statement:
        return f"{asks} {statement}"
    person = _answered(clause, answer)
    if person and not clause.auxiliary:
        tense = "is" if clause.body.split(" ")[0].endswith("s") else "was"
        return f"{asks} {tense} it that {person} {clause.body}"
    return f"{before.rstrip('?!. ')}, and {asks.lower()}"


def _without_asking(clause: Clause, answer: str) -> str | None:
    """Auxiliary, subject and the rest, as they follow "when" or "why"; None where the subject is what was asked."""
    auxiliary = clause.auxiliary.lower()
    if clause.asks_circumstance:
        return f"{auxiliary} {clause.body}" if auxiliary else None
    filler = _answered(clause, answer) or _counted(clause)
    if not auxiliary:
        return None
    if clause.asks_subject:
        return f"{auxiliary} {filler} {clause.body}" if filler else None
    if clause.asks.lower().startswith("how ") and auxiliary in forms.BE_AND_HAVE and not filler:
        return None
    if clause.asks.lower() == "who" and forms.WORD.findall(clause.body)[:1] in (["the"], ["a"], ["an"]):
        return f"{auxiliary} {filler} {clause.body}" if filler else None
    if auxiliary in {"is", "was", "are", "were"} and not forms.is_past_form(clause.body.split(" ")[-1]):
        return f"{auxiliary} {clause.body}"
    return f"{auxiliary} {_with_object(clause.body, filler or _stand_in(clause))}"


def _stand_in(clause: Clause) -> str:
    return "them" if clause.asks.lower() in {"who", "whom"} else "that"


def _answered(clause: Clause, answer: str) -> str:
    """What the question asked for, where the answer begins with it."""
    short = len(answer.split()) <= _SHORT_ANSWER
    found = find_mentions(answer)
    who = clause.asks.lower() in {"who", "whom"}
    if not found or not (short or who) or (who and not found[0].named) or (not who and found[0].start > 0):
        return ""
    if not who and found[0].named and " " not in found[0].text:  # a name, or only the first word of the answer
        return ""
    return found[0].text if found[0].named else forms.in_style_of(found[0].text, "x")


def _counted(clause: Clause) -> str:
    match = re.match(r"(?:how (?:many|much)|which|what)\s(?P<noun>\w.*)$", clause.asks, re.I)
    if not match:
        return ""
    return match["noun"] if clause.asks.lower().startswith("how") else f"the {match['noun']}"


def _with_object(body: str, filler: str) -> str:
    """The body with its object put where one stands: after the verb, before what follows a preposition."""
    tokens = list(forms.WORD.finditer(body))
    if tokens and tokens[-1].group().lower() in forms.PREPOSITIONS:  # "call for" whom or what
        return f"{body} {filler}"
    for at, token in enumerate(tokens):
        if at > 0 and token.group().lower() in forms.PREPOSITIONS - {"of"} and forms.is_verb(tokens[at - 1].group()):
            return f"{body[: token.start()]}{filler} {body[token.start() :]}"
    return f"{body} {filler}"


def _bare_amount(core: str, before: str, answer: str) -> str | None:
    """For "how many?" the first plural that the question names without a number."""
    match, clause = _BARE_AMOUNT.match(core), parse_question(before)
    if not match or clause is None:
        return None
    phrase = re.split(rf"\s(?:{'|'.join(forms.PREPOSITIONS)})\s", clause.body)[0]
    nouns = [token for token in forms.WORD.finditer(phrase) if forms.is_plural(token.group())]
    bare = next((n for n in reversed(nouns) if n.group().islower() and not forms.is_function_word(n.group())), None)
    if bare is None or clause.asks or match["asks"].lower() == "how much":
        return f"{before.rstrip('?!. ')}, and {match['asks'].lower()}"
    rest = " ".join((clause.body[: bare.start()] + clause.body[bare.end() :]).split())
    return f"{match['asks']} {bare.group()} {clause.auxiliary.lower()} {rest}"


def _bare_core(core: str, before: str, answer: str) -> str | None:
    match, clause = _BARE_CORE.match(core), parse_question(before)
    if not match or clause is None:
        return None
    auxiliary = clause.auxiliary.lower()
    if match["asks"].lower() == "why not" and clause.asks_circumstance and auxiliary not in {"", "am", "may", "might"}:
        return f"{core[:3]} {_NOT.get(auxiliary, auxiliary + 'n' + chr(39) + 't')} {clause.body}"
    return f"{before.rstrip('?!. ')}, and {match['asks'].lower()}"


def _anything_else(core: str, before: str, answer: str) -> str | None:
    match, clause = _ELSE.match(core), parse_question(before)
    if not match or clause is None:
        return None
    kinds = {"one": "who", "body": "who", "where": "where", "thing": "what"}
    asks = kinds.get((match["kind"] or "").lower(), match["what"].lower())
    if clause.asks.lower() == asks:
        besides = f" besides {_answered(clause, answer)}" if _answered(clause, answer) else ""
        body = f"{clause.auxiliary} {clause.body}".strip()
        return forms.in_style_of(f"{asks} else {body}{besides}", core)
    return _more_about(before, core) if asks == "what" else None


def _tell_more(core: str, before: str, answer: str) -> str | None:
    return _more_about(before, core) if _MORE.match(core) else None


def _more_about(before: str, core: str) -> str | None:
    found = find_mentions(before)
    return forms.in_style_of(f"what else is known about {found[0].text}", core) if found else None


_RULES: tuple[Callable[[str, str, str], str | None], ...] = (
    _bare_circumstance,
    _bare_amount,
    _bare_core,
    _anything_else,
    _tell_more,
)
