"""Writing a report: the ending of the file's name says in which form."""

import json
from pathlib import Path
from typing import Any

from qa.errors import RunFileError
from qa.evaluation.report.comparison_page import comparison_page
from qa.evaluation.report.contents import ComparisonReport, RunReport
from qa.evaluation.report.markdown import comparison_markdown, run_markdown
from qa.evaluation.report.run_page import run_page


def write_report(path: Path, report: RunReport | ComparisonReport) -> None:
    """Writes the report as .html, .md or .json; an earlier one of that name is replaced.

    Raises:
        RunFileError: the file cannot be written, or its name ends otherwise.
    """
    form = path.suffix.lower()
    if form == ".html":
        text = run_page(report) if isinstance(report, RunReport) else comparison_page(report)
    elif form == ".md":
        text = run_markdown(report) if isinstance(report, RunReport) else comparison_markdown(report)
    elif form == ".json":
        text = json.dumps(_as_json(report), indent=1) + "\n"
    else:
        raise RunFileError(f"{str(path)!r}: a report ends in .html, .md or .json")
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise RunFileError(f"cannot write the report {str(path)!r}: {error.strerror}") from error


def _as_json(report: RunReport | ComparisonReport) -> dict[str, Any]:
    if isinstance(report, ComparisonReport):
        before, after = report.names
        return {"schema": 1, "before": before, "after": after, **report.comparison.to_json()}
    header = report.header.to_json() if report.header else None
    results = [{**result.to_json(), "row": result.row.to_json()} for result in report.results]
    return {
        "schema": 1,
        "name": report.name,
        "header": header,
        "cost": report.cost,
        "judge_cost": report.judge_cost,
        **report.run.to_json(),
        "results": results,
    }
