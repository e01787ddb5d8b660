"""The second view of the Queue: the orders to hand over, one row an order, and what to take from the shelf for them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import ClassVar, cast

from textual.binding import BindingType

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, n_
from workbench.output.words import due_clock, due_point
from workbench.session.base import Done
from workbench.session.orders.shipping import Missing, ShipDay, Shipping
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.narrowing import Narrowing
from workbench.ui.orders.detail import Shelf, folded, question, short, whole
from workbench.ui.orders.folding import FoldedDay, folds
from workbench.ui.orders.rows import ShipRows, columns
from workbench.ui.text import Line, Span
from workbench.ui.widgets.table import Column


class ShipScreen(Narrowing):
    """What must be handed over by which day; the rows are tickets."""

    pane = "queue"
    scopes = ("ship",)
    domain = "tickets"
    BINDINGS: ClassVar[list[BindingType]] = bindings("ship")
    #: The room for rows that the days were folded for, and the days that are unfolded for good.
    _room = (0, False)
    _open: frozenset[date] = frozenset()

    def columns(self) -> list[Column]:
        return columns()

    @property
    def desk(self) -> Shipping:
        """The orders to ship."""
        return cast(Shipping, self.session.desk("orders").shipping)

    @property
    def _row(self) -> tuple[ShipDay, Ticket] | FoldedDay | Missing | None:
        rows = self.table.source
        return rows.rows[self.table.cursor] if isinstance(rows, ShipRows) and len(rows) else None

    @property
    def current(self) -> Ticket | None:
        """The order under the cursor."""
        row = self._row
        return row[1] if isinstance(row, tuple) else None

    @property
    def _day(self) -> ShipDay | None:
        """The day under the cursor."""
        row, rows = self._row, self.table.source
        if isinstance(row, FoldedDay) and isinstance(rows, ShipRows):
            return next(day for day in rows.days if day.day == row.day)
        return row[0] if isinstance(row, tuple) else None

    @property
    def meant(self) -> list[Ticket]:
        """The selected orders, else the one under the cursor."""
        rows, picked = self.table.source, self.table.picked
        if picked and isinstance(rows, ShipRows):
            return [row[1] for row in rows.rows if isinstance(row, tuple) and row[1].id in picked]
        return [self.current] if self.current is not None else []

    # showing

    def fill(self) -> None:
        desk, session, table = self.desk, self.session, self.table
        days, missing, typed = desk.days(), desk.missing(), self.expression.casefold()
        self._room = table.size.height, table.parted
        today = session.now().astimezone(session.zone).date()
        cut = {} if typed else folds(days, len(missing), today, *self._room, self._open)
        rows = ShipRows(days, missing, session.now, session.zone, session.settings.soon.tickets, typed, cut)
        text = _("Nothing to ship. An order file brings the orders in.")
        if self.expression:
            text = _("Nothing matches. Esc shows all orders.")
        self.table.empty = [[], [Span("  "), Span(text, "quiet")]]
        self.show(rows)
        self.draw()

    def draw(self) -> None:
        if self._room != (self.table.size.height, self.table.parted):
            self.fill()
        else:
            super().draw()

    def unfold(self, key: object) -> bool:
        """Show all orders of the day that has this one folded, or is called so; False where none is."""
        rows = self.table.source
        found = rows.fold_of(key) if isinstance(rows, ShipRows) else None
        if found is not None:
            self._open |= {found.day}
            self.fill()
        return found is not None

    @property
    def of_all(self) -> int:
        return sum(len(day.tickets) for day in self.desk.days()) + len(self.desk.missing())

    def sentence(self) -> Line:
        """`12 orders to ship today, 26 by Thursday. First at 18:00.`"""
        rows, now, zone = self.table.source, self.session.now(), self.session.zone
        if self.expression:
            return self.narrowed_line()
        if not isinstance(rows, ShipRows) or not rows.days:
            return [Span(_("Nothing to ship."), "title")]
        today = now.astimezone(zone).date()
        count = sum(len(day.tickets) for day in rows.days if day.day is not None and day.day <= today)
        dated = [day for day in rows.days if day.day is not None]
        line = [Span(n_("{n} order to ship today", "{n} orders to ship today", count).format(n=count), "title")]
        if dated and dated[-1].day is not None and dated[-1].day > today:
            by = rows.name(dated[-1].day) if (dated[-1].day - today).days > 1 else _("tomorrow")
            line.append(Span(_(", {n} by {day}.").format(n=sum(len(day.tickets) for day in dated), day=by)))
        else:
            line.append(Span(_("."), "title"))
        if late := sum(day.late for day in rows.days):
            line.append(Span(" " + n_("{n} late.", "{n} late.", late).format(n=late), "soon"))
        coming = [t.deadline.at for day in rows.days for t in day.tickets if t.deadline.at and t.deadline.at > now]
        if coming:
            first = min(coming)
            if count and not late:
                text = _("First at {time}.").format(time=due_clock(first, zone))
            else:
                text = _("Next {point}.").format(point=due_point(first, now, zone))
            line.append(Span(" " + text))
        return line

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        row = self._row
        if row is None:
            return [], None
        if isinstance(row, Missing):
            return question(row, cells, self.session.zone), row.since
        if isinstance(row, FoldedDay):
            said = cast(ShipRows, self.table.source).more(row)
            return folded(row, said, cells), row.day
        shelf = Shelf(
            *row, self.session.now(), self.session.zone, self.session.policy, self.session.settings.soon.tickets,
            self.board.brief.rising, self.session.settings.issue_types,
            keys_in_bar(self.bench.keymap, "ship.copy")[0][0],
        )  # fmt: skip
        rows = self.detail.size.height
        return short(shelf, cells, rows) if self.low else whole(shelf, cells), row[1].id

    def key_of(self, place: Place) -> Hashable | None:
        """This very order, or the question that it is in; the first one of that day, the question about that file."""
        rows = self.table.source
        if not isinstance(rows, ShipRows):
            return super().key_of(place)
        if place.domain == "orders":
            return next((rows.key(at) for at, row in enumerate(rows.rows) if _spot(row) == place.id), None)
        asks = (at for at, row in enumerate(rows.rows) if isinstance(row, Missing) and place.id in _ids(row))
        return next(map(rows.key, asks), None) or super().key_of(place)

    def land(self, place: Place) -> bool:
        return super().land(place) or (place.domain == self.domain and self.unfold(place.id) and super().land(place))

    # deeds

    def pick(self, keys: Iterable[Hashable]) -> None:
        """A folded row stands for its orders: they are unfolded, and selected themselves."""
        found = set(keys)
        rows = self.table.source
        if isinstance(rows, ShipRows):
            for key in [key for key in found if isinstance(key, date)]:
                if (fold := rows.fold_of(key)) is not None:
                    found = found - {key} | {ticket.id for ticket in fold.tickets}
                    self.unfold(key)
        super().pick(found)

    def on_table_chosen(self) -> None:
        self.action_ship_sent()

    def action_ship_sent(self) -> None:
        """The selected orders, or the one under the cursor; what a file no longer shows, at a time unknown."""
        row = self._row
        if isinstance(row, FoldedDay) and not self.table.picked:
            self.unfold(row.day)
        elif isinstance(row, Missing) and not self.table.picked:
            ids = [ticket.id for ticket in row.tickets]
            self.bench.do(lambda: self.desk.sent_sometime(ids), self._done)
        elif self.meant:
            ids = [ticket.id for ticket in self.meant]
            self.bench.do(lambda: self.desk.sent(ids), self._done)

    def _done(self, done: Done) -> None:
        self.unselect()
        self.bench.saved(done)

    def action_ship_list(self) -> None:
        """The packing list of the day under the cursor."""
        day, rows = self._day, self.table.source
        if day is not None and isinstance(rows, ShipRows):
            from workbench.ui.orders.packing import PackingSheet

            self.app.push_screen(PackingSheet(day, rows.name(day.day)))

    def action_ship_day(self) -> None:
        """All orders of the day under the cursor, or none of them where all are selected."""
        day = self._day
        if day is not None:
            self.unfold(day.day)
            ids = {ticket.id for ticket in day.tickets}
            self.pick(self.table.picked - ids if ids <= self.table.picked else self.table.picked | ids)

    def action_ship_copy(self) -> None:
        if self.current is not None:
            self.bench.copy(self.current.order_id, _("{ref} has no order id.").format(ref=self.current.ref))

    def action_ship_why(self) -> None:
        if self.current is not None:
            from workbench.ui.tickets.why import WhySheet

            self.app.push_screen(WhySheet(self.current))

    def action_ship_cannot(self) -> None:
        """Asks first: it counts as cancelled by the seller."""
        tickets = self.meant
        if not tickets:
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        n = len(tickets)
        text = n_("{n} order cannot be shipped: it counts as cancelled by you?",
                  "{n} orders cannot be shipped: they count as cancelled by you?", n)  # fmt: skip
        ids = [ticket.id for ticket in tickets]

        def answered(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: self.session.tickets.act(ids, "cannot_ship"), self._done)

        self.app.push_screen(ConfirmSheet(text.format(n=n)), answered)


def _ids(missing: Missing) -> set[int]:
    return {ticket.id for ticket in missing.tickets}


def _spot(row: tuple[ShipDay, Ticket] | FoldedDay | Missing) -> str:
    """The row as a place names it."""
    if isinstance(row, FoldedDay):
        return row.day.isoformat()
    if isinstance(row, Missing):
        return f"missing {row.since:%Y%m%dT%H%M%SZ}"
    return row[0].day.isoformat() if row[0].day is not None else "none"
