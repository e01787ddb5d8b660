"""Alerts in a session."""

#: No record has a clock (`session.agenda`).
CLOCKED: tuple[str, ...] = ()

#: The tables without which no rule has anything to look at.
SEEN = ("issues", "readings", "files", "routines")
