"""Evaluation in the application: run a question set, read what came of it, compare two runs."""
