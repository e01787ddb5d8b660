"""What keeps the seller's data: looking for faults, copies and the way back to them, taking everything out, forgetting.

`check` and `restore` also work where no session opens, because the data file is damaged: that is what they are for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from workbench.config.disk import is_folder
from workbench.core.saying import Refusal, Saying, say, say_n
from workbench.core.time import midnight
from workbench.session.base import Done, SessionBase
from workbench.session.crosschecks import Crosschecks
from workbench.session.safety.tables import SET_ASIDE, SetAside
from workbench.session.tables import answering, tables
from workbench.storage import Damaged, Files, backup_files, checking, copying, errors, forgetting, restoring
from workbench.storage.atomic import make_directory, sync_directory, write_whole
from workbench.storage.checking import Report
from workbench.storage.errors import not_read, reason
from workbench.storage.forgetting import Forgotten
from workbench.storage.format import Tables
from workbench.storage.meta import DATA, KEPT, OWN, meta_of
from workbench.storage.outbox import Outbox
from workbench.storage.own import refuse_own
from workbench.storage.restoring import Difference
from workbench.storage.source import Source

JSON_NAME = "workbench-export.json"


class Restored(msgspec.Struct, frozen=True):
    """What came in, went and changed, by table; where a damaged data file was kept, if it was one."""

    differences: tuple[Difference, ...]
    rescued: bool = False
    kept: Path | None = None


class WayBack(msgspec.Struct, frozen=True):
    """A backup that is good, when what it holds was saved, and what going back to it would bring."""

    file: Path
    saved_at: datetime | None
    brings: Restored


def check(directory: Path) -> Report:
    """Every fault of a data directory, in whatever state it is. `Refusal` if it cannot be looked at."""
    try:
        return checking.check(directory, Crosschecks)
    except OSError as error:
        raise not_read(error, directory) from error


def rescue(directory: Path, file: Path, now: datetime, *, dry_run: bool = False) -> Restored:
    """Put a copy in the place of a data file that is damaged or gone; undo then goes on from the copy's history."""
    source = _opened(file, directory)
    counts = tuple(Difference(name, source.count(name), 0, 0) for name in (*sorted(source.names()), KEPT))
    kept = None if dry_run else restoring.rescue(source, directory, now)
    return Restored(tuple(each for each in counts if each.added), True, kept)


def go_back(
    opened: Callable[[], SessionBase],
    directory: Path,
    file: Path,
    now: Callable[[], datetime],
    *,
    dry_run: bool = False,
) -> Restored:
    """Go back to a copy in whatever state the data are: as a step of undo, else by `rescue`."""
    try:
        desk: SafetyDesk = opened().desk("safety")
        return desk.restore(file, dry_run=dry_run)
    except Damaged:  # the data file, or an archive it names
        return rescue(directory, file, now(), dry_run=dry_run)


def way_back(opened: Callable[[], SessionBase], directory: Path, now: Callable[[], datetime]) -> WayBack | None:
    """The newest backup that is good in each of its records; None if there is none."""
    files = Files()
    for name in reversed(backup_files.names(files, directory)):
        file = backup_files.folder(directory) / name
        with suppress(Refusal):
            brings = go_back(opened, directory, file, now, dry_run=True)
            return WayBack(file, restoring.open_copy(file, directory, files).meta.saved_at, brings)
    return None


