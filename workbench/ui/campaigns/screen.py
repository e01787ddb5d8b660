"""The second view of the Plan: campaigns by what they ask, big days with their steps, events ahead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget

from workbench.core.place import Place
from workbench.i18n import _, n_
from workbench.output.words import due_point
from workbench.ui.campaigns.detail import campaign_lines, event_lines, step_lines
from workbench.ui.campaigns.rows import EntryRows, PlanEntry, columns, entries
from workbench.ui.commands import bindings
from workbench.ui.frame import Frame
from workbench.ui.text import Line, Span, shorten
from workbench.ui.widgets.lines import Lines, Page
from workbench.ui.widgets.table import Table

#: From this width on the detail stands beside the list, which is then so wide (`campaigns.tcss`).
WIDE, FULL, LIST_WIDE, LIST_FULL = 110, 150, 80, 100


class CampaignsScreen(Frame):
    """Campaigns and big days."""

    pane = "plan"
    scopes = ("campaigns",)
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = bindings("campaigns")

    def body(self) -> Iterable[Widget]:
        with Container(id="body"):
            with Vertical(id="list"):
                yield Lines(id="sentence")
                yield Table(columns(), id="table")
            yield Page(id="detail")

    @property
    def table(self) -> Table:
        """The list."""
        return self.query_one("#table", Table)

    @property
    def _entry(self) -> PlanEntry | None:
        rows = self.table.source
        return rows.entries[self.table.cursor] if isinstance(rows, EntryRows) and len(rows) else None

    @property
    def here(self) -> Place | None:
        return None if self._entry is None else self._entry.place

    # showing

    def fill(self) -> None:
        table = self.table
        table.use(columns())
        table.parted = True
        table.show(EntryRows(entries(self.session), self.session), table.key)
        self.fit()

    def fit(self) -> None:
        if self._shown >= 0 and self.size.width:
            self.table.use(columns())
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self.size.width
        cells = LIST_FULL if width >= FULL else LIST_WIDE if width >= WIDE else width
        line = shorten([Span("  "), *self._sentence()], cells - 1)
        self.query_one("#sentence", Lines).show([self.with_second(line, cells - 2)])
        self._draw_detail()
        self.draw_bar()

    def _sentence(self) -> Line:
        """What asks first: a review, the next date, a step that is late."""
        now, zone = self.session.now(), self.session.zone
        rows = self.table.source
        found = rows.entries if isinstance(rows, EntryRows) else []
        late = [each for each in found if each.place.domain == "bigdays" and each.at is not None and not each.quiet
                and each.at <= now and isinstance(each.place.id, int)]  # fmt: skip
        dates = [each for each in found if each.place.domain == "campaigns" and each.at is not None and each.at > now]
        line: list[Span] = []
        if late:
            line.append(
                Span(n_("{n} step is late.", "{n} steps are late.", len(late)).format(n=len(late)), "soon_bold")
            )
        if dates:
            first = min(dates, key=lambda each: each.at or now)
            text = _("Next: {what}, {name}, {point}.").format(
                what=first.words, name=first.title, point=due_point(first.at or now, now, zone)
            )
            line.append(Span((" " if line else "") + text, "title" if not late else "text"))
        return line or [Span(_("No campaign is entered."), "title")]

    def _draw_detail(self) -> None:
        page, entry, session = self.query_one("#detail", Page), self._entry, self.session
        width = self.size.width
        whole = self.has_class("-whole") or width < WIDE
        cells = width if whole else width - (LIST_FULL if width >= FULL else LIST_WIDE)
        lines: list[Line] = []
        if entry is not None:
            id = entry.place.id
            if entry.place.domain == "campaigns" and isinstance(id, int):
                lines = campaign_lines(session, session.desk("campaigns").get(id), cells)
            elif isinstance(id, int):
                lines = step_lines(session, session.desk("bigdays").get(id), cells)
            else:
                lines = event_lines(session, str(id).partition(":")[2])
        page.show(lines, about=entry.place if entry is not None else None)

    def draw_bar(self, lead: Line = ()) -> None:
        self.bar.keys(self.keys_of_bar("campaigns"), lead)

    @on(Table.Moved)
    def _moved(self) -> None:
        self.call_later(self._draw_detail)

    def land(self, place: Place) -> bool:
        row = self.table.row_of(place)
        if row is not None:
            self.table.go(row)
        return row is not None

    def tick(self) -> None:
        self.table.tick()

    # keys

    @on(Table.Chosen)
    def action_campaigns_act(self) -> None:
        """A campaign asks what happened; a step is done; an event starts its plan."""
        place = self.here
        if place is None:
            return
        if place.domain == "campaigns":
            self.bench.run_command("campaign.act")
        elif isinstance(place.id, int):
            self.bench.run_command("step.done")
        else:
            start = self.session.desk("bigdays").start
            self.bench.do(partial(start, str(place.id).partition(":")[2]), self.bench.saved)

    def action_campaigns_note(self) -> None:
        place = self.here
        if place is None or not isinstance(place.id, int):
            return
        if place.domain == "bigdays":
            from workbench.ui.bigdays.sheets import note

            self.app.push_screen(note(self.session, self.session.desk("bigdays").get(place.id)))
            return
        from workbench.ui.sheets.oneline import OneLine, Understood

        desk = self.session.desk("campaigns")
        found = desk.get(place.id)

        def read(text: str) -> Understood:
            return Understood(None if text.strip() == (found.note or "") else (text.strip(),))

        prompt = _("Note on {what}").format(what=found.ref)
        self.app.push_screen(
            OneLine(prompt, read, lambda value: desk.edit(found.id, note=value[0]), value=found.note or "")
        )

    def action_campaigns_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        place = self.here
        if place is None or place.domain != "campaigns" or not isinstance(place.id, int):
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        id, desk = place.id, self.session.desk("campaigns")

        def delete(yes: bool | None) -> None:
            if yes:
                self.bench.do(lambda: desk.delete([id]), self.bench.saved)

        question = _("Delete {ref}? Undo brings it back.").format(ref=f"C-{id}")
        self.app.push_screen(ConfirmSheet(question), delete)

    def action_campaigns_detail(self) -> None:
        page = self.query_one("#detail", Page)
        if self.size.width < WIDE:
            self.action_campaigns_whole()
        elif page.has_focus:
            self.table.focus()
        else:
            page.focus()

    def action_campaigns_whole(self) -> None:
        self.toggle_class("-whole")
        (self.query_one("#detail", Page) if self.has_class("-whole") else self.table).focus()
        self.call_after_refresh(self._draw)

    def action_campaigns_back(self) -> None:
        """The whole detail, the detail, then the prices."""
        if self.has_class("-whole"):
            self.action_campaigns_whole()
        elif self.query_one("#detail", Page).has_focus:
            self.table.focus()
        else:
            self.bench.run_command("app.second")
