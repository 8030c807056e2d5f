"""The one door to models that write: a prompt goes in, a reply comes out, whole or in pieces."""

from qa.llm.chat_model import ChatModel
from qa.llm.choice import ModelChoice
from qa.llm.llama_index_model import LlamaIndexModel
from qa.llm.openai_model import OpenAIModel
from qa.llm.reply import Reply, ReplyStream
from qa.llm.settings import ModelSettings, read_environment
from qa.llm.trial import Trial, Tried, Verdict
from qa.llm.usage import Prices, Usage, usage_of

__all__ = [
    "ChatModel",
    "LlamaIndexModel",
    "ModelChoice",
    "ModelSettings",
    "OpenAIModel",
    "Prices",
    "Reply",
    "ReplyStream",
    "Trial",
    "Tried",
    "Usage",
    "Verdict",
    "read_environment",
    "usage_of",
]
