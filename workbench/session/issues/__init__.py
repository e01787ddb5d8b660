"""The log in a session."""

#: No record has a clock (`session.agenda`).
CLOCKED: tuple[str, ...] = ()

#: The table of what was logged: Today asks whether there is any, and loads the log only then.
ISSUES = "issues"
