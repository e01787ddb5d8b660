"""A place: what a line speaks of and where it opens, whatever domain it is of."""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, gc=False):
    """The domain by its name in all layers, and in it a record by its number or a spot by its word."""

    domain: str
    id: int | str
