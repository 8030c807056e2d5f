"""What kind of word a word is, told from lists and endings alone."""

import re

from qa.lexicon import words

WORD = re.compile(r"[^\W_]+(?:[.&’'-][^\W_]+)*(?:['’](?=\s))?")

DO_AND_MODALS = frozenset("do does did will would can could should shall may might must".split())  # noqa: SIM905
BE_AND_HAVE = frozenset("is are was were am has have had".split())  # noqa: SIM905
AUXILIARIES = DO_AND_MODALS | BE_AND_HAVE
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())  # noqa: SIM905
PREPOSITIONS = frozenset(
    "about above across after against along among around as at before behind below beside between beyond by during "  # noqa: SIM905
    "for from in inside into near of off on onto out outside over since than through to toward towards under until "
    "upon via with within without".split()
)
_SINGULAR_S = ("ss", "us", "is", "ics", "news")


def is_base_verb(word: str) -> bool:
    """Whether the word may be a verb as it stands after "did" or "will"."""
    return word.lower() in words("base_verbs")


def is_past_form(word: str) -> bool:
    """Whether the word looks like a past form or a participle."""
    word = word.lower()
    return word in words("irregular_verbs") or (len(word) > 4 and word.endswith(("ed", "ing")))


def is_verb(word: str) -> bool:
    """Whether the word may be a form of a verb, an auxiliary one included."""
    word = word.lower()
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
    return (
        word in AUXILIARIES
        or word.endswith(("n't", "n’t"))
        or is_past_form(word)
        or not stems.isdisjoint(words("base_verbs"))
    )


def is_function_word(word: str) -> bool:
    """Whether the word only holds a sentence together; question words, auxiliaries and contractions do."""
    word = word.lower().replace("’", "'")
    parts = word.split("'")
    known = (words("function_words") - {"article", "articles"}) | PREPOSITIONS | AUXILIARIES
    return parts[0] in known or word.endswith("n't")


def is_plural(word: str) -> bool:
    """Whether a noun looks like a plural."""
    word = word.lower()
    return word in {"people", "men", "women", "children", "police"} or (
        len(word) > 3 and word.endswith("s") and not word.endswith(_SINGULAR_S)
    )


def next_word(text: str) -> str:
    """The first word of the text, in lower case; empty where it does not begin with one."""
    match = re.match(rf"\s*({WORD.pattern})", text)
    return match[1].lower() if match else ""


def last_word(text: str) -> str:
    """The last word of the text, in lower case."""
    return str((WORD.findall(text) or [""])[-1]).lower()


def is_possessive(pronoun: str, after: str) -> bool:
    """Whether the pronoun is a genitive before a noun, told by what comes after it."""
    if pronoun.lower() != "her":
        return pronoun.lower() in {"his", "its", "their"}
    following = next_word(after)
    return bool(following) and not is_function_word(following) and not following.endswith("ly")


def possessive(name: str) -> str:
    """The genitive of a name or noun phrase."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def in_style_of(text: str, model: str) -> str:
    """The text with its first letter as large as the model's."""
    return (text[:1].upper() if model[:1].isupper() else text[:1].lower()) + text[1:]
