"""The routines of the first screen: which are due, when they were done, and ticking them off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from workbench.core.agenda import Due
from workbench.core.routines.model import Routine
from workbench.core.routines.periods import OLD, Repeat, counted, rules_age, window
from workbench.core.saying import Refusal, say
from workbench.core.time import day_ends
from workbench.i18n import pick
from workbench.session.base import Done, SessionBase
from workbench.session.desk import DomainDesk
from workbench.session.records import Records
from workbench.session.routines.tables import ROUTINES, RoutineDone

#: So many ticks before the last one are kept.
TICKS = 9
#: The routine of which old rules remind.
RULES = "rule_updates"


class RoutineDesk(DomainDesk):
    """The routines of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._records = Records(session.store, ROUTINES, RoutineDone)

    def all(self) -> list[Routine]:
        """Every routine of the settings, in their order."""
        today, done = self._today(), self._done()
        return [
            self._standing(each.id, each.name, each.way, done.get(each.id), today)
            for each in self._session.settings.routines
        ]

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """The days on which they are due again, or have been since, for the agenda."""
        from workbench.session.routines.dues import dues

        zone = self._session.zone
        last = max(now, until).astimezone(UTC).date()
        return dues((each for each in self.all() if each.next is not None and each.next <= last), zone)

    def tick(self, id: str) -> Done:
        """Tick a routine off for today; before its day it counts for the period that runs. `Refusal` where that is
        ticked off already, or the settings know none of that name."""
        with self._session.saving() as tx:
            routine = next((each for each in self.all() if each.id == id), None)
            if routine is None:
                raise Refusal(say('There is no routine "{id}" in the settings.', id=id))
            if not routine.due and (counted(routine.way, routine.last, self._today()) or routine.next is None):
                if routine.next is None:
                    raise Refusal(say('"{name}" has nothing to be done for yet.', name=pick(routine.name)))
                raise Refusal(
                    say('"{name}" is done until {day}.', name=pick(routine.name), day=routine.next.isoformat())
                )
            before = self._done().get(id)
            number = before.id if before else tx.next_id(ROUTINES)
            tx.put(
                ROUTINES,
                number,
                RoutineDone(
                    id=number, routine=id, day=self._today(), earlier=routine.ticks[:TICKS], at=self._session.now()
                ),
            )
            saying = say('"{name}" ticked off', name=pick(routine.name))
            tx.commit_as(saying, self._session.now())
        return Done(saying, (number,))

    def _standing(
        self, id: str, name: dict[str, str], way: Repeat, done: RoutineDone | None, today: date
    ) -> Routine:  # fmt: skip
        last = done.day if done else None
        found = window(way, last, today, self._lives(done) if way.each is not None else ())
        age = rules_age(self._session.policy, today) if found.due and id == RULES else None
        old = age if age is not None and age > OLD.days else None
        return Routine(
            id=id, name=name, way=way, last=last, next=found.since, due=found.due, due_from=found.due_from,
            late_from=found.late_from, missed=found.missed, ticks=() if done is None else (done.day, *done.earlier),
            rules_age=old,
        )  # fmt: skip

    def _lives(self, done: RoutineDone | None) -> list[date]:
        """The days of the lives that have begun since it was done, oldest first."""
        if not self._session.store.table("lives"):
            return []
        now, zone = self._session.now(), self._session.zone
        begun = (live.starts_at for live in self._session.desk("lives").all() if live.state(now) != "coming")
        if done is None:
            return sorted(at.astimezone(zone).date() for at in begun)
        since = done.at or day_ends(done.day, zone)
        return sorted(at.astimezone(zone).date() for at in begun if at > since)

    def _today(self) -> date:
        return self._session.now().astimezone(self._session.zone).date()

    def _done(self) -> Mapping[str, RoutineDone]:
        return {each.routine: each for each in self._records.live().values()}


DESK = RoutineDesk
