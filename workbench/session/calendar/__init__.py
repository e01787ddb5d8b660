"""The calendar file of a session."""
