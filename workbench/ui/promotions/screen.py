"""The Plan: which price goes back when, the board of fourteen days, the piece under the cursor, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from workbench.core.place import Place
from workbench.core.promotions.board import Stretch
from workbench.core.promotions.model import Promotion
from workbench.core.saying import Told
from workbench.i18n import _, render
from workbench.ui.commands import bindings, keys_in_bar
from workbench.ui.list_and_detail import FULL, ListAndDetail
from workbench.ui.promotions import head
from workbench.ui.promotions.board import BoardDays, PlanBoard, drawn
from workbench.ui.promotions.coming import AHEAD, ComingRows, coming
from workbench.ui.promotions.deeds import PromotionDeeds
from workbench.ui.promotions.earning import Earning, earning
from workbench.ui.promotions.pane import PieceFacts, brief, nothing, whole
from workbench.ui.text import Line, Span, wrap
from workbench.ui.widgets.lines import Lines
from workbench.ui.widgets.rows import columns
from workbench.ui.widgets.table import Column, Table

#: Rows below the board that lines of what is next always have, where there are any.
LEAST = 4


class PlanScreen(ListAndDetail, PromotionDeeds):
    """Prices for a time, and what comes. Two lists share the detail: the board of the days, which has the focus first,
    and the lines of what is next; it follows the one that has the focus."""

    pane = "plan"
    scopes = ("plan", "planboard")
    domain = "promotions"
    list_wide = 74
    list_full = 104
    AUTO_FOCUS = "#board"
    DEFAULT_CSS = """
    PlanScreen.-flat #body { margin-top: 1; }
    PlanScreen #days, PlanScreen #board, PlanScreen #beside { height: auto; }
    PlanScreen #hint { height: 3; margin-top: 1; }
    PlanScreen.-narrow #detail { display: none; }
    PlanScreen.-wide #hint, PlanScreen.-full #hint { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("plan")

    def over(self) -> Iterable[Widget]:
        yield Lines(id="sentence")
        yield Lines(id="days")
        yield PlanBoard(id="board")
        yield Lines(id="beside")

    def under(self) -> Iterable[Widget]:
        yield Lines(id="hint", ground="pane")

    def columns(self) -> list[Column]:
        return columns()

    @property
    def chart(self) -> PlanBoard:
        """The rows of SKUs."""
        return self.query_one("#board", PlanBoard)

    @property
    def front(self) -> Widget:
        return self.chart

    # what is meant

    @property
    def _below(self) -> bool:
        """Whether the cursor is in the lines below the board."""
        return self.focused is self.table

    @property
    def promotion(self) -> Promotion | None:
        place = self.here
        if place is None or place.domain != "promotions" or not isinstance(place.id, int):
            return None
        try:
            found: Promotion = self.session.desk("promotions").get(place.id)
        except Told:
            return None
        return found

    @property
    def here(self) -> Place | None:
        """The place under the cursor, in the board or in the lines below it."""
        if self._below:
            rows = self.table.source
            return rows.dues[self.table.cursor].place if isinstance(rows, ComingRows) and len(rows) else None
        found = self.chart.current
        return None if found is None or found.promotion is None else Place("promotions", found.promotion)

    @property
    def sku(self) -> str | None:
        if self._below:
            return self.promotion.items[0].sku if self.promotion is not None else None
        return self.chart.sku

    @property
    def selected(self) -> list[Promotion]:
        picked = {each.id: each for each in self.session.desk("promotions").all() if each.id in self.chart.picked}
        return list(picked.values()) or ([self.promotion] if self.promotion is not None else [])

    # showing

    def fill(self) -> None:
        if not self.size.width:
            return
        desk, session = self.session.desk("promotions"), self.session
        now, zone = session.now(), session.zone
        begins, ends, rows = desk.board()
        first: date = begins.astimezone(zone).date()
        cells = 6 if self.size.width >= FULL else 4 if self.wide else 3
        count = (ends.astimezone(zone).date() - first).days
        days = BoardDays(first, count, cells, zone, ends)
        beside: list[Line] = [[]] * len(rows) if self.wide else [head.holds(row, now, days) for row in rows]
        self.chart.picked &= {each.id for each in desk.all()}
        self.chart.show(drawn(rows, days, beside), days, now)
        self._marks = self._rows_below(days)
        self._ticking = {each.id for each in desk.ticking()}
        going = desk.going_back(ends)
        after = (desk.after(each, item.sku) for each, item in going)
        back = [None if each is None else each.price for each in after]
        currency = session.settings.shop.currency
        self._said = head.sentence(going, back, bool(desk.all()), now, zone, currency, self.list_cells - 4)
        right = _("price holds until") if not self.wide and rows else ""
        self.query_one("#days", Lines).show(head.days_above(days, now, right) if rows else [])
        self._show_next()
        self.fit()

    def _rows_below(self, days: BoardDays) -> list[Line]:
        """Lives and campaigns in the days of the board, below the rows of the SKUs."""
        session, now = self.session, self.session.now()
        found: list[Line | None] = []
        if session.store.table("lives"):
            found.append(head.lives_row(session.desk("lives").all(), days, now))
        if session.store.table("campaigns"):
            campaigns = [each for each in session.desk("campaigns").all() if each.closed_at is None]
            for each in sorted(campaigns, key=lambda one: one.starts_at):
                found.append(head.campaign_row(each, days, now))
        return [line for line in found if line is not None][: 4 if self.size.height >= 30 else 2]

    def _show_next(self) -> None:
        agenda = coming(self.session, self.session.now() + AHEAD)
        self.table.empty = self._empty()
        soon = self.session.settings.soon.tickets
        self.show(ComingRows(agenda.lines, agenda, self.session.now, agenda.zone, soon))

    def _empty(self) -> list[Line]:
        if self.chart.rows:
            return []
        key = keys_in_bar(self.bench.keymap, "promotion.add")[0][0]
        example = _("flash LAMP-WHT 590 until fri 14:00 keep")
        return [
            [Span("  "), Span(f"{key}  ", "bold"), Span(_("add a promotion in one line:"))],
            [Span(f"     {example}", "quiet")],
        ]

    def fit(self) -> None:
        if self._shown < 0 or not self.size.width:
            return
        rows = len(self.chart.rows)
        marks = self._marks
        taken = 2 + (2 if self.size.height >= 22 else 1) + (3 if rows else 0)  # header, sentence, days
        taken += 0 if self.wide else 4  # the hint and the row above it
        room = self.size.height - taken - 2 - len(marks)
        below = min(len(self.table.source), LEAST)
        self.chart.styles.height = max(min(rows, room - below), 1 if rows else 0)
        self.query_one("#beside", Lines).show([*([[]] if self.wide and marks else []), *marks, []] if rows else [])
        super().fit()

    def sentence(self) -> Line:
        return self._said

    def draw(self) -> None:
        if self._shown >= 0:
            self.table.marked = self._below
            self.table.tick()
            super().draw()

    def focus_moved(self) -> None:
        self.draw()

    @property
    def bar_name(self) -> str:
        return "plannext" if self.is_mounted and self._below else self.pane

    def keys_of_bar(self, name: str) -> list[tuple[str, str]]:
        """On the board Enter renews, and one word stands for the two keys from piece to piece."""
        keys = super().keys_of_bar(name)
        if name == self.pane:
            act, left = keys_in_bar(self.bench.keymap, "plan.act", "board.left")
            keys[:2] = [(act[0], keys[0][1]), (f"{left[0]} {keys[1][0]}", keys[1][1])]
        return keys

    def lead(self) -> Line:
        n = len(self.chart.picked) if self.is_mounted else 0
        return [Span(_("{n} selected").format(n=n), "strong")] if n else ()

    def draw_detail(self) -> None:
        """On narrow screens a few lines below the list say the same in short."""
        told, facts = self._other(self.size.width), self._facts()
        if told is not None:
            self.query_one("#hint", Lines).show([*told[1:4], [], [], []][:3])
        else:
            self.query_one("#hint", Lines).show(brief(facts, self.size.width) if facts is not None else [[]] * 3)
        super().draw_detail()

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        if (told := self._other(cells)) is not None:
            return told, self.here
        facts = self._facts()
        if facts is None:
            return nothing() if self.chart.rows else [], None
        return whole(facts, cells, self.detail.has_focus), facts.piece

    def _other(self, cells: int) -> list[Line] | None:
        """What a line of another domain says of itself, where the cursor is on one."""
        if self._below and (self.here is None or self.here.domain != "promotions"):
            return self._told(cells)
        return None

    def _told(self, cells: int) -> list[Line]:
        """What a line of another domain says of itself."""
        rows = self.table.source
        if not isinstance(rows, ComingRows) or not len(rows):
            return [[]]
        told = rows.dues[self.table.cursor].tell()
        lines: list[Line] = [[], [Span(f"  {render(told.what)}", "title"), Span(f"   {told.thing}  "),
                                  Span(told.ref, "quiet")]]  # fmt: skip
        if told.otherwise is not None:
            lines += [[Span(f"  {row}")] for row in wrap(render(told.otherwise), cells - 4)]
        return lines

    def _facts(self) -> PieceFacts | None:
        desk, session, found = self.session.desk("promotions"), self.session, self.promotion
        piece, sku = self.chart.current, self.sku
        now = session.now()
        if self._below and found is not None:
            piece = desk.piece_of(found)
        if piece is None:
            return None
        renewal = None
        ticking = found is not None and found.id in self._ticking
        if found is not None and found.keep:
            try:
                renewal = desk.renewal(found)
            except Told:
                renewal = None
        known = session.imports.known_skus().get(sku or "")
        by = desk.renewed().get(found.id) if found is not None else None
        after = None if found is None else desk.after(found, sku)
        return PieceFacts(
            sku, (known.product or "") if known is not None else "", piece, found,
            desk.chain(found) if found is not None else (),
            after,
            desk.floor(sku, now) if sku is not None else None,
            desk.limit(found) if found is not None else None, renewal,
            desk.standing(found).warnings if found is not None else (), ticking, None if by is None else by.id,
            session.settings.shop.currency, now, session.zone, self._earnings(piece, found, sku),
        )  # fmt: skip

    def _earnings(self, piece: Stretch, found: Promotion | None, sku: str | None) -> list[Earning]:
        """At the price of the piece; where it is to be kept, at what it goes back to as well."""
        if sku is None:
            return []
        after = self.session.desk("promotions").after(found, sku) if found is not None and found.keep else None
        back = None if after is None else after.price
        asked = (earning(self.session, sku, piece.price, found), earning(self.session, sku, back, None))
        return [each for each in asked if each is not None]

    @on(PlanBoard.Moved)
    def _moved_on_board(self) -> None:
        self.draw_bar()
        self.moved()

    def moved(self) -> None:
        self.table.marked = self._below
        super().moved()

    def land(self, place: Place) -> bool:
        """On the board where the promotion is in its days, else on its line below."""
        if place.domain == "promotions" and isinstance(place.id, int) and self.chart.land(place.id):
            self.chart.focus()
            return True
        rows = self.table.source
        at = next((at for at in range(len(rows)) if rows.dues[at].place == place), None) if isinstance(
            rows, ComingRows) else None  # fmt: skip
        if at is None:
            return False
        self.table.focus()
        self.table.go(at)
        return True

    # keys

    @on(PlanBoard.Chosen)
    @on(Table.Chosen)
    def action_plan_act(self) -> None:
        """Renew what is under the cursor, or do what its line asks for."""
        place = self.here
        if self._below and isinstance(self.table.source, ComingRows) and len(self.table.source):
            due = self.table.source.dues[self.table.cursor]
            if due.sheet and due.sheet != "promotion.renew":
                self.bench.run_command(due.sheet)
                return
            if place is not None and place.domain != "promotions":
                return
        self.action_promotion_renew()

    def action_plan_detail(self) -> None:
        """To the lines below and back."""
        if self.has_class("-whole"):
            self.step_back()
        elif self._below or not len(self.table.source):
            self.chart.focus()
        else:
            self.table.focus()

    def step_back(self) -> bool:
        """The whole pane, the selection, the lines below."""
        if not self.to_list():
            self.chart.picked = set()
            self.chart.refresh()
            self.chart.focus()
            self.draw_bar()
        return True
