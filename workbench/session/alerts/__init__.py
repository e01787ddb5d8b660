"""Alerts in a session."""
