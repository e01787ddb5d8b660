"""Violations as text and JSON."""
