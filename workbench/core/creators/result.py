"""What came of one creator."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One creator. What is not known is None: `profit` where a cost or a price is missing; of one who is only in a
    performance file, whatever that does not say."""

    handle: str
    orders: int | None
    sales: Decimal | None
    refunds: int | None
    expected_refunds: float | None
    p: float | None
    unusual: bool
    commission: Decimal | None
    samples: Decimal
    profit: Decimal | None
