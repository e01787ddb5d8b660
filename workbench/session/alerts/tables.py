"""The table of acknowledgements: all that is stored of alerts beside what was sent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

ACKS = "acks"
#: The tables without which no rule has anything to look at.
SEEN = ("issues", "readings", "files", "routines")


class Ack(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert that was seen on a shop day: until it is worse than this value, or until a day."""

    id: int
    alert: str
    day: date
    at: datetime
    value: Decimal | None = None
    until: date | None = None


TABLES = (
    StoredTable(
        name=ACKS,
        type=Ack,
        word=say("acknowledgements"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda ack: ack.alert, latest=lambda ack: ack.at),
        forget=NOTHING,  # the name of a rule and a product: no buyer is in them
        check=NOTHING,
        way_back="goes",
        export="json",
        tally=NOTHING,
    ),
)
