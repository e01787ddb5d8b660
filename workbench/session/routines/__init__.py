"""Routines in a session."""
