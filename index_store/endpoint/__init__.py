"""The endpoint: a server that speaks OpenAI's protocol, asked within deadlines and without showing its key."""

from index_store.endpoint.call import Call
from index_store.endpoint.endpoint import OPENAI_URL, Endpoint
from index_store.endpoint.environment import Environment, checked_key, checked_url
from index_store.endpoint.fault import Fault, Faulted
from index_store.endpoint.target import HIDDEN, Target
from index_store.endpoint.translation import fault_of, unusable

__all__ = [
    "HIDDEN",
    "OPENAI_URL",
    "Call",
    "Endpoint",
    "Environment",
    "Fault",
    "Faulted",
    "Target",
    "checked_key",
    "checked_url",
    "fault_of",
    "unusable",
]
