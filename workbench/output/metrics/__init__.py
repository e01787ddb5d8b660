"""Metrics as they are printed."""
