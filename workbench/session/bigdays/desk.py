"""What can be asked and done about the plans of big days. Every deed is one transaction and one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from workbench.config.event_days import holiday
from workbench.core.agenda import Due, Telling
from workbench.core.bigdays.events import Dated, PlatformEvent, day_of, upcoming
from workbench.core.bigdays.plan import Plan, PlanStep, laid_out
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.time import day_ends, midnight
from workbench.i18n import pick
from workbench.session.base import Done, SessionBase
from workbench.session.bigdays.tables import PLANS, STAYS, STEPS, TABLES
from workbench.session.desk import Desk
from workbench.session.records import Records

#: An alarm of a whole day: at nine in the morning of it.
AT_NINE = timedelta(hours=-9)


class BigDayDesk(Desk[PlanStep]):
    """The steps of a session, and the plans they belong to."""

    table = TABLES[1]

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._plans = Records(session.store, PLANS, Plan)

    # Asking

    def events(self) -> list[tuple[PlatformEvent, Dated | None]]:
        """Every event of the settings with its next day, soonest first; last those that have none."""
        found = [(event, upcoming(event, self._today(), holiday)) for event in self._session.settings.events]
        return sorted(found, key=lambda pair: (pair[1] is None, pair[1].day if pair[1] else date.max))

    def plans(self) -> list[tuple[Plan, list[PlanStep]]]:
        """The plans that were started, soonest day first, each with its steps by begin."""
        steps = sorted(self.all(), key=lambda step: (step.begins, step.ends, step.id))
        plans = sorted(self._plans.live().values(), key=lambda plan: (plan.day, plan.id))
        return [(plan, [step for step in steps if step.plan == plan.id]) for plan in plans]

    def dues(self, now: datetime, until: datetime) -> Iterable[Due]:  # noqa: ARG002
        """The steps of plans that are to be done, by the end of their last day; those to come once they begin."""
        for plan, steps in self.plans():
            for step in steps:
                if step.done_at is None and midnight(step.begins, self._session.zone) <= until:
                    yield self._due(plan, step)

    def _due(self, plan: Plan, step: PlanStep) -> Due:
        def tell() -> Telling:
            return Telling(
                ref=step.ref,
                what=say("{step}", step=pick(step.title)),
                otherwise=say("Step of the plan for {event}.", event=pick(plan.name)),
                thing=pick(plan.name),
            )

        return Due(
            place=self.place(step.id), tell=tell, step="step", at=day_ends(step.ends, self._session.zone),
            all_day=step.ends, kind="own", sheet="step.done", alarms=(AT_NINE,),
            opened_at=midnight(step.begins, self._session.zone),
        )  # fmt: skip

    # Doing

    def start(self, event: str, year: int | None = None) -> Done:
        """Start the plan of an event: of its next day that is not past, or of that year. `Misuse` for an event nobody
        knows, `Refusal` where it has no plan, no such day, or was started already."""
        known = {each.id: each for each in self._session.settings.events}
        if event not in known:
            raise Misuse(say('There is no event "{name}". Known: {known}.', name=event, known=", ".join(known)))
        template = next((each for each in self._session.settings.plans if each.event == event), None)
        if template is None:
            raise Refusal(say('The settings have no plan for "{name}": [[plans]].', name=known[event].name))
        found = upcoming(known[event], self._today(), holiday) if year is None else day_of(known[event], year, holiday)
        if found is None:
            raise Refusal(say('Nobody knows when "{name}" is then.', name=known[event].name))
        now = self._session.now()
        past = self._plans.archived().values() if found.day < self._today() - STAYS else ()
        with self._session.saving() as tx:
            known_plans = (*self._plans.live().values(), *past)
            if any((plan.event, plan.day) == (event, found.day) for plan in known_plans):
                raise Refusal(
                    say("The plan for {name} {day} is started already.", name=known[event].name, day=str(found.day))
                )
            number = tx.next_id(PLANS)
            plan = Plan(
                id=number, event=event, name=known[event].name, day=found.day, started_at=now, assumed=found.assumed
            )  # fmt: skip
            tx.put(PLANS, number, plan)
            ids = []
            for each in template.steps:
                id = tx.next_id(STEPS)
                tx.put(STEPS, id, laid_out(each, id, number, found.day, now))
                ids.append(id)
            return self._done(tx, say("plan for {name} started", name=pick(plan.name)), ids)

    def done(self, ids: list[int], note: str | None = None) -> Done:
        """Tick steps off; a `note` is what was to be written down."""
        now = self._session.now()

        def change(step: PlanStep) -> PlanStep:
            if step.done_at is not None:
                raise Refusal(say("{ref} is done already.", ref=step.ref))
            return msgspec.structs.replace(step, done_at=now, told_at=now, note=note or step.note)

        return self.change(ids, lambda steps: say("{ref} done", ref=", ".join(step.ref for step in steps)), change)

    def move(self, id: int, day: date) -> Done:
        """A step begins on another day, and lasts as long as before; the others stay."""
        now = self._session.now()
        return self.change(
            [id], lambda _steps: say("{ref} moved to {day}", ref=self.ref(id), day=str(day)),
            lambda step: step.moved(day, now),
        )  # fmt: skip

    def note(self, id: int, text: str) -> Done:
        """Write down what was wanted of a step; the empty text takes it out."""
        now = self._session.now()
        return self.change(
            [id], lambda _steps: say("{ref} noted", ref=self.ref(id)),
            lambda step: msgspec.structs.replace(step, note=text.strip() or None, told_at=now),
        )  # fmt: skip

    def _today(self) -> date:
        return self._session.now().astimezone(self._session.zone).date()


DESK = BigDayDesk
