"""Reasons: why a question came out as it did, with articles by their headlines."""

from index_store.article import Article
from qa.evaluation.outcomes import Outcome, QuestionResult, answered_from
from qa.evaluation.report.contents import Articles


def reason(result: QuestionResult, articles: Articles) -> str:
    """What a reader would look into first; an article that is not at hand is named by its id."""
    cited = answered_from(result.row)
    if result.outcome is not Outcome.GUESSED or not cited:
        return result.why
    return "answered from " + "; ".join(_named(each, articles(each)) for each in cited)


def _named(article_id: str, article: Article | None) -> str:
    if article is None:
        return article_id
    title = f"“{article.title}”" if article.title else article_id
    return ", ".join(filter(None, (title, article.source, str(article.published or ""))))
