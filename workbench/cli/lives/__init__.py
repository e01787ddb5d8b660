"""The verbs of lives."""
