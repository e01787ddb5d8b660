"""Which market Seller Center files speak for: by the currency of their amounts, where none was chosen yet."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from workbench.config import Settings
from workbench.config.markets import MARKETS
from workbench.core.policy import GENERIC


class Proposal(msgspec.Struct, frozen=True):
    """The market whose currency the files print, with the zone of its shops."""

    market: str
    currency: str
    zone: str


def proposed_market(currencies: Iterable[str], settings: Settings) -> Proposal | None:
    """The one market whose currency is the only one of `currencies`, those of the files; None where they do not tell.

    A proposal to be confirmed, never a decision: a bare `$` is taken for the US dollar.
    """
    found = set(currencies)
    tables = {market: settings.raw_market(market) for market in MARKETS if market != GENERIC}
    fitting = [market for market, table in tables.items() if {table.get("currency")} == found]
    if len(fitting) != 1:
        return None
    table = tables[fitting[0]]
    return Proposal(fitting[0], table["currency"], table.get("timezone", "UTC"))
