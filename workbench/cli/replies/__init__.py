"""The verbs of replies, of the lint, and of what buyers ask."""
