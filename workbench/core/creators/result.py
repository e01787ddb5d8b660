"""What came of one creator."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One creator. What is not known is None: `profit` where a cost or a price is missing."""

    handle: str
    orders: int
    sales: Decimal
    refunds: int
    expected_refunds: float
    p: float | None
    unusual: bool
    commission: Decimal
    samples: Decimal
    profit: Decimal | None
