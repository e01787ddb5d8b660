"""The walk: the act sheet stays open from case to case until everything due is seen; Esc ends it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.place import Place
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, render
from workbench.output.sentences import headline
from workbench.output.words import mine
from workbench.session import Done
from workbench.ui.text import Line, Span, line_width, shorten
from workbench.ui.tickets.act import ActSheet

#: Below this width the way stands in a line of its own.
_WIDE = 110


class WalkSheet(ActSheet):
    """The cases of `plan`, by number, one after the other, from `ticket` on."""

    def __init__(self, ticket: Ticket, plan: Sequence[int]) -> None:
        super().__init__([ticket])
        self._plan = list(plan)
        #: What was done last. The bar, where it is told elsewhere, lies under this sheet.
        self._done: Done | None = None

    def heading(self) -> list[Line]:
        """What was saved last, `3 of 7   then T-42, decide return by 13:12`, and the case."""
        return [*self._saved_last(), *self._way()]

    def _saved_last(self) -> list[Line]:
        if self._done is None:
            return []
        text = _("{what}, saved.").format(what=render(self._done.saying))
        return [[Span("  "), *shorten([Span("\u2713 "), Span(text, "quiet")], self.cells)]]

    def _way(self) -> list[Line]:
        at = self._plan.index(self.tickets[0].id)
        way = [
            Span(_("{n} of {all}").format(n=at + 1, all=len(self._plan)), "title"),
            Span(f"   {self._then()}", "quiet"),
        ]
        subject = list(self.subject_line())
        if self.app.size.width < _WIDE:
            return [[Span("  "), *shorten(way, self.cells)], subject]
        return [shorten([*subject, Span("     "), *way], max(self.cells, line_width(subject)))]

    def _then(self) -> str:
        following = self.following()
        if following is None:
            return _("the last one")
        now, zone = self.session.now(), self.session.zone
        return _("then {ref}, {what}").format(ref=following.ref, what=headline(following, now, zone))

    def following(self) -> Ticket | None:
        """The next of the plan that is still the seller's to do."""
        now = self.session.now()
        for id in self._plan[self._plan.index(self.tickets[0].id) + 1 :]:
            ticket = self.bench.board.find(id)
            if ticket is not None and mine(ticket, now):
                return ticket
        return None

    def action_act_skip(self) -> None:
        """This one stays as it is."""
        self._done = None
        self._go_on(self.following())

    def over(self, done: Done, following: Ticket | None) -> None:
        self._done = done
        self._go_on(following)

    def _go_on(self, ticket: Ticket | None) -> None:
        """The next case; after the last one what is left of other domains, and Today says what is left at all."""
        if ticket is None:
            self.dismiss(None)
            self.bench.go_to_pane("today")
            if elsewhere := self.bench.board.elsewhere:
                self.bench.call_later(self.bench.act_on, elsewhere[0])
                return
            first = self.bench.board.next_mine(())
            if first is not None:
                self.bench.call_later(self.bench.show, Place("tickets", first.id))
            if self._done is not None:
                self.bench.call_later(self.bench.saved, self._done)
            return
        self.bench.show(Place("tickets", ticket.id))
        self.about(ticket)
