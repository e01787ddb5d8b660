"""Profit on the screens."""
