"""The answers that readers found wrong, collected as questions to be asked again."""

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from index_store.errors import ArticleQAError
from qa.evaluation import Question, QuestionCollection
from qa.evaluation.question_file import as_jsonl
from ui.complaint import COLLECTED, GIVEN, LIMITS, SAID, UNDERSTOOD
from ui.holdings import count_of
from ui.markup import caption_html
from ui.notices import plain, show_error

_AT_ONCE = 50  # the newest; the file has all
_FIELDS = ((SAID, "What was wrong"), (GIVEN, "Answered"), (UNDERSTOOD, "Understood as"), (LIMITS, "Limited to"))


def show_collected(collection: QuestionCollection) -> None:
    """What was collected, the newest first; each can be taken out, and all taken away as a question set."""
    try:
        questions = collection.questions()
    except ArticleQAError as error:
        show_error(str(error))
        return
    if not questions:
        st.info("Nothing is collected yet: a thumb down under an answer in the chat adds its question here.")
        return
    _show_head(questions)
    for question in questions[: -_AT_ONCE - 1 : -1]:
        with st.container(border=True, key=f"collected-{question.id}", gap="small"):
            _show_question(question, collection)
    if len(questions) > _AT_ONCE:
        st.html(caption_html(f"The newest {_AT_ONCE} of {len(questions):,}; the file has all."))


def _show_head(questions: Sequence[Question]) -> None:
    st.html(
        caption_html(
            f"{count_of(len(questions), 'question')} whose answers were found wrong, kept beside the index: "
            "everybody who uses it sees them. Under “Run” they are a question set; limits are not applied there, and "
            "a question without a right answer is asked but not counted."
        )
    )
    st.download_button(
        "Download the question set",
        lambda: as_jsonl(questions).encode(),
        file_name="thumbs-down.jsonl",
        mime="application/jsonl",
        on_click="ignore",
        key="collected-download",
        icon=":material/download:",
        help="`article-qa eval run thumbs-down.jsonl` takes it as it is.",
    )


def _show_question(question: Question, collection: QuestionCollection) -> None:
    st.html(_question_html(question))
    if st.button("Take out", key=f"take-out-{question.id}", type="tertiary", icon=":material/delete:"):
        try:
            collection.remove(question.id)
        except ArticleQAError as error:
            show_error(str(error))
        else:
            st.toast(plain(f"Taken out: {question.question}"))
            st.rerun()


def _question_html(question: Question) -> str:
    facts = "".join(f'<dt>{name}</dt><dd dir="auto">{escape(value)}</dd>' for name, value in _facts(question) if value)
    return (
        f'<p class="aq-asked" dir="auto">{escape(question.question)}</p>'
        f'<dl class="aq-collected" aria-label="What is known of it">{facts}</dl>'
    )


def _facts(question: Question) -> Iterator[tuple[str, str]]:
    yield "Asked before it", " · ".join(question.history)
    yield (
        "Right answer",
        "none: the articles do not say" if question.answerable is False else " | ".join(question.answers),
    )
    yield from ((words, str(question.extra.get(name, ""))) for name, words in _FIELDS)
    yield "Asked on", question.asked_on.isoformat() if question.asked_on else ""
    yield "Collected", str(question.extra.get(COLLECTED, "")).replace("T", ", ")[:17]
