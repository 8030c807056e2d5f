"""Drafting: questions for a test set, made from the articles of an index, for a person to review."""

from qa.evaluation.drafting.draft import DRAFT_TAG, Draft
from qa.evaluation.drafting.drafter import Drafted, Drafter
from qa.evaluation.drafting.model_writer import ModelWriter
from qa.evaluation.drafting.rule_writer import RuleWriter

__all__ = ["DRAFT_TAG", "Draft", "Drafted", "Drafter", "ModelWriter", "RuleWriter"]
