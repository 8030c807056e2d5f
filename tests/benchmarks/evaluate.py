"""Measure the answers on question sets that others wrote, and put the table into the documentation.

    python -m tests.benchmarks.evaluate [DATA] [--work DIR] [--write]

DATA is the folder of development data; without it, where the tests look. Each set is indexed into DIR/<set>, or taken
as it is when that is there, and asked with the settings a user gets. Prints one Markdown table, with the commit and
the kind of machine; `--write` puts it into docs/evaluation.md.
"""

import argparse
import logging
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from index_store.article import Article
from index_store.embedding import MiniLMEmbedding
from index_store.loading import load_articles
from index_store.store import ArticleStore
from qa.engine import ArticleQueryEngine
from qa.evaluation import EvaluationRun, Question, evaluate, load_questions
from tests.benchmarks.tables import header, table_row

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "evaluation.md"
BLOCK = re.compile(r"(?<=<!-- make evaluate: begin -->\n).*?(?=<!-- make evaluate: end -->)", re.DOTALL)
SHARES = ("hit@1", "hit@5", "contains@60", "refusal_recall", "refusal_f1", "false_refusal", "cited", "verbatim")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set as it lies in the folder of development data."""

    name: str  # in the table
    folder: str
    questions: str = "questions.jsonl"


SETS = (
    QuestionSet("dated news", "realtimeqa_small_dev"),
    QuestionSet("who said what", "polnear", "polnear_questions_dev.jsonl"),
    QuestionSet("comprehension of news", "multirc_news"),
    QuestionSet("near misses", "clapnq_dev"),
)


def main() -> None:
    """Measure every set; the table goes to stdout, progress to stderr."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logger.setLevel(logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=_default_data())
    parser.add_argument("--work", type=Path, help="where the indexes are kept; default: nowhere")
    parser.add_argument("--write", action="store_true", help="put the table into docs/evaluation.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = "\n".join(_table(options.data, options.work or Path(folder)))
    print(table)
    if options.write:
        DOCUMENT.write_text(BLOCK.sub(lambda _: f"{table}\n", DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def _default_data() -> Path:
    return Path(os.environ.get("ARTICLE_QA_DATA", ROOT.parent / "shared" / "data"))


def _table(data: Path, work: Path) -> Iterator[str]:
    yield f"Commit {_commit()}; {_machine()}."
    yield ""
    yield from header("set", ("questions", *SHARES))
    for each in SETS:
        questions = tuple(map(_dated, load_questions(data / each.folder / each.questions)))
        logger.info("%s: %d questions", each.name, len(questions))
        run = _asked(data / each.folder, work / each.folder, questions)
        row = table_row(f"{each.name} | {len(questions)}", run, SHARES)
        logger.info("%s", row)
        yield row


def _dated(question: Question) -> Question:
    """The question with its day of asking, which the sets call its date."""
    day = str(question.extra.get("date") or "")[:10]
    return replace(question, asked_on=date.fromisoformat(day)) if day and not question.asked_on else question


def _asked(folder: Path, data_dir: Path, questions: tuple[Question, ...]) -> EvaluationRun:
    with ArticleStore.create(data_dir, MiniLMEmbedding()) as store:
        if not store.counts().articles:
            store.add(item for item in load_articles(_articles(folder)) if isinstance(item, Article))
        engine = ArticleQueryEngine(store)
        engine.query(questions[0].question)  # loads the models, which no latency is to count
        return evaluate(engine, questions)


def _articles(folder: Path) -> list[Path]:
    return sorted(folder.glob("articles.jsonl*"))


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
