"""The endpoint: a server that speaks OpenAI's protocol, asked within deadlines and without showing its key."""

from index_store.endpoint.call import Call
from index_store.endpoint.endpoint import Endpoint
from index_store.endpoint.environment import Environment
from index_store.endpoint.fault import Fault, Faulted
from index_store.endpoint.target import HIDDEN, Target
from index_store.endpoint.translation import fault_of, unusable

__all__ = ["HIDDEN", "Call", "Endpoint", "Environment", "Fault", "Faulted", "Target", "fault_of", "unusable"]
