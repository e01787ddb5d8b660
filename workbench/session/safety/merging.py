"""A conflict copy of a synced drive: the records of another machine come in, none is lost, and undo takes it back.

- A record is the same thing on both machines by what names it (the platform's id, the SKU, a line logged at the same
  second), else by its number, unless the undo histories say that both machines gave that number out apart.
- Changed on both: the one whose own history goes on later counts; a ticket keeps the notes, tags and timeline of both.
- New there: it comes in, under a new number where its own is taken here. What points to it points there then.
- Deleted here and still there: it comes back, because nobody can tell it from a new one.

The copy is then set aside, and its digest kept, so that it is never merged twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from pathlib import Path

import msgspec

from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.core.tickets.model import Ticket
from workbench.session.safety.merge_rules import RULES, Record, Rule
from workbench.session.safety.privacy import forgotten
from workbench.session.session import Session
from workbench.session.tables import (
    CALENDAR,
    DECISIONS,
    FILES,
    ISSUES,
    LOGGED_SKUS,
    MERGED,
    SCORES,
    TICKETS,
    TYPES,
    VIOLATIONS,
    LoggedSku,
    MergedCopy,
)
from workbench.storage import Transaction, conflicts, history
from workbench.storage.errors import Damaged, reason
from workbench.storage.format import Raw, Unreadable
from workbench.storage.meta import HISTORY
from workbench.storage.source import Source

#: Counted anew from what came in.
_DERIVED = LOGGED_SKUS


class _Counts:
    """What came in, what was newer there, what stayed as it is here although it is different there."""

    def __init__(self) -> None:
        self.new = self.newer = self.kept = 0


def merge_copies(session: Session) -> None:
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


def _merge(session: Session, path: Path) -> Saying:
    store, now = session.store, session.now()
    with session.saving() as tx:
        source = Source(store.files, path, store.directory)
        digest = hashlib.blake2b(source.data, digest_size=16).hexdigest()
        known = (msgspec.json.decode(record, type=MergedCopy) for record in store.table(MERGED).values())
        counts = _Counts()
        if all(copy.digest != digest for copy in known):
            lost = _Merging(session, tx, source, counts).run()
            if tx.changes():
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
    if not lost:
        return told
    more = say_n(
        "{n} of its archives was not there and is not in here: {months}.",
        "{n} of its archives were not there and are not in here: {months}.",
        len(lost), months=", ".join(lost),
    )  # fmt: skip
    return say("{told} {more}", told=told, more=more)


class _Merging:
    """One copy into one transaction."""

    def __init__(self, session: Session, transaction: Transaction, source: Source, counts: _Counts) -> None:
        self._store = session.store
        self._tx = transaction
        self._source = source
        self._counts = counts
        ours, theirs = session.store.table(HISTORY), source.tables.get(HISTORY, {})
        self._here, self._there = history.since(ours, theirs), history.since(theirs, ours)
        self._numbers: dict[int, int] = {}  # of tickets: there -> here
        self._lost: set[str] = set()
        self._more: dict[str, int] = {}  # lines of the log by SKU

    def run(self) -> list[str]:
        """Stage everything; the months of the copy whose archive is not to be found."""
        first = [name for name in (TICKETS, ISSUES) if name in self._source.names()]
        for name in (*first, *sorted(self._source.names() - {*first, _DERIVED})):
            if name in RULES:
                self._table(name, RULES[name])
            else:
                self._unknown(name)
        self._count_lines()
        for name, last in self._source.meta.counters.items():
            if name in TYPES and self._tx.changes():
                self._tx.counters[name] = max(self._tx.counters.get(name, 0), last)
        return sorted(self._lost)

    def _table(self, name: str, rule: Rule) -> None:
        decoder = msgspec.json.Decoder(TYPES[name])
        ours = {i: decoder.decode(r) for i, r in {**self._store.archived(name), **self._store.table(name)}.items()}
        by_name: dict[Hashable, list[int]] = {}
        for number, record in ours.items():
            if (key := rule.name(record)) is not None:
                by_name.setdefault(key, []).append(number)
        for number, raw in sorted(self._theirs(name)):
            theirs = decoder.decode(raw)
            found = self._match(name, number, theirs, ours, by_name)
            if found is None:
                self._add(name, number, theirs, ours)
            else:
                self._settle(name, number, found, ours[found], theirs, rule)

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

    def _match(
        self, name: str, number: int, theirs: Record, ours: dict[int, Record], by_name: dict[Hashable, list[int]]
    ) -> int | None:
        """The number of ours that is the same thing. Each is taken once: two equal lines of the log are two."""
        rule = RULES[name]
        named = by_name.get(rule.name(theirs), [])
        if named:
            return named.pop(named.index(number) if number in named else 0)
        same = number in ours and rule.alike(ours[number], theirs) and self._is_one(name, number, ours[number], theirs)
        return number if same else None

    def _is_one(self, name: str, number: int, ours: Record, theirs: Record) -> bool:
        """Whether two records of one number, that began alike, are one: neither was given out on both machines, nor
        do they differ without an action that would have changed one of them."""
        (added, edited), (their_added, their_edited) = self._here, self._there
        if number in added.get(name, ()) and number in their_added.get(name, ()):
            return False
        changed = number in edited.get(name, ()) or number in their_edited.get(name, ())
        return changed or RULES[name].born(ours) == RULES[name].born(theirs) or forgotten(ours) or forgotten(theirs)

    def _add(self, name: str, number: int, theirs: Record, ours: dict[int, Record]) -> None:
        if name == CALENDAR and self._renumbered(theirs.uid):
            return
        free = number not in ours and self._tx.get(name, number) is None
        here = number if free else self._tx.next_id(name)
        if name == TICKETS:
            self._numbers[number] = here
        self._put(name, here, theirs)
        self._counts.new += name in (TICKETS, ISSUES, VIOLATIONS, SCORES, FILES, DECISIONS)
        if name == ISSUES and theirs.sku is not None:
            self._more[theirs.sku] = self._more.get(theirs.sku, 0) + 1

    def _settle(self, name: str, number: int, here: int, ours: Record, theirs: Record, rule: Rule) -> None:
        """Both have it."""
        if name == TICKETS:
            self._numbers[number] = here
        theirs = self._pointing(name, msgspec.structs.replace(theirs, id=here))
        if theirs == ours:
            return
        newer = rule.latest(theirs) > rule.latest(ours)
        after = theirs if newer else ours
        if name == TICKETS:
            after = _joined(after, ours if newer else theirs)
        if after != ours:
            self._tx.put(name, here, after)
            self._counts.newer += 1
        else:
            self._counts.kept += 1

    def _put(self, name: str, here: int, theirs: Record) -> None:
        self._tx.put(name, here, self._pointing(name, msgspec.structs.replace(theirs, id=here)))

    def _pointing(self, name: str, record: Record) -> Record:
        """An issue names the ticket by the number it has here."""
        if name != ISSUES or record.ticket is None:
            return record
        return msgspec.structs.replace(record, ticket=self._numbers.get(record.ticket, record.ticket))

    def _renumbered(self, uid: str) -> bool:
        ref = uid.partition(".")[0]
        return ref.startswith("T-") and ref[2:].isdigit() and self._numbers.get(int(ref[2:])) != int(ref[2:])

    def _unknown(self, name: str) -> None:
        """A table of no domain: what is not here comes in."""
        for number, record in sorted(self._theirs(name)):
            if self._tx.get(name, number) is None:
                self._tx.restore(name, number, record)
                self._counts.new += 1

    def _count_lines(self) -> None:
        known = {each.sku: each for each in map(_logged_sku, self._store.table(LOGGED_SKUS).values())}
        for sku, lines in self._more.items():
            before = known.get(sku)
            id = before.id if before else self._tx.next_id(LOGGED_SKUS)
            self._tx.put(LOGGED_SKUS, id, LoggedSku(id=id, sku=sku, lines=lines + (before.lines if before else 0)))


def _logged_sku(raw: Raw) -> LoggedSku:
    return msgspec.json.decode(raw, type=LoggedSku)


def _joined(counts: Ticket, other: Ticket) -> Ticket:
    """The one that counts, with the notes, tags and timeline of both."""
    events = [*counts.timeline, *(event for event in other.timeline if event not in counts.timeline)]
    notes = (counts.note or "").splitlines()
    notes += [line for line in (other.note or "").splitlines() if line not in notes]
    return msgspec.structs.replace(
        counts,
        timeline=tuple(sorted(events, key=lambda event: event.at)),
        note="\n".join(notes) or None,
        tags=tuple(dict.fromkeys((*counts.tags, *other.tags))),
    )
