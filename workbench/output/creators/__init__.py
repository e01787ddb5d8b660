"""Deals in words and JSON."""
