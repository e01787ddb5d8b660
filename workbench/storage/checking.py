"""Looking at every file of a data directory, whatever state it is in: what is wrong, and what is only worth a remark.

It reads, takes no lock and changes nothing. One archive file is in memory at a time. Where another process saves
meanwhile, what was found may be of two states, so it is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import msgspec

from workbench.core.saying import Saying, say, say_n
from workbench.storage import backup_files, backups, conflicts, format, history, salvage, tally
from workbench.storage.archive import Archive, beside, generation_of, named
from workbench.storage.atomic import Signature, is_temporary, look, read_whole
from workbench.storage.errors import Damaged, reason
from workbench.storage.files import Files
from workbench.storage.format import Raw, Tables, Unreadable
from workbench.storage.meta import (
    ARCHIVE,
    DATA,
    HISTORY,
    KEPT,
    META,
    OWN,
    TALLY,
    ArchiveFile,
    Meta,
    file_name,
    meta_of,
    schema_of,
)
from workbench.storage.migrations import migrate, schema
from workbench.storage.source import Source
from workbench.storage.tally import Counting

_TRIES = 3
#: Problems of one file that are listed one by one.
_LISTED = 50


class CheckFinding(msgspec.Struct, frozen=True):
    """A file, a sentence about it, the way out where there is one; and the record that it is about, if it is one."""

    file: Path
    fault: Saying
    way_out: Saying | None = None
    table: str | None = None
    id: int | None = None

    @property
    def what(self) -> Saying:
        """The sentence with the way out behind."""
        return self.fault if self.way_out is None else say("{what}; {way}", what=self.fault, way=self.way_out)


#: What is wrong with one record: its table and number, the sentence, the way out.
Fault = tuple[str | None, int | None, Saying, Saying | None]


class Report(msgspec.Struct):
    """What was found. Remarks are harmless; `records` and `files` are what was read; `tally`: whether the daily tally
    is what the archive adds up to."""

    problems: list[CheckFinding] = []
    remarks: list[CheckFinding] = []
    records: int = 0
    files: int = 0
    tally: bool = True


class Examiner(Protocol):
    """What the domains know about their records."""

    def record(self, table: str, number: int, record: Raw) -> Iterable[Saying]:
        """What is wrong with one record."""

    def together(self, counters: dict[str, int]) -> Iterable[tuple[str, int, Saying]]:
        """What is wrong between the records seen so far, by one of them; `counters` are the last ids given out."""

    def way_out(self, table: str, number: int) -> Saying | None:
        """How to be rid of a record in which something is wrong, where that is possible."""

    def knows(self, table: str) -> bool:
        """Whether it is a table of a domain."""

    def counting(self, zone: str) -> Counting:
        """What the daily tally counts, by the days of a zone."""


def check(directory: Path, examiner: Callable[[], Examiner], files: Files | None = None) -> Report:
    """Everything there is to say about a data directory. `OSError` if it cannot be listed."""
    files = files or Files()
    for _ in range(_TRIES):
        before = _signature(files, directory)
        report = _Check(directory, examiner, files).run()
        if not report.problems or _signature(files, directory) == before:
            break
    return report


def _signature(files: Files, directory: Path) -> Signature | None:
    try:
        return look(files, directory / DATA)
    except OSError:
        return None


def _go_back(good: Path) -> Saying:
    return say("to go back to the newest good backup: workbench restore {backup}", backup=str(good))


class _Check:
    """One look at a data directory."""

    def __init__(self, directory: Path, examiner: Callable[[], Examiner], files: Files) -> None:
        self._directory = directory
        self._examiner = examiner()
        self._another = examiner
        self._files = files
        self._report = Report()
        self._ids: dict[str, set[int]] = {}
        self._sums: dict[Path, str] = {}
        self._history_keeps: set[str] = set()

    def run(self) -> Report:
        names = self._files.names(self._directory)
        meta = self._data(DATA in names)
        for path in conflicts.find(names, self._directory):
            self._problem(path, *self._conflict(path))
        self._folders()
        self._backups()
        self._leftovers(names)
        if meta is not None:
            self._unnamed(meta)
        return self._report

    def _conflict(self, path: Path) -> tuple[Saying, Saying | None]:
        """What is said of a copy that a synced drive made, and of it alone where nobody can read it."""
        try:
            Source(self._files, path, self._directory)
        except OSError as error:
            why = say("it cannot be read ({reason})", reason=reason(error))
        except Unreadable as error:
            why = say("it {what}", what=error.what)
        else:
            return (
                say("is a copy that a synced drive made. The next `workbench queue` brings its records in and says so"),
                None,
            )
        return (
            say("is a copy that a synced drive made, with changes of another machine, and {why}", why=why),
            say("put a whole one in its place, or delete it"),
        )

    def _folders(self) -> None:
        """What lies where a folder of ours belongs, and is none, or may not be read."""
        for path in backup_files.places(self._directory):
            try:
                self._files.names(path)
            except OSError as error:
                way = say("give its folder back, or let it be read; what else is there keeps working")
                self._problem(path, say("cannot be read ({reason})", reason=reason(error)), way)

    def _data(self, there: bool) -> Meta | None:
        path = self._directory / DATA
        if not there:
            if backups.any_there(self._files, self._directory):
                self._damaged(path, say("is missing, although archives or backups of it are there"))
            return None
        try:
            data, _ = read_whole(self._files, path)
            tables, sealed = format.decode(data)
            number = schema_of(tables)
            meta = meta_of(tables)
        except OSError as error:
            self._problem(path, say("cannot be read ({reason})", reason=reason(error)))
            return None
        except Unreadable as error:
            self._unreadable(path, data, error.what)
            return None
        self._report.files += 1
        if not sealed:
            self._problem(path, say("was changed outside the program since the last save; it is used as it is now"))
        if number > schema():
            self._problem(path, say("was written by a newer workbench: it can be looked at, but nothing can be saved"))
            return meta
        if number < schema():
            tables = migrate(tables, number)
        self._live(path, tables, meta)
        return meta

    def _live(self, path: Path, tables: Tables, meta: Meta) -> None:
        said = [*self._records(tables, meta.counters), *self._actions(tables)]
        archive = Archive(self._files, self._directory, meta.archive)
        for month, entry in meta.archive.items():
            self._archive(archive, month, entry, meta.counters)
        orders = Archive(self._files, self._directory, meta.orders, folder=KEPT)
        self._report.tally = self._adds_up(tables.get(TALLY, {}), archive, orders, meta)
        for month, entry in meta.orders.items():
            self._archive(orders, month, entry, meta.counters)
        between = [(*each, None) for each in self._examiner.together(meta.counters)]
        self._say(path, [*said, *between])
        for name in tables:
            if name not in OWN and not self._examiner.knows(name):
                what = say('holds a table "{table}" that this version does not know; it is kept', table=name)
                self._report.remarks.append(CheckFinding(path, what))

    def _adds_up(self, known: Mapping[int, Raw], archive: Archive, orders: Archive, meta: Meta) -> bool:
        head = tally.head_of(known)
        if head is None or meta.saved_at is None:
            return True  # nobody uses it
        try:
            counting = self._examiner.counting(head.zone)
            since = counting.since(meta.saved_at)
            found = {day: counts for day, counts in tally.days_of(known).items() if day >= since}
            return counting.head != head or found == tally.recounted(counting, archive, orders.kept_by_month(), since)
        except Damaged:
            return True  # that is told as what it is
        except (msgspec.DecodeError, KeyError, ValueError):  # a day, or the zone, is none
            return False

    def _records(self, tables: Tables, counters: dict[str, int]) -> Iterator[Fault]:
        """What is wrong with the records of one file, and with their ids among all files so far."""
        for name, records in tables.items():
            if name in OWN:
                continue
            # Orders kept have no numbers of their own: they are counted anew in each file.
            seen = set[int]() if name == KEPT else self._ids.setdefault(name, set())
            last = len(records) if name == KEPT else counters.get(name, 0)
            for number, record in records.items():
                self._report.records += 1
                if number in seen:
                    yield name, number, say("record {id} of {table} is there twice", id=number, table=name), None
                if not 0 < number <= last:
                    what = say("record {id} of {table} has an id that was never given out", id=number, table=name)
                    yield name, number, what, None
                for what in self._examiner.record(name, number, record):
                    said = say("record {id} of {table}: {what}", id=number, table=name, what=what)
                    yield name, number, said, self._examiner.way_out(name, number)
            seen.update(records)

    def _actions(self, tables: Tables) -> Iterator[Fault]:
        table = tables.get(HISTORY, {})
        ended = False
        for number in sorted(table, reverse=True):
            try:
                entry = history.read(table[number])
            except Damaged:
                yield HISTORY, number, say("action {id} of the undo history cannot be read", id=number), None
                continue
            self._history_keeps |= {file_name(m, kept.generation) for m, kept in entry.orders.items() if kept}
            for name in entry.changes:
                if name not in tables and not self._examiner.knows(name):
                    what = say("action {id} of the undo history changes a table that is not there", id=number)
                    yield HISTORY, number, what, None
            if entry.undone and ended:
                what = say("action {id} of the undo history is undone, although a newer one is not", id=number)
                yield HISTORY, number, what, None
            ended = ended or not entry.undone

    def _archive(self, archive: Archive, month: str, entry: ArchiveFile, counters: dict[str, int]) -> None:
        path = self._directory / archive.folder / file_name(month, entry.generation)
        try:
            found, _ = archive.whole(month)
            tables = archive.read(month)
        except Damaged as error:
            lost = say("what was archived under {month} is lost", month=month)
            if archive.folder == KEPT:
                lost = say("the orders of {month} are lost; import the order files of that month again", month=month)
            elif (good := self._good(beside(self._files, self._directory, month))) is not None:
                lost = say(
                    "what was archived under {month} is lost; to go back to the newest backup that does without it: "
                    "workbench restore {backup}",
                    month=month,
                    backup=str(good),
                )
            self._problem(path, error.saying.args["what"], lost)
            return
        if found.parent != path.parent:
            way = say("its copy {copy} is used instead, put that in its place", copy=str(found))
            self._problem(path, say("is damaged or missing"), way)
        self._report.files += 1
        said: list[Fault] = list(self._records(tables, counters))
        for name, records in tables.items():
            span = entry.tables.get(name)
            if name != META and (
                span is None or (span.count, span.first, span.last) != (len(records), min(records), max(records))
            ):
                what = say("does not hold the records of {table} that workbench.json says", table=name)
                said.append((None, None, what, None))
        self._say(path, said)

    def _backups(self) -> None:
        for path in reversed(backup_files.to_go_back(self._files, self._directory)):
            what = backup_files.verify(path, self._files)
            if what is not None:
                self._problem(path, what, say("it cannot be restored"))
                continue
            self._report.files += 1
            data, _ = read_whole(self._files, path)
            meta = meta_of(format.decode(data)[0])
            for folder in backup_files.FOLDERS:
                for month, entry in meta.manifest(folder).items():
                    if not self._somewhere(folder, file_name(month, entry.generation), entry.checksum):
                        self._problem(path, say("names an archive of {month} that is damaged or gone", month=month))

    def _somewhere(self, folder: str, name: str, checksum: str) -> bool:
        places = (self._directory / folder / name, backup_files.folder(self._directory) / folder / name)
        return any(self._checksum(path) == checksum for path in places)

    def _checksum(self, path: Path) -> str:
        if path not in self._sums:
            try:
                self._sums[path] = sha256(read_whole(self._files, path)[0]).hexdigest()
            except OSError:
                self._sums[path] = ""
        return self._sums[path]

    def _leftovers(self, names: list[str]) -> None:
        """What is harmless: the next save takes it away, or the seller may."""
        for name in names:
            if is_temporary(name):
                self._remark(
                    self._directory / name, say("was left by a process that was killed; the next save removes it")
                )
            elif name.startswith("workbench.damaged-"):
                self._remark(self._directory / name, say("is a damaged file that was kept; delete it when you like"))
            elif conflicts.maybe(name):
                what = say(
                    "may be a copy of a synced drive with changes of another machine; if it is, call it "
                    '"workbench (1).json" and its records come in, else another name not beginning with workbench'
                )
                self._remark(self._directory / name, what)
            elif name.startswith(conflicts.MERGED):
                self._remark(self._directory / name, say("is a conflict copy that was merged; delete it when you like"))

    def _unnamed(self, meta: Meta) -> None:
        for folder, wanted in ((ARCHIVE, named(meta.archive)), (KEPT, named(meta.orders) | self._history_keeps)):
            for name in self._files.listed(self._directory / folder):
                if name not in wanted and (is_temporary(name) or generation_of(name)):
                    what = say("is named by nothing; it is removed when archives are written")
                    self._remark(self._directory / folder / name, what)

    def _unreadable(self, path: Path, data: bytes, what: Saying) -> None:
        """One record may be in the way of all others: then it is the one to lose, not a day."""
        slip = salvage.one_record(data)
        way = None if slip is None else self._examiner.way_out(slip.table, slip.number)
        if slip is None or way is None:
            self._damaged(path, what)
        else:
            self._report.problems.append(CheckFinding(path, what, way, slip.table, slip.number))

    def _damaged(self, path: Path, what: Saying) -> None:
        good = self._good(backup_files.to_go_back(self._files, self._directory))
        if good is None:
            way = say("there is no backup beside it; put a copy of your own in its place")
        else:
            way = _go_back(good)
        self._problem(path, what, way)

    def _good(self, paths: Iterable[Path]) -> Path | None:
        """The first backup that is whole, and in which no record stands that going back refuses."""
        for path in paths:
            if backup_files.verify(path, self._files) is None:
                checks, tables = self._another(), Source(self._files, path, self._directory).tables
                every = ((name, i, record) for name in tables.keys() - set(OWN) for i, record in tables[name].items())
                if not any(True for each in every for _ in checks.record(*each)):
                    return path
        return None

    def _problem(self, path: Path, what: Saying, way: Saying | None = None) -> None:
        self._report.problems.append(CheckFinding(path, what, way))

    def _remark(self, path: Path, what: Saying) -> None:
        self._report.remarks.append(CheckFinding(path, what))

    def _say(self, path: Path, said: list[Fault]) -> None:
        for table, number, what, way in said[:_LISTED]:
            self._report.problems.append(CheckFinding(path, what, way, table, number))
        if len(said) > _LISTED:
            more = len(said) - _LISTED
            self._problem(path, say_n("has {n} more fault of this kind", "has {n} more faults of this kind", more))
