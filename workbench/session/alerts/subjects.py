"""What each rule looks at: the shop, each SKU, each SKU and type, each routine, with what is known of it by day."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

import msgspec

from workbench.config.alert_tables import AlertRow
from workbench.core.alerts.rules import AlertRule, ScopeFacts
from workbench.core.issues.model import Issue
from workbench.core.metrics.model import Definition, TargetLine
from workbench.core.place import Place
from workbench.core.time import shop_day
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.session.issues.tables import ISSUES
from workbench.session.metrics.desk import MetricDesk
from workbench.session.metrics.tables import READINGS
from workbench.session.orders.tables import DAYS, OrderDay
from workbench.session.records import Records
from workbench.session.session import Session

#: A reading speaks for so many days, where a rule asks how it stands.
SPEAKS = timedelta(days=7)
#: The window of a product's rate.
_RATE_DAYS = 60
_PLACES = Decimal("0.000001")


class AlertSubject(NamedTuple):
    """One part of the shop that a rule looks at. `metric` is what it is about, None of the log, files, routines."""

    rule: AlertRule
    scope: str
    facts: ScopeFacts
    place: Place | None
    metric: Definition | None = None
    sku: str | None = None
    type: str | None = None

    @property
    def id(self) -> str:
        """The id of the alert."""
        return f"{self.rule.id}/{self.scope}"


class Subjects:
    """The subjects of a session, as of `today`, with facts from `since` on."""

    def __init__(self, session: Session, today: date, since: date) -> None:
        self._session, self._today, self._since = session, today, since

    def of(self, row: AlertRow) -> Iterator[AlertSubject]:
        """What a rule looks at."""
        rule = AlertRule(**msgspec.structs.asdict(row))
        match row.metric:
            case "import":
                yield self._silent(rule, "shop", self._imports, None)
            case "log":
                yield self._silent(rule, "shop", tuple(sorted(self._logged)), Place("issues", "day"))
            case "routine":
                yield from self._routines(rule)
            case "issues":
                yield from self._issues_of(rule)
            case _:
                yield from self._readings_of(rule, row.metric)

    # silent

    def _silent(self, rule: AlertRule, scope: str, signs: tuple[date, ...], place: Place | None) -> AlertSubject:
        return AlertSubject(rule, scope, ScopeFacts(signs=signs), place)

    @cached_property
    def _imports(self) -> tuple[date, ...]:
        files = Records(self._session.store, FILES, ImportedFile).live().values()
        return tuple(sorted({shop_day(file.imported_at, self._session.zone) for file in files}))

    def _routines(self, rule: AlertRule) -> Iterator[AlertSubject]:
        for routine in self._session.routines.all():
            # Of one that was never done nobody knows whether it is meant to be.
            facts = ScopeFacts(last=routine.next if routine.last is not None else None)
            yield AlertSubject(rule, f"routine:{routine.id}", facts, Place("routines", routine.id))

    # the log

    @cached_property
    def _issues(self) -> list[Issue]:
        if not self._session.store.table(ISSUES):
            return []
        return self._session.log.issues(self._since, self._today)

    @cached_property
    def _logged(self) -> frozenset[date]:
        return frozenset(issue.day for issue in self._issues)

    @cached_property
    def _counts(self) -> dict[tuple[str, str], dict[date, int]]:
        found: dict[tuple[str, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for issue in self._issues:
            if issue.pair is not None:
                found[issue.pair][issue.day] += issue.count
        return found

    @cached_property
    def _first_seen(self) -> dict[str, date]:
        """The first day on which a SKU was logged or shipped, as far back as is looked."""
        found: dict[str, date] = {}
        days = Records(self._session.store, DAYS, OrderDay).live().values()
        seen = [(issue.sku, issue.day) for issue in self._issues if issue.sku is not None]
        seen += [(sku, each.day) for each in days for sku in each.shipped if sku]
        for sku, day in seen:
            found[sku] = min(day, found.get(sku, day))
        return found

    def _issues_of(self, rule: AlertRule) -> Iterator[AlertSubject]:
        parts: dict[tuple[str | None, str | None], dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for pair, logged in self._counts.items():
            key = {"sku": (pair[0], None), "sku_type": pair}.get(rule.scope, (None, None))
            for day, count in logged.items():
                parts[key][day] += count
        for (sku, type), counts in sorted(parts.items(), key=lambda part: (part[0][0] or "", part[0][1] or "")):
            scope = "shop" if sku is None else f"sku:{sku}" if type is None else f"sku:{sku}/{type}"
            first = min(self._logged, default=None) if sku is None else self._first_seen.get(sku)
            orders: Callable[[date, date], int | None] = partial(self._shipped, sku)
            facts = ScopeFacts(
                counts=dict(counts), logged=self._logged, first_seen=first, orders=orders,
                values=self._rates(counts, sku) if rule.kind in ("rising_days", "above", "below") else {},
            )  # fmt: skip
            yield AlertSubject(rule, scope, facts, Place("issues", "week"), sku=sku, type=type)

    def _shipped(self, sku: str | None, first: date, last: date) -> int | None:
        found: int | None = self._session.desk("orders").shipped_lately(sku, first, last)
        return found

    def _rates(self, counts: dict[date, int], sku: str | None) -> dict[date, Decimal]:
        """On each day with a log the bad ones of 60 days, for an order shipped in them where files tell, else alone."""
        values: dict[date, Decimal] = {}
        begin = self._since + timedelta(days=_RATE_DAYS - 1)
        days = sorted(counts)
        for day in sorted(self._logged):
            if day < begin:
                continue
            first = day - timedelta(days=_RATE_DAYS - 1)
            bad = sum(counts[each] for each in days[bisect_left(days, first) :] if each <= day)
            shipped = self._shipped(sku, first, day)
            # As exact as it is stored when the alert is acknowledged, so that an equal one is not beyond it.
            values[day] = (Decimal(bad) / shipped).quantize(_PLACES) if shipped else Decimal(bad)
        return values

    # readings

    @cached_property
    def _metrics(self) -> MetricDesk:
        desk: MetricDesk = self._session.desk("metrics")
        return desk

    def _readings_of(self, rule: AlertRule, name: str) -> Iterator[AlertSubject]:
        about = next((each for each in self._metrics.metrics if each.id == name), None)
        if about is None or not self._session.store.table(READINGS):
            return
        by_scope: dict[str | None, dict[date, Decimal]] = defaultdict(dict)
        for each in self._metrics.readings(name):
            if self._since <= each.day <= self._today:
                by_scope[each.sku][each.day] = each.value
        for sku, values in sorted(by_scope.items(), key=lambda part: part[0] or ""):
            if (sku is None) != (rule.scope == "shop"):
                continue
            spoken = values if rule.kind == "rising_days" else self._carried(values)
            placed = self._placed(rule, about, spoken.get(self._today))
            if placed is None:
                continue
            scope = "shop" if sku is None else f"sku:{sku}"
            counts = {day: int(value) for day, value in values.items()} if about.unit == "count" else {}
            yield AlertSubject(
                placed, scope, ScopeFacts(values=spoken, counts=counts), Place("metrics", name), about, sku
            )

    def _carried(self, values: dict[date, Decimal]) -> dict[date, Decimal]:
        found = dict(values)
        for day, value in sorted(values.items()):
            for n in range(1, SPEAKS.days):
                later = day + timedelta(days=n)
                if later in values or later > self._today:
                    break
                found[later] = value
        return found

    def _placed(self, rule: AlertRule, about: Definition, value: Decimal | None) -> AlertRule | None:
        """The rule with its line: of *gate* the nearest line of the metric that is kept to, where it names none."""
        if rule.kind != "gate":
            return rule
        good = "above" if about.direction == "high" else "below"
        if rule.value is not None:
            return msgspec.structs.replace(rule, good=good)
        lines: list[TargetLine] = [*about.gates, *([about.target] if about.target is not None else [])]
        if not lines:
            return None
        high = about.direction == "high"
        kept = [each for each in lines if value is not None and (each.value <= value if high else each.value >= value)]

        def away(line: TargetLine) -> Decimal:
            return abs(line.value - (value or 0))

        nearest = min(kept or lines, key=away)
        return msgspec.structs.replace(rule, value=nearest.value, good=good)
