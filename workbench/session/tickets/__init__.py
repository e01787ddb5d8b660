"""Tickets in a session."""
