"""Verbs of profit."""
