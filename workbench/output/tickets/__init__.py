"""Tickets as text."""
