"""Faults, backups, copies of synced drives, forgetting."""

#: No record has a clock (`session.agenda`).
CLOCKED: tuple[str, ...] = ()
