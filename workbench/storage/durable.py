"""One file that is replaced whole, as a storage of TinyDB (`storage.database`) that stages what is written.

The tables stay in memory as JSON (`msgspec.Raw`). A published table is never changed in place, so that whoever reads
one keeps a whole picture while another thread saves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.core.saying import say
from workbench.storage import format
from workbench.storage.atomic import Signature, look, read_whole, sync_directory, write_whole
from workbench.storage.files import Files
from workbench.storage.format import Tables, Unreadable
from workbench.storage.meta import HISTORY, META


class Unsynced(Exception):
    """The file was replaced, but its directory could not be synced: what is on disk is new, and may not last."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class DurableStorage:
    """The data file at `path`, for TinyDB by `read`, `write` and `close`. `signature` is that of the content in memory;
    None before there is a file."""

    def __init__(self, path: Path, files: Files) -> None:
        self.path = path
        self.signature: Signature | None = None
        self.tables: Tables = {}
        self._files = files
        self._staged: Tables | None = None

    def changed(self) -> bool:
        """Whether the file is another than the one in memory; `Unreadable` if it has gone."""
        signature = look(self._files, self.path)
        if signature is None and self.signature is not None:
            raise Unreadable(say("has gone"))
        return signature != self.signature

    def fetch(self) -> tuple[Tables, Signature, bool]:
        """Read and decode the file; whether its seal holds. Nothing in memory changes until `publish`."""
        data, signature = read_whole(self._files, self.path)
        tables, sealed = format.decode(data)
        return tables, signature, sealed

    def publish(self, tables: Tables, signature: Signature | None) -> None:
        """Make these the tables in memory."""
        self.tables, self.signature, self._staged = tables, signature, None

    def begin(self) -> None:
        """From here to `flush` or `discard`, `write` stages."""
        self._staged = dict(self.tables)

    def discard(self) -> None:
        """Forget what was staged."""
        self._staged = None

    def read(self) -> Any:
        """The tables, staged ones if there are some. TinyDB puts tables into this dict, so it is a new one."""
        return dict(self.tables if self._staged is None else self._staged)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Stage these tables, `meta` first, `history` last. `RuntimeError` outside of a transaction."""
        if self._staged is None:
            raise RuntimeError("write through Store.transaction()")
        tables: dict[str, Any] = dict(data)
        self._staged = {n: tables[n] for n in sorted(tables, key=lambda name: (name != META, name == HISTORY))}

    def found(self, tables: Tables) -> None:
        """Write a first file at once; what is in memory or staged stays."""
        write_whole(self._files, self.path, format.encode(tables))
        sync_directory(self._files, self.path.parent)

    def flush(self) -> None:
        """Replace the file by what was staged. An `OSError` leaves file and memory as they were; see `Unsynced`."""
        tables = self.read()
        signature = write_whole(self._files, self.path, format.encode(tables))
        try:
            sync_directory(self._files, self.path.parent)
        except OSError as error:
            raise Unsynced(error) from error
        self.publish(tables, signature)

    def close(self) -> None:
        """Nothing is held open."""
