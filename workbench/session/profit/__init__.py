"""Profit in a session."""
