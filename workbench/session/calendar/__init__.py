"""The calendar file of a session."""

#: No record has a clock (`session.agenda`).
CLOCKED: tuple[str, ...] = ()
