"""The rows of the second view: campaigns by what they ask, then each plan with its steps, then the events ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from workbench.core.campaigns.model import Campaign
from workbench.core.place import Place
from workbench.core.time import day_ends, midnight
from workbench.i18n import _, language, p_, pick
from workbench.output import marks
from workbench.output.words import countdown, due_point, point, short_date
from workbench.session import Session
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column, begins

#: An end that is so near is amber.
SOON = timedelta(days=1)
#: Of what is so far away the list names the month alone.
NEXT_YEAR = timedelta(days=300)


class PlanEntry(NamedTuple):
    """One row: where it belongs, what it is, the instant it waits for, its state in one cell, what is said of it."""

    group: str
    place: Place
    at: datetime | None
    mark: str
    title: str
    words: str
    quiet: bool = False
    #: Whether something begins at the instant, rather than has to be done by it.
    begins: bool = False


def columns() -> list[Column]:
    """The columns in the language of the moment."""
    chinese = language() == "zh"
    return [
        Column("cursor", 2),
        Column("group", 11 if chinese else 13, goes=3),
        Column("picked", 1),
        Column("state", 4),
        Column("left", 10 if chinese else 8, right=True),
        Column("due", 10 if chinese else 9, gap=2, right=True, goes=2),
        Column("title", 20, gap=2, most=40),
        Column("words", 14, gap=2, goes=1, most=40),
    ]


def entries(session: Session) -> list[PlanEntry]:
    """Everything, in order."""
    return [*_campaigns(session), *_plans(session), *_events(session)]


def next_clock(session: Session, campaign: Campaign) -> tuple[datetime | None, str]:
    """What a campaign waits for next, and its name."""
    now, clocks = session.now(), session.settings.campaigns
    found = [(at, name) for name, at in session.desk("campaigns").dates(campaign)]
    if now < campaign.starts_at:
        found.append((campaign.starts_at, "starts_at"))
    elif now < campaign.ends_at:
        found.append((campaign.ends_at, "ends_at"))
    elif session.desk("campaigns").of_the_past(campaign):
        pass
    elif campaign.closed_at is None and campaign.reviewed_at is None:
        found.append((campaign.ends_at + clocks.review_after, "review"))
    elif campaign.closed_at is None and session.desk("campaigns").after(campaign) is None:
        found.append((campaign.ends_at + clocks.measure_after, "measure"))
    return min(found, default=(None, ""))


def _campaigns(session: Session) -> Iterator[PlanEntry]:
    if not session.store.table("campaigns"):
        return
    now = session.now()
    said = {
        "registration_opens": _("registration opens"),
        "registration_closes": _("register"), "price_fixed_from": _("prices lock"), "withdraw_until": _("withdraw"),
        "starts_at": _("starts"), "ends_at": _("ends"), "review": _("review"), "measure": _("measure again"), "": "",
    }  # fmt: skip
    groups = {"running": p_("campaign", "Running"), "coming": _("Coming"), "review": _("To review"), "over": _("Past")}
    found: list[tuple[int, datetime, PlanEntry]] = []
    for each in session.desk("campaigns").all():
        at, name = next_clock(session, each)
        state = each.state(now)
        group = state if state in ("running", "coming") else "review" if name in ("review", "measure") else "over"
        entry = PlanEntry(
            groups[group], Place("campaigns", each.id), at, marks.DONE if group == "over" else "",
            f"{each.name} {each.starts_at.astimezone(session.zone).year}" if group == "over" else each.name,
            said[name], group == "over", name in ("starts_at", "registration_opens"),
        )  # fmt: skip
        order = list(groups).index(group)
        far = each.starts_at if group != "over" else now - (each.starts_at - now)
        found.append((order, at or far, entry))
    yield from (entry for _order, _at, entry in sorted(found, key=lambda one: (one[0], one[1], one[2].place.id)))


def _plans(session: Session) -> Iterator[PlanEntry]:
    if not session.store.table("steps"):
        return
    zone = session.zone
    today = session.now().astimezone(zone).date()
    for plan, steps in session.desk("bigdays").plans():
        for step in steps:
            state = step.state(today)
            done = state == "done"
            at = midnight(step.begins, zone) if state == "coming" else day_ends(step.ends, zone)
            words = step.note or (_("from then on") if state == "coming" else "")
            yield PlanEntry(
                pick(plan.name), Place("bigdays", step.id), None if done else at, f"[{marks.DONE}]" if done else "[ ]",
                pick(step.title), words, done, state == "coming",
            )  # fmt: skip


def _events(session: Session) -> Iterator[PlanEntry]:
    desk, zone = session.desk("bigdays"), session.zone
    started = {(plan.event, plan.day) for plan, _steps in desk.plans()}
    planned = {each.event for each in session.settings.plans}
    for event, dated in desk.events():
        if dated is None or (event.id, dated.day) in started:
            continue
        far = midnight(dated.day, zone) - session.now() > NEXT_YEAR
        words = _("(assumed)") if dated.assumed else short_date(dated.day) if far else ""
        if event.id in planned:
            words = _("enter starts its plan")
        yield PlanEntry(
            _("Ahead"), Place("bigdays", f"event:{event.id}"), midnight(dated.day, zone), "", pick(event.name), words,
            event.id not in planned, begins=True,
        )  # fmt: skip


class EntryRows:
    """Entries as the source of a table."""

    def __init__(self, found: Sequence[PlanEntry], session: Session) -> None:
        self.entries = found
        self._clock: Callable[[], datetime] = session.now
        self._zone = session.zone

    def __len__(self) -> int:
        return len(self.entries)

    def key(self, row: int) -> Place:
        """The place of the row."""
        return self.entries[row].place

    def _due(self, entry: PlanEntry, now: datetime) -> str:
        if entry.at is None:
            return ""
        return (point if entry.begins else due_point)(entry.at, now, self._zone)

    def groups(self) -> list[tuple[str, str, int]]:
        """The names in the margin."""
        return [(group, "quiet", row) for group, row in begins(entry.group for entry in self.entries)]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row as they are to be drawn now."""
        entry, now = self.entries[row], self._clock()
        role = "quiet" if entry.quiet else "text"
        soon = role
        mark = entry.mark
        if entry.at is not None and not entry.quiet and entry.at < now + SOON:
            soon = "soon_bold" if entry.at <= now else "soon"
            mark = mark or ("!" if entry.at <= now else marks.SOON)
        return {
            "state": Span(mark, soon),
            "left": Span(countdown(entry.at - now) if entry.at else "", soon),
            "due": Span(self._due(entry, now), role),
            "title": Span(entry.title, "title" if current else role),
            # Without words the title has their room too.
            **({"words": Span(entry.words, "quiet")} if entry.words else {}),
        }
