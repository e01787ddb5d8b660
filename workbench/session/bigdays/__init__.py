"""Big days in a session."""
