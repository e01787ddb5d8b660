"""Opening the data directory with the settings in force, and the four things every domain shares: save, undo, redo,
history. What a domain can do stands on its desk (`session.tickets`, `session.imports`)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from workbench.config import Loaded, Settings, config_file, data_dir, load, memory_file, policy
from workbench.core.place import Place
from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Refusal, Saying, say, say_n
from workbench.core.time import parse_iso, utc
from workbench.storage import ArchiveRule, Counting, Drafts, HistoryEntry, Store, Transaction
from workbench.storage.history import Turned

if TYPE_CHECKING:
    from workbench.core.agenda import Agenda
    from workbench.core.away import Away
    from workbench.core.tickets.days import Days
    from workbench.session.calendar.desk import CalendarDesk
    from workbench.session.choices import Choices
    from workbench.session.imports.desk import ImportDesk
    from workbench.session.issues.desk import LogDesk
    from workbench.session.replies.desk import ReplyDesk
    from workbench.session.routines.desk import RoutineDesk
    from workbench.session.safety.desk import SafetyDesk
    from workbench.session.tickets.desk import TicketDesk
    from workbench.session.today import Today
    from workbench.session.violations.desk import LedgerDesk

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


class Session:
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
            for name in ("policy", "imports", "calendar", "log", "safety"):
                self.__dict__.pop(name, None)
            self._desks = {}
        self._tell()

    @property
    def tickets(self) -> TicketDesk:
        """What can be asked and done about tickets."""
        found: TicketDesk = self.desk("tickets")
        return found

    @cached_property
    def imports(self) -> ImportDesk:
        """Reading Seller Center files in."""
        found: ImportDesk = self.desk("imports")
        return found

    @property
    def ledger(self) -> LedgerDesk:
        """What can be asked and done about violation points."""
        found: LedgerDesk = self.desk("violations")
        return found

    @cached_property
    def calendar(self) -> CalendarDesk:
        """The calendar file."""
        found: CalendarDesk = self.desk("calendar")
        return found

    @property
    def routines(self) -> RoutineDesk:
        """What is looked at each week, on Mondays, each quarter."""
        found: RoutineDesk = self.desk("routines")
        return found

    @cached_property
    def log(self) -> LogDesk:
        """The evening log."""
        found: LogDesk = self.desk("issues")
        return found

    @cached_property
    def replies(self) -> ReplyDesk:
        """Texts for one purpose: ranked, filled, checked."""
        found: ReplyDesk = self.desk("replies")
        return found

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not saved yet."""
        return Drafts(self.store.directory, self.store.files, self.now)

    @cached_property
    def safety(self) -> SafetyDesk:
        """Faults, backups, the way back to them, taking everything out, forgetting."""
        found: SafetyDesk = self.desk("safety")
        return found

    def agenda(self, until: datetime | None = None) -> Agenda:
        """Everything with a clock, of every domain, as of now; with `until` what is due later may be left out."""
        from workbench.session.agenda import agenda

        return agenda(self, until)

    def today(self) -> Today:
        """The morning brief as of now."""
        from workbench.session.today import brief

        return brief(self)

    def days(self) -> Days:
        """How the days went: cleared, evenings at zero, the month's on-time rate. Reads the month's archive."""
        from workbench.session.tickets.days import days

        return days(self)

    def away(self, until: datetime) -> Away:
        """What lapses until the seller is back at `until`, and what avoids it; `Misuse` where that is not to come."""
        from workbench.core.away import away

        if until <= self.now():
            raise Misuse(say("That is over already. Name a day to come."))
        return away(self.agenda(until), until)

    @contextmanager
    def saving(self) -> Iterator[Transaction]:
        """One transaction on the newest state; the subscribers hear of it once it is on disk."""
        if self.readonly is not None:
            raise Refusal(self.readonly)
        with self._busy, self.store.transaction() as transaction:
            yield transaction
        self.saved = self.changed = True
        self._tell()

    def upkeep(self) -> None:
        """Store what follows from changed rules, so that reading need not reckon it again. No user action; nothing to
        do where nothing can be saved."""
        for desk in (self.tickets, self.ledger):
            desk.upkeep()

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


def load_settings(options: Options) -> Loaded:
    """The settings of a call: the file it names, else the seller's own one where there is one."""
    own = options.config or config_file()
    return load(own if options.config or own.is_file() else None, memory=memory_file(own))


def open_session(options: Options, clock: Callable[[], datetime] | None = None) -> Session:
    """The session of a data directory. Raises `Refusal` with the way out where the data is damaged.

    The clock stands still at `options.now` if that is given, else it is `clock`, else the machine's.
    """
    loaded = load_settings(options)
    now_is = clock_of(options, loaded, clock)
    zone = loaded.settings.shop.timezone
    store = Store.open(
        options.data or data_dir(), now=now_is, archives=lambda: _archives(zone), counting=lambda: _counting(zone)
    )
    session = Session(store, loaded, now_is)
    session.subscribe(lambda: _write_calendar(session))
    if store.conflict_copies():
        from workbench.session.safety.merging import merge_copies

        merge_copies(session)
    return session


def clock_of(options: Options, loaded: Loaded, clock: Callable[[], datetime] | None = None) -> Callable[[], datetime]:
    """What tells the time of a call: it stands still at `options.now` if that is given."""
    now = options.now
    frozen = parse_iso(now, loaded.settings.shop.timezone) if isinstance(now, str) else now
    return (lambda: utc(frozen)) if frozen is not None else clock or _wall_clock


def _archives(zone: tzinfo) -> Sequence[ArchiveRule]:
    from workbench.session.tables import archives  # the tables of all domains, which only a save of a day needs

    return archives(zone)


def _counting(zone: ZoneInfo) -> Counting:
    from workbench.session.tally import counting

    return counting(zone)


def _write_calendar(session: Session) -> None:
    if session.settings.calendar.write_to is not None:
        session.calendar.follow()


def _wall_clock() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
