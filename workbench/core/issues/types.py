"""The types of issue a buyer can have, as the settings declare them."""

from __future__ import annotations

import msgspec

Texts = dict[str, str]


class IssueType(msgspec.Struct, frozen=True, kw_only=True):
    """One type: its id, names, short names (at most 7 cells, 4 Chinese characters), aliases, and what to check."""

    id: str
    name: Texts
    short: Texts
    aliases: tuple[str, ...] = ()
    check: Texts
