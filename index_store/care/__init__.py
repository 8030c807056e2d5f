"""Care: finding what is wrong with an index, and mending it from its catalog."""

from index_store.care.doctor import examine
from index_store.care.finding import Diagnosis, Finding
from index_store.care.repair import repair

__all__ = ["Diagnosis", "Finding", "examine", "repair"]
