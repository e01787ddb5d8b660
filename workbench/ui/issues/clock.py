"""The evening's clock: whole minutes while the Log is open, kept over a restart, and never in the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from workbench.core.saying import Told
from workbench.session.issues.desk import EVENING_TIME

if TYPE_CHECKING:
    from workbench.ui.bench import Bench

_MINUTE = timedelta(minutes=1)


class EveningClock:
    """The time that this evening has taken; a new log day begins anew."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._day = bench.session.log.today
        self._before = bench.session.log.spent()
        self._since: datetime | None = None
        self._shown = self.minutes

    def spent(self) -> timedelta:
        """What is used of the evening."""
        since = self._since
        running = self._bench.session.now() - since if since is not None else timedelta()
        return self._before + max(running, timedelta())

    @property
    def minutes(self) -> int:
        """In whole minutes."""
        return self.spent() // _MINUTE

    def start(self) -> None:
        """The Log is open."""
        if self._since is None:
            self._since = self._bench.session.now()

    def stop(self) -> None:
        """The Log is left."""
        self._before, self._since = self.spent(), None
        self._keep()

    def tick(self) -> bool:
        """Whether another minute is over, or another evening has begun."""
        log = self._bench.session.log
        if log.today != self._day:
            self._day, self._before, self._since = log.today, timedelta(), self._bench.session.now()
        elif self.minutes == self._shown:
            return False
        self._shown = self.minutes
        self._keep()
        return True

    def _keep(self) -> None:
        """Write it down; where that is not possible, the evening goes on without."""
        spent, log = min(self.spent(), EVENING_TIME), self._bench.session.log
        if log.spent() != spent and self._bench.session.readonly is None:
            self._bench.do(lambda: log.spend(spent), _nothing, _unkept)


def _nothing(_result: None) -> None:
    pass


def _unkept(_told: Told) -> None:
    """The next deed that cannot be saved says so; a clock does not interrupt."""
