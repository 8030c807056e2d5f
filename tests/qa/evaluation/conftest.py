"""What the tests of the evaluation share."""

import pytest

from tests.qa.evaluation.scripted_engine import BRIDGE, HARBOUR, ScriptedEngine, answer_from


@pytest.fixture
def engine() -> ScriptedEngine:
    """Answers two questions: one with its gold article first, one with it second."""
    return ScriptedEngine(
        {
            "When did the ferry strike end?": answer_from(HARBOUR, "ended on Monday"),
            "Who is the mayor?": answer_from(BRIDGE, "Mayor Ana Ruiz", HARBOUR),
        }
    )
