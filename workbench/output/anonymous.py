"""Leaving out who it was: order numbers, ticket ids and buyers' names in words that are given to somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "***"

#: A run of digits as long as the numbers of orders, parcels and telephones, with the signs that people put between.
_NUMBER = re.compile(r"(?<![0-9])\+?[0-9](?:[ -]?[0-9]){9,}(?![0-9])")
_TICKET = re.compile(r"@?\bT-[0-9]+\b", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


class Mask:
    """Takes names and numbers out of words. `names` are whatever must not be read: buyers, order ids, tracking."""

    def __init__(self, names: Iterable[str | None]) -> None:
        stripped = {name.strip() for name in names if name}
        known = sorted((name for name in stripped if len(name) >= _shortest(name)), key=len, reverse=True)
        self._names = re.compile("|".join(_whole(name) for name in known), re.IGNORECASE) if known else None

    def __call__(self, words: str) -> str:
        """The words without them."""
        masked = words if self._names is None else self._names.sub(MASK, words)
        for pattern in (_MAIL, _NUMBER, _TICKET):
            masked = pattern.sub(MASK, masked)
        return masked


def _shortest(name: str) -> int:
    """A name below this length is more likely an ordinary word; a Chinese character says more than a letter."""
    return 3 if name.isascii() else 2


def _whole(name: str) -> str:
    """The name where it is not a part of a longer word; Chinese has no blanks to tell that by."""
    left = r"(?<![a-z0-9_])" if name[0].isascii() and name[0].isalnum() else ""
    right = r"(?![a-z0-9_])" if name[-1].isascii() and name[-1].isalnum() else ""
    return left + re.escape(name) + right
