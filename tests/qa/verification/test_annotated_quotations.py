"""Quotations of real articles, as people annotated them, raise no alarm."""

from collections import Counter
from pathlib import Path

from tests.benchmarks.verification import read_quotations

_EVERY = 4  # th article; `python -m tests.benchmarks.verification quotations` takes them all


def test_an_exact_quotation_is_always_found(development_data: Path) -> None:
    total, alarms = 0, Counter[str]()
    for quoted in read_quotations(development_data, _EVERY):
        total += 1
        for problem in {problem.kind for problem in quoted.checked.problems}:
            named = "named" if quoted.name_from.startswith("ner") else "other"
            alarms[f"{problem} {named}"] += 1

    assert total > 1000
    assert alarms["quotation not found named"] + alarms["quotation not found other"] == 0
    # The numbers and dates of a source's description need not stand in the passage that holds its words
    assert alarms["number named"] + alarms["date named"] == 0
    assert alarms["number other"] + alarms["date other"] <= 0.002 * total
    assert alarms["not supported named"] + alarms["not supported other"] == 0
    assert alarms["name named"] + alarms["name other"] <= 0.002 * total
    assert alarms["wrong speaker named"] <= 0.03 * total
