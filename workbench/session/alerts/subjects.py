"""What each rule looks at: the shop, each SKU, each SKU and type, each creator, each routine, with what is known of it
by day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

import msgspec

from workbench.config.alert_tables import AlertRow
from workbench.core.alerts.rules import JUDGED_OVER, AlertRule, Edge, ScopeFacts
from workbench.core.metrics.model import Definition, Reading
from workbench.core.place import Place
from workbench.core.time import shop_day
from workbench.session.alerts.logged import LoggedIssues
from workbench.session.alerts.owned import owned
from workbench.session.alerts.series import Rate
from workbench.session.base import SessionBase
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.metrics.desk import MetricDesk
from workbench.session.metrics.parts import PARTED
from workbench.session.metrics.tables import READINGS
from workbench.session.orders.desk import OrderDesk
from workbench.session.records import Records

#: A reading speaks for so many days, where a rule asks how it stands.
SPEAKS = timedelta(days=7)
#: The window of a product's rate.
_RATE_DAYS = 60
_DAY = timedelta(days=1)


class AlertSubject(NamedTuple):
    """One part of the shop that a rule looks at. `metric` is what it is about, None of the log, files, routines; `sku`,
    `type` and `creator` say which part. `share`: its values are shares."""

    rule: AlertRule
    scope: str
    facts: ScopeFacts
    place: Place | None
    metric: Definition | None = None
    sku: str | None = None
    type: str | None = None
    creator: str | None = None
    share: bool = False

    @property
    def id(self) -> str:
        """The id of the alert."""
        return f"{self.rule.id}/{self.scope}"


class Subjects:
    """The subjects of a session, as of `today`, judged from `since` on; `reach` is as far as their rules look back."""

    def __init__(self, session: SessionBase, today: date, since: date, reach: date) -> None:
        self._session, self._today, self._since, self._reach = session, today, since, reach
        self._spans: dict[tuple[date, date], bool] = {}
        self._log = LoggedIssues(session, reach, today)

    def of(self, row: AlertRow) -> Iterator[AlertSubject]:
        """What a rule looks at."""
        rule = AlertRule(**msgspec.structs.asdict(row))
        match row.metric:
            case "import":
                yield self._silent(rule, self._imports, None)
            case "log":
                # An evening is missed once it is over, so a log speaks for the next day, too.
                evenings = tuple(sorted(day + _DAY for day in self._log.days))
                yield self._silent(rule, evenings, Place("issues", "day"))
            case "routine":
                yield from self._routines(rule)
            case "issues":
                yield from self._issues_of(rule)
            case _:
                yield from self._metric_of(rule, row.metric)

    # silent

    def _silent(self, rule: AlertRule, signs: tuple[date, ...], place: Place | None) -> AlertSubject:
        return AlertSubject(rule, "shop", ScopeFacts(signs=signs), place)

    @cached_property
    def _imports(self) -> tuple[date, ...]:
        files = Records(self._session.store, FILES, ImportedFile).live().values()
        return tuple(sorted({shop_day(file.imported_at, self._session.zone) for file in files}))

    def _routines(self, rule: AlertRule) -> Iterator[AlertSubject]:
        for routine in self._session.desk("routines").all():
            # Of one that was never done nobody knows whether it is meant to be.
            facts = ScopeFacts(last=routine.next if routine.last is not None else None)
            yield AlertSubject(rule, f"routine:{routine.id}", facts, Place("routines", routine.id))

    # the log

    def _issues_of(self, rule: AlertRule) -> Iterator[AlertSubject]:
        parts: dict[tuple[str | None, str | None], dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for pair, logged in self._log.pairs.items():
            key = {"sku": (pair[0], None), "sku_type": pair}.get(rule.scope, (None, None))
            for day, count in logged.items():
                parts[key][day] += count
        share = self._shares(rule)
        for (sku, type), counts in sorted(parts.items(), key=lambda part: (part[0][0] or "", part[0][1] or "")):
            scope = "shop" if sku is None else f"sku:{sku}" if type is None else f"sku:{sku}/{type}"
            first = min(self._log.days, default=None) if sku is None else self._log.first_seen.get(sku)
            orders: Callable[[date, date], int | None] = partial(self._shipped, sku)
            facts = ScopeFacts(
                counts=dict(counts), logged=self._log.days, first_seen=first, orders=orders, since=self._since,
                values=Rate(counts, _RATE_DAYS, orders if share else None, self._log.days.__contains__),
            )  # fmt: skip
            yield AlertSubject(rule, scope, facts, Place("issues", "week"), sku=sku, type=type, share=share)

    def _shares(self, rule: AlertRule) -> bool:
        """Whether the bad ones are told for an order: where files cover all that a rule looks at today, so that no
        sum is ever compared with a share."""
        first = self._today - timedelta(days=_RATE_DAYS - 1 + rule.n)
        return self._covered(first, self._today)

    def _shipped(self, sku: str | None, first: date, last: date) -> int | None:
        if not self._covered(first, last):
            return None
        found: int | None = self._orders.shipped_lately(sku, first, last)
        return found

    def _covered(self, first: date, last: date) -> bool:
        """Asked of the same few spans for every part of the shop."""
        known = self._spans.get((first, last))
        if known is None:
            known = self._spans[first, last] = self._orders.covered(first, last)
        return known

    @cached_property
    def _orders(self) -> OrderDesk:
        desk: OrderDesk = self._session.desk("orders")
        return desk

    # metrics: what was read, and of SKUs and creators what the orders say

    @cached_property
    def _metrics(self) -> MetricDesk:
        desk: MetricDesk = self._session.desk("metrics")
        return desk

    def _metric_of(self, rule: AlertRule, name: str) -> Iterator[AlertSubject]:
        about = next((each for each in self._metrics.metrics if each.id == name), None)
        if about is None or (placed := _placed(rule, about)) is None:
            return
        place = Place("metrics", name)
        share = about.unit == "fraction"
        read = self._by_part(rule, name) if self._session.store.table(READINGS) else {}
        for sku, readings in sorted(read.items(), key=lambda part: part[0] or ""):
            if (sku is None) == (rule.scope == "shop") and rule.scope != "creator":
                scope = "shop" if sku is None else f"sku:{sku}"
                facts = self._read(placed, about, readings)
                yield AlertSubject(placed, scope, facts, place, about, sku, share=share)
        if about.own in PARTED and rule.scope in ("sku", "creator"):
            by = rule.scope
            for part, facts in owned(self._session, about, by, self._reach, self._since, self._today):
                if by == "creator":
                    yield AlertSubject(placed, f"creator:{part}", facts, place, about, creator=part, share=share)
                elif part not in read:  # what Seller Center showed goes before what the own records say
                    yield AlertSubject(placed, f"sku:{part}", facts, place, about, part, share=share)

    def _by_part(self, rule: AlertRule, name: str) -> Mapping[str | None, list[Reading]]:
        found: dict[str | None, list[Reading]] = defaultdict(list)
        for each in self._metrics.of_shop(name) if rule.scope == "shop" else self._metrics.readings(name):
            if each.day <= self._today:
                found[each.sku].append(each)
        return found

    def _read(self, rule: AlertRule, about: Definition, readings: list[Reading]) -> ScopeFacts:
        values = {each.day: each.value for each in readings}
        counts = {day: int(value) for day, value in values.items()} if about.unit == "count" else {}
        return ScopeFacts(
            values=values if rule.kind == "rising_days" else self._carried(values), counts=counts,
            bad=None if counts else partial(_bad, about, readings), since=readings[0].day,
        )  # fmt: skip

    def _carried(self, values: dict[date, Decimal]) -> dict[date, Decimal]:
        found = dict(values)
        for day, value in sorted(values.items()):
            for n in range(1, SPEAKS.days):
                later = day + timedelta(days=n)
                if later in values or later > self._today:
                    break
                found[later] = value
        return found


def _bad(about: Definition, readings: list[Reading], day: date) -> int | None:
    """How many bad ones there were in 30 days at the most, where the last reading counts them over at least as many;
    None where that leaves it open whether they are enough to judge by."""
    last = next((each for each in reversed(readings) if each.day <= day), None)
    if last is None or last.numerator is None or last.denominator is None or (about.window or 0) < JUDGED_OVER:
        return None
    return last.numerator if about.direction == "low" else last.denominator - last.numerator


def _placed(rule: AlertRule, about: Definition) -> AlertRule | None:
    """The rule with what it is measured by: where it names no line, *gate* by every line of the metric, *above* and
    *below* by its target. None where the metric has none."""
    high = about.direction == "high"
    rule = msgspec.structs.replace(rule, good="above" if high else "below")
    if rule.value is not None or rule.kind not in ("gate", "above", "below"):
        return rule
    if rule.kind == "gate":
        lines = [*about.gates, *([about.target] if about.target is not None else [])]
        edges = tuple(dict.fromkeys(Edge(line.value, line.op in ("<", ">")) for line in lines))
        return msgspec.structs.replace(rule, edges=edges) if edges else None
    if about.target is None or (rule.kind == "below") != high:
        return None
    return msgspec.structs.replace(rule, value=about.target.value, strict=about.target.op in ("<", ">"))
