"""Bringing Seller Center files in: first a plan that reads and changes nothing, then one undoable step a file.

Several files apply in the order of their own time. A plan is computed on what is stored plus the plans before it;
applying computes it again on the newest state, for another window may have saved in between.
"""

from __future__ import annotations

import hashlib
import importlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbench.core.saying import Saying, mark, say, say_n
from workbench.core.tickets import merge
from workbench.core.tickets.merge import Effect, FileSource
from workbench.core.tickets.model import Sighting, Ticket
from workbench.core.tickets.shipping import ShipEffect
from workbench.intake import FileReading, IntakeRules, NoOwnTime, RefusedFile, read
from workbench.intake.table import unreadable
from workbench.session.base import SessionBase
from workbench.session.imports.shipping import KnownShips, ShipChange
from workbench.session.imports.shipping import changes as ship_changes
from workbench.session.imports.tables import FILES, SKUS, ImportedFile, KnownSku
from workbench.session.records import Records
from workbench.session.tickets.tables import TICKETS
from workbench.storage import Transaction

if TYPE_CHECKING:
    from workbench.session.imports.takeover import TakenOver

Progress = Callable[[int, int | None], None]
_Key = tuple[bool, str]


class Change(msgspec.Struct, frozen=True):
    """One ticket before (None where new) and after a file, and what the file did to it."""

    before: Ticket | None
    after: Ticket
    effect: Effect

    @property
    def corrected(self) -> bool:
        """Whether the file says that the case began at another time than was believed."""
        return self.before is not None and self.before.opened_at != self.after.opened_at


class ImportPlan(msgspec.Struct, kw_only=True):
    """What one file says and what it changes. `error` is set where the file is refused whole."""

    path: Path
    reading: FileReading | None = None
    error: Saying | None = None
    #: It is refused only because nobody knows how old it is.
    asks_time: bool = False
    digest: str = ""
    changes: tuple[Change, ...] = ()
    #: The open tickets that a returns file of its span must show and does not.
    missing: tuple[Ticket, ...] = ()
    #: What the desks of other domains count that took records of the file.
    taken_by_desks: Counter[Effect] = msgspec.field(default_factory=Counter)
    effects: Counter[Effect] = msgspec.field(default_factory=Counter)
    #: What it does to the orders to ship; none of it is in `changes` or `effects`.
    ships: tuple[ShipChange, ...] = ()
    #: What was in the file, where it is no file of Seller Center but a whole workbench.
    taken: TakenOver | None = None

    def count(self, effect: Effect) -> int:
        """How many tickets the file affects in this way."""
        if self.taken is not None:
            return self.taken.tickets if effect == "new" else 0
        return self.effects[effect]

    def becomes(self, changes: Iterable[Change]) -> None:
        """Say what it changes."""
        self.changes = tuple(changes)
        self.effects = Counter(change.effect for change in self.changes) + self.taken_by_desks
        if self.reading is not None:
            self.effects["unchanged"] += self.reading.repeated

    @property
    def ship_counts(self) -> Counter[ShipEffect]:
        """How many orders to ship are new, sent, cancelled, missing."""
        return Counter(change.effect for change in self.ships if change.effect)

    @property
    def corrected(self) -> int:
        """How many cases began at another time than an earlier file had made believe."""
        return sum(change.corrected for change in self.changes)

    @property
    def good(self) -> bool:
        """Whether there is something in it that can be applied."""
        return self.error is None and self.reading is not None and self.reading.as_of is not None


