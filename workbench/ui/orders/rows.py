"""The orders to ship as rows of a table: one an order, day by day with the day's totals in the margin; what files no
longer show is the last group, one grey row a file. Of a day that is `folded` only so many orders have a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from workbench.core.tickets.model import Ticket
from workbench.i18n import _, language, n_
from workbench.output.words import due_point, left, short_date, weekday
from workbench.session.orders.shipping import Missing, ShipDay
from workbench.ui.board import shouts, symbol
from workbench.ui.orders.folding import FoldedDay
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column

#: Digits of an order's number by which a packer tells it from the others.
TAIL = 4
#: Days ahead that are called by the name of their weekday.
_WEEK = 6


def columns() -> list[Column]:
    """The columns in the language of the moment."""
    chinese = language() == "zh"
    return [
        Column("cursor", 2),
        Column("group", 10, goes=3),
        Column("picked", 1),
        Column("state", 2),
        Column("left", 10 if chinese else 8, right=True),
        Column("due", 10 if chinese else 9, gap=2, right=True, goes=2),
        Column("things", 24, gap=2, most=60),
        Column("order", TAIL, gap=2, right=True),
    ]


def things(ticket: Ticket) -> str:
    """What is in the order: `PANTS-BLK-L x2, MUG-SET-4`."""
    names = [
        f"{line.sku or '?'} x{line.quantity}" if (line.quantity or 1) > 1 else (line.sku or "?")
        for line in ticket.lines
    ]
    return ", ".join(names) or ticket.sku or ""


def _fits(ticket: Ticket, typed: str) -> bool:
    """Whether an order has what is typed in its products or its number."""
    return typed in f"{things(ticket)} {ticket.order_id or ''}".casefold()


class ShipRows:
    """The source of the table. `clock` gives the instant for which the rows are drawn."""

    def __init__(
        self, days: Sequence[ShipDay], missing: Sequence[Missing], clock: Callable[[], datetime], zone: tzinfo,
        soon: timedelta, typed: str = "", folded: Mapping[date, int] | None = None,
    ) -> None:  # fmt: skip
        if typed:
            # The totals of a day stay those of all its orders.
            days = [day for day in days if any(_fits(ticket, typed) for ticket in day.tickets)]
            missing = ()
        self.days = days
        self.missing = missing
        self._clock = clock
        self._zone = zone
        self._soon = soon
        self.rows: list[tuple[ShipDay, Ticket] | FoldedDay | Missing] = []
        self._of_day: Counter[date | None] = Counter()
        for day in days:
            tickets = [ticket for ticket in day.tickets if not typed or _fits(ticket, typed)]
            count = len(tickets) if day.day is None else (folded or {}).get(day.day, len(tickets))
            self.rows += [(day, ticket) for ticket in tickets[:count]]
            if day.day is not None and count < len(tickets):
                self.rows.append(FoldedDay(day.day, tuple(tickets[count:])))
            self._of_day[day.day] = min(count + 1, len(tickets))
        self.rows += missing

    def __len__(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> Hashable:
        """The number of the ticket, the day of folded ones, or the file's own time."""
        found = self.rows[row]
        if isinstance(found, FoldedDay):
            return found.day
        return found.since if isinstance(found, Missing) else found[1].id

    def fold_of(self, id: object) -> FoldedDay | None:
        """The folded row that has this order, or is called by this day."""
        folded = (row for row in self.rows if isinstance(row, FoldedDay))
        return next((row for row in folded if row.day == id or any(ticket.id == id for ticket in row.tickets)), None)

    def groups(self) -> list[tuple[str, str, int]]:
        """The days, the number of orders and pieces below their names; late in red where the platform decides."""
        groups, at = [], 0
        for day in self.days:
            orders = n_("{n} order", "{n} orders", len(day.tickets)).format(n=len(day.tickets))
            pieces = n_("{n} piece", "{n} pieces", day.pieces).format(n=day.pieces)
            role = "quiet" if not day.late else "late_bold" if shouts(day.tickets[0]) else "soon_bold"
            preorders = day.day is None and all(ticket.preorder for ticket in day.tickets)
            name = _("Pre-order") if preorders else self.name(day.day)
            groups.append((f"{name}\n{orders}\n{pieces}", role, at))
            at += self._of_day[day.day]
        if self.missing:
            groups.append((_("Missing"), "quiet", at))
        return groups

    def name(self, day: date | None) -> str:
        """The day as it is called in the margin."""
        today = self._clock().astimezone(self._zone).date()
        if day is None:
            return _("No date")
        if day in (today, today + timedelta(days=1)):
            return _("Today") if day == today else _("Tomorrow")
        return weekday(day) if today < day <= today + timedelta(days=_WEEK) else short_date(day)

    def more(self, found: FoldedDay) -> str:
        """`4 more until Wed 21:50`"""
        n, last = len(found.tickets), found.tickets[-1].deadline.at
        assert last is not None
        return n_("{n} more until {point}", "{n} more until {point}", n).format(
            n=n, point=due_point(last, self._clock(), self._zone)
        )

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        found, now = self.rows[row], self._clock()
        if isinstance(found, Missing):
            return {"state": Span("?", "quiet"), "things": Span(asked(found), "title" if current else "quiet")}
        if isinstance(found, FoldedDay):
            return {"things": Span(self.more(found), "title" if current else "quiet")}
        ticket = found[1]
        mark, role = symbol(ticket, now, self._soon)
        due = ticket.deadline.at
        return {
            "state": Span(mark, role),
            "left": Span(left(ticket, now), "late_cell" if role == "late_bold" else role),
            "due": Span(due_point(due, now, self._zone) if due else "", "text"),
            "things": Span(things(ticket), "title" if current else "text"),
            "order": Span((ticket.order_id or "")[-TAIL:], "quiet"),
        }


def asked(missing: Missing) -> str:
    """The question about what a file no longer shows."""
    n = len(missing.tickets)
    return n_("{n} no longer in the file: sent?", "{n} no longer in the file: sent?", n).format(n=n)
