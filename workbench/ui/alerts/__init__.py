"""Alerts on the screens."""
