"""What can be asked and done about metrics: readings in, where each metric stands. Every deed is one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from workbench.config.metric_rules import metrics
from workbench.core.metrics.model import Definition, NumberWay, Reading, Written
from workbench.core.metrics.standing import MetricStanding, shown, standing
from workbench.core.saying import Misuse, Refusal, say, say_n
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.later import later
from workbench.session.base import Done, SessionBase
from workbench.session.desk import DomainDesk
from workbench.session.metrics.tables import READINGS, WAYS
from workbench.session.records import Records, Spoilt
from workbench.storage import WrittenTable

if TYPE_CHECKING:
    from workbench.core.metrics import entry
    from workbench.session.metrics import own
    from workbench.storage import Transaction
else:
    entry = later("workbench.core.metrics.entry")
    own = later("workbench.session.metrics.own")


class Given(NamedTuple):
    """A value to be entered, with its key."""

    metric: Definition
    value: entry.MetricValue
    day: date
    sku: str | None = None


class _Whose(msgspec.Struct):
    """Of a reading only what it is of."""

    metric: str
    sku: str | None = None


def _whose(table: Mapping[int, msgspec.Raw]) -> Iterable[tuple[int, _Whose]]:
    """What each reading is of; of one that is damaged nothing."""
    if isinstance(table, WrittenTable) and (found := table.decoded(_Whose)) is not None:
        yield from found.items()
        return
    decoder = msgspec.json.Decoder(_Whose)
    for id, text in table.items():
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            yield id, decoder.decode(text)


class MetricDesk(DomainDesk):
    """The readings of a session."""

    def __init__(self, session: SessionBase) -> None:
        super().__init__(session)
        self._readings = Records(session.store, READINGS, Reading)
        self._sorted: tuple[object, dict[str | None, list[Reading]]] | None = None
        self._defined: tuple[date, tuple[Definition, ...]] | None = None
        #: What figures looked back on, by archived month (`session.metrics.closed`).
        self.archived_cases: dict[str, tuple[str, list[Ticket]]] = {}
        self._whole: tuple[int, dict[str, list[Reading]]] | None = None
        self._ways = Records(session.store, WAYS, NumberWay)

    @property
    def today(self) -> date:
        """The shop day of now."""
        return shop_day(self._session.now(), self._session.zone)

    @property
    def metrics(self) -> tuple[Definition, ...]:
        """The metrics of the shop's market as they are defined today."""
        if self._defined is None or self._defined[0] != self.today:
            self._defined = self.today, metrics(self._session.settings, today=self.today)
        return self._defined[1]

    def find(self, name: str) -> Definition:
        """The metric of a name; `Misuse` where there is none."""
        return entry.find(name, self.metrics)

    @property
    def eligible(self) -> bool | None:
        """Whether enough orders were delivered for a score; None: no file tells, or the market does not say."""
        asked = next((each.eligible for each in self.metrics if each.eligible is not None), None)
        if asked is None:
            return None
        found = self._session.desk("orders").counts(self.today - timedelta(days=asked.days - 1), self.today)
        return None if found is None else found.delivered >= asked.delivered

    def readings(self, metric: str | None = None) -> list[Reading]:
        """The readings, of one metric or of all, by day."""
        live = self._readings.live()
        if self._sorted is None or self._sorted[0] is not live:
            found: dict[str | None, list[Reading]] = {}
            for each in sorted(live.values(), key=lambda each: (each.day, each.metric, each.sku or "")):
                found.setdefault(each.metric, []).append(each)
                found.setdefault(None, []).append(each)
            self._sorted = live, found
        return self._sorted[1].get(metric, [])

    def of_shop(self, metric: str) -> list[Reading]:
        """The readings of the whole shop, by day. Those of SKUs may be many more and are not looked at, for this is
        asked at every start."""
        version = self._session.store.version
        if self._whole is None or self._whole[0] != version:
            table = self._session.store.table(READINGS)
            found: dict[str, list[Reading]] = {}
            for id, whose in _whose(table):
                if whose.sku is None:
                    with suppress(Spoilt):  # told where all are read
                        found.setdefault(whose.metric, []).append(self._readings.decode(id, table[id]))
            self._whole = version, {name: sorted(each, key=lambda one: one.day) for name, each in found.items()}
        return self._whole[1].get(metric, [])

    def written(self, metric: Definition) -> Written | None:
        """How bare numbers of a metric are meant, as it was stated."""
        return next((each.written for each in self._ways.live().values() if each.metric == metric.id), None)

    def standing(self, metric: Definition) -> MetricStanding:
        """Where a metric stands today."""
        return standing(metric, self.readings(metric.id), own.own_figure(self._session, metric), self.today)

    def gated(self) -> list[MetricStanding]:
        """Where those stand that open something, by their readings alone: no record of the shop is looked at."""
        found = (metric for metric in self.metrics if metric.gates)
        return [standing(metric, self.of_shop(metric.id), None, self.today) for metric in found]

    def standings(self) -> list[MetricStanding]:
        """Where all stand."""
        return [self.standing(metric) for metric in self.metrics]

    def read(
        self, text: str, day: date | None = None, sku: str | None = None, written: Written | None = None
    ) -> list[Given]:
        """What a text with names and values says; nothing is saved. `Misuse` for what is not understood."""
        on = day or self.today
        self.refuse_day(on)
        found = entry.read(text, self.metrics)
        return [
            Given(metric, entry.value(metric, typed, written or self.written(metric)), on, (sku or "").strip() or None)
            for metric, typed in found
        ]

    def enter(self, given: Sequence[Given], written: Written | None = None) -> Done:
        """Save readings as one action; each replaces the one of its key. `written` is kept for their metrics."""
        if not given:
            raise Misuse(say("There is nothing to enter. Write it like: score nrr 1.26%"))
        now = self._session.now()
        with self._session.saving() as tx:
            before = {each.key: each for each in self._readings.live().values()}
            last = self._last(given)
            ids = [self._put(tx, each, before) for each in given]
            if written is not None:
                self._keep(tx, {each.metric.id for each in given if each.metric.unit == "fraction"}, written)
            first = given[0]
            one = say(
                "{metric} {value} entered",
                metric=first.metric.name,
                value=shown(Fraction(first.value.value), first.metric.unit),
            )
            saying = one if len(given) == 1 else say_n("{n} reading entered", "{n} readings entered", len(given))
            tx.commit_as(saying, now)
        self._tell_far(given, last)
        return Done(saying, tuple(ids))

    def delete(self, metric: Definition, day: date, sku: str | None = None) -> Done:
        """Take a reading out; `Refusal` where there is none."""
        with self._session.saving() as tx:
            found = next(
                (each for each in self.readings(metric.id) if (each.day, each.sku) == (day, sku or None)), None
            )
            if found is None:
                raise Refusal(say("There is no reading of {metric} on {day}.", metric=metric.id, day=day.isoformat()))
            tx.remove(READINGS, found.id)
            saying = say("{metric} of {day} taken out", metric=metric.name, day=day.isoformat())
            tx.commit_as(saying, self._session.now())
        return Done(saying, (found.id,))

    def refuse_day(self, day: date) -> None:
        """A day to come, or one before any shop was."""
        if day > self.today:
            raise Misuse(say("{day} is still to come: a reading is of a day that was.", day=day.isoformat()))
        if day.year < 2000:
            raise Misuse(say('"{day}" is too far away to be meant. Check the year.', day=day.isoformat()))

    def _put(self, tx: Transaction, given: Given, before: dict[tuple[date, str, str | None], Reading]) -> int:
        key = given.day, given.metric.id, given.sku
        id = before[key].id if key in before else tx.next_id(READINGS)
        reading = Reading(
            id=id, metric=given.metric.id, day=given.day, sku=given.sku, entered_at=self._session.now(),
            **given.value._asdict(),
        )  # fmt: skip
        before[key] = reading  # of two for one key in one entry the later one counts
        tx.put(READINGS, id, reading)
        return id

    def _keep(self, tx: Transaction, ids: set[str], written: Written) -> None:
        known = {each.metric: each.id for each in self._ways.live().values()}
        for metric in sorted(ids):
            id = known.get(metric) or tx.next_id(WAYS)
            tx.put(WAYS, id, NumberWay(id=id, metric=metric, written=written, stated_at=self._session.now()))

    def _last(self, given: Sequence[Given]) -> list[Decimal | None]:
        """What was read last before each of them."""
        found = []
        for each in given:
            known = [old for old in self.readings(each.metric.id) if old.sku == each.sku and old.day <= each.day]
            found.append(known[-1].value if known else None)
        return found

    def _tell_far(self, given: Sequence[Given], last: Sequence[Decimal | None]) -> None:
        for each, before in zip(given, last, strict=True):
            if before is not None and entry.far(each.value.value, before):
                unit = each.metric.unit
                self._session.store.notices.append(
                    say(
                        "{metric}: {value} is ten times away from {before}, which was read last. Is the unit right?",
                        metric=each.metric.name,
                        value=shown(Fraction(each.value.value), unit),
                        before=shown(Fraction(before), unit),
                    )
                )


DESK = MetricDesk
