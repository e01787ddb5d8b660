"""Metrics: what the platform measures of a shop, as readings; the score itself is never computed."""
