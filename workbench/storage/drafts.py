"""What was typed and not saved yet: one small file of its own, `drafts.json`, so that no slip and no crash loses it.

It stands outside undo, backups, exports and merges. A text is dropped when it is saved or emptied, the oldest of one
place when there are more than three, and all of them after two weeks; `forget` takes them. What cannot be read of the
file is no draft: the next one takes its place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from workbench.storage.atomic import make_directory, read_whole, sync_directory, write_whole
from workbench.storage.files import Files

DRAFTS = "drafts.json"
#: How long one is kept, and how many of one place.
KEPT_FOR, KEPT = timedelta(days=14), 3


class Draft(msgspec.Struct, frozen=True):
    """The texts of the fields of one place, by the name of the field; `begun` tells one try from another."""

    begun: str
    at: datetime
    texts: Mapping[str, str]


_All = dict[str, list[Draft]]


class Drafts:
    """The drafts of a data directory. Safe for several threads; of two windows the later one wins, place by place.

    `keep` and `drop` cost nothing and hold from then on; `write` puts them on disk and raises the `OSError` of the
    system, after which they are still to be written.
    """

    def __init__(self, directory: Path, files: Files, now: Callable[[], datetime]) -> None:
        self._path = directory / DRAFTS
        self._files = files
        self._now = now
        self._writing, self._busy = threading.Lock(), threading.RLock()
        self._mine: _All = {}
        self._unwritten: set[str] = set()

    def of(self, place: str) -> list[Draft]:
        """What was left unsaved there, the newest first."""
        with self._busy:
            return self._mine[place] if place in self._mine else self._read().get(place, [])

    def keep(self, place: str, begun: str, texts: Mapping[str, str]) -> None:
        """These are the texts of this try now; none of them is left where all are empty."""
        with self._busy:
            others = [draft for draft in self.of(place) if draft.begun != begun]
            mine = [Draft(begun, self._now(), dict(texts))] if any(text.strip() for text in texts.values()) else []
            self._set(place, [*mine, *others][:KEPT])

    def drop(self, place: str) -> None:
        """It was saved there."""
        with self._busy:
            if self.of(place):
                self._set(place, [])

    def write(self) -> None:
        """Put on disk what was kept and dropped since."""
        with self._writing:
            with self._busy:
                places, self._unwritten = self._unwritten, set()
                mine = {place: self._mine[place] for place in places}
            if not places:
                return
            try:
                self._write(self._read() | mine)
            except OSError:
                with self._busy:
                    self._unwritten |= places
                raise

    def forget(self, before: datetime) -> int:
        """Drop all that were last touched before this instant, on disk; how many."""
        with self._writing, self._busy:
            found = self._read() | self._mine
            kept = {place: [draft for draft in drafts if draft.at >= before] for place, drafts in found.items()}
            gone = _count(found) - _count(kept)
            if gone:
                self._write(kept)
            self._mine, self._unwritten = {}, set()
            return gone

    def _set(self, place: str, drafts: list[Draft]) -> None:
        if drafts != self.of(place):
            self._mine[place] = drafts
            self._unwritten.add(place)

    def _read(self) -> _All:
        try:
            found = msgspec.json.decode(read_whole(self._files, self._path)[0], type=_All)
        except (OSError, msgspec.DecodeError):
            return {}
        oldest = self._now() - KEPT_FOR
        return {place: [draft for draft in drafts if draft.at > oldest] for place, drafts in found.items()}

    def _write(self, found: _All) -> None:
        kept = {place: drafts for place, drafts in found.items() if drafts}
        make_directory(self._files, self._path.parent)
        write_whole(self._files, self._path, [msgspec.json.format(msgspec.json.encode(kept), indent=1)])
        sync_directory(self._files, self._path.parent)


def _count(found: _All) -> int:
    return sum(map(len, found.values()))
