"""The routines of the first screen: which are due, when they were done, and ticking them off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import msgspec

from workbench.core.agenda import Due
from workbench.core.routines.periods import OLD, Every, is_due, next_day, rules_age
from workbench.core.saying import Refusal, say
from workbench.i18n import pick
from workbench.session.records import Records
from workbench.session.routines.tables import ROUTINES, RoutineDone
from workbench.session.session import Done, Session

#: The routine of which old rules remind.
RULES = "rule_updates"


class Routine(msgspec.Struct, frozen=True, kw_only=True):
    """A routine as it stands. `name` by language, `last` the shop day on which it was done, `next` the day on which it
    is due again, or has been due since. `rules_age`: so many days old are the rules it is about, where that is old.
    """

    id: str
    name: dict[str, str]
    every: Every
    last: date | None
    next: date
    due: bool
    rules_age: int | None = None


class RoutineDesk:
    """The routines of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._records = Records(session.store, ROUTINES, RoutineDone)

    def all(self) -> list[Routine]:
        """Every routine of the settings, in their order."""
        today, done = self._today(), self._done()
        return [
            self._standing(each.id, each.name, each.every, done.get(each.id), today)
            for each in self._session.settings.routines
        ]

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:
        """The days on which they are due again, or have been since, for the agenda."""
        from workbench.session.routines.dues import dues

        zone = self._session.zone
        last = max(now, until).astimezone(UTC).date()
        return dues((each for each in self.all() if each.next <= last), zone)

    def tick(self, id: str) -> Done:
        """Tick a routine off for today. `Refusal` where it is not due, or the settings know none of that name."""
        with self._session.saving() as tx:
            routine = next((each for each in self.all() if each.id == id), None)
            if routine is None:
                raise Refusal(say('There is no routine "{id}" in the settings.', id=id))
            if not routine.due:
                raise Refusal(
                    say('"{name}" is done until {day}.', name=pick(routine.name), day=routine.next.isoformat())
                )
            before = self._done().get(id)
            number = before.id if before else tx.next_id(ROUTINES)
            tx.put(ROUTINES, number, RoutineDone(id=number, routine=id, day=self._today()))
            saying = say('"{name}" ticked off', name=pick(routine.name))
            tx.commit_as(saying, self._session.now())
        return Done(saying, (number,))

    def _standing(
        self, id: str, name: dict[str, str], every: Every, done: RoutineDone | None, today: date
    ) -> Routine:  # fmt: skip
        last = done.day if done else None
        due = is_due(every, last, today)
        age = rules_age(self._session.policy, today) if due and id == RULES else None
        old = age if age is not None and age > OLD.days else None
        return Routine(
            id=id, name=name, every=every, last=last, next=next_day(every, last, today), due=due, rules_age=old
        )  # fmt: skip

    def _today(self) -> date:
        return self._session.now().astimezone(self._session.zone).date()

    def _done(self) -> Mapping[str, RoutineDone]:
        return {each.routine: each for each in self._records.live().values()}


DESK = RoutineDesk
