"""The log in a session."""
