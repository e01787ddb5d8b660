"""Readings of metrics in a session."""
