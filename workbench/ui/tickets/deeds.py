"""What the keys of the Queue do to the cases that are meant: each asks in a sheet, then does one undoable step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.words import cases
from workbench.ui.commands import keys_in_bar
from workbench.ui.frame import Frame
from workbench.ui.text import Span
from workbench.ui.tickets.copying import copy

if TYPE_CHECKING:
    from workbench.session import Done


class TicketDeeds(Frame):
    """The actions on tickets; the screen says which are meant."""

    @property
    def current(self) -> Ticket | None:
        """The case under the cursor."""
        raise NotImplementedError

    @property
    def meant(self) -> list[Ticket]:
        """The selected cases, else the one under the cursor."""
        raise NotImplementedError

    def unselect(self) -> bool:
        """Nothing is selected any more; False where nothing was."""
        return False

    def on_table_chosen(self) -> None:
        self.action_ticket_act()

    def action_ticket_act(self) -> None:
        walk, current = self.bench.walk, self.current
        if walk is not None and current is not None and walk.asks_about(Place("tickets", current.id)):
            from workbench.ui.tickets.walk import WalkSheet

            self.unselect()
            self.app.push_screen(WalkSheet(current, walk))
            return
        tickets = self.meant
        if not tickets:
            return
        if all(ticket.stage == "closed" for ticket in tickets):
            self.tell([Span(_("It is closed. X opens it again."), "quiet")])
            return
        from workbench.ui.tickets.act import ActSheet

        self.app.push_screen(ActSheet(tickets), self._acted)

    def _acted(self, done: Done | None) -> None:
        if done is not None:
            self.unselect()

    def action_ticket_add(self) -> None:
        self._add()

    def action_ticket_form(self) -> None:
        self._add(as_form=True)

    def _add(self, *, as_form: bool = False) -> None:
        from workbench.ui.tickets.add import NewCaseSheet

        self.app.push_screen(NewCaseSheet(self.session, as_form=as_form), self._added)

    def _added(self, done: Done | None) -> None:
        if done is not None:
            self.land(Place("tickets", done.ids[0]))

    def action_ticket_edit(self) -> None:
        if self.current is not None:
            from workbench.ui.tickets.add import edit

            self.app.push_screen(edit(self.session, self.current))

    def action_ticket_note(self) -> None:
        self._line("note")

    def action_ticket_tag(self) -> None:
        self._line("tag")

    def action_ticket_snooze(self) -> None:
        self._line("snooze")

    def action_ticket_deadline(self) -> None:
        self._line("deadline")

    def _line(self, what: str) -> None:
        """A question that one line answers."""
        if self.meant:
            from workbench.ui.sheets import line

            self.app.push_screen(getattr(line, what)(self.session, self.meant), self._acted)

    def action_ticket_why(self) -> None:
        if self.current is not None:
            from workbench.ui.tickets.why import WhySheet

            self.app.push_screen(WhySheet(self.current))

    def action_ticket_copy(self) -> None:
        if self.current is not None:
            copy(self.bench, self.current)

    def action_ticket_close(self) -> None:
        tickets = [ticket for ticket in self.meant if ticket.stage != "closed"]
        if tickets:
            from workbench.ui.tickets.act import ActSheet

            self.app.push_screen(ActSheet(tickets, ask="outcome"), self._acted)

    def action_ticket_reopen(self) -> None:
        tickets = [ticket for ticket in self.meant if ticket.stage == "closed"]
        if not tickets:
            self.tell(
                [
                    Span(
                        _("Only a closed case can be opened again. {key} shows the closed ones.").format(
                            key=self._closed_key
                        ),
                        "quiet",
                    )
                ]
            )
            return
        ids = [ticket.id for ticket in tickets]
        self.bench.do(lambda: self.session.tickets.reopen(ids), self.bench.saved)

    @property
    def _closed_key(self) -> str:
        return keys_in_bar(self.bench.keymap, "queue.closed")[0][0]

    def action_ticket_delete(self) -> None:
        """Asks, and is answered by another key than the one that asked."""
        tickets = self.meant
        if not tickets:
            return
        from workbench.ui.sheets.confirm import ConfirmSheet

        question = _("Delete {what}? Undo brings it back.").format(what=cases(tickets))
        self.app.push_screen(ConfirmSheet(question), self._delete)

    def _delete(self, yes: bool | None) -> None:
        if not yes:
            return
        ids = [ticket.id for ticket in self.meant]
        self.bench.leave(ids)
        self.unselect()
        self.bench.do(lambda: self.session.tickets.delete(ids), self.bench.saved)
