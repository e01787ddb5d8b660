"""What cases say on Today of the state of the shop: what is still open elsewhere, how the days went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, n_
from workbench.output.days import cleared, evenings, on_time
from workbench.output.words import thing
from workbench.ui.room import Fact, Glance
from workbench.ui.text import Line, Span, cut, wrap

if TYPE_CHECKING:
    from workbench.core.days import Days

#: How many are named.
_STILL_OPEN = 3
_CLOSED = Place("tickets", "closed")


def facts(glance: Glance) -> Iterator[Fact]:
    """All of them; how the days went once it is reckoned."""
    yield from _still_open(glance.board.brief.still_open)
    yield from _messages(glance)
    if glance.days is not None:
        yield from _past(glance.days, glance.cells, glance.wide)


def _still_open(tickets: Sequence[Ticket]) -> Iterator[Fact]:
    """What was closed here but is still open on the platform."""
    for at, ticket in enumerate(tickets[:_STILL_OPEN]):
        line: Line = [Span(ticket.ref, "soon"), Span(f"  {cut(thing(ticket), 14)}", "text")]
        last = at == min(len(tickets), _STILL_OPEN) - 1
        more = len(tickets) - _STILL_OPEN
        tail = [Span(_("closed here only"), "quiet")] if last else []
        if last and more > 0:
            tail = [Span(_("{n} more").format(n=more) + "  ", "quiet"), *tail]
        yield Fact(30, _("Still open"), Place("tickets", ticket.id), line, [tail] if tail else (), tail)


def _messages(glance: Glance) -> Iterator[Fact]:
    """The share of messages that was answered in time, against its line, and who still waits for a person."""
    found = glance.board.brief.messages
    rate, target = found.reading.rate, found.reading.target
    if rate is None:
        return
    met = target is None or target.met(found.reading.count, found.reading.total)
    line: list[Span] = [Span(_("{rate} % in time").format(rate=f"{float(rate * 100):.1f}"), "text" if met else "soon")]
    if found.reading.misses_left is not None:
        left = n_("{n} miss left", "{n} misses left", found.reading.misses_left).format(n=found.reading.misses_left)
        line.append(Span("   " + left, "quiet" if met else "soon"))
    tail: list[Span] = []
    if found.automatic:
        tail.append(
            Span(n_("{n} a card answered", "{n} a card answered", found.automatic).format(n=found.automatic), "quiet")
        )
    first = next((due.place for due in glance.board.brief.agenda.lines if due.case), _CLOSED)
    yield Fact(55, _("Messages"), first, line, [tail] if tail else (), tail)


def _past(days: Days, cells: int, wide: bool) -> Iterator[Fact]:
    """Yesterday, what was cleared today, the month's rate."""
    if days.yesterday is not None:
        yield Fact(61, _("Yesterday"), _CLOSED, [Span(cleared(days.yesterday))])
    streak = [Span(evenings(days), "quiet")] if evenings(days) else []
    n = days.today.count
    today = [Span(n_("{n} today", "{n} today", n).format(n=n))]
    yield Fact(70, _("Cleared"), _CLOSED, today, [streak] if streak else (), streak)
    short = days.month is not None and days.month.needed != 0
    role = "soon" if short else "text" if days.month is not None else "quiet"
    rows = wrap(on_time(days.month), cells) if wide else [on_time(days.month)]
    yield Fact(80, _("On time"), _CLOSED, [Span(rows[0], role)], [[Span(row, role)] for row in rows[1:]])
