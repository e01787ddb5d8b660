"""Routines, pure."""
