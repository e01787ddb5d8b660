"""Readings of a spreadsheet, CSV or XLSX, with columns day, metric, value and perhaps sku: a plan, then one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from workbench.config.given import to_read
from workbench.core.issues.cells import day_of, day_order
from workbench.core.metrics import entry
from workbench.core.metrics.model import Written
from workbench.core.saying import Misuse, Refusal, Saying, say
from workbench.core.spelling import key
from workbench.intake.own_sheet import read_own
from workbench.session.base import Done
from workbench.session.metrics.desk import Given, MetricDesk

Field = Literal["day", "metric", "value", "sku"]

#: Without these a row is no reading.
_NEEDED: tuple[Field, ...] = ("day", "metric", "value")
_NAMES: Mapping[Field, tuple[str, ...]] = {
    "day": ("day", "date", "日期"),
    "metric": ("metric", "id", "name", "指标"),
    "value": ("value", "数值", "值"),
    "sku": ("sku", "seller sku", "商品编码"),
}


class MetricsPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a file would add or change. `known`: rows that are entered already. `refused`: the rest, with the reason."""

    name: str
    given: list[Given]
    known: int
    refused: list[tuple[int, Saying]]
    written: Written | None


def read_plan(desk: MetricDesk, file: Path, written: Written | None) -> MetricsPlan:
    """The plan of a file; nothing is saved. `Misuse` where a bare number of a share cannot be read."""
    path = to_read(str(file))
    sheet = read_own(path, wanted=_columns, needed=_NEEDED, days=("day",))
    found = _columns(sheet.headers)
    missing = [field for field in _NEEDED if field not in found]
    if missing:
        raise Refusal(
            say("No column was found for {names}. The file needs day, metric and value.", names=", ".join(missing))
        )
    first, _guessed = day_order([row.get(found["day"], "") for row in sheet.rows], desk.today)
    before = {each.key: each for each in desk.readings()}
    given: list[Given] = []
    refused: list[tuple[int, Saying]] = []
    known = 0
    for number, row in enumerate(sheet.rows, 2):
        cells = {field: row.get(header, "").strip() for field, header in found.items()}
        if not any(cells.values()):
            continue
        try:
            one = _given(desk, cells, first, written)
        except _Bare as bare:
            raise Misuse(bare.saying) from bare
        except Misuse as wrong:
            refused.append((number, wrong.saying))
            continue
        old = before.get((one.day, one.metric.id, one.sku))
        if old is not None and (old.value, old.numerator, old.denominator) == one.value:
            known += 1
        else:
            given.append(one)
    return MetricsPlan(name=path.name, given=given, known=known, refused=refused, written=written)


def bring_in(desk: MetricDesk, plan: MetricsPlan) -> Done:
    """Save the plan as one action."""
    return desk.enter(plan.given, plan.written)


class _Bare(Misuse):
    """A number of a share of which nobody knows whether per cent are meant: asked once, for the whole file."""


def _given(desk: MetricDesk, cells: Mapping[Field, str], day_first: bool, written: Written | None) -> Given:
    day = _day(cells["day"], day_first)
    desk.refuse_day(day)
    metric = desk.find(cells["metric"])
    way = written or desk.written(metric)
    text = entry.tidy(cells["value"])
    try:
        return Given(metric, entry.value(metric, text, way), day, cells.get("sku") or None)
    except Misuse as wrong:
        if way is None and entry.bare(metric, text):
            raise _Bare(wrong.saying) from wrong
        raise


def _day(text: str, day_first: bool) -> date:
    found = day_of(text, day_first)
    if found is None:
        raise Misuse(say('"{text}" is not a day.', text=text))
    return found


def _columns(headers: Sequence[str] | Iterable[str]) -> Mapping[Field, str]:
    by_key = {key(header.lstrip("\ufeff")): header for header in headers}
    found: dict[Field, str] = {}
    for field, names in _NAMES.items():
        header = next((by_key[key(name)] for name in names if key(name) in by_key), None)
        if header is not None:
            found[field] = header
    return found
