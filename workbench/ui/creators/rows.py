"""Deals as rows of a table: by their clock, in the groups of the agenda, candidates and what has ended below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.agenda import Agenda, Due
from workbench.core.creators.clocks import Running
from workbench.core.creators.model import Deal
from workbench.core.saying import Saying, say
from workbench.i18n import language, render
from workbench.output.agenda import GROUPS
from workbench.output.creators.text import stage
from workbench.output.marks import SOON, WAITS
from workbench.output.words import countdown, due_point
from workbench.session.creators.dues import turn_of
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column, begins

_CANDIDATES, _ENDED = say("Candidates"), say("Ended")
_NEVER = datetime.max.replace(tzinfo=UTC)


class DealRow(NamedTuple):
    """One deal, where it stands, and its clock."""

    deal: Deal
    group: str
    role: str
    clock: Running
    at: datetime | None


def columns() -> list[Column]:
    """The columns of a deal in the language of the moment."""
    chinese = language() == "zh"
    return [
        Column("cursor", 2),
        Column("group", 8 if chinese else 10, goes=2),
        Column("picked", 1),
        Column("state", 2),
        Column("left", 10 if chinese else 8, right=True),
        Column("due", 10 if chinese else 9, gap=2, right=True, goes=1),
        Column("what", 14 if chinese else 17, gap=2),
        Column("who", 13, gap=2, most=30),
    ]


def listed(
    deals: Sequence[Deal], clocks: Callable[[Deal], Running], dues: Sequence[Due], now: datetime, zone: tzinfo
) -> list[DealRow]:
    """The deals in their order: the agenda's, but what has no date behind all that has one, as nothing runs out there;
    then candidates, what waits for others, and what has ended, the newest first."""
    agenda = Agenda(dues, now, zone)
    by_id = {deal.id: deal for deal in deals}
    found: list[DealRow] = []
    for group, lines in sorted(agenda.groups.items(), key=lambda found: found[0] == "no_date"):
        role = "soon_bold" if group in ("overdue", "left_over") else "quiet"
        for due in lines:
            deal = by_id.get(due.place.id) if isinstance(due.place.id, int) else None
            if deal is not None:
                found.append(DealRow(deal, render(GROUPS[group]), role, clocks(deal), due.at))
    waiting = render(GROUPS["waiting"])
    mine = [row for row in found if row.group != waiting]
    rest = [row for row in found if row.group == waiting]
    candidates = [deal for deal in deals if deal.stage == "candidate"]
    ended = sorted((deal for deal in deals if not deal.open), key=lambda deal: deal.closed_at or _NEVER, reverse=True)
    mine += [DealRow(deal, render(_CANDIDATES), "quiet", Running(), None) for deal in candidates]
    return [*mine, *rest, *(DealRow(deal, render(_ENDED), "quiet", Running(), None) for deal in ended)]


class DealRows:
    """Deals as the source of a table. `clock` gives the instant they are drawn for, `what` says what is to be done."""

    def __init__(
        self, rows: Sequence[DealRow], clock: Callable[[], datetime], zone: tzinfo, soon: timedelta,
        what: Callable[[Deal, Running, datetime], Saying],
    ) -> None:  # fmt: skip
        self.rows = rows
        self._what = what
        self._clock = clock
        self._zone = zone
        self._soon = soon

    def __len__(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> int:
        """The number of the deal."""
        return self.rows[row].deal.id

    def groups(self) -> list[tuple[str, str, int]]:
        """The groups, as far as there are any."""
        return [(group, role, row) for (group, role), row in begins((each.group, each.role) for each in self.rows)]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        deal, _group, _role, clock, at = self.rows[row]
        now = self._clock()
        mark, role = self._symbol(deal, clock, at, now)
        plain = "text" if deal.open and turn_of(deal, clock, now) == "seller" else "quiet"
        what = render(self._what(deal, clock, now)) if deal.open else stage(deal)
        return {
            "state": Span(mark, role),
            "left": Span("" if at is None else countdown(at - now), role),
            "due": Span("" if at is None else due_point(at, now, self._zone), plain),
            "what": Span(what, "title" if current else plain),
            "who": Span(deal.handle or "***", plain),
        }

    def _symbol(self, deal: Deal, clock: Running, at: datetime | None, now: datetime) -> tuple[str, str]:
        if not deal.open:
            return " ", "quiet"
        if turn_of(deal, clock, now) != "seller":
            return WAITS, "quiet"
        if at is None:
            return "?", "text"
        if at <= now:
            return "!", "late_bold" if clock.kind == "platform" else "soon_bold"
        return (SOON, "soon") if at < now + self._soon else (" ", "text")
