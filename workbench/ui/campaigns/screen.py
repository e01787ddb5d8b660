"""The second view of the Plan: campaigns by what they ask, big days with their steps, events ahead."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from workbench.core.place import Place
from workbench.i18n import _, n_
from workbench.output.words import due_point, point
from workbench.ui.campaigns.detail import campaign_lines, event_lines, step_lines
from workbench.ui.campaigns.rows import EntryRows, columns, entries
from workbench.ui.commands import bindings
from workbench.ui.list_and_detail import ListAndDetail
from workbench.ui.text import Line, Span
from workbench.ui.widgets.table import Column, Table


class CampaignsScreen(ListAndDetail):
    """Campaigns and big days; the key of a row is its place, for the rows are of two domains."""

    pane = "plan"
    scopes = ("campaigns",)
    domain = "campaigns"
    list_wide = 80
    list_full = 100
    BINDINGS: ClassVar[list[BindingType]] = bindings("campaigns")

    def columns(self) -> list[Column]:
        return columns()

    def key_of(self, place: Place) -> Hashable | None:
        return place

    def place_of(self, key: Hashable) -> Place | None:
        return key if isinstance(key, Place) else None

    # showing

    def fill(self) -> None:
        self.show(EntryRows(entries(self.session), self.session))
        self.draw()

    def sentence(self) -> Line:
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
                what=first.words,
                name=first.title,
                point=(point if first.begins else due_point)(first.at or now, now, zone),
            )
            line.append(Span((" " if line else "") + text, "title" if not late else "text"))
        return line or [Span(_("No campaign is entered."), "title")]

    def detail_of(self, cells: int) -> tuple[Sequence[Line], object]:
        place, session = self.here, self.session
        if place is None:
            return [], None
        if place.domain == "campaigns" and isinstance(place.id, int):
            return campaign_lines(session, session.desk("campaigns").get(place.id), cells), place
        if isinstance(place.id, int):
            return step_lines(session, session.desk("bigdays").get(place.id), cells), place
        return event_lines(session, str(place.id).partition(":")[2]), place

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
