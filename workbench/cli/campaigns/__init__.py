"""The verbs of campaigns."""
