"""Answers that a model writes from the passages, checked in code before anybody sees them."""
