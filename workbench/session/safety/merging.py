"""A conflict copy of a synced drive: the records of another machine come in, none is lost, and undo takes it back.

- A record is the same thing on both machines by what names it (the platform's id, the SKU, a line logged at the same
  second), else by its number, unless the undo histories say that both machines gave that number out apart.
- Changed on both: as the table says, field by field for a ticket and a violation, else the one whose own history goes
  on later. Timeline, notes, tags and evidence of both are kept.
- New there: it comes in, under a new number where its own is taken here. What points to it points there then. So do
  the records of a table that this version does not know: none is dropped.
- Deleted here and still there: it comes back, because nobody can tell it from a new one.

The copy is then set aside, and its digest kept, so that it is never merged twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Hashable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.session.base import SessionBase
from workbench.session.door import fault
from workbench.session.imports.tables import MERGED, MergedCopy
from workbench.session.records import Records
from workbench.session.table import Follow, Merge, StoredTable
from workbench.session.table import newer as whole_newer
from workbench.session.tables import tables
from workbench.storage import Transaction, conflicts, history
from workbench.storage.errors import Damaged, reason
from workbench.storage.format import Raw, Unreadable, to_json
from workbench.storage.meta import HISTORY, KEPT, OWN
from workbench.storage.source import Source

#: Undecided records that are told by name.
_LISTED = 20
#: A record of whatever type its table has.
Record = Any


class _Counts:
    """What came in, what was newer there, what stayed as it is here although it is different there."""

    def __init__(self) -> None:
        self.new = self.newer = self.kept = 0
        #: What nothing could decide: the record, and which fields of it, or none for all of it.
        self.undecided: list[tuple[str, tuple[str, ...]]] = []


def merge_copies(session: SessionBase) -> None:
    """Merge every conflict copy in the data directory; each is told in a notice, and what fails, too."""
    for path in session.store.conflict_copies():
        try:
            told = _merge(session, path)
        except FileNotFoundError:  # another process merged it
            continue
        except Refusal as refusal:
            told = _left(path, refusal.saying)
        except OSError as error:
            told = _left(path, say("it cannot be read ({reason})", reason=reason(error)))
        except Unreadable as error:
            told = _left(path, say("it {what}", what=error.what))
        except msgspec.DecodeError as error:
            told = _left(
                path, say("it holds a record that does not have the shape it must have ({why})", why=str(error))
            )
        session.store.notices.append(told)


def _left(path: Path, why: Saying) -> Saying:
    return say(
        "{file} is a copy that a synced drive made, with changes of another machine that are not in here yet: {why}",
        file=path.name,
        why=why,
    )


def _merge(session: SessionBase, path: Path) -> Saying:
    store, now = session.store, session.now()
    with session.saving() as tx:
        source = Source(store.files, path, store.directory)
        digest = hashlib.blake2b(source.data, digest_size=16).hexdigest()
        known = (msgspec.json.decode(record, type=MergedCopy) for record in store.table(MERGED).values())
        counts = _Counts()
        if all(copy.digest != digest for copy in known):
            lost = _Merging(session, tx, source, counts).run() + _orders(session, tx, source)
            if tx.changes() or tx.kept:
                id = tx.next_id(MERGED)
                tx.put(MERGED, id, MergedCopy(id=id, name=path.name, digest=digest, at=now))
                tx.commit_as(say("{file} merged", file=path.name), now)
        else:
            lost = []
    kept = conflicts.set_aside(store.files, path, now)
    told = say(
        "{file} was a copy that a synced drive made. Its records are in here now: {new} new, {newer} newer than here, "
        "{same} kept as they are here. `workbench undo` takes that back; the copy is now {kept}.",
        file=path.name, new=counts.new, newer=counts.newer, same=counts.kept, kept=kept.name,
    )  # fmt: skip
    if counts.undecided:
        told = say("{told} {more}", told=told, more=_undecided(counts.undecided))
    if not lost:
        return told
    more = say_n(
        "{n} of its archives was not there and is not in here: {months}.",
        "{n} of its archives were not there and are not in here: {months}.",
        len(lost), months=", ".join(lost),
    )  # fmt: skip
    return say("{told} {more}", told=told, more=more)


def _undecided(found: list[tuple[str, tuple[str, ...]]]) -> Saying:
    """Which records, and what of them, are as the newer one has it although nothing says that it counts."""
    listed = [f"{ref} ({', '.join(fields)})" if fields else ref for ref, fields in found[:_LISTED]]
    names = ", ".join(listed) + (f", +{len(found) - _LISTED}" if len(found) > _LISTED else "")
    return say("Different on both, and nothing says which counts, so look at them: {records}.", records=names)


def _orders(session: SessionBase, tx: Transaction, source: Source) -> list[str]:
    """The orders kept of the copy, newer file wins; the months whose file is not to be found."""
    from workbench.core.orders.model import Kept
    from workbench.session.orders.files import keep

    ours, lost = session.store.kept_files(), list[str]()
    rows = list(source.kept)
    for month, entry in source.meta.orders.items():
        if month not in ours or ours[month].checksum != entry.checksum:
            try:
                rows += source.orders.read(month)[KEPT].values()
            except Damaged:
                lost.append(month)
    decoder = msgspec.json.Decoder(Kept)
    keep(session, tx, map(decoder.decode, rows))
    return lost


class _Merging:
    """One copy into one transaction."""

    def __init__(self, session: SessionBase, transaction: Transaction, source: Source, counts: _Counts) -> None:
        self._store = session.store
        self._tx = transaction
        self._source = source
        self._counts = counts
        ours, theirs = session.store.table(HISTORY), source.tables.get(HISTORY, {})
        self._here, self._there = history.since(ours, theirs), history.since(theirs, ours)
        self._numbers: dict[str, dict[int, int]] = {}  # by table: there -> here
        self._came: dict[str, list[Record]] = {}  # by table: what is new here
        self._lost: set[str] = set()

    def run(self) -> list[str]:
        """Stage everything; the months of the copy whose archive is not to be found."""
        known, there = tables(), self._source.names()
        for table in _pointed_first(known.values()):
            if table.name in there and isinstance(table.merge, Merge):
                self._table(table, table.merge)
        for name in sorted(there - known.keys()):
            self._unknown(name)
        for table in known.values():
            if isinstance(table.merge, Follow):
                self._follow(table, table.merge)
        if self._tx.changes():
            for name, last in self._source.meta.counters.items():
                if name not in OWN:
                    self._tx.counters[name] = max(self._tx.counters.get(name, 0), last)
        return sorted(self._lost)

    def _table(self, table: StoredTable[Any], rule: Merge[Any]) -> None:
        name, decoder = table.name, msgspec.json.Decoder(table.type)
        known = Records(self._store, name, table.type)  # without what is damaged here: nothing is taken for that
        ours = {**known.archived(), **known.live()}
        by_name: dict[Hashable, list[int]] = {}
        for number, record in ours.items():
            if (key := rule.name(record)) is not None:
                by_name.setdefault(key, []).append(number)
        for number, raw in sorted(self._theirs(name)):
            theirs = decoder.decode(raw)
            if (what := fault(theirs)) is not None:
                raise Refusal(say("its record {id} of {table} {what}", id=number, table=name, what=what))
            theirs = self._pointing(table, theirs)
            if theirs is None:
                continue
            found = self._match(table, rule, number, theirs, ours, by_name)
            here = self._number(name, number, theirs, ours) if found is None else found
            self._numbers.setdefault(name, {})[number] = here
            theirs = msgspec.structs.replace(theirs, id=here)
            if found is None:
                self._add(table, rule, theirs)
            else:
                self._settle(table, rule, ours[found], theirs)

    def _theirs(self, name: str) -> Iterator[tuple[int, Raw]]:
        """Their records, but for archives that are the same here."""
        marks = set(self._store.archived_marks(name).values())
        yield from self._source.tables.get(name, {}).items()
        for month, entry in self._source.meta.archive.items():
            if name in entry.tables and entry.checksum not in marks:
                try:
                    yield from self._source.archive.load(month).get(name, {}).items()
                except Damaged:
                    self._lost.add(month)

    def _pointing(self, table: StoredTable[Any], theirs: Record) -> Record | None:
        """A record names others by the numbers they have here; None for one that means nothing here."""
        for pointer in table.pointers:
            there = pointer.get(theirs)
            here = self._numbers.get(pointer.table, {}).get(there, there) if there is not None else None
            if here is not None and here != there:
                theirs = pointer.set(theirs, here)
                if theirs is None:
                    return None
        return theirs

    def _match(
        self, table: StoredTable[Any], rule: Merge[Any], number: int, theirs: Record, ours: dict[int, Record],
        by_name: dict[Hashable, list[int]],
    ) -> int | None:  # fmt: skip
        """The number of ours that is the same thing. Each is taken once: two equal lines of the log are two."""
        named = by_name.get(rule.name(theirs), [])
        if named:
            return named.pop(named.index(number) if number in named else 0)
        same = number in ours and rule.alike(ours[number], theirs) and self._is_one(table, rule, ours[number], theirs)
        return number if same else None

    def _is_one(self, table: StoredTable[Any], rule: Merge[Any], ours: Record, theirs: Record) -> bool:
        """Whether two records of one number, that began alike, are one: neither was given out on both machines, nor
        do they differ without an action that would have changed one of them."""
        (added, edited), (their_added, their_edited) = self._here, self._there
        name, number = table.name, ours.id
        if number in added.get(name, ()) and number in their_added.get(name, ()):
            return False
        if number in edited.get(name, ()) or number in their_edited.get(name, ()):
            return True
        gone = table.forget is not None and (table.forget.taken(ours) or table.forget.taken(theirs))
        return gone or rule.born(ours) == rule.born(theirs)

    def _number(self, name: str, number: int, theirs: Record, ours: dict[int, Record]) -> int:
        """The number that a record gets which is new here: its own where nothing has it."""
        own = theirs.id if theirs.id != number else number  # a table whose numbers are those of another one
        free = own not in ours and self._tx.get(name, own) is None
        return own if free else self._tx.next_id(name)

    def _add(self, table: StoredTable[Any], rule: Merge[Any], theirs: Record) -> None:
        self._tx.put(table.name, theirs.id, theirs)
        self._counts.new += rule.told
        self._came.setdefault(table.name, []).append(theirs)

    def _settle(self, table: StoredTable[Any], rule: Merge[Any], ours: Record, theirs: Record) -> None:
        """Both have it."""
        if theirs == ours:
            return
        latest = rule.latest(theirs), rule.latest(ours)
        pair = (theirs, ours) if latest[0] > latest[1] else (ours, theirs)
        after = rule.joined(*pair)
        fields = tuple(rule.undecided(*pair))
        if fields or (latest[0] == latest[1] and rule.joined is whole_newer and rule.told):
            ref = f"{table.ref}-{ours.id}" if table.ref else f"{table.name}/{ours.id}"
            self._counts.undecided.append((ref, fields))
        if after != ours:
            self._tx.put(table.name, ours.id, after)
            self._counts.newer += 1
        else:
            self._counts.kept += 1

    def _unknown(self, name: str) -> None:
        """A table of no domain of this version: all of it comes in, under another number where its own is taken."""
        for number, record in sorted(self._theirs(name)):
            ours = self._tx.get(name, number)
            if ours is not None and msgspec.json.decode(ours) == msgspec.json.decode(record):
                continue
            here = number if ours is None else self._tx.next_id(name)
            self._tx.restore(name, here, record if here == number else _renumbered(record, number, here))
            self._counts.new += 1

    def _follow(self, table: StoredTable[Any], rule: Follow[Any]) -> None:
        came = self._came.get(rule.of)
        if came:
            decoder = msgspec.json.Decoder(table.type)
            own = [decoder.decode(raw) for raw in self._store.table(table.name).values()]
            for record in rule.follow(own, came, lambda: self._tx.next_id(table.name)):
                self._tx.put(table.name, record.id, record)


def _pointed_first(known: Collection[StoredTable[Any]]) -> Iterator[StoredTable[Any]]:
    """The tables in an order in which each comes after those that its records name."""
    left = list(known)
    while left:
        names = {table.name for table in left}
        free = [table for table in left if not names & ({each.table for each in table.pointers} - {table.name})]
        yield from free or left
        left = [table for table in left if table not in free] if free else []


def _renumbered(record: Raw, number: int, here: int) -> Raw:
    fields = msgspec.json.decode(record, type=dict[str, Any])
    return to_json(fields | {"id": here}) if fields.get("id") == number else record
