"""Judging a run: each answer put to the judge, the verdicts kept as they come."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli.eval.progress import progress
from qa.cli.terminal import one_line, show

if TYPE_CHECKING:
    from qa.engine import ArticleQueryEngine
    from qa.evaluation import EvaluationRun, RunRow
    from qa.evaluation.judging import Judge

_KEEP_EVERY = 10  # verdicts; the run file is written anew with each


def open_judge(engine: "ArticleQueryEngine", at_once: int | None) -> "Judge":
    """The judge: the model that the environment names for it, else the one that writes the answers.

    Raises:
        ModelSettingsError: none is configured, or a variable cannot be used.
    """
    from qa.errors import ModelSettingsError
    from qa.evaluation.judging import Judge
    from qa.evaluation.side_by_side import MODEL_AT_ONCE
    from qa.llm import ModelSettings, OpenAIModel, read_environment

    settings = ModelSettings.for_judging(read_environment())
    if settings is None:
        raise ModelSettingsError(
            "no model is configured to judge; set OPENAI_API_KEY, or ARTICLE_QA_JUDGE_BASE_URL and"
            " ARTICLE_QA_JUDGE_MODEL, or leave --judge out"
        )
    return Judge(OpenAIModel(settings), engine.store, at_once or MODEL_AT_ONCE)


def judged(judge: "Judge", run: "EvaluationRun", run_path: Path | None) -> "EvaluationRun":
    """The run with verdicts, which are kept in its file too; rows that have a verdict are not judged again."""
    from qa.evaluation import write_rows
    from qa.evaluation.judging import judge_rows, needs_judging

    _sign(judge, run_path)
    rows = {row.id: row for row in run.rows}
    waiting = sum(needs_judging(row, judge.model.name) for row in run.rows)

    def keep() -> None:
        if run_path is not None:
            write_rows(run_path, rows.values())

    with progress(len(rows) - waiting, len(rows), "judged") as step:

        def sink(row: "RunRow") -> None:
            nonlocal waiting
            if row.judged.get("judge_errors") and not any(r.judged.get("judge_errors") for r in rows.values()):
                show(f"warning: judging {one_line(row.id)!r} failed: {one_line(_error(row))}", err=True)
            rows[row.id], waiting = row, waiting - 1
            step()
            if waiting % _KEEP_EVERY == 0:
                keep()

        try:
            judge_rows(judge, run.questions, run.rows, sink)
        finally:
            keep()
    _tell(rows)
    return replace(run, rows=tuple(rows[row.id] for row in run.rows))


def _sign(judge: "Judge", run_path: Path | None) -> None:
    """Names the judge in the header of the run, without its key."""
    from qa.evaluation import read_header, write_header
    from qa.evaluation.run_header import described_model

    header = read_header(run_path) if run_path else None
    if run_path and header:
        write_header(run_path, replace(header, judge=described_model(judge.model)))


def _error(row: "RunRow") -> str:
    return row.judgement.error if row.judgement else ""


def _tell(rows: "Mapping[str, RunRow]") -> None:
    spent = [row.judgement.usage for row in rows.values() if row.judgement and row.judgement.usage]
    tokens = sum(usage.prompt_tokens + usage.completion_tokens for usage in spent)
    asked = f"the judge was asked {sum(usage.requests for usage in spent)} times"
    at_least = "" if all(usage.known for usage in spent) else " and those its server did not tell"
    show(f"{asked}, for {tokens} tokens{at_least}", err=True)
