"""The table of replies: the seller's own, and how often each, shipped ones too, was used."""

from __future__ import annotations

from datetime import UTC, datetime

from workbench.core.replies.model import Reply, faults, joined
from workbench.core.saying import say
from workbench.session.table import NOTHING, Merge, StoredTable

REPLIES = "replies"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

TABLES = (
    StoredTable(
        name=REPLIES,
        type=Reply,
        word=say("replies"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(
            name=lambda reply: reply.key.casefold(),
            latest=lambda reply: reply.changed_at or _LONG_AGO,
            joined=joined,
            told=True,
        ),
        forget=NOTHING,  # the seller's own words, with fields where a buyer's name would stand; uses are counts by day
        check=faults,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
