"""`article-qa eval`: the commands around question sets."""

from qa.cli.eval.group import eval_group

__all__ = ["eval_group"]
