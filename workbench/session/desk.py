"""A desk: what can be asked and done about the records of one table. Every domain has one, found by its name.

`session.desk("violations")` is what `workbench/session/violations/desk.py` declares as `DESK`, made once a session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from workbench.core.place import Place
from workbench.core.saying import Refusal, Saying, named, say
from workbench.session.records import Records
from workbench.session.session import Done
from workbench.session.table import StoredTable

if TYPE_CHECKING:
    from workbench.core.agenda import Due
    from workbench.session.session import Session
    from workbench.storage import Transaction

T = TypeVar("T", bound=msgspec.Struct)


class Desk(Generic[T]):
    """The records of one table that has ids of its own. A deed is one transaction and one step of undo: if it is not
    possible for one record, it is done to none."""

    #: The table, as the domain declares it.
    table: StoredTable[T]

    def __init__(self, session: Session) -> None:
        self._session = session
        self._records: Records[T] = Records(session.store, self.table.name, self.table.type)

    def all(self) -> list[T]:
        """Every live record, by rising number."""
        return list(self._records.live().values())

    def get(self, id: int) -> T:
        """The record of this number, live or archived. `Refusal` if there is none."""
        return self._there(self._records.get(id), self.ref(id))

    def find(self, ref: str) -> T:
        """The record meant by `T-7`, whatever the case. `Refusal` if there is none."""
        letter, _, number = ref.strip().partition("-")
        if letter.casefold() == (self.table.ref or "").casefold() and number.isascii() and number.isdecimal():
            return self.get(int(number))
        return self._there(None, ref.strip())

    def ref(self, id: int) -> str:
        """The number as people write it."""
        return f"{self.table.ref}-{id}"

    def place(self, id: int) -> Place:
        """Where the record is opened."""
        from workbench.session.tables import domain_of

        return Place(domain_of(self.table.name) or "", id)

    def change(self, ids: Sequence[int], saying: Callable[[Sequence[T]], Saying], change: Callable[[T], T]) -> Done:
        """Change records as one action; `saying` tells it of what they have become."""
        with self._session.saving() as tx:
            changed = [change(record) for record in self._chosen(tx, ids)]
            for record in changed:
                tx.put(self.table.name, _id(record), record)
            return self._done(tx, saying(changed), map(_id, changed))

    def delete(self, ids: Sequence[int]) -> Done:
        """Remove for good, but for undo."""
        with self._session.saving() as tx:
            chosen = self._chosen(tx, ids)
            for record in chosen:
                tx.remove(self.table.name, _id(record))
            refs = [self.ref(_id(record)) for record in chosen]
            saying = say("{ref} removed", ref=named(refs))
            return self._done(tx, saying, map(_id, chosen))

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:  # noqa: ARG002
        """What of this domain has a clock and is due by `until`, and what is late. It is asked where there is a live
        record with an id of its own; without one, where the dues are in a module `dues` beside the desk."""
        return ()

    def _chosen(self, tx: Transaction, ids: Sequence[int]) -> list[T]:
        chosen = [self._there(self._records.within(tx, id), self.ref(id)) for id in dict.fromkeys(ids)]
        if not chosen:
            raise Refusal(say("Nothing is chosen."))
        return chosen

    def _done(self, tx: Transaction, saying: Saying, ids: Iterable[int]) -> Done:
        tx.commit_as(saying, self._session.now())
        return Done(saying, tuple(ids))

    def _there(self, found: T | None, ref: str) -> T:
        if found is None:
            raise Refusal(say("There is no {ref}.", ref=ref))
        return found


def _id(record: Any) -> int:
    id: int = record.id
    return id
