"""Orders kept, and orders to ship."""

#: The tables whose records have clocks (`session.agenda`).
CLOCKED = ("tickets",)
