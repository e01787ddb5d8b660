"""What closed long ago, in one file a UTC month; read when something looks back that far.

`archive/2026-08.3.json` is the third generation of August 2026. The manifest in `meta` names each file with its
checksum, and only what it names counts: a change writes new generations, and takes effect when the manifest that names
them is saved. A record is live or archived, never both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec

from workbench.core.saying import say
from workbench.storage import format
from workbench.storage.atomic import make_directory, read_whole, sync_directory, write_whole
from workbench.storage.backup_files import to_go_back, whole
from workbench.storage.errors import Damaged, archive_damaged
from workbench.storage.files import Files
from workbench.storage.format import Raw, Tables, Unreadable, to_json
from workbench.storage.meta import ARCHIVE, KEPT, META, ArchiveFile, ArchivePart, IdRange, file_name, schema_of
from workbench.storage.migrations import migrate, schema

Moves = dict[str, dict[str, dict[int, Raw | None]]]  # month -> table -> id -> record to put in, None to take out


class ArchiveRule(msgspec.Struct, frozen=True):
    """Records of `table` are archived `after` the moment in which they were done with; None is not yet."""

    table: str
    moment: Callable[[Raw], datetime | None]
    after: timedelta
    #: From when on a record goes that goes sooner; None for the others.
    leaves: Callable[[Raw], datetime | None] = lambda _raw: None


def generation_of(name: str) -> tuple[str, int] | None:
    """Month and generation of an archive file's name; None for a name that is not ours."""
    month, _, rest = name.partition(".")
    number = rest.removesuffix(".json")
    fits = len(month) == 7 and month[4] == "-" and (month[:4] + month[5:]).isdecimal() and number.isdecimal()
    return (month, int(number)) if fits and name == file_name(month, int(number)) else None


def named(manifest: Mapping[str, ArchiveFile]) -> set[str]:
    """The file names of a manifest."""
    return {file_name(month, entry.generation) for month, entry in manifest.items()}


def due(rules: Sequence[ArchiveRule], tables: Mapping[str, Mapping[int, Raw]], now: datetime) -> Moves:
    """The live records whose time has come, by the UTC month of their moment."""
    moves: Moves = {}
    for rule in rules:
        for number, record in tables.get(rule.table, {}).items():
            try:
                moment = rule.moment(record)
            except msgspec.DecodeError:  # it stays where it is, and whoever needs it is told
                continue
            if moment is not None and (moment + rule.after <= now or _leaves(rule, record, now)):
                utc = moment.astimezone(UTC)
                month = f"{utc.year:04}-{utc.month:02}"
                moves.setdefault(month, {}).setdefault(rule.table, {})[number] = record
    return moves


def _leaves(rule: ArchiveRule, record: Raw, now: datetime) -> bool:
    at = rule.leaves(record)
    return at is not None and at <= now


