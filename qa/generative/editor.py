"""The editor: what a model wrote becomes statements that were checked, sentence by sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index_store.article import Article
from prompts import ANSWER_GAP, ANSWER_REFUSAL
from qa.answer import Statement
from qa.citation import Citation
from qa.generative.planted import without_instructions
from qa.generative.sentences import WrittenSentence
from qa.numbering import Numbering
from qa.verification import CitedPassage, Problem, ProblemKind, check
from qa.verification.language import is_english
from qa.verification.support import Support, SupportScorer

# Support below which a statement is shown as not supported: 5 % of true statements of the hardest kind score less.
_SUPPORTED = 0.08
_TELLS_A_LACK = re.compile(
    r"(?:the |these |none of the )?(?:passages?|articles?|texts?) (?:do(?:es)? not|don['’]t|lacks?|says? nothing|"
    r"holds? no|contains? no|mentions? no|names? no|gives? no)\b",
    re.IGNORECASE,
)
# What goes on after it says something of its own.
_FURTHER_CLAUSE = re.compile(
    r"[;:–—]|[.!?]\s|\b(?:but|yet|although|though|while|whereas|because|since|so)\b"
    r"|\band (?:that )?(?:he|she|it|they|the|[A-Z])"
)
_NOTHING_SAID = "The articles do not answer this."
_UNCONFIRMED = "What the model wrote could not be confirmed in the articles, so it is no answer."


@dataclass(slots=True)
class Editor:
    """Checks the sentences of one reply against the passages that the model was given."""

    question: str
    passages: Mapping[int, CitedPassage]
    numbering: Numbering
    support: SupportScorer
    statements: list[Statement] = field(default_factory=list)
    citations: dict[int, Citation] = field(default_factory=dict)
    refusal: str = ""  # the reason, when the reply says that the passages hold no answer
    _proof: dict[int, CitedPassage] = field(init=False)  # the passages without what is no article's statement

    def __post_init__(self) -> None:
        self._proof = {number: _as_proof(passage) for number, passage in self.passages.items()}

    @property
    def has_answer(self) -> bool:
        """Whether at least one statement was verified."""
        return any(statement.verified for statement in self.statements)

    @property
    def reason(self) -> str:
        """Why there is no answer; empty when there is one."""
        return "" if self.has_answer else self.refusal or _UNCONFIRMED

    def discard(self) -> None:
        """Forgets what was written: its server took it back."""
        self.statements.clear()
        self.citations.clear()

    def edit(self, sentence: WrittenSentence) -> Statement | None:
        """The sentence as a checked statement; None when it refuses or goes on after a refusal."""
        if self.refusal:
            return None
        if not self.statements and sentence.text.startswith(ANSWER_REFUSAL):
            self.refusal = self._refused(sentence.text.removeprefix(ANSWER_REFUSAL).strip())
            return None
        statement = self._gap(sentence) if _is_gap(sentence) else self._cited(sentence)
        self.statements.append(statement)
        return statement

    def _cited(self, sentence: WrittenSentence) -> Statement:
        before = " ".join(statement.text for statement in self.statements)
        checked = check(sentence.text, sentence.markers, self._proof, before=before)
        evidence = checked.evidence
        found = [self._supported(checked.text, number) for number in evidence]
        problems = list(checked.problems)
        if found and not problems and is_english(checked.text) and not any(map(_supports, found)):
            problems.append(Problem(ProblemKind.SUPPORT, checked.text))
        if not sentence.whole:
            problems.append(Problem(ProblemKind.UNFINISHED, checked.text))
        numbers = tuple(self._cite(number, span) for number, span in evidence.items())
        return Statement(checked.text, numbers, tuple(problems), max((each.score for each in found), default=0.0))

    def _supported(self, text: str, number: int) -> Support:
        passage = self._proof[number]
        article = passage.article
        return self.support.score(text, article.text[passage.start : passage.end], article.title)

    def _cite(self, number: int, span: tuple[int, int]) -> int:
        citation = self.numbering.numbered(Citation(number, self.passages[number].article, *span))
        self.citations[citation.number] = citation
        return citation.number

    def _gap(self, sentence: WrittenSentence) -> Statement:
        """A sentence that says what the articles lack: nothing proves it, but it may name nothing new."""
        return Statement(sentence.text, (), self._unheard(sentence.text))

    def _refused(self, told: str) -> str:
        sound = _TELLS_A_LACK.match(told) and not _FURTHER_CLAUSE.search(told) and not self._unheard(told)
        return f"{_NOTHING_SAID} {told}" if sound else _NOTHING_SAID

    def _unheard(self, text: str) -> tuple[Problem, ...]:
        """Problems of a sentence with all passages and the question itself as its proof."""
        number = max(self.passages, default=0) + 1
        asked = CitedPassage(number, Article("question", self.question.replace("\0", " ")), 0, len(self.question), ())
        return check(text, (*self._proof, number), {**self._proof, number: asked}).problems


def _supports(support: Support) -> bool:
    """Whether a passage may carry a statement; names from all over a passage make a sentence that it does not say."""
    return support.score >= _SUPPORTED and not support.names_missing


def _as_proof(passage: CitedPassage) -> CitedPassage:
    return replace(passage, article=without_instructions(passage.article))


def _is_gap(sentence: WrittenSentence) -> bool:
    return sentence.text.startswith(ANSWER_GAP) and not sentence.markers and not _FURTHER_CLAUSE.search(sentence.text)
