"""Who said what: quotations and their speakers, found in an article's text."""

from index_store.quotations.finding import find_quotations
from index_store.quotations.people import Person, people_in
from index_store.quotations.quotation import Kind, Quotation

__all__ = ["Kind", "Person", "Quotation", "find_quotations", "people_in"]
