"""Marks: every form of quotation marks levelled to the commonest, every character in its place."""

import html
import re
import unicodedata
from collections.abc import Callable

from index_store.quotations import lexicon
from qa.reading import word_forms as forms

# Soft hyphens, marks without width, and marks that only turn the direction of writing.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = "“”„«»‘’"  # that are read as they stand
_OPENING = "「『《〈﹁﹃｢〝❝❮"
_CLOSING = "」』》〉﹂﹄｣〞〟❞❯"
_SINGLES = {"‛": "‘", "❛": "‘", "❜": "’"}
_BACKTICKS = re.compile(r"(?<![`\w])`(?P<words>[^\s`](?:[^`\n]*?[^\s`])?)(?:`|['’](?!\w))(?!`)")
_LOW = re.compile(r"(?<![^\s(\[—–])‚(?P<words>\w[^‚\n]*?)[‘’'](?!\w)")
_ACUTE = re.compile(r"(?<![\w´′])[´′](?P<words>[^\W\d][^´′\n]*?)[´′](?!\w)")
_EMPHASIS = re.compile(
    r"(?<![\w*_])(?P<mark>\*{1,3}|_{1,3})(?P<words>[^\s*_](?:[^*_\n\"“”«»]*[^\s*_])?)(?P=mark)(?![\w*_])"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_SPEECH = {**lexicon.verb_forms("speech_verbs"), **lexicon.verb_forms("naming_verbs")}
_REACH = 60  # characters beside emphasised words that are looked at
_MOST_BEHIND = 4  # words in which a verb of speech must come behind emphasised words


def _marks() -> dict[int, str]:
    categories = {"Pi": "“", "Pf": "”"}
    found = {
        code: categories[category]
        for code in range(0x3000)
        if (category := unicodedata.category(chr(code))) in categories and chr(code) not in _KEPT
    }
    found |= {ord(mark): "“" for mark in _OPENING} | {ord(mark): "”" for mark in _CLOSING}
    return (
        found | {ord(mark): form for mark, form in _SINGLES.items()} | {ord("＂"): '"', ord("＇"): "'", ord("‟"): "“"}
    )


_FORMS = _marks()
ALL_MARKS = frozenset("\"“”„«»″'‘’‚`´′") | frozenset(map(chr, _FORMS))


def cleaned(text: str) -> str:
    """The text with its HTML entities written out, and without the characters that nobody sees."""
    return INVISIBLE.sub("", _ENTITY.sub(lambda match: html.unescape(match[0]), text))


def levelled(text: str) -> str:
    """The text with quotation marks of every script as “ ” or ‘ ’; what stands for marks, as `words`, too.

    As long as `text`. Emphasised words count as marked where they are given to somebody.
    """
    text = text.translate(_FORMS)
    for pattern in (_BACKTICKS, _LOW, _ACUTE):
        text = pattern.sub(lambda match: f"‘{match['words']}’", text)
    return _EMPHASIS.sub(_emphasised(text), text)


def _emphasised(text: str) -> Callable[[re.Match[str]], str]:
    def marked(match: re.Match[str]) -> str:
        if not _is_spoken(
            match["words"],
            text[max(0, match.start() - _REACH) : match.start()],
            text[match.end() : match.end() + _REACH],
        ):
            return match[0]
        space = " " * (len(match["mark"]) - 1)
        return f"{space}“{match['words']}”{space}"

    return marked


def _is_spoken(emphasised: str, before: str, behind: str) -> bool:
    """Whether emphasised words are an utterance rather than a title or a stressed word."""
    found = emphasised.split()
    small = any(word[0].islower() and not forms.is_function_word(word) for word in found[1:])
    if len(found) < 2 or not (small or _FIRST_PERSON.search(emphasised)):
        return False
    lead = before.rstrip()
    follows = [word.strip(".,").lower() for word in behind.lstrip(" ,").split()[:_MOST_BEHIND]]
    return lead.endswith(":") or forms.last_word(lead) in {*_SPEECH, "that"} or any(word in _SPEECH for word in follows)
