"""Bringing Seller Center files in."""
