"""The table of lives."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from workbench.core.lives.model import Live
from workbench.core.saying import say
from workbench.session.table import NOTHING, Archiving, Before, Forget, Merge, Pointer, StoredTable

LIVES = "lives"

#: How long a live stays after its end, for last month's to be looked at.
STAYS = timedelta(days=120)


class _LiveOver(msgspec.Struct):
    ends_at: datetime
    ended_at: datetime | None = None


def _nameless(live: Live, before: Before) -> Live | None:
    meant = before.reach == "any" or (live.starts_at if before.reach == "begun" else live.over_at) < before.midnight
    return msgspec.structs.replace(live, creator=None, note=None) if meant else None


TABLES = (
    StoredTable(
        name=LIVES,
        type=Live,
        word=say("lives"),
        ref="L",
        archive=Archiving(_LiveOver, lambda live: live.ended_at or live.ends_at, STAYS),
        pointers=(
            Pointer("deals", lambda live: live.deal, lambda live, number: msgspec.structs.replace(live, deal=number)),
        ),
        merge=Merge(
            name=lambda live: (live.starts_at, live.account, live.content),
            latest=lambda live: max((entry.at for entry in live.story), default=live.starts_at),
            alike=lambda ours, theirs: ours.story[:1] == theirs.story[:1],
            told=True,
        ),
        forget=Forget(_nameless, lambda live: live.creator is None and live.note is None),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
