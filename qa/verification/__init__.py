"""Verification: what a model wrote, checked in code against the passages it cites."""

from qa.verification.checking import Checked, check
from qa.verification.passages import CitedPassage
from qa.verification.problems import Problem, ProblemKind

__all__ = ["Checked", "CitedPassage", "Problem", "ProblemKind", "check"]
