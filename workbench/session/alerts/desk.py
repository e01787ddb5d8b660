"""What can be asked and done about alerts: how each stands, acknowledging, what own history would have said.

A state is a function of the data and now; only acknowledgements are stored, and what was sent in the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from workbench.core.alerts.rules import RuleFinding, finding
from workbench.core.alerts.states import Acknowledged, AlertStanding, quieted, standing, stands
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.time import shop_day
from workbench.session.alerts import SEEN
from workbench.session.alerts.subjects import AlertSubject, Subjects
from workbench.session.alerts.tables import ACKS, Ack
from workbench.session.base import Done, SessionBase
from workbench.session.desk import DomainDesk
from workbench.session.records import Records

#: Days that can be judged by what the daily tally still has.
FOLLOWED = 30


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A rule at one part of the shop, as it stands today. `acked`: covered by an acknowledgement, until a day or (None)
    until it is worse. `silenced`: the whole shop's alert of the same metric speaks for it."""

    subject: AlertSubject
    standing: AlertStanding
    ack: Ack | None
    silenced: bool = False

    @property
    def id(self) -> str:
        """The id, such as `unusual/sku:LAMP-WHT/damaged`."""
        return self.subject.id

    @property
    def finding(self) -> RuleFinding:
        """What its rule says of today."""
        return self.standing.finding

    @property
    def fires(self) -> bool:
        """Whether it fires, acknowledged or not."""
        return self.standing.state == "firing"

    @property
    def loud(self) -> bool:
        """Whether it fires and nobody has acknowledged it."""
        return self.fires and self.ack is None

    @property
    def rise(self) -> date | None:
        """The day on which it last began to fire; None where that is longer ago than anybody knows."""
        return self.standing.rises[-1] if self.standing.rises else None

    @property
    def worth(self) -> bool:
        """Whether it is worth a line: it fires, is about to, or has words that are too few to judge by."""
        return self.standing.state in ("firing", "pending") or self.finding.verdict in ("new", "few")

    @property
    def few(self) -> bool:
        """Whether it only has words to show: too few to judge by."""
        return not self.fires and self.finding.verdict == "few"

    @property
    def badness(self) -> tuple[int, float, float]:
        """The worst first: what fires, by how improbable it is, by how far it is from what is usual."""
        found = self.finding
        chance = 1.0 if found.chance is None else found.chance
        off = float(abs((found.value or Decimal(0)) - (found.line or found.usual or Decimal(0))))
        return (0 if self.loud else 1 if self.fires else 2), chance, -off


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How often a rule would have spoken: on so many `days` it could judge, summed over its parts."""

    rule: str
    days: int
    fired: int

    @property
    def per_100(self) -> Decimal | None:
        """Rises in 100 days; None without a day it could judge."""
        return (Decimal(self.fired) * 100 / self.days).quantize(Decimal("0.01")) if self.days else None


class AlertDesk(DomainDesk):
    """The alerts of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._acks = Records(session.store, ACKS, Ack)
        self._known: tuple[tuple[int, date], list[Alert]] | None = None

    @property
    def today(self) -> date:
        """The shop day of now."""
        return shop_day(self._session.now(), self._session.zone)

    def all(self) -> list[Alert]:
        """Every alert that has something to look at, the worst first."""
        key = self._session.store.version, self.today
        if self._known is None or self._known[0] != key:
            self._known = key, self._standings()
        return self._known[1]

    def firing(self) -> list[Alert]:
        """What fires and is not acknowledged, the worst first."""
        return [alert for alert in self.all() if alert.loud]

    def acknowledge(self, id: str, until: date | None = None) -> Done:
        """It was seen: until it is worse than it is now, or until a day. `Refusal` where it does not fire."""
        alert = next((each for each in self.all() if each.id == id), None)
        if alert is None:
            raise Refusal(say('There is no alert "{id}". `workbench alerts` lists them.', id=id))
        if not alert.fires:
            raise Refusal(say("{id} does not fire, so there is nothing to acknowledge.", id=id))
        if until is not None and until <= self.today:
            raise Misuse(say("{day} is over. Name a day to come.", day=until.isoformat()))
        now = self._session.now()
        with self._session.saving() as tx:
            old = next((each for each in self._acks.live().values() if each.alert == id), None)
            number = old.id if old is not None else tx.next_id(ACKS)
            tx.put(ACKS, number, Ack(
                id=number, alert=id, day=self.today, at=now, value=alert.finding.value, until=until))  # fmt: skip
            saying = say("{id} acknowledged", id=id)
            tx.commit_as(saying, now)
        return Done(saying, (number,))

    def replay(self, days: int) -> list[Replayed]:
        """How often each rule would have spoken on the last `days` shop days, knowing nothing later."""
        subjects = self._subjects(days)
        found = []
        for row in self._session.settings.alerts:
            judged: set[date] = set()
            fired = 0
            for subject in subjects.of(row):
                told = list(_followed(subject, self.today, days))
                judged |= {day for day, each in told if each.verdict != "unknown"}
                fired += len(standing(subject.rule, told).rises)
            found.append(Replayed(rule=row.id, days=len(judged), fired=fired))
        return found

    @property
    def idle(self) -> bool:
        """Whether there is nothing at all that a rule could look at."""
        return not any(map(self._session.store.table, SEEN))

    def _standings(self) -> list[Alert]:
        if self.idle:
            return []
        subjects = self._subjects(FOLLOWED)
        acks = {each.alert: each for each in self._acks.live().values()}
        found = [
            self._alert(subject, acks.get(subject.id))
            for row in self._session.settings.alerts
            for subject in subjects.of(row)
        ]
        return sorted(_silenced(found), key=lambda alert: (alert.badness, alert.id))

    def _alert(self, subject: AlertSubject, ack: Ack | None) -> Alert:
        now = stands(subject.rule, subject.facts, self.today)
        if ack is not None:
            by = Acknowledged(day=ack.day, value=ack.value, until=ack.until)
            ack = ack if quieted(by, subject.rule, now, self.today) else None
        return Alert(subject=subject, standing=now, ack=ack)

    def _subjects(self, days: int) -> Subjects:
        """With all that a rule may look back on, on the first of so many days."""
        back = max((row.w + row.before for row in self._session.settings.alerts), default=0)
        since = self.today - timedelta(days=days - 1)
        return Subjects(self._session, self.today, since, since - timedelta(days=max(back, 67)))


def _followed(subject: AlertSubject, today: date, days: int) -> Iterable[tuple[date, RuleFinding]]:
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        yield day, finding(subject.rule, subject.facts, day)


def _silenced(alerts: Sequence[Alert]) -> list[Alert]:
    """Parts of a metric whose alert of the whole shop speaks for them."""
    whole = {each.subject.rule.metric for each in alerts if each.loud and each.subject.scope == "shop"}
    return [
        msgspec.structs.replace(each, silenced=True)
        if each.subject.scope != "shop" and each.subject.rule.metric in whole
        else each
        for each in alerts
    ]


DESK = AlertDesk
