"""The lines of the agenda as rows of a table, of whatever domain they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache

from workbench.core.agenda import Agenda, Due, Group
from workbench.i18n import render
from workbench.output.agenda import GROUPS, left, stake, when
from workbench.output.marks import ASKS, LATE, SOON
from workbench.output.words import amount
from workbench.ui.text import Span

#: The role of the due time, where it differs from the rest of the row.
_DUE = {"late_bold": "late", "soon_bold": "soon"}


class DueRows:
    """Lines of an agenda, in its order. `clock` gives the instant for which the rows are drawn; they are made anew each
    minute, so what a second cannot change is told once."""

    def __init__(
        self, dues: Sequence[Due], agenda: Agenda, clock: Callable[[], datetime], zone: tzinfo, soon: timedelta
    ) -> None:
        self.dues = dues
        self._agenda = agenda
        self._clock = clock
        self._zone = zone
        self._soon = soon
        self._still = cache(self._stays)

    def __len__(self) -> int:
        return len(self.dues)

    def key(self, row: int) -> Hashable:
        """The place of the line."""
        return self.dues[row].place

    def groups(self) -> list[tuple[str, str, int]]:
        """The groups with their margin names; what is left over is amber, what is overdue as loud as it costs."""
        loud = "late_bold" if any(shouts(due) for due in self._agenda.groups.get("overdue", ())) else "soon_bold"
        roles = {"overdue": loud, "left_over": "soon_bold"}
        return [(render(GROUPS[group]), roles.get(group, "quiet"), row) for group, row in self.firsts()]

    def firsts(self) -> list[tuple[Group, int]]:
        """Each group with its first row; found by halving, for the lines stand in the order of their groups."""
        ranks = {group: rank for rank, group in enumerate(GROUPS)}
        found = [
            (group, bisect_left(self.dues, ranks[group], key=lambda due: ranks[self.group_of(due)])) for group in ranks
        ]
        return [(group, row) for group, row in found if row < len(self.dues) and self.group_of(self.dues[row]) == group]

    def group_of(self, due: Due) -> Group:
        """The group in which a line stands."""
        return self._agenda.group(due)

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        due, now = self.dues[row], self._clock()
        mark, role = symbol(due, now, self._soon)
        countdown = Span(left(due, now), "late_cell" if role == "late_bold" else role)
        return {"state": Span(mark, role), "left": countdown, **self._still(row, role, current)}

    def _stays(self, row: int, role: str, current: bool) -> dict[str, Span]:
        due, now = self.dues[row], self._clock()
        told = due.tell()
        return {
            "due": Span(when(due, now, self._zone), "quiet" if due.asks_since is not None else _DUE.get(role, "text")),
            "todo": Span(render(told.what), "title" if current else "text"),
            "thing": Span(told.thing or told.name or (stake(told) if told.worth is not None else "")),
            "amount": Span(stake(told) if told.worth is None else amount(told.worth)),
            "words": Span(told.words or told.reason, "quiet"),
        }


def shouts(due: Due) -> bool:
    """Whether being late costs a decision: only the platform's deadlines may shout."""
    return due.kind == "platform"


def symbol(due: Due, now: datetime, within: timedelta) -> tuple[str, str]:
    """The state of a line in one cell, with the role of its countdown."""
    if due.asks_since is not None:
        return ASKS, "text"
    if due.late(now):
        return LATE, "late_bold" if shouts(due) else "soon_bold"
    if due.at is None:
        return ASKS, "text"
    return (SOON, "soon") if due.at < now + within else (" ", "text")
