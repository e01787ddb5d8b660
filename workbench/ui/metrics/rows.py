"""The rows of the score: alerts, what the platform measures, own goals, and what was read too long ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta, tzinfo
from fractions import Fraction
from typing import NamedTuple

from workbench.core.metrics.model import Reading
from workbench.core.metrics.standing import MetricStanding, shown
from workbench.core.place import Place
from workbench.i18n import _, language, n_, pick, render
from workbench.output.marks import SOON
from workbench.output.metrics.text import line_words
from workbench.output.words import short_date, weekday
from workbench.session.alerts.desk import Alert
from workbench.session.alerts.words import parted, thing
from workbench.ui.metrics.spark import trend
from workbench.ui.text import Span
from workbench.ui.widgets.table import Column, begins

#: A reading older than this is old.
OLD = timedelta(days=14)
#: The days of the trend, and its cells.
DAYS, TREND = 30, 15
#: So few misses left are amber.
NEAR = 2


class ScoreRow(NamedTuple):
    """One row: its group, the place it is, its cells, and what it is about."""

    group: str
    place: Place
    cells: dict[str, Span]
    about: Alert | MetricStanding


class ScoreRows:
    """Alerts and metrics as the source of a table."""

    def __init__(self, rows: Sequence[ScoreRow]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def key(self, row: int) -> Place:
        """The place of the row."""
        return self.rows[row].place

    def groups(self) -> list[tuple[str, str, int]]:
        """The groups, as far as there are any."""
        return [(group, "quiet", row) for group, row in begins(each.group for each in self.rows)]

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row; the name under the cursor is bold."""
        cells = dict(self.rows[row].cells)
        if current:
            cells["name"] = cells["name"]._replace(role="title")
        return cells

    @property
    def headed(self) -> tuple[int, Mapping[str, str]] | None:
        """The first metric, with the names over the columns."""
        first = next((at for at, row in enumerate(self.rows) if isinstance(row.about, MetricStanding)), None)
        return None if first is None else (first, heads())


def columns(wide: bool, full: bool) -> list[Column]:
    """The columns in the language of the moment; what is said of an alert begins in the place of the trend."""
    return [
        Column("cursor", 2),
        Column("group", 8 if language() == "zh" else 10, goes=4),
        Column("picked", 1),
        Column("state", 2),
        Column("name", 32 if full else 20),
        Column("value", 7, right=True),
        Column("trend", TREND if wide else 0, gap=2),
        Column("line", 13, gap=3 if wide else 1),
        Column("left", 8, right=True),
        Column("back", 10, gap=3, goes=3),
        Column("opens", 20, gap=2, goes=2, most=60),
    ]


def heads() -> dict[str, str]:
    """The names of the columns."""
    return {
        "value": _("today"), "trend": _("{n} days").format(n=DAYS), "line": _("line"), "left": _("misses left"),
        "back": _("one back"), "opens": _("opens, closes"),
    }  # fmt: skip


def alert_row(alert: Alert, types: dict[str, dict[str, str]], today: date) -> ScoreRow:
    """`LAMP-WHT damaged   7 in 7 days, 1.2 is usual   since Sun`"""
    loud = alert.loud
    number, said = parted(alert)
    cells = {"state": Span(SOON if loud else "", "soon"), "name": Span(render(thing(alert, types)))}
    if number:
        cells["value"] = Span(number, "soon_bold" if loud else "quiet")
        cells["trend"] = Span(render(said), "quiet")
    else:
        cells["value"] = Span(f" {render(said)}", "quiet")
    if alert.standing.since is not None:
        since = alert.standing.since
        cells["end"] = Span(_("since {day}").format(day=_("today") if since == today else _near(since, today)), "quiet")
    return ScoreRow(_("Too few") if alert.few else _("Alerts"), Place("alerts", alert.id), cells, alert)


def metric_row(found: MetricStanding, today: date, zone: tzinfo) -> ScoreRow:
    """A metric with its value, trend, line and what is left."""
    about, value = found.metric, found.value
    old = found.reading is not None and today - found.reading.day > OLD
    loud = found.kept is False or (found.misses_left is not None and found.misses_left <= NEAR)
    role = "quiet" if old else "soon_bold" if loud else "bold"
    cells = {
        "state": Span("?" if old else SOON if loud else "", "quiet" if old else "soon"),
        "name": Span(pick(about.name)),
        "value": Span("" if value is None else shown(value, about.unit), role),
        "trend": Span(trend(_by_day(found.history), today, DAYS, TREND), "soon" if loud and not old else "quiet"),
        "line": Span(line_words(found.line, about.unit)),
        "left": Span("" if found.misses_left is None else str(found.misses_left), "soon_bold" if loud else "bold"),
        "back": Span(_back(found, today, zone)),
        "opens": Span(_opens(found, old), "quiet"),
    }
    group = _("Old") if old else _("Own goals") if about.group == "own" else _("Platform")
    return ScoreRow(group, Place("metrics", about.id), cells, found)


def _back(found: MetricStanding, today: date, zone: tzinfo) -> str:
    if found.forgives_at is None:
        return ""
    day = found.forgives_at.astimezone(zone).date()
    return _near(day, today)


def _near(day: date, today: date) -> str:
    """A day of this week or the last by its name."""
    return weekday(day) if 0 < abs((day - today).days) <= 6 else short_date(day)


def _opens(found: MetricStanding, old: bool) -> str:
    if old and found.day is not None:
        return _("read on {day}").format(day=short_date(found.day))
    if found.next is not None and found.value is not None:
        return _("{opens} at {line}").format(
            opens=pick(found.next.opens), line=shown(Fraction(found.next.value), found.metric.unit)
        )
    if found.held is not None:
        return pick(found.held.opens)
    if found.own is not None and found.own.streak:
        streak = found.own.streak
        return n_("{n} evening in a row", "{n} evenings in a row", streak).format(n=streak)
    if found.kept is False and found.needed:
        return n_("{n} good one to go", "{n} good ones to go", found.needed).format(n=found.needed)
    return ""


def _by_day(readings: Sequence[Reading]) -> dict[date, Fraction]:
    return {each.day: each.exact for each in readings}