class SafetyDesk:
    """Safety and privacy, of a session."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    def check(self) -> Report:
        """Every fault of the data directory."""
        return check(self._session.store.directory)

    def backup(self, path: Path | None = None) -> Path:
        """A verified copy of this moment: beside the daily ones, or everything in the one file `path`."""
        store, now = self._session.store, self._session.now()
        self._refuse_if_nothing()
        if path is None:
            with store.maintenance() as content:
                return copying.keep(content, store.files, now)  # no change, so nobody hears of it
        if is_folder(path):
            path = path / f"workbench-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.json"
        refuse_own(store.directory, path)
        try:
            copying.write(store.files, path, store.everything())
        except OSError as error:
            raise _not_written(path, error) from error
        return path

    def restore(self, file: Path, *, dry_run: bool = False) -> Restored:
        """Go back to a backup, or to any data file; one step of undo."""
        session, source = self._session, _opened(file, self._session.store.directory)
        if dry_run:
            found, kept = restoring.changes(session.store, source, _stays()), restoring.orders(session.store, source)
            return Restored((*restoring.counted(found), *restoring.orders_counted(session.store, kept)))
        with session.saving() as tx:
            found = restoring.changes(session.store, source, _stays())
            kept = restoring.orders(session.store, source)
            differences = (*restoring.counted(found), *restoring.orders_counted(session.store, kept))
            for month, records in kept.items():
                tx.keep(month, records)
            if found or kept:
                restoring.apply(tx, found, source)
                tx.commit_as(say("restored from {file}", file=file.name), session.now())
        return Restored(differences)

    def export(self, directory: Path, *, anonymous: bool = False) -> list[Path]:
        """Everything as one JSON and a CSV a table, in `directory`, which is made; the files, older ones replaced.

        A record too damaged for a row is in the JSON all the same, as it is stored; a notice names it. `anonymous`:
        without buyers, creators, order numbers and words; then it is left out, for nobody can tell what is in it.
        """
        from workbench.output import exports

        store, files = self._session.store, Files()
        refuse_own(store.directory, directory)
        everything, known = store.everything(), answering()
        meta = meta_of(everything)
        records = {name: table for name, table in everything.items() if name not in OWN and table}
        if anonymous:
            records = self._nameless(records)
        written: list[Path] = []
        try:
            make_directory(files, directory.absolute())
            for name, table in records.items():
                if name in known and known[name].export == "csv":
                    written.append(directory / f"{name}.csv")
                    rows, damaged = exports.csv_file(known[name].type, table)
                    write_whole(files, written[-1], [rows])
                    if damaged:
                        store.notices.append(_left_out(name, damaged))
            written.append(directory / JSON_NAME)
            chunks = exports.json_chunks(records, meta.schema, meta.counters, self._session.now())
            write_whole(files, written[-1], chunks)
            sync_directory(files, directory)
        except OSError as error:
            raise _not_written(written[-1] if written else directory, error) from error
        return written

    def _nameless(self, records: Tables) -> Tables:
        from workbench.session.safety.anonymous import Anonymous

        found, left = Anonymous().tables(records)
        self._session.store.notices.extend(_not_given(name, count) for name, count in left.items())
        return dict(found)

    def set_aside(self, table: str, number: int) -> Done:
        """Take one record out of its table, live or archived, kept as it is; one step of undo. `Refusal` if there is
        none."""
        session = self._session
        with session.saving() as tx:
            raw = tx.get(table, number) if table not in OWN else None
            if raw is None:
                raise Refusal(say('There is no record {id} in "{table}".', id=number, table=table))
            id = tx.next_id(SET_ASIDE)
            text = bytes(raw).decode(errors="backslashreplace")
            tx.put(SET_ASIDE, id, SetAside(id=id, table=table, number=number, record=text, at=session.now()))
            tx.remove(table, number)
            saying = say("record {id} of {table} set aside", id=number, table=table)
            tx.commit_as(saying, session.now())
        return Done(saying, (id,))

    def retally(self) -> None:
        """Reckon the daily tally anew from the archive: it is no record, and undo does not see it."""
        self._session.alone(self._session.store.retally)

    def to_forget(self, day: date) -> dict[str, int]:
        """How many records in use `forget` would rewrite, by table; nothing is changed."""
        from workbench.session.safety.privacy import scrub

        return forgetting.counted(self._session.store, scrub(day, midnight(day, self._session.zone)))

    def forget(self, day: date) -> Forgotten:
        """Take buyers' words and names out of what was closed or logged before `day`, everywhere; nothing undoes it."""
        from workbench.session.safety.privacy import scrub

        session = self._session
        begin = midnight(day, session.zone)
        if not session.store.directory.is_dir():
            return Forgotten({}, 0, 0)
        if session.readonly is not None:
            raise Refusal(session.readonly)
        try:
            session.drafts.forget(begin)
            Outbox(session.store.directory, session.store.files).forget(begin)
        except OSError as error:
            raise errors.not_saved(error, session.store.directory) from error
        done = session.alone(lambda: forgetting.forget(session.store, begin, scrub(day, begin)))
        session.store.notices.extend(done.left)
        return done

    def _refuse_if_nothing(self) -> None:
        if not (self._session.store.directory / DATA).exists():
            raise Refusal(say("There is nothing to back up yet."))


def _stays() -> list[str]:
    """The tables that are memory, and do not go back in time with the rest."""
    return [table.name for table in tables().values() if table.way_back == "stays"]


def _opened(file: Path, directory: Path) -> Source:
    """The copy, each of its records in the shape it must have."""
    source = restoring.open_copy(file, directory)
    checks = Crosschecks()
    for name in source.names():
        for number, record in source.tables.get(name, {}).items():
            for what in checks.record(name, number, record):
                raise Refusal(_bad(file, number, name, what))
    return source


def _bad(file: Path, number: int, table: str, what: Saying) -> Saying:
    return say(
        "{file} is not restored: record {id} of {table} {what}. Choose another backup.",
        file=str(file), id=number, table=table, what=what,
    )  # fmt: skip


def _left_out(table: str, damaged: Sequence[int]) -> Saying:
    ids = ", ".join(map(str, damaged[:5])) + (", ..." if len(damaged) > 5 else "")
    return say_n(
        "{n} damaged record of {table} is only in {json}, not in {table}.csv: {ids}. `workbench check` says what is "
        "wrong.",
        "{n} damaged records of {table} are only in {json}, not in {table}.csv: {ids}. `workbench check` says what is "
        "wrong.",
        len(damaged), table=table, json=JSON_NAME, ids=ids,
    )  # fmt: skip


def _not_given(table: str, count: int) -> Saying:
    return say_n(
        "{n} record of {table} is left out, because nobody can tell whether a name is in it.",
        "{n} records of {table} are left out, because nobody can tell whether a name is in them.",
        count, table=table,
    )  # fmt: skip


def _not_written(path: Path, error: OSError) -> Refusal:
    return Refusal(
        say(
            "{path} could not be written ({reason}). Free some space or choose another place, then try again.",
            path=str(path),
            reason=reason(error),
        )
    )


DESK = SafetyDesk

__all__: Sequence[str] = ("Report", "Restored", "SafetyDesk", "WayBack", "check", "go_back", "rescue", "way_back")
