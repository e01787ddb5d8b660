"""Alerts: lines of Today; they open where they stand, above the score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.core.place import Place
from workbench.ui.room import Fact, Glance, Room

if TYPE_CHECKING:
    from workbench.ui.app import Workbench

#: How many are named.
_NAMED = 3


class Alerts(Room):
    """What turned."""

    domain = "alerts"

    def facts(self, glance: Glance) -> Iterator[Fact]:
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
            yield Fact(5, _("Alerts"), Place("alerts", alert.id), line, more)

    def open(self, bench: Workbench, place: Place) -> None:
        bench.visit("score", lambda frame: frame.land(place))


ROOM = Alerts()
