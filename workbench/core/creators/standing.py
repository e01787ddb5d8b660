"""How a deal stands: its clock, what is wanted of the creator, up to which rate each product pays."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

import msgspec

from workbench.core.creators.clocks import Running
from workbench.core.creators.model import Deal
from workbench.core.creators.performance import Performed
from workbench.core.creators.screening import Figure, Judged
from workbench.core.saying import Saying


class Pays(msgspec.Struct, frozen=True, kw_only=True):
    """One product of a deal: at which price, from where, up to which rate it pays; None where that is not known, and
    `why` says why (missing cost, no price, cost, refunds, unknown). `expected`: what an order brings at the deal's
    rate; `margin`: the share of the price that this is."""

    sku: str
    price: Decimal | None = None
    source: str = ""
    ceiling: Decimal | None = None
    why: Saying | None = None
    expected: Decimal | None = None
    margin: Decimal | None = None
    over: bool = False


class DealStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A deal with everything that follows from it. `figures` are those that were typed, and where none was those of
    performance files, all of which are in `performed`; `what` is to be done next."""

    deal: Deal
    clock: Running
    what: Saying
    pays: tuple[Pays, ...]
    figures: dict[str, Figure]
    performed: Performed | None
    screening: tuple[Judged, ...]
    currency: str | None
    places: int
    target: Decimal
    from_orders: int | None = None
    warnings: tuple[Saying, ...] = ()

    @property
    def too_high(self) -> tuple[Pays, ...]:
        """The products that do not pay at the deal's rate."""
        return tuple(each for each in self.pays if each.over)


def pays_from(spent: Decimal, expected: list[Decimal | None]) -> int | None:
    """From how many orders on what was spent beforehand is earned; by the product that brings the least. None where
    nothing was spent, nothing is brought, or it is not known."""
    known = [each for each in expected if each is not None]
    if spent <= 0 or not expected or len(known) < len(expected) or min(known) <= 0:
        return None
    return int((spent / min(known)).to_integral_value(ROUND_CEILING))
