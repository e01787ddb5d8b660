"""Alerts in a session."""

#: No record has a clock (`session.agenda`).
CLOCKED: tuple[str, ...] = ()
