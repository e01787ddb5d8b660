"""The calendar file of a session: what stands in it, what is remembered of it, and where it is written by itself.

What was given away is remembered in the table `calendar`, as housekeeping that undo does not see. Where nothing can be
saved the file is made all the same, from what is remembered.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from workbench.core.calendar import entries
from workbench.core.published import Published, PublishedDate, publish
from workbench.core.saying import Refusal, say
from workbench.session.agenda import agenda
from workbench.session.base import SessionBase
from workbench.session.calendar.tables import CALENDAR
from workbench.session.records import Records
from workbench.storage.atomic import write_whole
from workbench.storage.errors import reason
from workbench.storage.files import Files
from workbench.storage.own import refuse_own


class CalendarDesk:
    """The calendar of a session."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        self._records = Records(session.store, CALENDAR, Published)

    def text(self) -> bytes:
        """The file, in the current language; what stands in it is remembered if anything can be saved."""
        from workbench.output.calendar import ics  # the words of everything, for this alone

        found, published = self._published()
        return ics(found, published.values())

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

    def _published(self) -> tuple[list[PublishedDate], Mapping[str, Published]]:
        """What stands in the file, remembered where that is possible."""
        store, now = self._session.store, self._session.now()
        dues, zone, memory = agenda(self._session).all, self._session.zone, self._memory()
        found = list(entries(dues, memory, now, zone))
        if self._session.readonly is not None or not store.directory.is_dir():
            return found, publish(memory, found, None, self._shop(memory))
        if publish(memory, found, now) == memory:
            return found, memory
        try:
            with store.transaction() as tx:
                memory = self._memory()
                found = list(entries(agenda(self._session).all, memory, now, zone))
                after = publish(memory, found, now, self._shop(memory, secrets.token_hex(4)))
                for uid, each in after.items():
                    if each != memory.get(uid):
                        id = each.id or tx.next_id(CALENDAR)
                        tx.put(CALENDAR, id, msgspec.structs.replace(each, id=id))
                for uid in memory.keys() - after.keys():
                    tx.remove(CALENDAR, memory[uid].id)
        except Refusal as refusal:
            store.notices.append(refusal.saying)
            return found, publish(memory, found, None, self._shop(memory))
        return found, after

    def _shop(self, memory: Mapping[str, Published], fresh: str = "") -> str:
        """What the UIDs of this data directory are told apart by: the name that is in use, else a fresh one; where none
        can be remembered, one that follows from the place."""
        used = max((each.shop for each in memory.values()), default="")
        place = str(self._session.store.directory.resolve())
        return used or fresh or f"{zlib.crc32(place.encode(errors='surrogateescape')):08x}"

    def _memory(self) -> dict[str, Published]:
        return {each.uid: each for each in self._records.live().values()}


DESK = CalendarDesk
