"""What cases say on Today of the state of the shop: what is still open elsewhere, how the days went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.standing import behind_soon
from workbench.i18n import _, n_, p_
from workbench.output.days import cleared, evenings, on_time
from workbench.output.words import due_point, thing
from workbench.ui.room import Fact, Glance
from workbench.ui.text import Line, Span, cut, line_width, width, wrap

if TYPE_CHECKING:
    from workbench.core.tickets.days import Days

#: How many are named.
_STILL_OPEN = 3
_CLOSED = Place("tickets", "closed")


def facts(glance: Glance) -> Iterator[Fact]:
    """All of them; how the days went once it is reckoned."""
    yield from _behind(glance)
    yield from _still_open([ticket for ticket in glance.board.brief.still_open if ticket.there is None])
    yield from _messages(glance)
    if glance.days is not None:
        yield from _past(glance.days, glance.cells, glance.wide)


def _behind(glance: Glance) -> Iterator[Fact]:
    """What has moved on here and not on the platform, with the deadline that runs there: near a day before it."""
    now, zone = glance.session.now(), glance.session.zone
    tickets = sorted(
        (ticket for ticket in glance.board.brief.still_open if ticket.there is not None),
        key=lambda ticket: (_there(ticket) is None, _there(ticket) or now),
    )
    for at, ticket in enumerate(tickets[:_STILL_OPEN]):
        due = _there(ticket)
        when = "" if due is None else due_point(due, now, zone) + "  "
        role = "soon" if behind_soon(ticket, now) else "text"
        room = max(glance.cells - width(f"{when}{ticket.ref}  "), 4)
        line: Line = [Span(when, role), Span(ticket.ref, role), Span(f"  {cut(thing(ticket), room)}", "text")]
        last = at == min(len(tickets), _STILL_OPEN) - 1
        yield Fact(
            30, _("Still open"), Place("tickets", ticket.id), line, *_tail(last, len(tickets), _("moved on here only"))
        )


def _there(ticket: Ticket) -> datetime | None:
    return None if ticket.there is None else ticket.there.due_at


def _tail(last: bool, n: int, words: str) -> tuple[Sequence[Line], Line]:
    """What follows the last one that is named, as a row of its own and at the end of the line."""
    if not last:
        return (), []
    tail = [Span(words, "quiet")]
    if n > _STILL_OPEN:
        tail = [Span(_("{n} more").format(n=n - _STILL_OPEN) + "  ", "quiet"), *tail]
    return [tail], tail


def _still_open(tickets: Sequence[Ticket]) -> Iterator[Fact]:
    """What was closed here but is still open on the platform."""
    for at, ticket in enumerate(tickets[:_STILL_OPEN]):
        line: Line = [Span(ticket.ref, "soon"), Span(f"  {cut(thing(ticket), 14)}", "text")]
        last = at == min(len(tickets), _STILL_OPEN) - 1
        yield Fact(
            30, _("Still open"), Place("tickets", ticket.id), line, *_tail(last, len(tickets), _("closed here only"))
        )


def _messages(glance: Glance) -> Iterator[Fact]:
    """The share of messages that was answered in time, against its line, and who still waits for a person."""
    if not glance.board.brief.messaged:
        return
    found = glance.board.brief.messages
    rate, target = found.reading.rate, found.reading.target
    if rate is None:
        return
    met = target is None or target.met(found.reading.count, found.reading.total)
    line: list[Span] = [Span(_("{rate} % in time").format(rate=f"{float(rate * 100):.1f}"), "text" if met else "soon")]
    more: list[list[Span]] = []
    if found.reading.misses_left is not None:
        text = n_("{n} miss left", "{n} misses left", found.reading.misses_left).format(n=found.reading.misses_left)
        left = Span(text, "quiet" if met else "soon")
        if line_width([*line, left]) + 3 <= glance.cells:
            line += [Span("   "), left]
        else:
            more.append([left])
    if found.automatic:
        text = n_("{n} a card answered", "{n} a card answered", found.automatic).format(n=found.automatic)
        more.append([Span(text, "quiet")])
    first = next((due.place for due in glance.board.brief.agenda.lines if due.case), _CLOSED)
    tail = [span for at, row in enumerate(more) for span in ([Span("   ")] if at else []) + row]
    yield Fact(32, _("Messages"), first, line, more, tail)


def _past(days: Days, cells: int, wide: bool) -> Iterator[Fact]:
    """Yesterday, what was cleared today, the month's rate."""
    if days.yesterday is not None:
        yield Fact(61, _("Yesterday"), _CLOSED, [Span(cleared(days.yesterday))])
    streak = [Span(evenings(days), "quiet")] if evenings(days) else []
    today = [Span(p_("cleared", "{n} today").format(n=days.today.count))]
    yield Fact(70, _("Cleared"), _CLOSED, today, [streak] if streak else (), streak)
    short = days.month is not None and days.month.needed != 0
    role = "soon" if short else "text" if days.month is not None else "quiet"
    rows = wrap(on_time(days.month), cells) if wide else [on_time(days.month)]
    yield Fact(80, _("On time"), _CLOSED, [Span(rows[0], role)], [[Span(row, role)] for row in rows[1:]])
