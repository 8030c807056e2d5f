"""Whether a statement is in English, as far as its commonest words tell."""

import re
import unicodedata

from qa.lexicon import words
from qa.reading import word_forms as forms


def is_english(text: str) -> bool:
    """True unless the letters are not Latin, or more function words are of other languages than of English."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if letters and latin * 2 < len(letters):
        return False
    tokens = [token.lower() for token in re.findall(r"[^\W\d_]+", text)]
    foreign = sum(token in words("foreign_function_words") for token in tokens)
    return foreign <= sum(forms.is_function_word(token) for token in tokens)
