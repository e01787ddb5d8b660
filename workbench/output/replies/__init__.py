"""Replies and findings as text and JSON."""
