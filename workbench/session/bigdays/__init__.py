"""Big days in a session."""

#: The tables whose records have clocks (`session.agenda`).
CLOCKED = ("steps",)
