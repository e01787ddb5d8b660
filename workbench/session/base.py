"""What every desk stands on: the data directory with the settings in force, the clock, and the four things that every
domain shares: save, undo, redo, history."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from workbench.config import Loaded, Settings, policy
from workbench.core.place import Place
from workbench.core.policy import Policy
from workbench.core.saying import Refusal, Saying, say_n
from workbench.storage import Store

if TYPE_CHECKING:
    from workbench.session.choices import Choices
    from workbench.storage import Drafts, HistoryEntry, Transaction
    from workbench.storage.history import Turned

T = TypeVar("T")


class Options(msgspec.Struct, frozen=True):
    """How the program was called: the data directory, the settings file, a frozen clock, the language."""

    data: Path | None = None
    config: Path | None = None
    now: datetime | str | None = None
    lang: str | None = None


class Done(msgspec.Struct, frozen=True):
    """What was done and saved, in words, and to which records."""

    saying: Saying
    ids: tuple[int, ...] = ()


class Undone(Saying, frozen=True):
    """What was undone, or done again, in words, and the places it touched: where a screen may go."""

    places: tuple[Place, ...] = ()


class SessionBase:
    """One open data directory. Deeds raise `Refusal` or `Misuse` and then have changed nothing; they may be called
    from a worker thread, one at a time."""

    def __init__(self, store: Store, loaded: Loaded, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.loaded = loaded
        self.now = clock
        #: Whether anything was saved through this session, as an action; and whether anything at all was changed.
        self.saved = self.changed = False
        self._busy = threading.RLock()
        self._subscribers: list[Callable[[], None]] = []
        self._desks: dict[str, Any] = {}

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.loaded.settings

    @cached_property
    def policy(self) -> Policy:
        """The rules of the shop's market."""
        return policy(self.settings)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return self.policy.zone

    @property
    def readonly(self) -> Saying | None:
        """Why nothing can be saved here, or None."""
        return self.store.readonly

    @property
    def market_chosen(self) -> bool:
        """Whether somebody said whose rules apply; without that nothing is read in on the screens."""
        return self.loaded.source(("shop", "market")) is not None

    def choose(self, choices: Choices) -> None:
        """Remember choices and go by them from now on. `Refusal` where they cannot be remembered, or where the
        seller's own file, which is never written, says otherwise."""
        from workbench.session.choices import remember

        with self._busy:
            self.loaded = remember(self.loaded, choices)
            # Whatever was derived from the settings is derived again.
            self.__dict__.pop("policy", None)
            self._desks = {}
        self._tell()

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not saved yet."""
        from workbench.storage import Drafts

        return Drafts(self.store.directory, self.store.files, self.now)

    @contextmanager
    def saving(self) -> Iterator[Transaction]:
        """One transaction on the newest state; the subscribers hear of it once it is on disk."""
        if self.readonly is not None:
            raise Refusal(self.readonly)
        with self._busy, self.store.transaction() as transaction:
            yield transaction
        self.saved = self.changed = True
        self._tell()

    def desk(self, domain: str) -> Any:
        """The desk of a domain, by its name in all layers; made once. `KeyError` where there is none."""
        if domain not in self._desks:
            name = f"workbench.session.{domain}"
            try:
                module = import_module(f"{name}.desk")
            except ModuleNotFoundError as error:
                if error.name in (name, f"{name}.desk"):
                    raise KeyError(domain) from error
                raise
            self._desks[domain] = module.DESK(self)
        return self._desks[domain]

    def notices(self) -> list[Saying]:
        """What is worth telling once: mistakes in the settings, a data file changed by other hands."""
        faults = len(self.loaded.problems)
        told = list(self.store.notices)
        if faults:
            told.append(
                say_n(
                    "{n} mistake in the settings; the default is used. `workbench config check` names it.",
                    "{n} mistakes in the settings; the defaults are used. `workbench config check` names them.",
                    faults,
                )
            )
        return told

    def undo(self) -> Undone:
        """Take back the last user action and say which one it was."""
        return _undone(self.alone(self.store.undo))

    def redo(self) -> Undone:
        """Do the last undone action again and say which one it was."""
        return _undone(self.alone(self.store.redo))

    def history(self) -> list[HistoryEntry]:
        """The last user actions, newest first."""
        return self.store.history()

    def refresh(self) -> bool:
        """Read again if another process wrote; True if something changed."""
        with self._busy:
            changed = self.store.refresh()
        if changed:
            self._tell()
        return changed

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after every change, from whatever thread made it; the result ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def alone(self, deed: Callable[[], T]) -> T:
        """Do something to the store that is no transaction; the subscribers hear of it once it is on disk."""
        if self.readonly is not None:
            raise Refusal(self.readonly)
        with self._busy:
            done = deed()
        self.changed = True
        self._tell()
        return done

    def _tell(self) -> None:
        """It is saved, whatever comes of telling it: each is told, and what one refuses is a notice."""
        failed: Exception | None = None
        for callback in tuple(self._subscribers):
            try:
                callback()
            except Refusal as refused:
                self.store.notices.append(refused.saying)
            except Exception as error:  # noqa: BLE001 - the others are told first, then nobody hides it
                failed = error
        if failed is not None:
            raise failed


def _undone(turned: Turned) -> Undone:
    from workbench.session.tables import domain_of, tables

    refs = {name for name, table in tables().items() if table.ref is not None}
    places = (Place(str(domain_of(name)), id) for name, ids in turned.touched.items() if name in refs for id in ids)
    return Undone(turned.text, turned.args, turned.many, turned.n, tuple(places))
