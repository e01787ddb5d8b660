"""Promotions in a session."""
