"""Money: decimal, never float."""

from decimal import Decimal

import msgspec


class Money(msgspec.Struct, frozen=True, gc=False):
    """An amount in one currency (ISO 4217, or None where neither file nor market names one)."""

    amount: Decimal
    currency: str | None = None
