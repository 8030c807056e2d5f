"""Planted instructions: paragraphs of an article that speak to a model instead of a reader."""

import re

_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:rules?|instructions?|prompts?|guidelines|above)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b"
    r"|\byou are (?:now )?an? (?:\w+ ){0,2}(?:assistant|chatbot|language model|AI)\b"
    r"|\b(?:assistant|chatbot|language model|AI)\b[,:]? (?:please |must |should )?(?:answer|reply|output|cite)\b"
    r"|\b(?:answer|reply|respond|output|print|say)\b(?: only| exactly| with)* [\"'“‘]?(?-i:[A-Z]{4,})\b"
    r"|\bcite \[\d+\]"
    r"|!\[[^\]\n]*\]\(\s*https?:",
    re.IGNORECASE,
)
_BLANK = "·"  # neither a word nor white space: a text of nothing else is still a text
_PARAGRAPH = re.compile(r"[^\n]+")


def without_instructions(text: str) -> str:
    """`text` with each character of the paragraphs that address a model replaced by a point: offsets stay.

    What stands there proves nothing: an obedient model would find its orders confirmed by the article that gave them.
    """
    return _PARAGRAPH.sub(lambda found: _BLANK * len(found[0]) if _TO_A_MODEL.search(found[0]) else found[0], text)
