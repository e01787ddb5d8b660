"""The verb of routines."""
