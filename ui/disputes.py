"""The dispute: an answer whose articles give different figures."""

from qa.answer import Answer, Statement
from qa.citation import Citation
from qa.extractive import fold


def is_disputed(answer: Answer) -> bool:
    """Whether its statements are articles that disagree, each told under its outlet."""
    citations = {citation.number: citation for citation in answer.citations}
    cited = [citations[number] for statement in answer.statements for number in statement.citations[:1]]
    return (
        answer.mode == "extractive"
        and len(cited) == len(answer.statements) > 1
        and len({citation.article_id for citation in cited}) > 1
        and all(_is_told(statement, citation) for statement, citation in zip(answer.statements, cited, strict=True))
    )


def _is_told(statement: Statement, citation: Citation) -> bool:
    article = citation.article
    name, quote = article.source or article.title or article.id, fold(citation.quote)
    return statement.text.startswith(name) and statement.text.endswith(f": {quote}") and statement.text != quote
