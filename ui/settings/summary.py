"""Who answers a tab's questions, in a sentence."""

from html import escape

from qa.llm import OpenAIModel
from ui.settings.preferences import Preferences


def summary_html(preferences: Preferences, model: OpenAIModel | None) -> str:
    """Who answers now, where it is asked, and with whose key."""
    return f'<p class="aq-summary" role="status">{_summary(preferences, model)}</p>'


def _summary(preferences: Preferences, model: OpenAIModel | None) -> str:
    if preferences.mode == "extractive":
        return "Answers are made of the articles’ own sentences. No model is asked."
    if model is None:
        return "No model is configured, so answers are made of the articles’ own sentences."
    server = model.target.server.removeprefix("the model server ")
    return (
        f"Answers are written by <b><bdi>{escape(model.name)}</bdi></b>, asked at "
        f"<bdi>{escape(server)}</bdi> {_whose_key(preferences, model)}."
    )


def _whose_key(preferences: Preferences, model: OpenAIModel) -> str:
    if preferences.model.api_key is not None:
        return "with this tab’s key"
    return "with the configured key" if model.settings.api_key else "without a key"
