"""Deals with creators in a session."""

#: The tables whose records have clocks (`session.agenda`).
CLOCKED = ("deals",)
