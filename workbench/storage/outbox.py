"""Messages that are to be sent: one small file of its own, `outbox.json`, so that none is lost and none goes twice.

It stands outside undo, history, backups, exports and merges, for what was sent is not unsent by going back. A message
is *queued*, then *sending* (on disk before the connection is made), then *sent* (the server has accepted it). One that
is found *sending* may have arrived or not. The lock is one of its own: the data are free while a server is waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from workbench.core.saying import Refusal, say
from workbench.storage.atomic import make_directory, read_whole, sync_directory, write_whole
from workbench.storage.files import Busy, Files
from workbench.storage.meta import OUTBOX

LOCK = ".outbox.lock"

State = Literal["queued", "sending", "sent", "given_up"]
#: After so long a message is given up; what is done with is kept for as long, to be looked at.
GIVEN_UP = timedelta(days=7)
#: How long until the next try, after so many without a connection; then each hour. A refusal is tried once a day.
SOON = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
DAILY = timedelta(days=1)


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message. `maybe`: it may have arrived already. The body goes when it was sent."""

    id: int
    way: Literal["mail", "push"]
    to: str
    subject: str
    body: str
    message_id: str
    queued_at: datetime
    state: State = "queued"
    maybe: bool = False
    tries: int = 0
    last_error: str | None = None
    next_at: datetime | None = None
    sent_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in ("queued", "sending")


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """All messages; the day of the last rise that was told, by alert; the day of the last digest."""

    messages: tuple[Message, ...] = ()
    told: dict[str, date] = {}
    digest: date | None = None
    last_id: int = 0


class Outbox:
    """The outbox of a data directory."""

    def __init__(self, directory: Path, files: Files) -> None:
        self._path, self._files = directory / OUTBOX, files

    def read(self) -> Box:
        """What is in it; nothing where there is none. `Refusal` where it cannot be read: nothing may go twice."""
        try:
            return msgspec.json.decode(read_whole(self._files, self._path)[0], type=Box)
        except FileNotFoundError:
            return Box()
        except (OSError, msgspec.DecodeError) as error:
            raise Refusal(
                say("The outbox {path} cannot be read, so nothing is sent. Move it away.", path=str(self._path))
            ) from error

    def write(self, box: Box) -> None:
        """Put it on disk, whole and synced; `OSError` of the system."""
        make_directory(self._files, self._path.parent)
        write_whole(self._files, self._path, [msgspec.json.format(msgspec.json.encode(box), indent=1)])
        sync_directory(self._files, self._path.parent)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process sends at a time. `Refusal` where another one is at it."""
        make_directory(self._files, self._path.parent)
        try:
            release = self._files.lock(self._path.parent / LOCK)
        except Busy as error:
            raise Refusal(say("Another workbench is sending just now.")) from error
        try:
            yield
        finally:
            release()

    def forget(self, before: datetime) -> int:
        """Drop the messages queued before this instant, on disk; how many."""
        with self.alone():
            box = self.read()
            kept = tuple(each for each in box.messages if each.queued_at >= before)
            gone = len(box.messages) - len(kept)
            if gone:
                self.write(msgspec.structs.replace(box, messages=kept))
            return gone


def queued(box: Box, now: datetime, drafts: list[Message], told: dict[str, date], digest: date | None) -> Box:
    """With new messages in it, and what they tell of: both on disk at once, so that nothing is told twice."""
    last = box.last_id
    fresh = []
    for draft in drafts:
        last += 1
        fresh.append(msgspec.structs.replace(draft, id=last, queued_at=now))
    return Box(messages=(*box.messages, *fresh), told=box.told | told, digest=digest or box.digest, last_id=last)


def tidied(box: Box, now: datetime) -> Box:
    """Without what is done with for long; what could not be sent for a week is given up."""
    kept = []
    for each in box.messages:
        if each.open and now - each.queued_at >= GIVEN_UP:
            kept.append(msgspec.structs.replace(each, state="given_up", next_at=None))
        elif each.open or now - each.queued_at < 2 * GIVEN_UP:
            kept.append(each)
    return msgspec.structs.replace(box, messages=tuple(kept))


def changed(box: Box, message: Message) -> Box:
    """With this message in the place of the one of its number."""
    return msgspec.structs.replace(
        box, messages=tuple(message if each.id == message.id else each for each in box.messages)
    )


def due(box: Box, now: datetime) -> list[Message]:
    """What is to be tried now, the oldest first. What is found *sending* was interrupted, and is tried at once."""
    return [each for each in box.messages if each.open and (each.next_at is None or each.next_at <= now)]


class Failed(Exception):
    """It was not sent. `refused`: the server said no for good; `maybe`: it may have arrived all the same."""

    def __init__(self, why: str, *, refused: bool = False, maybe: bool = False) -> None:
        super().__init__(why)
        self.why, self.refused, self.maybe = why, refused, maybe


def sent(outbox: Outbox, now: datetime, send: Callable[[Message], None]) -> Box:
    """Try what is due, one by one, each stamped on disk before and after. To be called while `alone`."""
    before = outbox.read()
    box = tidied(before, now)
    if box != before:
        outbox.write(box)
    for each in due(box, now):
        again = each.maybe or each.state == "sending"
        trying = msgspec.structs.replace(each, state="sending", maybe=again, tries=each.tries + 1)
        outbox.write(changed(box, trying))
        try:
            send(trying)
        except Failed as failed:
            wait = DAILY if failed.refused else SOON[min(trying.tries, len(SOON)) - 1]
            after = msgspec.structs.replace(
                trying, state="queued", maybe=again or failed.maybe, last_error=failed.why, next_at=now + wait
            )
        else:
            after = msgspec.structs.replace(trying, state="sent", body="", last_error=None, next_at=None, sent_at=now)
        box = changed(box, after)
        outbox.write(box)
    return box
