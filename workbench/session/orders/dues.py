"""The orders' part of the agenda: one line a due day, and one question for each file that no longer shows some."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from workbench.core.agenda import Due, Memo, Telling
from workbench.core.place import Place
from workbench.core.saying import say_n
from workbench.output.sentences import if_nothing, too_late
from workbench.session.orders.shipping import Missing, ShipDay

#: The command that shows the packing list, in which Enter says that all were sent.
LIST = "ship.list"


def dues(days: list[ShipDay], missing: list[Missing]) -> Iterator[Due]:
    """A line a day: due with its first order, late once one of them is. No alarm: a day of orders is nothing to be
    woken for."""
    for day in days:
        yield Due(
            place=Place("orders", day.day.isoformat() if day.day else "none"),
            step="ship",
            at=day.due_at,
            kind=day.tickets[0].deadline.kind,
            opened_at=min(ticket.opened_at for ticket in day.tickets),
            sheet=LIST,
            tell=partial(_told, day),
        )
    for gone in missing:
        yield Due(
            place=Place("orders", f"missing {gone.since:%Y%m%dT%H%M%SZ}"),
            step="missing",
            asks="ship_missing",
            asks_since=gone.since,
            opened_at=gone.since,
            tell=partial(_asked, gone),
        )


def _told(day: ShipDay) -> Telling:
    first, count = day.tickets[0], len(day.tickets)
    known = first.deadline.at is not None
    return Telling(
        ref=day.day.isoformat() if day.day else "none",
        what=say_n("Ship {n} order", "Ship {n} orders", count),
        otherwise=if_nothing(first, appealable=False) if known else None,
        too_late=too_late(first) if known else None,
        thing="",
        count=count,
        stake=say_n("{n} piece", "{n} pieces", day.pieces),
        worth=day.worth,
        on_timeout=first.deadline.on_timeout,
        memo=_memo(day),
    )


def _asked(gone: Missing) -> Telling:
    saying = say_n(
        "{n} order is no longer in the file: sent?", "{n} orders are no longer in the file: sent?", len(gone.tickets)
    )
    what = say_n("{n} order sent?", "{n} orders sent?", len(gone.tickets))
    return Telling(ref=gone.day.isoformat(), what=what, otherwise=saying, since=gone.since, count=len(gone.tickets))


def _memo(day: ShipDay) -> Memo:
    return Memo(max((event.at for ticket in day.tickets for event in ticket.timeline), default=_first(day)))


def _first(day: ShipDay) -> datetime:
    return day.tickets[0].opened_at
