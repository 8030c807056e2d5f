"""HTML for what came out of articles. Everything is escaped here, so nothing of an article is ever markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from urllib.parse import urlsplit

from index_store.article import Article
from qa.answer import Statement
from qa.citation import Citation
from qa.reading import Period
from ui.holdings import Holdings, count_of, day
from ui.sources import Source
from ui.standing import Standing, standing_of
from ui.surroundings import paragraph_breaks, surroundings

ROOM_FOR_SUGGESTIONS = '<div class="aq-room"></div>'  # so that nothing below them moves when they come


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to highlight, under the anchor a link can jump to."""

    start: int
    end: int
    anchor: str
    chosen: bool = False
    answer: tuple[int, int] | None = None  # words inside it that stand out

    @classmethod
    def of(cls, source: Source, anchor: str, *, chosen: bool = False) -> "Mark":
        """The source's own stretch, its answering words standing out."""
        return cls(source.start, source.end, anchor, chosen, source.answer)


def question_html(question: str, anchor: str) -> str:
    """The reader's question."""
    return f'<div class="aq-question" id="{anchor}" dir="auto">{escape(question)}</div>'


def caption_html(text: str) -> str:
    """A quiet line above what it describes."""
    return f'<p class="aq-caption">{escape(text)}</p>'


def note_html(text: str) -> str:
    """What a reader should know and need not act upon."""
    return f'<p class="aq-caption aq-note" role="status">{escape(text)}</p>'


def understood_html(question: str, period: Period | None, limits: str) -> str:
    """The question that was answered, where it is not the one that was asked, the days it names, and its limits."""
    lines = [f"Understood as: <bdi>{escape(question)}</bdi>"] if question else []
    if period:
        days = day(period.start) if period.start == period.end else f"{day(period.start)} to {day(period.end)}"
        lines.append(f"“<bdi>{escape(period.words)}</bdi>” is read as {days}")
    if limits:
        lines.append(f'<span class="aq-limits">Limits: <bdi>{escape(limits)}</bdi></span>')
    told = "<br>".join(lines)
    return f'<p class="aq-caption" role="note" aria-label="How the question was understood">{told}</p>' if told else ""


def refusal_html(reason: str, holdings: Holdings, limits: str = "") -> str:
    """Why there is no answer, in the reason's own words, and what was searched."""
    size = f"{holdings.size} ({count_of(holdings.passages, 'passage')})"
    period = f", published {holdings.period}" if holdings.period else ""
    within = f", within the limits: <bdi>{escape(limits)}</bdi>" if limits else ""
    return (
        '<section class="aq-refusal" aria-label="No answer">'
        f'<p class="aq-reason" dir="auto">{escape(reason)}</p>'
        f'<p class="aq-searched">Searched {size}{period}{within}.</p></section>'
    )


def statements_html(statements: Sequence[Statement], anchors: dict[int, str]) -> str:
    """The answer's statements, each with chips that open its citations; what is unverified says so and why.

    Each stands by itself: the next may be from another article, or another speaker's.
    """
    return f'<div class="aq-answer">{"".join(_statement(each, anchors) for each in statements)}</div>'


def dispute_html(statements: Sequence[Statement], citations: Sequence[Citation], anchors: dict[int, str]) -> str:
    """Articles that disagree, side by side, each under its outlet and date."""
    cited = {citation.number: citation for citation in citations}
    sides = "".join(_side(cited[statement.citations[0]], statement, anchors) for statement in statements)
    return (
        '<section class="aq-answer aq-dispute" aria-label="The articles disagree"><h3>The articles disagree</h3>'
        f'<div class="aq-sides">{sides}</div></section>'
    )


def _side(citation: Citation, statement: Statement, anchors: dict[int, str]) -> str:
    article = citation.article
    outlet = escape(article.source or article.title or article.id)
    published = day(article.published) if article.published else "Date unknown"
    quote = Statement(" ".join(citation.quote.split()), statement.citations, statement.problems, statement.support)
    return (
        f'<div class="aq-side"><b dir="auto">{outlet}</b><span class="aq-byline">{published}</span>'
        f"{_statement(quote, anchors)}</div>"
    )


def card_html(source: Source, anchor: str) -> str:
    """A source that unfolds into its surroundings, where the passage is highlighted under `anchor`."""
    article = source.article
    mark = Mark.of(source, anchor)
    start, end = surroundings(article.text, source.start, source.end)
    passage = highlighted(article.text, (mark,), start, end)
    before, after = ("… " if start else ""), (" …" if end < len(article.text) else "")
    return (
        '<details class="aq-card"><summary>'
        f'<span class="aq-head">{_badge(source.label)}<span class="aq-what">{heading_html(article)}</span></span>'
        f'<span class="aq-quote" dir="auto">{_emphasised(article.text, source.start, source.end, (mark,))}</span>'
        "</summary>"
        f'<div class="aq-passage" dir="auto">{before}{passage}{after}</div></details>{_also_in(source.also_in)}'
        f"{_corrections(source.corrections)}"
    )


