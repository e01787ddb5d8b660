"""The verbs of orders."""
