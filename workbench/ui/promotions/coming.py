"""What ends next, lives, steps, dates of campaigns: the lines below the board, whatever domain of the plan they are of.

What begins by itself stands among them without a mark: a promotion, a live, a campaign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from workbench.core.agenda import Agenda, Due, Group, Telling
from workbench.core.place import Place
from workbench.core.saying import Saying, say
from workbench.i18n import _
from workbench.output.promotions.text import TOOL
from workbench.output.words import point
from workbench.session import Session
from workbench.ui.text import Span
from workbench.ui.today.rows import DueRows
from workbench.ui.widgets.table import begins

#: The domains of the plan, by the tables that hold them.
DOMAINS = {"promotions": "promotions", "lives": "lives", "campaigns": "campaigns", "bigdays": "steps"}
#: The step of what begins by itself.
BEGINS = "begins"
#: What Enter asks about what begins.
_SHEET = {"lives": "live.check", "campaigns": "campaign.act"}
#: The steps that follow a campaign.
AFTER = ("review", "measure")


class ComingRows(DueRows):
    """Lines of the plan; what begins by itself is marked neither late nor soon, and keeps its own day: what begins at
    00:00 begins on the day that begins then."""

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        found, due = super().cells(row, current), self.dues[row]
        if due.step == BEGINS and due.at is not None:
            left, begins = found["left"], point(due.at, self._clock(), self._zone)
            found |= {"state": Span(" "), "left": Span(left.text, "text"), "due": Span(begins, "text")}
        return found

    def group_of(self, due: Due) -> Group:
        if due.step != BEGINS or due.at is None:
            return super().group_of(due)
        ahead = due.at.astimezone(self._zone).date() - self._clock().astimezone(self._zone).date()
        return "today" if not ahead else "tomorrow" if ahead.days == 1 else "later"

    def firsts(self) -> list[tuple[Group, int]]:
        return begins(map(self.group_of, self.dues))  # of these groups one may come twice

    def key(self, row: int) -> tuple[Place, str]:
        """The place, and which of its clocks."""
        due = self.dues[row]
        return due.place, due.step


def coming(session: Session, until: datetime) -> Agenda:
    """What of the plan falls due or begins by `until`, in the order of the agenda."""
    return Agenda(_all(session, until), session.now(), session.zone)


def _all(session: Session, until: datetime) -> Iterator[Due]:
    now = session.now()
    for domain, table in DOMAINS.items():
        if session.store.table(table):
            # What is owed after a live or a campaign is told once it has begun.
            yield from (
                due for due in session.desk(domain).dues(now, until)
                if due.opened_at <= now or not (due.step in AFTER or due.step.startswith("after"))
            )  # fmt: skip
    if session.store.table("promotions"):
        for each in session.desk("promotions").all():
            if (
                now < each.starts_at <= until
                and each.stopped_at is None
                and each.renews is None
                and each.campaign is None
            ):
                what = say("{tool} starts", tool=TOOL[each.tool])
                thing = each.items[0].sku or _("all SKUs")
                yield _begins("promotions", each.id, each.starts_at, what, thing)
    if session.store.table("lives"):
        for live in session.desk("lives").all():
            if now < live.starts_at <= until and live.ended_at is None:
                thing = live.content or live.account or live.ref
                yield _begins("lives", live.id, live.starts_at, say("Go live"), thing)
    if session.store.table("campaigns"):
        for campaign in session.desk("campaigns").all():
            if now < campaign.starts_at <= until and campaign.closed_at is None:
                yield _begins("campaigns", campaign.id, campaign.starts_at, say("Campaign starts"), campaign.name)


def _begins(domain: str, id: int, at: datetime, what: Saying, thing: str) -> Due:
    tell: Callable[[], Telling] = partial(Telling, ref="", what=what, thing=thing)
    # What is due at the same instant belongs to the day before, and stands before it.
    return Due(place=Place(domain, id), step=BEGINS, at=at, tell=tell, opened_at=at, sheet=_SHEET.get(domain, ""))


#: So far ahead the lines look.
AHEAD = timedelta(days=30)
