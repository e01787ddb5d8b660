"""Whole numbers as they are typed: of an id, of a count."""

from __future__ import annotations

#: Nobody means a number of more digits, and of very long ones Python makes none at all.
_DIGITS = 15


def whole(text: str) -> int | None:
    """The number that plain digits say; None for anything else, and for what nobody can mean."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None
