"""What `check` knows of the records: each fits its type, and what they say of themselves and of each other holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.saying import Saying, say
from workbench.session.door import fault
from workbench.session.table import StoredTable
from workbench.session.tables import answering
from workbench.storage.format import Raw
from workbench.storage.meta import KEPT
from workbench.storage.tally import Counting


class Crosschecks:
    """One pass over the records of one data directory; it keeps numbers, never the records."""

    def __init__(self) -> None:
        self._tables = answering()
        self._decoders = {name: msgspec.json.Decoder(table.type) for name, table in self._tables.items()}
        #: By table and number: a record that names it, as its table and number.
        self._named: dict[tuple[str, int], tuple[str, int]] = {}

    def knows(self, table: str) -> bool:
        """Whether it is one of ours."""
        return table in self._tables

    def counting(self, zone: str) -> Counting:
        """What the daily tally counts."""
        from workbench.session.tally import counting

        return counting(ZoneInfo(zone))

    def record(self, table: str, number: int, record: Raw) -> Iterator[Saying]:
        """What is wrong with one record."""
        if table not in self._decoders:
            return
        try:
            found = self._decoders[table].decode(record)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield say("does not have the shape it must have ({why})", why=str(error))
            return
        if (what := fault(found)) is not None:
            yield what
        own: int = getattr(found, "id", number)
        if own != number:
            yield say("calls itself {id}", id=own)
        yield from self._of_its_kind(self._tables[table], number, found)

    def _of_its_kind(self, table: StoredTable[Any], number: int, found: Any) -> Iterator[Saying]:
        if table.check is not None:
            yield from table.check(found)
        for pointer in table.pointers:
            if (target := pointer.get(found)) is not None:
                self._named.setdefault((pointer.table, target), (table.name, number))

    def together(self, counters: dict[str, int]) -> Iterator[tuple[str, int, Saying]]:
        """What is wrong between records. A ticket that was deleted may still be named; one that never was may not."""
        for (name, target), (table, number) in self._named.items():
            if not 0 < target <= counters.get(name, 0):
                ref = f"{self._tables[name].ref}-{target}"
                what = say("names {ref}, which never was", ref=ref)
                yield table, number, say("record {id} of {table}: {what}", id=number, table=table, what=what)

    def way_out(self, table: str, number: int) -> Saying | None:
        """A record can be put right by hand, or set aside; then all else works. Orders kept have no numbers."""
        if table == KEPT:
            return None
        return say("to set it aside: workbench check --set-aside {table}/{id}", table=table, id=number)
