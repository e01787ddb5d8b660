"""Routines in a session. They have clocks without any record: they stand in the settings."""
