"""The calendar file of a session: what stands in it, what is remembered of it, and where it is written by itself.

What was given away is remembered in the table `calendar`, as housekeeping that undo does not see. Where nothing can be
saved the file is made all the same, from what is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path

import msgspec

from workbench.core.calendar import (
    Recurring,
    appeal_entries,
    case_entries,
    drop_entries,
    recurring_entry,
    recurring_uid,
)
from workbench.core.published import Entry, Published, publish
from workbench.core.routines.periods import began
from workbench.core.saying import Refusal, say
from workbench.core.time import at_local, midnight
from workbench.session.calendar.tables import CALENDAR
from workbench.session.records import Records
from workbench.session.session import Session
from workbench.storage.atomic import write_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.own import refuse_own

#: When a routine stands in the calendar, so that its alarms ring at 13:00 of the day before, at 09:00 and at 12:00.
ROUTINE_AT = time(13)


class CalendarDesk:
    """The calendar of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._records = Records(session.store, CALENDAR, Published)

    def text(self) -> bytes:
        """The file, in the current language; what stands in it is remembered if anything can be saved."""
        from workbench.output.calendar import ics  # the words of everything, for this alone

        entries, published = self._published()
        return ics(entries, published.values(), self._session.zone)

    def write(self, path: Path) -> None:
        """Put the file in the place of `path` at once, unless it is the same. `Refusal` where that is not possible."""
        refuse_own(self._session.store.directory, path)
        text = self.text()
        try:
            path = path.resolve()  # of a link the file it leads to
            if path.is_file() and path.read_bytes() == text:
                return
            write_whole(Files(), path, [text])
        except OSError as error:
            raise Refusal(
                say(
                    "The calendar {path} could not be written ({reason}). Check the folder, or name another file.",
                    path=str(path),
                    reason=reason(error),
                )
            ) from error

    def follow(self) -> None:
        """Write the file of the settings, if they name one. Called after each save, so what fails is a notice."""
        path = self._session.settings.calendar.write_to
        if path is None:
            return
        try:
            self.write(path)
        except Refusal as refusal:
            self._session.store.notices.append(refusal.saying)

    def _published(self) -> tuple[list[Entry], Mapping[str, Published]]:
        """What stands in the file, remembered where that is possible."""
        store, now = self._session.store, self._session.now()
        memory = self._memory()
        entries = self._entries(memory, now)
        if self._session.readonly is not None or not store.directory.is_dir():
            return entries, publish(memory, entries, None)
        if publish(memory, entries, now) == memory:
            return entries, memory
        try:
            with store.transaction() as tx:
                memory = self._memory()
                entries = self._entries(memory, now)
                after = publish(memory, entries, now)
                for uid, each in after.items():
                    if each != memory.get(uid):
                        id = each.id or tx.next_id(CALENDAR)
                        tx.put(CALENDAR, id, msgspec.structs.replace(each, id=id))
                for uid in memory.keys() - after.keys():
                    tx.remove(CALENDAR, memory[uid].id)
        except Refusal as refusal:
            store.notices.append(refusal.saying)
            return entries, publish(memory, entries, None)
        return entries, after

    def _memory(self) -> dict[str, Published]:
        return {each.uid: each for each in self._records.live().values()}

    def _entries(self, memory: Mapping[str, Published], now: datetime) -> list[Entry]:
        desk, live = self._session.ledger, {uid for uid, each in memory.items() if not each.over}
        violations = desk.all()
        return [
            *case_entries(self._session.tickets.all(), self._session.policy),
            *appeal_entries(violations, desk.rules, desk.shop, now, live),
            *drop_entries(violations, desk.scores(), desk.rules, desk.shop, now, live),
            *self._routines(memory),
        ]

    def _routines(self, memory: Mapping[str, Published]) -> Iterator[Entry]:
        """Each routine from its next day on; one that was never ticked off stays where the calendar has it."""
        zone = self._session.zone
        for routine in self._session.routines.all():
            subject, day = Recurring(routine.id, routine.name, routine.every), routine.next
            before = memory.get(recurring_uid(routine.id))
            if routine.last is None and before is not None and not before.over:
                had = before.at.astimezone(zone).date()
                day = had if had == began(routine.every, min(had, day)) else day
            at = at_local(datetime.combine(day, ROUTINE_AT), zone)
            yield recurring_entry(subject, at, midnight(routine.last or day, zone))


DESK = CalendarDesk
