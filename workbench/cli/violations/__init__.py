"""The verbs of violations."""