def loss_html(text: str) -> str:
    """What became of a cited article."""
    return f'<p class="aq-problem" role="note">{escape(text)}</p>'


def article_html(article: Article, marks: Sequence[Mark]) -> str:
    """The whole article with its marks."""
    text = highlighted(article.text, marks, 0, len(article.text))
    return (
        f'<article class="aq-article"><header>{heading_html(article)}{original_html(article)}</header>'
        f'<div class="aq-passage" dir="auto" tabindex="0">{text}</div></article>'
    )


def heading_html(article: Article) -> str:
    """Headline, then outlet, author and date."""
    published = day(article.published) if article.published else ""
    facts = [article.source, article.author, published]
    byline = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact) or "Outlet and date unknown"
    headline = escape(article.title) or "Without a headline"
    return f'<span class="aq-title" dir="auto">{headline}</span><span class="aq-byline">{byline}</span>'


def original_html(article: Article) -> str:
    """A link to the article on its own site; empty unless its address is plain http or https."""
    host = host_of(article.url)
    if not host:
        return ""
    address = escape(article.url.strip(), quote=True)
    return f'<a class="aq-original" href="{address}" target="_blank" rel="noopener noreferrer">{escape(host)}</a>'


def host_of(url: str) -> str:
    """The host that an address leads to; empty unless it is plain http or https."""
    try:
        parts = urlsplit(url.strip())
        return parts.hostname or "" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def highlighted(text: str, marks: Sequence[Mark], start: int, end: int) -> str:
    """`text[start:end]` as HTML with its marks; where marks overlap, each stretch is marked once."""
    cuts = {start, end, *(mark.start for mark in marks), *(mark.end for mark in marks)}
    edges = sorted(edge for edge in cuts if start <= edge <= end)
    anchored: set[str] = set()
    pieces = []
    for left, right in pairwise(edges):
        covering = [mark for mark in marks if mark.start <= left and right <= mark.end]
        body = _emphasised(text, left, right, covering)
        pieces.append(_marked(body, covering, anchored) if covering else body)
    return "".join(pieces)


def _statement(statement: Statement, anchors: dict[int, str]) -> str:
    chips = "".join(_chip(number, anchors[number]) for number in statement.citations if number in anchors)
    text = escape(statement.text)
    if not statement.problems:
        return f'<p dir="auto">{text}{chips} {_standing(standing_of(statement))}</p>'
    reasons = escape(" ".join(map(str, statement.problems)))
    return (
        f'<p dir="auto"><span class="aq-unverified">{text}{chips}</span> '
        f'<span class="aq-problem"><b>Unverified:</b> {reasons}</span></p>'
    )


def _standing(standing: Standing) -> str:
    return f'<span class="aq-standing" title="{escape(standing.meaning)}">{standing}</span>'


def _chip(number: int, anchor: str) -> str:
    # The word joiner keeps a chip from starting a line without the words it belongs to.
    return f'&NoBreak;<a class="aq-chip" href="#{anchor}" aria-label="Show citation {number}">{number}</a>'


def _badge(label: str) -> str:
    return f'<span class="aq-badge">{escape(label)}</span>' if label else ""


def _also_in(outlets: Sequence[str]) -> str:
    names = ", ".join(f"<bdi>{escape(outlet)}</bdi>" for outlet in outlets)
    return f'<p class="aq-also">Also in: {names}</p>' if names else ""


def _corrections(notices: Sequence[str]) -> str:
    return "".join(f'<p class="aq-also" dir="auto">The article says: {escape(notice)}</p>' for notice in notices)


def _emphasised(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """`text[start:end]` as HTML, the answering words of its marks standing out."""
    answers = [mark.answer for mark in marks if mark.answer]
    edges = sorted({start, end, *(min(max(edge, start), end) for answer in answers for edge in answer)})
    breaks = paragraph_breaks(text)
    pieces = []
    for left, right in pairwise(edges):
        body = _paragraphs(text[left:right], breaks)
        answering = any(first <= left and right <= last for first, last in answers)
        pieces.append(f'<strong class="aq-answering">{body}</strong>' if answering else body)
    return "".join(pieces)


def _paragraphs(text: str, breaks: re.Pattern[str]) -> str:
    """Escaped text; a break keeps its characters, so what is copied is what the article says."""
    pieces, position = [], 0
    for gap in breaks.finditer(text):
        pieces += [escape(text[position : gap.start()]), f'<span class="aq-gap">{gap.group()}</span>']
        position = gap.end()
    return "".join([*pieces, escape(text[position:])])


def _marked(body: str, covering: Sequence[Mark], anchored: set[str]) -> str:
    chosen = ' class="aq-chosen"' if any(mark.chosen for mark in covering) else ""
    fresh = [mark.anchor for mark in covering if mark.anchor not in anchored]
    anchored.update(fresh)
    targets = "".join(f'<span id="{anchor}"></span>' for anchor in fresh[1:])
    identity = f' id="{fresh[0]}"' if fresh else ""
    return f"{targets}<mark{identity}{chosen}>{body}</mark>"
