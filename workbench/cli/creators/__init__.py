"""Verbs of deals with creators."""
