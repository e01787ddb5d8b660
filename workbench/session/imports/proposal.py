"""Which market a Seller Center file speaks for: by the currency of its amounts, for the first start to propose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from workbench.config import Settings
from workbench.config.market_tables import MARKETS
from workbench.intake import IntakeRules, RefusedFile, read


class Proposal(msgspec.Struct, frozen=True):
    """The market whose currency the file prints, with the zone of its shops."""

    market: str
    currency: str
    zone: str


def proposed_market(path: Path, settings: Settings, now: datetime) -> Proposal | None:
    """The one market whose currency is the only one in the file; None where the file does not tell.

    A proposal to be confirmed, never a decision: a bare `$` is taken for the US dollar.
    """
    words, zone = settings.intake, ZoneInfo("UTC")
    rules = IntakeRules(
        zone=zone, export_zone=zone, market="generic", headers=words.header, status=words.status, types=words.type
    )
    try:
        currencies = read(path, rules=rules, now=now, as_of=now.astimezone(UTC)).currencies
    except RefusedFile:
        return None
    tables = {market: settings.raw_market(market) for market in MARKETS if market != "generic"}
    fitting = [market for market, table in tables.items() if [table.get("currency")] == currencies]
    if len(fitting) != 1:
        return None
    return Proposal(fitting[0], currencies[0], tables[fitting[0]].get("timezone", "UTC"))
