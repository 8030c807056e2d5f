"""Every word that is sent to a model, one file a prompt."""

from prompts.passage import PromptPassage
from prompts.rendering import ANSWER_GAP, ANSWER_REFUSAL, Prompt, PromptError, PromptPart, prompt_names, render_prompt

__all__ = [
    "ANSWER_GAP",
    "ANSWER_REFUSAL",
    "Prompt",
    "PromptError",
    "PromptPart",
    "PromptPassage",
    "prompt_names",
    "render_prompt",
]
