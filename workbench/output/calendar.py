"""The calendar file: what stands in the agenda as iCalendar (RFC 5545), with alarms. It knows no domain.

- A deadline is an entry of fifteen minutes that ENDS at it, so that what falls due at 24:00 lies on its own day. What
  happens or is asked at an instant begins there, and lasts as long as is known. A routine is a whole day of the shop,
  without a time: it does not move when the clocks do.
- Alarms ring so long before the deadline itself; they are relative, so the file does not depend on when it is written,
  and a calendar program lets past ones be.
- UIDs carry the name of the data directory: two shops in one calendar do not overwrite each other.
- No METHOD: the file is a calendar to import or to subscribe to. With METHOD:CANCEL or REQUEST it would be an
  invitation, which mail programs treat otherwise. What is done is told by STATUS:CANCELLED and a higher SEQUENCE.
- Times are UTC. The texts are in the current language. They hold no word of a buyer: the file is likely to end up in a
  cloud. The same versions in the same language give the same bytes; DTSTAMP is when a version came to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from workbench.core.agenda import Repeats
from workbench.core.calendar import Subject, begins
from workbench.core.published import Published, PublishedDate
from workbench.i18n import _, render
from workbench.output.cells import clean, cut
from workbench.output.words import amount

LENGTH = timedelta(minutes=15)
_RECURS: dict[Repeats, dict[str, object]] = {
    "weekly": {"freq": "weekly"},
    "monthly": {"freq": "monthly"},
    "quarterly": {"freq": "monthly", "interval": 3},
}
#: The name of a SKU or a product on a phone.
_THING = 40


class _Version(NamedTuple):
    """One VEVENT, in words: from `begin` on, a day where it is of a whole day; `alarms` from `begin`."""

    uid: str
    begin: datetime | date
    end: datetime | date
    stamp: datetime
    sequence: int
    over: bool
    summary: str
    description: str
    repeats: Repeats
    alarms: tuple[timedelta, ...]


def ics(entries: Iterable[PublishedDate], versions: Iterable[Published]) -> bytes:
    """The file of these versions; the entries among them give the words, what has no entry any more is cancelled."""
    subjects = {entry.uid: entry for entry in entries}
    ordered = sorted(versions, key=lambda version: (version.at, version.uid))
    events = (_event(_worded(version, subjects.get(version.uid))) for version in ordered)
    return _frame(_("workbench: deadlines")).replace(_END, b"".join(events) + _END)


def _worded(version: Published, entry: PublishedDate | None) -> _Version:
    name, _at, where = version.uid.partition("@")
    uid = f"{name}.{version.shop}@{where}" if version.shop else version.uid
    subject: Subject | None = None if entry is None or version.over else entry.subject
    begin, end, before = _span(version, subject)
    if subject is None:
        summary = _("Done: {ref}").format(ref=name.partition(".")[0])
        return _Version(uid, begin, end, version.stamp, version.sequence, version.over, clean(summary), "", "", ())
    summary, description = (_harmless(text) for text in words(subject))
    alarms = tuple(-(alarm - before) for alarm in subject.due.alarms)
    return _Version(
        uid, begin, end, version.stamp, version.sequence, version.over, summary, description, subject.due.repeats,
        alarms,
    )  # fmt: skip


def _span(version: Published, subject: Subject | None) -> tuple[datetime | date, datetime | date, timedelta]:
    """From when to when, and how long before the due instant it begins."""
    if version.all_day is not None:
        return version.all_day, version.all_day + timedelta(days=1), timedelta()
    if subject is not None and begins(subject.due):
        return version.at, version.at + (subject.due.lasts or LENGTH), timedelta()
    return version.at - LENGTH, version.at, LENGTH


def words(subject: Subject) -> tuple[str, str]:
    """What it is, short enough for a phone, and what follows if nothing is done."""
    due, told = subject.due, subject.told
    stake = amount(told.money) if told.money is not None else render(told.stake) if told.stake is not None else ""
    parts = [part for part in (render(told.what), cut(clean(told.thing), _THING), stake) if part]
    if due.all_day is None and not any(told.ref in part for part in parts):
        parts.append(f"({told.ref})")
    follows = [render(saying) for saying in (told.otherwise, told.note) if saying is not None]
    return " ".join(parts), "\n".join(follows)


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


@lru_cache(16384)  # in an open session a save changes few of many
def _event(version: _Version) -> bytes:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", version.uid)
    event.add("dtstamp", version.stamp)
    event.add("sequence", version.sequence)
    event.add("status", "CANCELLED" if version.over else "CONFIRMED")
    event.add("summary", version.summary)
    event.add("dtstart", version.begin)
    event.add("dtend", version.end)
    event.add("transp", "TRANSPARENT")
    if version.description:
        event.add("description", version.description)
    if version.repeats:
        event.add("rrule", _RECURS[version.repeats])
    for trigger in version.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", version.summary)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return bytes(event.to_ical())
