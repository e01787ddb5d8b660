"""Importing files in a session."""
