"""The report: what a run, or two of them, came to, for people and for machines."""

from qa.evaluation.report.contents import Articles, ComparisonReport, RunReport, articles_in, no_articles
from qa.evaluation.report.writing import write_report

__all__ = ["Articles", "ComparisonReport", "RunReport", "articles_in", "no_articles", "write_report"]
