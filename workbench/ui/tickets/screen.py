"""The Queue: saved views or the filter, the list, the detail, and the keys that act on what is under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.place import Place
from workbench.core.saying import Misuse, Saying
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, n_, p_, render
from workbench.output.words import total
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.narrowing import Narrowing
from workbench.ui.text import Line, Span, shorten
from workbench.ui.tickets.deeds import TicketDeeds
from workbench.ui.tickets.detail import TicketFacts, nothing, short, whole
from workbench.ui.tickets.views import Saved, saved_views, views_line
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.rows import TicketRows, columns
from workbench.ui.widgets.table import Column


class QueueScreen(Narrowing, TicketDeeds):
    """The list of open cases and the detail of one of them."""

    pane = "queue"
    scopes = ("ticket", "queue", "case")
    domain = "tickets"
    gives_way = "#views"
    DEFAULT_CSS = """
    QueueScreen.-low #body { margin-top: 0; }
    QueueScreen #views { height: 1; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("ticket", "queue")

    def __init__(self) -> None:
        super().__init__()
        self.view: int | None = 0
        self.closed = False
        self._counts: dict[int, int] = {}

    def over(self) -> Iterable[Widget]:
        yield Lines(id="views")

    def columns(self) -> list[Column]:
        return columns()

    @property
    def soon(self) -> timedelta:
        """What counts as near."""
        return self.session.settings.soon.tickets

    @property
    def views(self) -> list[Saved]:
        """The saved views."""
        return saved_views(self.session.settings)

    @property
    def of_all(self) -> int:
        return len(self.board.tickets)

    # showing

    def fill(self) -> None:
        self._fill()
        self.call_later(self._count, self.board.version)  # also while a sheet lies on this screen

    def draw_sentence(self) -> None:
        """The saved views stand in its place, or the filter."""
        cells = self.list_cells
        if self.view is None and self.expression:
            line = shorten([Span("  "), *self.narrowed_line()], cells - 1)
        else:
            line = views_line(self.views, self._counts, self.view, cells)
        self.query_one("#views", Lines).show([self.with_second(line, cells - 2)])

    def _fill(self, keep: int | str | None = None) -> Saying | None:
        """Show what fits the filter; or what is wrong with it, and the last good list stays."""
        try:
            if self.closed:
                found = self.session.tickets.queue(self.expression, closed=True)
            else:
                found = self.board.matching(self.expression)
        except Misuse as misuse:
            return misuse.saying
        self.table.empty = self._empty()
        self.show(TicketRows(found, self.session.now, self.session.zone, self.soon), keep)
        self.draw_sentence()
        self.draw_bar()
        return None

    def _empty(self) -> list[Line]:
        if self.board.tickets:
            n = len(self.board.tickets)
            text = n_("Nothing matches. Esc shows the one case.", "Nothing matches. Esc shows all {n}.", n).format(n=n)
            return [[], [Span("  "), Span(text, "quiet")]]
        return self.empty_lines()

    def _count(self, version: int, at: int = 0) -> None:
        """The numbers of the saved views; one after the other, so that a key never waits for all of them."""
        if version != self.board.version:
            return
        views = self.views
        with suppress(Misuse):
            self._counts[views[at].digit] = len(self.board.matching(views[at].expression))
        if at + 1 < len(views):
            self.call_later(self._count, version, at + 1)
        else:
            self.draw_sentence()

    def draw_bar(self, lead: Line = ()) -> None:
        chosen = self._chosen() if self.is_mounted else []
        if not chosen:
            super().draw_bar(lead)
            return
        n, money = len(chosen), total(chosen)
        text = n_("{n} selected", "{n} selected", n).format(n=n)
        pairs = keys_in_bar(self.bench.keymap, "ticket.act", "ticket.select", "queue.back")
        words = (_("act"), _("more"), p_("selection", "none"))
        keys = [(key, word) for (key, _word), word in zip(pairs, words, strict=True)]
        self.bar.keys(keys, [Span(_(", ").join((text, money) if money else (text,)), "strong")])

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        ticket, page = self.current, self.detail
        if ticket is None:
            return nothing(), None
        keys = dict(zip(("copy", "why"), keys_in_bar(self.bench.keymap, "ticket.copy", "ticket.why"), strict=True))
        facts = TicketFacts(
            ticket, self.session.now(), self.session.zone, self.bench.own_zone, self.session.policy, self.soon,
            self.board.same_order(ticket), keys["copy"][0], keys["why"][0],
        )  # fmt: skip
        return (short if self.low else whole)(facts, cells, page.has_focus), ticket.id

    # what is meant

    @property
    def current(self) -> Ticket | None:
        """The case under the cursor."""
        rows = self.table.source
        return rows.tickets[self.table.cursor] if isinstance(rows, TicketRows) and len(rows) else None

    def _chosen(self) -> list[Ticket]:
        rows, picked = self.table.source, self.table.picked
        if not picked or not isinstance(rows, TicketRows):
            return []
        return [ticket for ticket in rows.tickets if ticket.id in picked]

    @property
    def meant(self) -> list[Ticket]:
        """The selected cases, else the one under the cursor."""
        return self._chosen() or ([self.current] if self.current else [])

    def land(self, place: Place) -> bool:
        """Put the cursor on this case; the filter gives way where it hides it. `closed` shows the closed ones too."""
        id = place.id
        if place.domain != self.domain:
            return False
        if id == "closed":
            if not self.closed:
                self.action_queue_closed()
            return True
        if not self._has(id):
            self.expression, self.view = "", 0
            self.closed = self.board.find(id) is None
            self._fill(id)
        return super().land(place)

    def _has(self, id: int | str) -> bool:
        return self.table.row_of(id) is not None

    # views and filter

    def action_queue_view(self, digit: int) -> None:
        """The saved view on this digit."""
        view = next((view for view in self.views if view.digit == digit), None)
        if view is not None:
            self.expression, self.view = view.expression, digit
            self._fill()

    def action_queue_closed(self) -> None:
        self.closed = not self.closed
        self._fill()
        self.tell([Span(_("closed cases are shown") if self.closed else _("only open cases are shown"), "quiet")])

    def narrow(self, text: str) -> Saying | None:
        """No saved view any more; the first one where nothing is typed."""
        before = self.expression, self.view
        self.expression, self.view = text, None if text.strip() else 0
        wrong = self._fill()
        if wrong is not None:
            self.expression, self.view = before
        return wrong

    def action_queue_trial(self) -> None:
        """The filter as a rule, over the cases that were decided."""
        from workbench.ui.tickets.trial import trial_sheet

        try:
            sheet = trial_sheet(self.session, self.expression)
        except Misuse as misuse:
            self.tell([Span(render(misuse.saying), "soon")])
            return
        self.app.push_screen(sheet)

    def step_back(self) -> bool:
        """The line, the detail, the selection, the filter, the closed cases."""
        if super().step_back() or not self.closed:
            return True
        self.closed = False
        self._fill()
        return True
