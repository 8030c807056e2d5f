"""The starter set: a question file with comments, begun with articles that the index holds."""

from collections.abc import Iterable
from itertools import islice

from index_store.catalog import ArticleHeader
from qa.evaluation.question_file import quoted

_EXAMPLES = 3

_HEAD = """\
# A question set: what is asked, and what is known of the right answer.
#
#   article-qa eval run {name}
#
# Put your own questions in the place of these. Thirty show large differences, two hundred small ones.
#
#   id           once in the set
#   question     as a reader would ask it; it should be understood without the article
#   answers      each right by itself; short ones, in the article's words
#   answerable   true: the articles answer it; false: they do not, and refusing is right
#   gold         ids or URLs of the articles that answer it
#   asked_on     the day it is asked; "last week" is read from there
#   history      what was asked before, oldest first
#   speaker      whose words are asked for
#   tags         groups that `--by tag` tells apart
#
# `article-qa eval draft` drafts such questions from the articles; every draft wants a person's eye.
"""

_NO_ANSWER = """
# Questions that the articles do not answer are worth as much as those they do.
# Ask about what was never reported, and about the right matter with the wrong name.
- id: not-told
  question: Who won the first boat race on the Moon?
  answerable: false
  tags: [unanswerable]
"""


def starter_set(headers: Iterable[ArticleHeader], name: str) -> str:
    """The text of a commented .yaml file named `name`, with an unfinished question for each of some articles."""
    examples = [_example(number, header) for number, header in enumerate(islice(headers, _EXAMPLES), start=1)]
    return _HEAD.format(name=name) + "\n" + "\n".join(examples) + _NO_ANSWER


def _example(number: int, header: ArticleHeader) -> str:
    told = ", ".join(filter(None, (header.title or header.id, header.source, str(header.published or ""))))
    lines = [
        f"# {' '.join(told.split())}",
        f"- id: example-{number}",
        f"  question: {quoted(_question(header))}  # put a question of your own here",
        "  answers: []  # and what it should be answered with",
        "  answerable: null  # true, once it is: until then no figure counts it",
        f"  gold: [{quoted(header.id)}]",
        *([f"  asked_on: {header.published}"] if header.published else []),
        "  tags: [example]",
    ]
    return "\n".join(lines) + "\n"


def _question(header: ArticleHeader) -> str:
    return f"What happened, according to the article “{' '.join((header.title or header.id).split())}”?"
