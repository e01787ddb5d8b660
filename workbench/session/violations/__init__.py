"""Violations in a session."""