class ImportDesk:
    """The imports of a session."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        self._tickets = Records(session.store, TICKETS, Ticket)
        self._files = Records(session.store, FILES, ImportedFile)
        self._skus = Records(session.store, SKUS, KnownSku)

    def files(self) -> list[ImportedFile]:
        """The files imported so far."""
        return list(self._files.live().values())

    def known_skus(self) -> Mapping[str, KnownSku]:
        """The SKUs seen in files, by SKU."""
        return {known.sku: known for known in self._skus.live().values()}

    def read(
        self, paths: Sequence[Path], *, as_of: datetime | None = None, day_first: bool | None = None,
        progress: Progress | None = None, foreign: bool = False,
    ) -> list[ImportPlan]:  # fmt: skip
        """What the files say, in the order of the call; not yet what that changes.

        A file all of whose amounts are in another currency than the shop's is refused unless `foreign`.
        """
        return [self._read(path, as_of, day_first, progress, foreign) for path in paths]

    def preview(
        self, paths: Sequence[Path], *, as_of: datetime | None = None, day_first: bool | None = None,
        progress: Progress | None = None, foreign: bool = False,
    ) -> list[ImportPlan]:  # fmt: skip
        """What the files would change, in the order of the call; nothing is written."""
        plans = self.read(paths, as_of=as_of, day_first=day_first, progress=progress, foreign=foreign)
        known, ships = _KnownTickets(self._tickets), KnownShips(self._tickets)
        for plan in _by_own_time(plans):
            plan.taken_by_desks = self._taken(plan, None)
            plan.missing = self._missing(plan, known)
            plan.becomes(self._changes(plan, known, known.next_id))
            plan.ships = self._ships(plan, ships, known.next_id)
            known.take(plan.changes)
            ships.take(plan.ships)
        return plans

    def apply(self, plans: Sequence[ImportPlan]) -> list[ImportPlan]:
        """Apply the plans, one transaction and one undo step a file; a file that changes nothing saves nothing."""
        for plan in _by_own_time(plans):
            self._apply(plan)
        return list(plans)

    def _read(
        self, path: Path, as_of: datetime | None, day_first: bool | None, progress: Progress | None, foreign: bool
    ) -> ImportPlan:
        from workbench.session.imports.takeover import is_export  # nothing but this needs it

        if is_export(path):
            return ImportPlan(
                path=path, error=say("It holds a whole workbench: `workbench import` takes it in, not this.")
            )
        try:
            reading = read(
                path, rules=self._rules(), now=self._session.now(), as_of=as_of, day_first=day_first, progress=progress
            )
        except RefusedFile as refused:
            return ImportPlan(path=path, error=refused.saying, asks_time=isinstance(refused, NoOwnTime))
        plan = ImportPlan(path=path, reading=reading)
        if reading.foreign and not foreign:
            plan.error = self._foreign(reading)
            return plan
        try:
            with path.open("rb") as file:
                plan.digest = hashlib.file_digest(file, "blake2b").hexdigest()
        except OSError as error:
            return ImportPlan(path=path, error=unreadable(error).saying)
        return plan

    def _foreign(self, reading: FileReading) -> Saying:
        policy = self._session.policy
        return say(
            "All its amounts are in {currency}, but the shop's market is {market} ({own}). Check the market in the "
            "settings, or import it all the same with --foreign.",
            currency=", ".join(reading.foreign), market=policy.market, own=policy.currency or "?",
        )  # fmt: skip

    def _taken(self, plan: ImportPlan, tx: Transaction | None) -> Counter[Effect]:
        """Hand what is not of tickets to the desks that take it (see `workbench.intake.kinds`)."""
        counted: Counter[Effect] = Counter()
        for desk in plan.reading.records if plan.reading is not None else ():
            taking = importlib.import_module(f"workbench.session.{desk}.files")
            counted += taking.take(self._session, plan.reading, tx)
        return counted

    def _rules(self) -> IntakeRules:
        intake, policy = self._session.settings.intake, self._session.policy
        return IntakeRules(
            zone=policy.zone, export_zone=policy.export_zone, market=policy.market, currency=policy.currency,
            headers=intake.header, status=intake.status, types=intake.type,
            platform_fulfils=intake.platform_fulfils, pages=intake.pages,
        )  # fmt: skip

    def _apply(self, plan: ImportPlan) -> None:
        reading, now = plan.reading, self._session.now()
        assert reading is not None
        with self._session.saving() as tx:
            known = _KnownTickets(self._tickets)
            plan.missing = self._missing(plan, known)
            plan.becomes(self._changes(plan, known, lambda: tx.next_id(TICKETS)))
            plan.ships = self._ships(plan, KnownShips(self._tickets), lambda: tx.next_id(TICKETS))
            touched = [change.after for change in plan.changes if change.before != change.after and known.worth(change)]
            touched += [change.after for change in plan.ships if change.before != change.after]
            for after in touched:
                tx.put(TICKETS, after.id, after)
            if touched:
                self._session.desk("tickets").follow(tx)
            # After the requests were read beside the orders as they were kept until now.
            plan.taken_by_desks = self._taken(plan, tx)
            plan.effects += plan.taken_by_desks
            told = self._put_file(tx, plan, now) + self._put_skus(tx, reading)
            if touched or told or tx.kept:
                tx.sweep()
                tx.commit_as(_told(plan), now)

    def _changes(self, plan: ImportPlan, known: _KnownTickets, next_id: Callable[[], int]) -> Iterable[Change]:
        reading, policy = plan.reading, self._session.policy
        assert reading is not None
        assert reading.as_of is not None
        source = FileSource(plan.path.name, reading.as_of, self._session.now(), not reading.date_order_certain)
        known.look_back(merge.sighting_key(seen) for seen in reading.sightings)
        for seen in self._dated(reading):
            before = known.get(merge.sighting_key(seen))
            if before is None:
                yield Change(None, merge.created(seen, source, policy, next_id()), "new")
            else:
                yield Change(before, *merge.merged(before, seen, source, policy))
        for order_id, (how, at) in reading.orders.items():
            before = known.get((True, order_id))
            if before is not None:
                yield Change(before, *merge.order_ended(before, how, at, source, policy))

    def _dated(self, reading: FileReading) -> Iterable[Sighting]:
        """The sightings; a request to cancel began after the last file that showed its order without one."""
        orders = self._session.desk("orders") if self._session.store.kept_files() else None
        for seen in reading.sightings:
            if orders is not None and seen.kind == "cancel" and seen.order_id is not None:
                yield msgspec.structs.replace(seen, clean_at=orders.clean_at(seen.order_id, seen.since))
            else:
                yield seen

    def _ships(self, plan: ImportPlan, known: KnownShips, next_id: Callable[[], int]) -> tuple[ShipChange, ...]:
        reading = plan.reading
        assert reading is not None
        if reading.as_of is None or not (reading.ships or "orders" in reading.records):
            return ()
        now = self._session.now()
        known.look_back(reading, now)
        source = FileSource(plan.path.name, reading.as_of, now, not reading.date_order_certain)
        return tuple(
            ship_changes(
                reading,
                source,
                known.by_order,
                self._session.policy,
                next_id,
                _NewerFiles(self._session, self.files(), source),
            )
        )

    def _missing(self, plan: ImportPlan, known: _KnownTickets) -> tuple[Ticket, ...]:
        reading = plan.reading
        if reading is None or reading.kind != "returns" or reading.as_of is None or reading.rows < 2:
            return ()
        source = FileSource(plan.path.name, reading.as_of, self._session.now())
        return tuple(merge.missing(known.live(), reading.sightings, source))

    def _put_file(self, tx: Transaction, plan: ImportPlan, now: datetime) -> int:
        """Remember the file; 0 where the very same one was imported before."""
        reading = plan.reading
        assert reading is not None
        assert reading.as_of is not None
        if any(file.digest == plan.digest and file.as_of == reading.as_of for file in self.files()):
            return 0
        id = tx.next_id(FILES)
        file = ImportedFile(
            id=id, name=plan.path.name, kind=reading.kind, as_of=reading.as_of, imported_at=now, rows=reading.rows,
            digest=plan.digest, first=reading.span[0] if reading.span else None,
            last=reading.span[1] if reading.span else None,
        )  # fmt: skip
        tx.put(FILES, id, file)
        return 1

    def _put_skus(self, tx: Transaction, reading: FileReading) -> int:
        known, told = self.known_skus(), 0
        assert reading.as_of is not None
        for sku, product in reading.skus.items():
            before = known.get(sku)
            if before is None or (before.seen_at < reading.as_of and before.product != product):
                id = before.id if before else tx.next_id(SKUS)
                tx.put(SKUS, id, KnownSku(id=id, sku=sku, product=product or None, seen_at=reading.as_of))
                told += 1
        return told


class _NewerFiles:
    """The order files imported already that are newer than the one that is read."""

    def __init__(self, session: SessionBase, files: Iterable[ImportedFile], source: FileSource) -> None:
        self._session, self._source = session, source
        self._files = [file for file in files if file.kind == "orders" and file.as_of > source.as_of]
        self._seen: dict[str, Mapping[str, datetime]] = {}

    def shows(self, order_id: str, ordered_at: datetime) -> bool:
        """Whether one of them shows the order."""
        if not self._files:
            return False
        month = f"{ordered_at.astimezone(UTC):%Y-%m}"
        if month not in self._seen:
            self._seen[month] = self._session.desk("orders").seen_in(month)
        seen = self._seen[month].get(order_id)
        return seen is not None and seen > self._source.as_of

    def misses(self, ordered_at: datetime) -> FileSource | None:
        """The newest of them in whose span an order of this time lies."""
        over = [file for file in self._files if file.first and file.last and file.first <= ordered_at <= file.last]
        newest = max(over, key=lambda file: file.as_of, default=None)
        return None if newest is None else FileSource(newest.name, newest.as_of, self._source.now)


class _KnownTickets:
    """The tickets a file can mean, by the name a file gives them: live ones at once, archived ones when needed."""

    def __init__(self, records: Records[Ticket]) -> None:
        self._records = records
        live = records.live()
        self._by_key = {key: ticket for ticket in live.values() if (key := merge.key(ticket)) is not None}
        self._archived: set[int] = set()
        self._looked_back = False
        self._highest = max(live, default=0)

    def look_back(self, keys: Iterable[_Key]) -> None:
        """Load the archives if any of the keys is unknown so far."""
        if self._looked_back or all(key in self._by_key for key in keys):
            return
        self._looked_back = True
        for id, ticket in self._records.archived().items():
            key = merge.key(ticket)
            self._highest = max(self._highest, id)
            if key is not None and key not in self._by_key:
                self._by_key[key] = ticket
                self._archived.add(id)

    def get(self, key: _Key) -> Ticket | None:
        """The ticket of this name."""
        return self._by_key.get(key)

    def live(self) -> list[Ticket]:
        """Those that are not archived, as the plans so far leave them."""
        return [ticket for ticket in self._by_key.values() if ticket.id not in self._archived]

    def take(self, changes: Iterable[Change]) -> None:
        """Count the changes of a plan as done, for the plans after it."""
        for change in changes:
            key = merge.key(change.after)
            assert key is not None
            self._by_key[key] = change.after

    def next_id(self) -> int:
        """A number for a ticket that is only planned."""
        self._highest += 1
        return self._highest

    def worth(self, change: Change) -> bool:
        """Whether to store it: an archived ticket stays where it is unless the file changed more than `seen_at`."""
        return change.effect != "unchanged" or change.after.id not in self._archived


def _by_own_time(plans: Sequence[ImportPlan]) -> list[ImportPlan]:
    def own_time(plan: ImportPlan) -> datetime:
        assert plan.reading is not None
        assert plan.reading.as_of is not None
        return plan.reading.as_of

    return sorted((plan for plan in plans if plan.good), key=own_time)


def _told(plan: ImportPlan) -> Saying:
    """How many cases an import changed; of a file with none, how many orders to ship."""
    cases, ships = plan.count("new") + plan.count("updated") + plan.count("closed"), plan.ship_counts.total()
    one, many = mark("{file} imported, {n} case changed", "{file} imported, {n} cases changed")
    if ships and not cases:
        one, many = mark("{file} imported, {n} order to ship changed", "{file} imported, {n} orders to ship changed")
    return say_n(one, many, cases or ships, file=plan.path.name)


DESK = ImportDesk
