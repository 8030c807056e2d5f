"""The hash of a question set: the same for the same questions, whatever file format they are kept in."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from qa.evaluation.questions import Question


def question_set_hash(questions: Sequence[Question]) -> str:
    """Hex SHA-256 over every key of every question, in order."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(json.dumps(asdict(question), sort_keys=True, default=str).encode("ascii") + b"\n")
    return digest.hexdigest()
