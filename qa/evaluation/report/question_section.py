"""The section of one question: what was asked, answered, cited, retrieved and expected."""

from collections.abc import Iterator, Sequence

from index_store.article import Article
from qa.evaluation.checked import gold_ids
from qa.evaluation.outcomes import QuestionResult
from qa.evaluation.questions import Question
from qa.evaluation.report.contents import Articles
from qa.evaluation.report.markup import Html, joined, link, quoted_html, tag
from qa.evaluation.report.reasons import reason
from qa.evaluation.run_rows import RunCitation, RunRow

_AROUND = 280  # characters on either side of a quote that no retrieved passage holds


def question_section(result: QuestionResult, articles: Articles) -> Html:
    """A question that opens to all that is known of its answer."""
    dot = f"dot o-{result.outcome.value.replace(' ', '-')}"
    summary = tag(
        "summary",
        tag("span", "", class_=dot),
        quoted_html(result.question.question, class_="asked"),
        tag(
            "span",
            f"{result.outcome.value} · ",
            quoted_html(result.question.id),
            _colon(reason(result, articles)),
            class_="why",
        ),
    )
    return tag("details", summary, tag("div", *_inside(result, articles)), class_="question")


def answer_section(row: RunRow, articles: Articles) -> Html:
    """What one run answered, with its citations."""
    answer = row.answer or row.error or "no answer"
    return joined(
        quoted_html(answer, "p", class_="answer"), *(_citation(each, row, articles) for each in row.citations)
    )


def expected_section(question: Question, row: RunRow, articles: Articles) -> Html:
    """What is known of the right answer; expected articles as the run knew them, where a URL stood for them."""
    return tag("ul", *_expected(question, row, articles), class_="plain")


def _inside(result: QuestionResult, articles: Articles) -> Iterator[Html]:
    question, row = result.question, result.row
    if question.history:
        yield tag("h3", "Asked before")
        yield tag("ol", *(tag("li", quoted_html(earlier)) for earlier in question.history))
    yield tag("h3", "Answer")
    yield answer_section(row, articles)
    yield tag("h3", "Expected")
    yield expected_section(question, row, articles)
    if row.judgement:
        yield tag("h3", f"Judged{' by ' + row.judgement.by if row.judgement.by else ''}")
        yield tag("ul", *_judged(row), class_="plain")
    yield tag("h3", "Retrieved, best first")
    yield tag("ol", *_retrieved(row, articles)) if row.retrieved else tag("p", "nothing", class_="quiet")
    spent = f"{row.latency_ms:.0f} ms, {row.mode or 'mode unknown'}" if row.latency_ms is not None else row.mode
    yield tag("p", spent, class_="quiet")


def _expected(question: Question, row: RunRow, articles: Articles) -> Iterator[Html]:
    if question.answerable is False:
        yield tag("li", "a refusal: the articles do not answer this")
    if question.answerable is None:
        yield tag("li", "not known, so that no figure counts it")
    for answer in question.answers:
        yield tag("li", quoted_html(answer))
    if question.speaker:
        yield tag("li", "in the words of ", quoted_html(question.speaker))
    for name in gold_ids(question, row):
        yield tag("li", "from ", _titled(name, articles(name)))


def _judged(row: RunRow) -> Iterator[Html]:
    judgement = row.judgement
    if judgement and judgement.error:
        yield tag("li", "judge error: ", quoted_html(judgement.error))
    for name, value in row.judged.items():
        if name != "judge_errors":
            reason = judgement.reasons.get(name, "") if judgement else ""
            yield tag("li", f"{name.replace('_', ' ')}: {'yes' if value else 'no'}", _colon(reason))


def _retrieved(row: RunRow, articles: Articles) -> Iterator[Html]:
    gold = {article_id for ids in row.checked.gold for article_id in ids} if row.checked else set()
    for article_id in row.retrieved:
        marked = tag("span", " gold", class_="gold") if article_id in gold else Html()
        yield tag("li", _titled(article_id, articles(article_id)), marked)


def _citation(citation: RunCitation, row: RunRow, articles: Articles) -> Html:
    article = articles(citation.article_id)
    caption = tag("figcaption", f"[{citation.number}] ", _titled(citation.article_id, article))
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        note = tag("p", "the article no longer holds this here", class_="quiet") if article else Html()
        return tag("figure", caption, tag("blockquote", tag("mark", citation.quote), dir="auto"), note)
    start, end = _place(citation, row, article)
    quote = (
        article.text[start : citation.start],
        tag("mark", citation.quote),
        article.text[citation.end : end],
    )
    cut = ("… " if start else "", " …" if end < len(article.text) else "")
    return tag("figure", caption, tag("blockquote", cut[0], *quote, cut[1], dir="auto"))


def _place(citation: RunCitation, row: RunRow, article: Article) -> tuple[int, int]:
    """The retrieved passage around a citation, else some text on either side."""
    for passage in row.passages:
        if passage.article_id == article.id and passage.start <= citation.start and citation.end <= passage.end:
            return passage.start, passage.end
    return max(0, citation.start - _AROUND), min(len(article.text), citation.end + _AROUND)


def _titled(name: str, article: Article | None) -> Html:
    if article is None:
        return quoted_html(name)
    about: Sequence[str] = (article.source, str(article.published or ""))
    rest = ", ".join(part for part in about if part)
    return joined(link(article.url, article.title or name), *((", ", quoted_html(rest)) if rest else ()))


def _colon(text: str) -> Html:
    return joined(": ", quoted_html(text)) if text else Html()
