"""Attribution: are these the words of whom the question set says?"""

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")


def is_attributed(expected: str, speakers: Sequence[str], answer: str) -> bool:
    """Whether an answer puts its words into the mouth of `expected`, and into no other.

    Every speaker of the quotations that it cites has to be that person. An answer that cites no quotation of a known
    speaker has to name the person by the last word of the name.
    """
    if speakers:
        return all(is_same_person(expected, speaker) for speaker in speakers)
    return bool(set(_words(expected)[-1:]) & set(_words(answer)))


def is_same_person(one: str, other: str) -> bool:
    """Whether the words of one name are all in the other, and the last words are the same.

    So "Brask" and "Mayor Tilda Brask" are one person, "Jon Brask" and "Tilda Brask" are two.
    """
    first, second = _words(one), _words(other)
    if not first or not second or first[-1] != second[-1]:
        return False
    return set(first) <= set(second) or set(second) <= set(first)


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _WORD.findall(plain.casefold())
