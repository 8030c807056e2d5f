"""HTML of runs and questions. Everything is escaped here, so nothing of a question or an article is ever markup."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from index_store.article import Article
from qa.evaluation import EvaluationRun, Outcome, Question, QuestionResult, RunCitation, RunRow
from qa.evaluation.checked import gold_ids
from qa.evaluation.report import Articles
from qa.evaluation.report.reasons import reason
from ui.evaluation.wording import COLOURS, FIGURES, OUTCOMES, interval_text, percent
from ui.markup import Mark, heading_html, highlighted, original_html
from ui.surroundings import surroundings


def faults_html(faults: Sequence[str]) -> str:
    """Every fault of a question set, one a line."""
    items = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    return f'<ul class="aq-faults" aria-label="Faults of the question set">{items}</ul>'


def outcomes_html(outcomes: Mapping[Outcome, int]) -> str:
    """What each outcome that was met means, with its count."""
    items = "".join(
        f'<li><span class="aq-count">{count:,}</span> <b>{OUTCOMES[outcome]}</b>'
        f'<span class="aq-meaning">{outcome.meaning}</span></li>'
        for outcome, count in outcomes.items()
        if count
    )
    return f'<ul class="aq-outcomes" aria-label="Outcomes">{items}</ul>'


def figures_html(run: EvaluationRun) -> str:
    """Each share that is defined, in plain words, on a scale from 0 to 100 % with its interval."""
    values = run.figures.values
    rows = "".join(_figure(name, run) for name in FIGURES if values.get(name) is not None)
    return f'<dl class="aq-figures">{rows}</dl>'


def _figure(name: str, run: EvaluationRun) -> str:
    value, interval = run.figures.values[name] or 0.0, run.intervals[name]
    bounds = interval_text(interval)
    low, high = (interval.low, interval.high) if interval else (value, value)
    track = (
        '<span class="aq-track" aria-hidden="true">'
        f'<i style="left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"></i><b style="left:{100 * value:.1f}%"></b>'
        "</span>"
    )
    return (
        f'<div><dt title="{escape(name)}">{FIGURES[name]}</dt>'
        f"<dd><b>{percent(value)}</b>{f' ({bounds})' if bounds else ''}{track}</dd></div>"
    )


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table that scrolls sideways where the window is narrow."""
    headings = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    return (
        '<div class="aq-table" tabindex="0"><table>'
        f"<thead><tr>{headings}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def question_html(result: QuestionResult, articles: Articles) -> str:
    """A question that opens to all that is known of its answer."""
    inside = [
        *_history(result.question),
        _heading("Answer"),
        answer_html(result.row, articles),
        _heading("Expected"),
        expected_html(result.question, result.row, articles),
        *_judged(result.row),
        *_retrieved(result.row, articles),
    ]
    return folded_html(result.question, outcome_html(result.outcome), reason(result, articles), "".join(inside))


def outcome_html(outcome: Outcome) -> str:
    """An outcome in words behind a dot of its colour."""
    return f'<i class="aq-dot" style="background:{COLOURS[outcome]}" aria-hidden="true"></i>{OUTCOMES[outcome]}'


def folded_html(question: Question, outcome: str, why: str, inside: str) -> str:
    """A question with what became of it, unfolding into `inside`; `outcome` and `inside` are HTML."""
    reason = f'<span class="aq-why" dir="auto">{escape(why)}</span>' if why else ""
    return (
        '<details class="aq-evaluated"><summary>'
        f'<span class="aq-head"><span class="aq-what"><span class="aq-outcome">{outcome}</span>'
        f'<span class="aq-asked" dir="auto">{escape(question.question)}</span>{reason}'
        f'<span class="aq-byline">{escape(question.id)}</span></span></span>'
        f"</summary>{inside}</details>"
    )


def answer_html(row: RunRow, articles: Articles) -> str:
    """What was answered, with each citation in its place."""
    said = row.answer or row.error or "No answer."
    state = "An error came instead: " if row.error and not row.answer else "Refused: " if row.refused else ""
    citations = "".join(_citation(citation, articles(citation.article_id)) for citation in row.citations)
    return f'<p class="aq-said" dir="auto">{state}{escape(said)}</p>{citations}'


def expected_html(question: Question, row: RunRow, articles: Articles) -> str:
    """What is known of the right answer; expected articles by the headlines that the run knew them under."""
    items = "".join(f"<li dir=auto>{item}</li>" for item in _expected(question, row, articles))
    return f'<ul class="aq-plain">{items}</ul>'


def _expected(question: Question, row: RunRow, articles: Articles) -> list[str]:
    known = {True: [], False: ["A refusal: the articles do not answer this."], None: ["Not known; nothing is counted."]}
    answers = [escape(answer) for answer in question.answers]
    speaker = [f"In the words of {escape(question.speaker)}"] if question.speaker else []
    gold = [f"From {_named(each, articles)}" for each in gold_ids(question, row)]
    return [*known[question.answerable], *answers, *speaker, *gold]


def _history(question: Question) -> list[str]:
    if not question.history:
        return []
    items = "".join(f"<li dir=auto>{escape(earlier)}</li>" for earlier in question.history)
    return [_heading("Asked before"), f'<ol class="aq-plain">{items}</ol>']


def _judged(row: RunRow) -> list[str]:
    judgement = row.judgement
    if judgement is None or not (row.judged or judgement.error):
        return []
    said = [f"It could not judge: {escape(judgement.error)}"] if judgement.error else []
    for name, value in row.judged.items():
        if name != "judge_errors":
            reason_given = escape(judgement.reasons.get(name, ""))
            verdict = f"{escape(name.replace('_', ' ')).capitalize()}: {'yes' if value else 'no'}"
            said.append(f"{verdict}. {reason_given}" if reason_given else verdict)
    heading = f"Judged by {escape(judgement.by)}" if judgement.by else "Judged"
    items = "".join(f"<li dir=auto>{item}</li>" for item in said)
    return [_heading(heading), f'<ul class="aq-plain">{items}</ul>']


def _retrieved(row: RunRow, articles: Articles) -> list[str]:
    gold = {article_id for ids in row.checked.gold for article_id in ids} if row.checked else set()
    items = "".join(
        f"<li>{_named(each, articles)}{' <b>expected</b>' if each in gold else ''}</li>" for each in row.retrieved
    )
    spent = f"{row.latency_ms / 1000:.1f} s" if row.latency_ms is not None else ""
    facts = " · ".join(filter(None, (spent, row.mode)))
    found = f'<ol class="aq-plain">{items}</ol>' if items else '<p class="aq-caption">Nothing.</p>'
    return [_heading("Found, best first"), found, f'<p class="aq-caption">{escape(facts)}</p>' if facts else ""]


def _citation(citation: RunCitation, article: Article | None) -> str:
    badge = f'<span class="aq-badge">{citation.number}</span>'
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        name = heading_html(article) if article else f'<span class="aq-byline">{escape(citation.article_id)}</span>'
        gone = "The article no longer says this here." if article else "The index does not hold this article."
        passage = f"<mark>{escape(citation.quote)}</mark>"
        return _figure_html(badge, name, passage, f'<p class="aq-gone">{gone}</p>')
    start, end = surroundings(article.text, citation.start, citation.end)
    passage = highlighted(article.text, (Mark(citation.start, citation.end, ""),), start, end)
    passage = passage.replace(' id=""', "")  # no link leads to it; what the article says is escaped
    before, after = ("… " if start else ""), (" …" if end < len(article.text) else "")
    return _figure_html(badge, heading_html(article), f"{before}{passage}{after}", original_html(article))


def _figure_html(badge: str, name: str, passage: str, below: str) -> str:
    return (
        f'<section class="aq-cited"><div class="aq-source">{badge}<span class="aq-what">{name}</span></div>'
        f'<div class="aq-passage" dir="auto">{passage}</div>{below}</section>'
    )


def _named(name: str, articles: Articles) -> str:
    article = articles(name)
    if article is None:
        return f"<bdi>{escape(name)}</bdi>"
    rest = ", ".join(part for part in (article.source, str(article.published or "")) if part)
    title = escape(article.title or name)
    return f"<bdi>{title}</bdi>{f' <span class=aq-byline>{escape(rest)}</span>' if rest else ''}"


def _heading(text: str) -> str:
    return f"<h4>{text}</h4>"
