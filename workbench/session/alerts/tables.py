"""The table of acknowledgements: all that is stored of alerts beside what was sent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from workbench.core.saying import say
from workbench.session.table import NOTHING, Before, Forget, Merge, StoredTable

ACKS = "acks"


class Ack(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert that was seen on a shop day: until it is worse than this value, or until a day."""

    id: int
    alert: str
    day: date
    at: datetime
    value: Decimal | None = None
    until: date | None = None


_CREATOR = "/creator:"


def _nameless(ack: Ack, before: Before) -> Ack | None:
    """Without the creator; a rule and a product are nobody."""
    if not (ack.day < before.day or before.reach == "any"):
        return None
    rule, creator, _name = ack.alert.partition(_CREATOR)
    return msgspec.structs.replace(ack, alert=f"{rule}/forgotten") if creator else ack


TABLES = (
    StoredTable(
        name=ACKS,
        type=Ack,
        word=say("acknowledgements"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(name=lambda ack: ack.alert, latest=lambda ack: ack.at),
        forget=Forget(_nameless, lambda ack: _CREATOR not in ack.alert),
        check=NOTHING,
        way_back="goes",
        export="json",
        tally=NOTHING,
    ),
)
