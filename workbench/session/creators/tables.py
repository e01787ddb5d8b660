"""The tables of deals: the deals themselves, affiliate orders, figures of the performance export."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from workbench.core.creators.model import Deal
from workbench.core.creators.sales import AffiliateOrder, Performance
from workbench.core.saying import say
from workbench.session.table import NOTHING, Archiving, Before, Forget, Merge, StoredTable

DEALS = "deals"
AFFILIATE = "affiliate"
PERFORMANCE = "performance"

#: How long a deal that has ended stays at hand, for its results to be measured; and how long an order does, which is
#: what the screen adds up: a save rewrites what is at hand, and these are many.
STAYS = timedelta(days=120)
ORDER_STAYS = timedelta(days=35)


class _Ended(msgspec.Struct):
    closed_at: datetime | None = None


class _DealCreated(msgspec.Struct):
    created_at: datetime | None = None


def _nameless(deal: Deal, before: Before) -> Deal | None:
    begun = deal.story[0].at if deal.story else deal.stage_since
    at = begun if before.reach == "begun" else deal.closed_at
    if before.reach != "any" and (at is None or at >= before.midnight):
        return None
    story = tuple(msgspec.structs.replace(entry, text=None, because=None) for entry in deal.story)
    return msgspec.structs.replace(deal, handle=None, note=None, because=None, figures={}, story=story)


def _named(deal: Deal) -> bool:
    words = any(entry.text or entry.because for entry in deal.story)
    return bool(deal.handle or deal.note or deal.because or deal.figures or words)


def _orderless(order: AffiliateOrder, before: Before) -> AffiliateOrder | None:
    at = order.created_at or order.seen_at
    return msgspec.structs.replace(order, creator=None) if before.reach == "any" or at < before.midnight else None


def _lineless(line: Performance, before: Before) -> Performance | None:
    """A product is nobody's; who made a video or a stream goes, and its title with it."""
    meant = before.reach == "any" or line.seen_at < before.midnight
    return msgspec.structs.replace(line, creator=None, title=None) if meant else None


def _told(line: Performance) -> bool:
    return line.creator is not None or line.title is not None


TABLES = (
    StoredTable(
        name=DEALS,
        type=Deal,
        word=say("deals"),
        ref="D",
        archive=Archiving(_Ended, lambda deal: deal.closed_at, STAYS),
        pointers=(),
        merge=Merge(
            name=lambda deal: (deal.handle, deal.story[0].at) if deal.story else None,
            latest=lambda deal: max((entry.at for entry in deal.story), default=deal.stage_since),
            alike=lambda ours, theirs: ours.story[:1] == theirs.story[:1],
            told=True,
        ),
        forget=Forget(_nameless, lambda deal: not _named(deal)),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=AFFILIATE,
        type=AffiliateOrder,
        word=say("affiliate orders"),
        ref=NOTHING,
        archive=Archiving(_DealCreated, lambda order: order.created_at, ORDER_STAYS),
        pointers=(),
        merge=Merge(
            name=lambda order: order.key if order.creator is not None else None, latest=lambda order: order.seen_at
        ),
        forget=Forget(_orderless, lambda order: order.creator is None),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
    StoredTable(
        name=PERFORMANCE,
        type=Performance,
        word=say("figures of creators"),
        ref=NOTHING,
        archive=NOTHING,
        pointers=(),
        merge=Merge(
            name=lambda line: None if line.what == "creator" and line.creator is None else line.name,
            latest=lambda line: line.seen_at,
        ),
        forget=Forget(_lineless, lambda line: not _told(line)),
        check=NOTHING,
        way_back="goes",
        export="csv",
        tally=NOTHING,
    ),
)
