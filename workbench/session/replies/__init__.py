"""Replies in a session."""
