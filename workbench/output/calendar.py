"""The calendar file: deadlines, appeal windows, point drops and routines as iCalendar (RFC 5545), with alarms.

- Every date has the three alarms, 24 h, 4 h and 1 h before it, also where one of them is past: they are relative, so
  the file does not depend on when it is written, and a calendar program lets past ones be.
- No METHOD: the file is a calendar to import or to subscribe to. With METHOD:CANCEL or REQUEST it would be an
  invitation, which mail programs treat otherwise. What is done is told by STATUS:CANCELLED and a higher SEQUENCE.
- Times are UTC. A routine recurs by itself (RRULE) from its next day on, until it is ticked off.
- The texts are in the current language. They hold no word of a buyer: the file is likely to end up in a cloud.
- The same versions in the same language give the same bytes; DTSTAMP is when a version came to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from workbench.core.calendar import AppealWindow, Case, Drop, Recurring
from workbench.core.published import Entry, Published
from workbench.core.routines.periods import Every
from workbench.i18n import _, n_, pick
from workbench.output.cells import clean, cut
from workbench.output.sentences import consequence
from workbench.output.words import amount, full_point, thing, todo, year_date

ALARMS = (timedelta(hours=24), timedelta(hours=4), timedelta(hours=1))
_RECURS: dict[Every, dict[str, object]] = {
    "week": {"freq": "weekly"},
    "monday": {"freq": "weekly"},
    "quarter": {"freq": "monthly", "interval": 3},
}
#: The name of a SKU or a product on a phone.
_THING = 40


class _Version(NamedTuple):
    """One VEVENT, in words."""

    uid: str
    at: datetime
    stamp: datetime
    sequence: int
    over: bool
    summary: str
    description: str
    every: Every | None


def ics(entries: Iterable[Entry], versions: Iterable[Published], zone: tzinfo) -> bytes:
    """The file of these versions; the entries among them give the words, what has no entry any more is cancelled."""
    subjects = {entry.uid: entry for entry in entries}
    ordered = sorted(versions, key=lambda version: (version.at, version.uid))
    events = (_event(_worded(version, subjects.get(version.uid), zone)) for version in ordered)
    return _frame(_("workbench: deadlines")).replace(_END, b"".join(events) + _END)


def _worded(version: Published, entry: Entry | None, zone: tzinfo) -> _Version:
    summary, description, every = _("Done: {ref}").format(ref=version.uid.partition("@")[0].partition(".")[0]), "", None
    if entry is not None and not version.over:
        summary, description = words(entry, zone)
        every = entry.subject.every if isinstance(entry.subject, Recurring) else None
    texts = (_harmless(summary), _harmless(description))
    return _Version(version.uid, version.at, version.stamp, version.sequence, version.over, *texts, every)


def words(entry: Entry, zone: tzinfo) -> tuple[str, str]:
    """What it is, short enough for a phone, and what follows if nothing is done."""
    subject = entry.subject
    if isinstance(subject, Case):
        return _case(subject, entry.at, zone)
    if isinstance(subject, AppealWindow):
        violation = subject.violation
        text = n_("Appeal {ref}, {n} point", "Appeal {ref}, {n} points", violation.points)
        after = _("If you do nothing, the right to appeal is gone and the points stay until {point}.")
        end = year_date(subject.expires_at.astimezone(zone).date())
        return text.format(ref=violation.ref, n=violation.points), after.format(point=end)
    if isinstance(subject, Drop):
        text, after = _("Points now {points}: {ref} expires"), _("The points of {ref} expire: {point}.")
        ref, point = subject.violation.ref, full_point(entry.at, zone)
        return text.format(points=subject.points, ref=ref), after.format(ref=ref, point=point)
    assert isinstance(subject, Recurring)
    return pick(subject.name), _("Tick it off in workbench when it is done.")


def _case(case: Case, at: datetime, zone: tzinfo) -> tuple[str, str]:
    ticket = case.ticket
    parts = (todo(ticket), cut(clean(thing(ticket)), _THING), amount(ticket.money), f"({ticket.ref})")
    # A moment before the deadline: afterwards the sentence is another one, and the file must not change with the clock.
    follows = consequence(ticket, at - timedelta(seconds=1), zone, appealable=case.appealable)
    order = _("Order {id}").format(id=clean(ticket.order_id)) if ticket.order_id else ""
    return " ".join(part for part in parts if part), "\n".join(line for line in (follows, order) if line)


def _harmless(text: str) -> str:
    """Without control characters and the like; the line breaks are our own."""
    return "\n".join(clean(line) for line in text.split("\n"))


_END = b"END:VCALENDAR\r\n"


@lru_cache(2)
def _frame(name: str) -> bytes:
    """The calendar around the events; its name is shown where somebody subscribes to it."""
    from icalendar import Calendar  # 0.2 s, for this verb alone

    calendar = Calendar()
    calendar.add("prodid", "-//workbench//workbench//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT15M")
    return bytes(calendar.to_ical())


@lru_cache(4096)  # in an open session a save changes few of many
def _event(version: _Version) -> bytes:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", version.uid)
    event.add("dtstamp", version.stamp)
    event.add("sequence", version.sequence)
    event.add("status", "CANCELLED" if version.over else "CONFIRMED")
    event.add("summary", version.summary)
    event.add("dtstart", version.at)
    event.add("transp", "TRANSPARENT")
    if version.description:
        event.add("description", version.description)
    if version.every is not None:
        event.add("rrule", _RECURS[version.every])
    for before in () if version.over else ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", version.summary)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return bytes(event.to_ical())
