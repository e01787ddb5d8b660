"""Profit in words and JSON."""
