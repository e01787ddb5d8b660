"""Alerts: lines of Today; they open where they stand, above the score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.ui.room import Fact, Glance, Room

if TYPE_CHECKING:
    from workbench.ui.bench import Bench

#: How many are named.
_NAMED = 3


class Alerts(Room):
    """What turned."""

    domain = "alerts"

    def facts(self, glance: Glance) -> Iterator[Fact]:
        return self._unsent(glance)

    def late_facts(self, glance: Glance) -> Iterator[Fact]:
        """The rules look through two months of readings."""
        if not glance.board.brief.alerts:
            return
        from workbench.i18n import _, render
        from workbench.session.alerts.sending import type_names
        from workbench.session.alerts.words import brief, thing
        from workbench.ui.text import Span, wrap

        types = type_names(glance.session)
        for alert in glance.board.brief.alerts[:_NAMED]:
            named, why = render(thing(alert, types)), render(brief(alert))
            line = [Span(named, "soon")]
            if not glance.wide:
                line.append(Span(f" {why}", "quiet"))
            more = [[Span(part, "quiet")] for part in wrap(why, max(glance.cells, 12))]
            yield Fact(35, _("Alerts"), Place("alerts", alert.id), line, more)

    def _unsent(self, glance: Glance) -> Iterator[Fact]:
        """Messages that could not be sent, or were given up; where there is no outbox nothing is read."""
        from workbench.storage.meta import OUTBOX

        directory = glance.session.store.directory
        if not (directory / OUTBOX).exists():
            return
        from workbench.core.saying import Refusal
        from workbench.i18n import _, n_, render
        from workbench.storage.outbox import Outbox
        from workbench.ui.text import Span

        try:
            box = Outbox(directory, glance.session.store.files).read()
        except Refusal as refused:
            yield Fact(4, _("Mail"), Place("alerts", "outbox"), [Span(render(refused.saying), "soon")])
            return
        left = [each for each in box.messages if each.state == "given_up" or (each.open and each.tries)]
        if left:
            text = n_("{n} message not sent: {why}", "{n} messages not sent: {why}", len(left))
            why = left[0].last_error or _("given up")
            yield Fact(4, _("Mail"), Place("alerts", "outbox"), [Span(text.format(n=len(left), why=why), "soon")])

    def open(self, bench: Bench, place: Place) -> None:
        bench.visit("score", lambda frame: frame.land(place))


ROOM = Alerts()
