"""The one object that verbs and screens speak to: a desk for every domain, and what is asked of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from workbench.config import Loaded, config_file, data_dir, load, memory_file
from workbench.core.saying import Misuse, say
from workbench.core.time import parse_iso, utc
from workbench.session.base import Options, SessionBase
from workbench.storage import ArchiveRule, Counting, Store

if TYPE_CHECKING:
    from workbench.core.agenda import Agenda
    from workbench.core.away import Away
    from workbench.core.tickets.days import Days
    from workbench.session.calendar.desk import CalendarDesk
    from workbench.session.imports.desk import ImportDesk
    from workbench.session.issues.desk import LogDesk
    from workbench.session.replies.desk import ReplyDesk
    from workbench.session.routines.desk import RoutineDesk
    from workbench.session.safety.desk import SafetyDesk
    from workbench.session.tickets.desk import TicketDesk
    from workbench.session.today import Today
    from workbench.session.violations.desk import LedgerDesk


class Session(SessionBase):
    """The desks by their names. What they stand on is `SessionBase`; they are found by their folder."""

    @property
    def tickets(self) -> TicketDesk:
        """What can be asked and done about tickets."""
        found: TicketDesk = self.desk("tickets")
        return found

    @property
    def imports(self) -> ImportDesk:
        """Reading Seller Center files in."""
        found: ImportDesk = self.desk("imports")
        return found

    @property
    def ledger(self) -> LedgerDesk:
        """What can be asked and done about violation points."""
        found: LedgerDesk = self.desk("violations")
        return found

    @property
    def calendar(self) -> CalendarDesk:
        """The calendar file."""
        found: CalendarDesk = self.desk("calendar")
        return found

    @property
    def routines(self) -> RoutineDesk:
        """What is looked at each week, on Mondays, each quarter."""
        found: RoutineDesk = self.desk("routines")
        return found

    @property
    def log(self) -> LogDesk:
        """The evening log."""
        found: LogDesk = self.desk("issues")
        return found

    @property
    def replies(self) -> ReplyDesk:
        """Texts for one purpose: ranked, filled, checked."""
        found: ReplyDesk = self.desk("replies")
        return found

    @property
    def safety(self) -> SafetyDesk:
        """Faults, backups, the way back to them, taking everything out, forgetting."""
        found: SafetyDesk = self.desk("safety")
        return found

    def agenda(self, until: datetime | None = None) -> Agenda:
        """Everything with a clock, of every domain, as of now; with `until` what is due later may be left out."""
        from workbench.session.agenda import agenda

        return agenda(self, until)

    def upkeep(self) -> None:
        """Store what follows from changed rules, so that reading need not reckon it again. No user action; nothing to
        do where nothing can be saved."""
        from workbench.session.agenda import reckoned

        for domain in reckoned():
            if self.store.table(domain):
                self.desk(domain).upkeep()

    def today(self) -> Today:
        """The morning brief as of now."""
        from workbench.session.today import Today

        return Today(self)

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