class Archive:
    """The archive files that one manifest names, below the data directory `directory`.

    Those of a copy may also lie `elsewhere`, and there under another name: a synced drive renames what it copies.
    """

    def __init__(
        self, files: Files, directory: Path, manifest: Mapping[str, ArchiveFile], elsewhere: Sequence[Path] = (),
        folder: str = ARCHIVE,
    ) -> None:  # fmt: skip
        self.manifest = manifest
        self.folder = folder
        self._files = files
        self._directory = directory / folder
        self._kept = directory / "backups" / folder  # older generations; a restored backup names them
        self._elsewhere = elsewhere
        self._cache: dict[str, Tables] = {}
        self._last: dict[str, int] = {}
        for entry in manifest.values():
            for name, span in entry.tables.items():
                self._last[name] = max(self._last.get(name, 0), span.last)

    def renewed(self, manifest: Mapping[str, ArchiveFile]) -> Archive:
        """The archive of another manifest; what was read and still counts stays read."""
        other = Archive(self._files, self._directory.parent, manifest, folder=self.folder)
        sums = {entry.checksum for entry in manifest.values()}
        other._cache = {checksum: tables for checksum, tables in self._cache.items() if checksum in sums}
        return other

    def names(self) -> set[str]:
        """The tables of which records are archived."""
        return set(self._last)

    def months(self, table: str) -> list[str]:
        """The months under which records of a table are archived, in order."""
        return sorted(month for month, entry in self.manifest.items() if table in entry.tables)

    def records(self, table: str, months: Collection[str] | None = None) -> dict[int, Raw]:
        """The archived records of a table, of all months or of those given."""
        found: dict[int, Raw] = {}
        for month in self.months(table):
            if months is None or month in months:
                found.update(self.load(month)[table])
        return found

    def kept_by_month(self) -> dict[str, Callable[[], Sequence[Raw]]]:
        """By month, what reads the orders that are kept of it; not kept in memory."""
        return {month: partial(self._kept_of, month) for month in self.manifest}

    def _kept_of(self, month: str) -> Sequence[Raw]:
        return list(self.read(month).get(KEPT, {}).values())

    def locate(self, table: str, number: int) -> str | None:
        """The month under which a record is archived."""
        for month, entry in self.manifest.items():
            span = entry.tables.get(table)
            if span and span.first <= number <= span.last and number in self.load(month)[table]:
                return month
        return None

    def find(self, table: str, number: int) -> Raw | None:
        """An archived record."""
        if number > self._last.get(table, 0):  # the ids of new records; an import has many
            return None
        month = self.locate(table, number)
        return None if month is None else self.load(month)[table][number]

    def last(self, table: str) -> int:
        """The highest archived id of a table; 0 for none."""
        return self._last.get(table, 0)

    def load(self, month: str) -> Tables:
        """The tables of a month the manifest names. `Damaged` if no copy of the file has the right checksum."""
        checksum = self.manifest[month].checksum
        if checksum not in self._cache:
            self._cache[checksum] = self.read(month)
        return self._cache[checksum]

    def read(self, month: str) -> Tables:
        """As `load`, for a pass through many months that must not keep them all in memory."""
        path, data = self.whole(month)
        try:
            tables, _ = format.decode(data)
            found = schema_of(tables)
        except Unreadable as error:
            raise archive_damaged(path, error.what, month, None) from error
        return tables if found == schema() else migrate(tables, found)

    def whole(self, month: str) -> tuple[Path, bytes]:
        """The file of a month, wherever a copy of the right checksum lies. `Damaged` if there is none."""
        found = self.copy_of(month)
        if found is not None:
            return found
        path = self._directory / file_name(month, self.manifest[month].generation)
        try:
            read_whole(self._files, path)
            what = say("is damaged")
        except FileNotFoundError:
            what = say("is missing")
        except OSError as error:
            what = say("cannot be read ({reason})", reason=str(error.strerror))
        beside = newest_beside(self._files, self._directory.parent, month) if self.folder == ARCHIVE else None
        raise archive_damaged(path, what, month, beside)

    def copy_of(self, month: str) -> tuple[Path, bytes] | None:
        """As `whole`, but None if there is none."""
        from hashlib import sha256  # OpenSSL costs a start without archive 4 ms

        checksum = self.manifest[month].checksum
        for path in self._places(month):
            try:
                data, _ = read_whole(self._files, path)
            except OSError:
                continue
            if sha256(data).hexdigest() == checksum:
                return path, data
        return None

    def _places(self, month: str) -> Iterator[Path]:
        name = file_name(month, self.manifest[month].generation)
        for directory in (self._directory, self._kept, *self._elsewhere):
            yield directory / name
        for directory in self._elsewhere:
            yield from (directory / other for other in self._files.listed(directory) if other.startswith(f"{month}."))
        # The name may be what is damaged, here or in the manifest; the checksum knows the file all the same.
        for directory in (self._directory, self._kept):
            yield from (directory / other for other in self._files.listed(directory) if other != name)

    def rewritten(
        self, moves: Moves, *, whole: bool = False
    ) -> tuple[dict[str, ArchiveFile], dict[str, OSError | Damaged]]:
        """Write new generations with the moves in them, durably; with `whole` the moves are all that is in them.

        The manifest that would name them, and why a month could not be written; it is in the manifest as it was.
        """
        manifest = dict(self.manifest)
        failed: dict[str, OSError | Damaged] = {}
        make_directory(self._files, self._directory)
        names = [name for directory in (self._directory, self._kept) for name in self._files.names(directory)]
        taken = sorted(found for name in names if (found := generation_of(name)))
        for month, tables in sorted(moves.items()):
            # Above every number in use: a backup that was gone back to leaves newer generations behind.
            last = max((g for m, g in taken if m == month), default=0)
            try:
                written = self._write(month, tables, last + 1, whole=whole)
            except (OSError, Damaged) as error:
                failed[month] = error
                continue
            manifest.pop(month, None)
            if written is not None:
                manifest[month] = written
        sync_directory(self._files, self._directory)
        return dict(sorted(manifest.items())), failed

    def _write(
        self, month: str, moves: Mapping[str, Mapping[int, Raw | None]], generation: int, *, whole: bool
    ) -> ArchiveFile | None:
        from hashlib import sha256

        tables: Tables = {}
        if month in self.manifest:
            generation = max(generation, self.manifest[month].generation + 1)
        if month in self.manifest and not whole:
            # Not `load`: a sweep passes through many months once.
            tables = dict(self._cache.get(self.manifest[month].checksum) or self.read(month))
            del tables[META]
        for name, changes in moves.items():
            merged = {**tables.get(name, {}), **changes}
            tables[name] = {number: record for number, record in sorted(merged.items()) if record is not None}
        tables = {name: records for name, records in tables.items() if records}
        if not tables:
            return None
        chunks = format.encode({META: {1: to_json(ArchivePart(schema(), month))}, **tables})
        checksum = sha256()
        for chunk in chunks:
            checksum.update(chunk)
        write_whole(self._files, self._directory / file_name(month, generation), chunks)
        spans = {name: IdRange(len(records), min(records), max(records)) for name, records in tables.items()}
        return ArchiveFile(generation, checksum.hexdigest(), spans)


def beside(files: Files, directory: Path, month: str) -> Iterator[Path]:
    """The good backups that do without a lost archive of that month, newest first."""
    for path in to_go_back(files, directory):
        with suppress(OSError, Unreadable):
            manifest = whole(path, files).archive
            if month not in manifest or Archive(files, directory, manifest).copy_of(month) is not None:
                yield path


def newest_beside(files: Files, directory: Path, month: str) -> Path | None:
    """The newest of them."""
    return next(beside(files, directory, month), None)
