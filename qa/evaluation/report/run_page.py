"""The page of one run."""

from collections.abc import Iterator, Mapping
from typing import Any

from qa.evaluation.bootstrap import intervals
from qa.evaluation.groups import BY, By, members_of
from qa.evaluation.report.charts import ChartRow, outcomes_chart, shares_chart
from qa.evaluation.report.contents import RunReport
from qa.evaluation.report.markup import Html, tag
from qa.evaluation.report.numbers import bounds, shown
from qa.evaluation.report.page import facts, page, table
from qa.evaluation.report.question_section import question_section
from qa.evaluation.run_header import RunHeader

CHARTED = (
    "correct", "contains@60", "hit@1", "hit@5", "refusal_recall", "false_refusal", "cited", "verbatim",
    "citation_gold", "quoted_exactly", "attribution", "faithfulness", "answer_relevance", "correctness",
)  # fmt: skip
IN_GROUPS = ("correct", "contains@60", "hit@5", "refusal_recall", "false_refusal", "faithfulness", "correctness")
_MOST_CHARTED = 12
_MOST_GROUPS = 40  # of one kind, the largest: a thousand outlets are no table
_BY: dict[By, str] = {"tag": "By tag", "source": "By outlet of the gold articles", "kind": "By kind of question"}


def run_page(report: RunReport) -> str:
    """The whole page."""
    title = f"Evaluation of {report.name}"
    return page(
        title,
        tag("h1", title),
        _made_with(report),
        tag("h2", "Outcomes"),
        outcomes_chart(report.run.outcomes),
        *_figures(report),
        *(section for by in BY for section in _groups(report, by)),
        tag("h2", "Questions, failures first"),
        *(question_section(result, report.articles) for result in report.results),
    )


def described(header: RunHeader | None) -> dict[str, str]:
    """What a run was made with, for a reader."""
    if header is None:
        return {"made_with": "not known: there is no header beside the run file"}
    model = header.settings.get("model") or {}
    answering = header.settings.get("answering") or {}
    return {
        "question_set": f"{header.questions}, {header.count} questions",
        "begun": header.started,
        "day_of_asking": str(header.asked_on or ""),
        "mode": str(answering.get("mode", "")),
        "model": _model(model),
        "judge": _model(header.judge),
        "index": header.index[:12],
        "version": header.versions.get("article-qa", ""),
    }


def _model(model: Mapping[str, Any]) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in model.items() if name != "name" and value is not None)
    return f"{model['name']} ({settings})" if model.get("name") else ""


def _made_with(report: RunReport) -> Html:
    figures = report.run.figures
    counts = f"{figures.questions} asked, {figures.counted} counted"
    missing = f", {figures.missing} without a row" if figures.missing else ""
    return facts(questions=counts + missing, **described(report.header), **costs_shown(report))


def costs_shown(report: RunReport) -> dict[str, str]:
    """What answering and judging cost, for a reader; without those that are not known."""
    costs = {"cost": report.cost, "cost_of_the_judge": report.judge_cost}
    return {name: f"{cost:.4f}" for name, cost in costs.items() if cost is not None}


def _figures(report: RunReport) -> Iterator[Html]:
    values, found = report.run.figures.values, report.run.intervals
    rows = [ChartRow(name, value, found[name]) for name in CHARTED if (value := values.get(name)) is not None]
    yield tag("h2", "Figures")
    if rows:
        yield tag("p", "Each on its 95 % interval: where other questions of the kind would put it.", class_="quiet")
        yield shares_chart(rows)
    lines = [(name, shown(name, v), bounds(name, found[name])) for name, v in values.items() if v is not None]
    whole = table(("figure", "value", "95 % interval"), lines)
    undefined = ", ".join(name for name, value in values.items() if value is None)
    note = tag("p", f"Nothing to count for: {undefined}", class_="quiet") if undefined else Html()
    yield tag("details", tag("summary", f"All {len(lines)} figures"), tag("div", whole, note))


def _groups(report: RunReport, by: By) -> Iterator[Html]:
    members = members_of(report.run.results, by)
    lines, rows = [], []
    for group in [group for group in report.run.groups if group.by == by][:_MOST_GROUPS]:
        found = intervals([result.marks for result in members[group.name] if result.marks])
        values = group.figures.values
        cells = (" ".join(filter(None, (shown(n, values[n]), _inside(bounds(n, found[n]))))) for n in IN_GROUPS)
        lines.append((group.name, str(group.figures.counted), *cells))
        if (correct := values["correct"]) is not None:
            rows.append(ChartRow(f"{_short(group.name)} ({group.figures.counted})", correct, found["correct"]))
    if len(lines) > 1:
        yield tag("h2", _BY[by])
        yield tag("p", "Share of correct answers, the largest groups first.", class_="quiet")
        yield shares_chart(rows[:_MOST_CHARTED])
        yield tag(
            "details", tag("summary", "Figures of the groups"), tag("div", table(("", "counted", *IN_GROUPS), lines))
        )


def _inside(interval: str) -> str:
    return f"({interval})" if interval else ""


def _short(name: str) -> str:
    return name if len(name) <= 20 else f"{name[:19]}…"
