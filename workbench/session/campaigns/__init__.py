"""Campaigns in a session."""
