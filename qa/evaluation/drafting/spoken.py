"""The spoken: questions about what somebody is quoted with, and about who said it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index_store.catalog import StoredQuotation
from index_store.quotations import Quotation
from index_store.sentences import sentence_spans
from qa.evaluation.drafting.named import Named

_MARKS = '“”"‘’«»'
_TRAILING = ",.;:!? "
_UNCLEAR = re.compile(r"[“”\"\n…\[\]]")
_FEWEST, _MOST = 5, 22  # words of what is quoted in a question, and of an accepted answer


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question about speech: where it is answered, and by whose words."""

    kind: str
    start: int
    end: int
    question: str
    answers: tuple[str, ...]
    speaker: str = field(default="")


def spoken_in(named: Named, quotations: Sequence[StoredQuotation]) -> Iterator[Spoken]:
    """Of each speaker with a full name: what did they say about the matter; who said these words."""
    for speaker in sorted(named.quoted):
        said = [stored.quotation for stored in quotations if stored.quotation.speaker == speaker]
        told = [(quotation, words) for quotation in said for words in _sentences(named, quotation)]
        if not told:
            continue
        quotation, longest = max(told, key=lambda pair: len(pair[1]))
        yield Spoken("quotation", quotation.start, quotation.end, *_what(named, speaker, told))
        whole = [(each, words) for each, words in told if not _is_interrupted(named, each, said)]
        if whole:
            quotation, longest = max(whole, key=lambda pair: len(pair[1]))
            yield Spoken("who-said", quotation.start, quotation.end, f"Who said “{longest}”?", (speaker,))


def _what(named: Named, speaker: str, told: Sequence[tuple[Quotation, str]]) -> tuple[str, tuple[str, ...], str]:
    words = tuple(words for _, words in told)
    topic = _topic(named, speaker, words)
    about = f" about {topic}" if topic else f", according to the article “{named.article.title.strip(' .')}”"
    return f"What did {speaker} say{about}?", words, speaker


def _sentences(named: Named, quotation: Quotation) -> Iterator[str]:
    """The whole sentences that stand in quotation marks, as the article writes them, without marks."""
    if quotation.kind != "direct" or not quotation.verb:  # a slogan beside a name is not said by it
        return
    words = named.article.text[quotation.start : quotation.end].strip(_MARKS)
    for start, end in sentence_spans(words):
        sentence = words[start:end].rstrip(_TRAILING)
        if _FEWEST <= len(sentence.split()) <= _MOST and sentence[:1].isupper() and not _UNCLEAR.search(sentence):
            yield sentence


def _is_interrupted(named: Named, quotation: Quotation, said: Sequence[Quotation]) -> bool:
    """Whether the sentence goes on behind "she said"."""
    after = next((other for other in said if other.start > quotation.end), None)
    following = named.article.text[after.start : after.end].lstrip(_MARKS) if after else ""
    return following[:1].islower() and not following.startswith(("and ", "but "))


def _topic(named: Named, speaker: str, told: Sequence[str]) -> str:
    """What the words or else the headline name; empty where that is no topic."""
    things = [name for name in named.things if name not in speaker and speaker not in name and named.is_topic(name)]
    ranked = sorted(things, key=lambda name: (-len(name.split()), -named.counts[name], name))
    places = (" ".join(told), named.article.title)
    chosen = next((name for place in places for name in ranked if re.search(rf"\b{re.escape(name)}\b", place)), None)
    return named.with_article(chosen) if chosen else ""
