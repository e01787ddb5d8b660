"""Promotions as JSON and text."""
