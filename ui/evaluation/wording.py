"""Outcomes and figures in plain words, and the colours of the outcomes."""

from qa.evaluation import EvaluationRun, Interval, Outcome
from ui.holdings import count_of

OUTCOMES = {
    Outcome.CORRECT: "Correct",
    Outcome.WRONG: "Wrong",
    Outcome.MISSED: "Wrongly refused",
    Outcome.REFUSED_RIGHTLY: "Rightly refused",
    Outcome.GUESSED: "Guessed",
    Outcome.FAILED: "Failed",
    Outcome.UNJUDGED: "Not judged",
    Outcome.UNCOUNTED: "Not counted",
}
COLOURS = {  # each at 3 to 1 or more against the light and against the dark page
    Outcome.CORRECT: "#2f855a",
    Outcome.REFUSED_RIGHTLY: "#4a90a4",
    Outcome.WRONG: "#c05621",
    Outcome.GUESSED: "#c53030",
    Outcome.MISSED: "#a37a00",
    Outcome.FAILED: "#8a5fbf",
    Outcome.UNJUDGED: "#7a7f87",
    Outcome.UNCOUNTED: "#7a7f87",
}
FIGURES = {
    "correct": "Right: a correct answer, or a refusal that is right",
    "contains@60": "Answers that hold an accepted answer in 60 words",
    "false_refusal": "Wrongly refused, of what the articles answer",
    "refusal_recall": "Rightly refused, of what the articles do not answer",
    "hit@1": "Expected article found first",
    "hit@5": "Expected article among the first five found",
    "cited": "Answers that cite a passage",
    "verbatim": "Citations that are the article’s own words",
    "citation_gold": "Citations of an expected article",
    "quoted_exactly": "Quoted words that stand in a cited passage",
    "attribution": "Quotations of the person asked about",
    "faithfulness": "Claims that a cited passage states, by the judge",
    "answer_relevance": "Answers to what was asked, by the judge",
    "correctness": "Right answers, by the judge",
}


def percent(share: float) -> str:
    """A share as a whole percentage; one that is not quite all or nothing is never rounded to it."""
    rounded = round(100 * share)
    if rounded in (0, 100) and 0 < share < 1:
        return "under 1 %" if rounded == 0 else "over 99 %"
    return f"{rounded} %"


def interval_text(interval: Interval | None) -> str:
    """Where 95 % of the draws lie; empty where a share of all or nothing has no width."""
    if interval is None or interval.low == interval.high:
        return ""
    return f"{percent(interval.low)} to {percent(interval.high)}"


def summary(run: EvaluationRun) -> str:
    """The run in a sentence or two."""
    correct, interval = run.figures.values["correct"], run.intervals["correct"]
    asked = count_of(len(run.questions), "question")
    if correct is None:
        return f"{asked} asked. What is right is not known of any, so nothing can be counted."
    bounds = interval_text(interval)
    unsure = f" Other questions of the kind would give {bounds}, 19 times of 20." if bounds else ""
    return (
        f"{percent(correct)} of {asked} came out right.{unsure}"
        if _all_judged(run)
        else (f"{percent(correct)} of the questions that can be judged came out right, of {asked}.{unsure}")
    )


def _all_judged(run: EvaluationRun) -> bool:
    return not run.outcomes[Outcome.UNJUDGED] and not run.outcomes[Outcome.UNCOUNTED]
