"""Planted instructions: parts of an article that speak to a model instead of a reader."""

import re
import unicodedata
from dataclasses import replace

from index_store.article import Article

_MODEL = r"(?:[Aa]ssistant|[Cc]hat ?bot|[Ll]anguage model|LLM|AI(?: reader| model| system)?|ChatGPT|GPT|Claude|Gemini)"
_ORDERED = r"(?:answer|reply|respond|output|print|write|say|state|tell|cite|summari[sz]e|ignore|stop)"
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|do not follow|ignorier\w*|ignorez|ignora)\b[^.!?]{0,80}"
    r"\b(?:rules?|instructions?|prompts?|guidelines|above|told|anweisung\w*|regeln|consignes|instrucciones)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b"
    r"|\byou are (?:now )?an? (?:\w+ ){0,2}" + _MODEL + r"\b"
    r"|\b(?-i:" + _MODEL + r")\b\s*[,:–—-]\s*(?:\w+ ){0,4}" + _ORDERED + r"\b"
    r"|\b(?:dear|attention|note to(?: the)?|hey),? (?-i:" + _MODEL + r")\b"
    r"|\byour (?:answer|reply|response|summary|output) (?:\w+ ){0,6}(?:must|should|has to)\b"
    r"|\byour (?:new|next|final|only) (?:answer|reply|response|summary|output) is\b"
    r"|\b(?:answer|reply|respond|output|print|say)\b:?(?: only| exactly| with)*:? [\"'“‘]?(?-i:[A-Z]{4,})\b"
    r"|\bcite \[\d+\]"
    r"|!\[[^\]]*\]\(\s*https?:",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+")  # up to an empty line
_MOST_JOINED = 1200  # characters: where a text has no empty lines, its lines are its paragraphs
_LINE = re.compile(r"[^\n]+")
_BLANK = "·"  # neither a word nor white space: a text of nothing else is still a text


def without_instructions(article: Article) -> Article:
    """The article with each character of what addresses a model replaced by a point: offsets stay.

    What stands there proves nothing: an obedient model would find its orders confirmed by the article that gave them.
    """
    text = _HIDDEN.sub(lambda found: _BLANK * len(found[0]), article.text)
    return replace(
        article,
        text=_PARAGRAPH.sub(_blanked_paragraph, text),
        title=_without_orders(article.title),
        source=_without_orders(article.source),
        author=_without_orders(article.author),
    )


def _blanked_paragraph(paragraph: re.Match[str]) -> str:
    """The paragraph without its orders; in one that is a whole text, only the lines beside an order are in doubt."""
    text = paragraph[0]
    if not _addresses_model(text):
        return text
    if len(text) <= _MOST_JOINED:
        return _LINE.sub(lambda line: _BLANK * len(line[0]), text)
    lines = list(_LINE.finditer(text))
    ordering = [k for k in range(len(lines)) if _addresses_model(" ".join(line[0] for line in lines[k : k + 3]))]
    doubtful = {near for k in ordering for near in range(k - 1, k + 4)}
    for k, line in enumerate(lines):
        if k in doubtful:
            text = text[: line.start()] + _BLANK * len(line[0]) + text[line.end() :]
    return text


def _without_orders(heading: str) -> str:
    return _BLANK if _addresses_model(heading) else heading


def _addresses_model(text: str) -> bool:
    visible = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return bool(_TO_A_MODEL.search(" ".join(visible.split())))
