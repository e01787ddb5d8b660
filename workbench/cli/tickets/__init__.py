"""The verbs of tickets."""
