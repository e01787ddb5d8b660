"""A desk: what can be asked and done about the records of one table. Every domain has one, found by its name.

`session.desk("violations")` is what `workbench/session/violations/desk.py` declares as `DESK`, made once a session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from workbench.core.place import Place
from workbench.core.saying import Misuse, Refusal, Saying, named, say
from workbench.core.whole import whole
from workbench.session.base import Done
from workbench.session.records import Records
from workbench.session.table import StoredTable

if TYPE_CHECKING:
    from workbench.core.agenda import Due
    from workbench.session.base import SessionBase
    from workbench.storage import Transaction

T = TypeVar("T", bound=msgspec.Struct)


class DomainDesk:
    """What the desk of any domain answers, also of one whose records have no numbers."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:  # noqa: ARG002
        """What of this domain has a clock and is due by `until`, and what is late. It is asked where a table that its
        package names in `CLOCKED` has a live record, and always where it names none."""
        return ()

    def upkeep(self) -> bool:
        """Store what follows from changed rules, where something of that is kept; whether anything was. It is asked
        where there is a module `dues` and the table of the domain's own name has a record."""
        return False


class Desk(DomainDesk, Generic[T]):
    """The records of one table that has ids of its own. A deed is one transaction and one step of undo: if it is not
    possible for one record, it is done to none."""

    #: The table, as the domain declares it.
    table: StoredTable[T]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
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
        id = whole(number)
        if letter.casefold() == (self.table.ref or "").casefold() and id is not None:
            return self.get(id)
        return self._there(None, ref.strip())

    def ref(self, id: int) -> str:
        """The number as people write it."""
        return f"{self.table.ref}-{id}"

    @property
    def domain(self) -> str:
        """The domain that declares the table: the folder of its desk is called so."""
        return type(self).__module__.split(".")[2]

    def place(self, id: int) -> Place:
        """Where the record is opened."""
        return Place(self.domain, id)

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
            return self._done(tx, self._removed(chosen), map(_id, chosen))

    def _stored(self, tx: Transaction, id: int) -> T:
        """The record as a transaction sees it. `Refusal` if there is none."""
        return self._there(self._records.within(tx, id), self.ref(id))

    def _chosen(self, tx: Transaction, ids: Sequence[int]) -> list[T]:
        chosen = [self._stored(tx, id) for id in dict.fromkeys(ids)]
        if not chosen:
            raise Refusal(say("Nothing is chosen."))
        return chosen

    def _done(self, tx: Transaction, saying: Saying, ids: Iterable[int]) -> Done:
        tx.commit_as(saying, self._session.now())
        return Done(saying, tuple(ids))

    def _there(self, found: T | None, ref: str) -> T:
        if found is None:
            raise Refusal(self._nothing(ref))
        return found

    # What a domain says in its own words.

    def _nothing(self, ref: str) -> Saying:
        return say("There is no {ref}.", ref=ref)

    def _removed(self, records: Sequence[T]) -> Saying:
        return say("{ref} removed", ref=named([self.ref(_id(record)) for record in records]))


def corrected(type: type[msgspec.Struct], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What an edit gives: None leaves a field as it is, the empty text clears it. `Misuse` for one that a record of
    this type cannot be without."""
    given: dict[str, Any] = {}
    for name, value in fields.items():
        if isinstance(value, str) and not value.strip():
            given[name] = None
        elif value is not None:
            given[name] = value
    needed = [field.name for field in msgspec.structs.fields(type) if field.default is not None]
    for name in given:
        if given[name] is None and name in needed:
            raise Misuse(say("{name} cannot be empty.", name=name))
    return given


def _id(record: Any) -> int:
    id: int = record.id
    return id
