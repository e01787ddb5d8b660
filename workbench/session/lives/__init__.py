"""Lives in a session."""
