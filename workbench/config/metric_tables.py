"""The settings of metrics: what a market measures, with its lines, as dated data; what an hour costs."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec

from workbench.config.forms import NAME, Flag, Form, Number, Text, Texts, Word
from workbench.config.marks import AS_OF, ASSUMED, CONFLICTING, EFFECTIVE, SOURCE
from workbench.config.tables import Many, Rows, TableForm
from workbench.config.values import Duration
from workbench.core.metrics.model import UNITS, Group, Unit
from workbench.core.promotions.model import TOOLS
from workbench.core.rates import Compare, Miss
from workbench.core.saying import say

_FIGURE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s?(%|h|min)?", re.ASCII)
_LINE = re.compile(r"\s*(>=|<=|>|<)\s*(\S.*)")


class MetricFigure(Form[Decimal]):
    """A value of a metric in its unit: a share as per cent, hours, a plain number."""

    expected = say('a value such as 4.5, "1.2%", "24h" or "5min"')

    def read(self, value: Any) -> Decimal:
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1_000_000:
            return Decimal(str(value))
        match = _FIGURE.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self.refuse(value)
        number = Decimal(match[1])
        if match[2] == "%":
            return number / 100
        return (number / 60).quantize(Decimal("0.000001")) if match[2] == "min" else number


class WrittenLine(msgspec.Struct, frozen=True):
    """A line as it is written."""

    op: Compare
    value: Decimal


class LineText(Form[WrittenLine]):
    """A comparison with a value."""

    expected = say('a line such as ">= 85%", "< 1.2%" or "<= 24h"')

    def read(self, value: Any) -> WrittenLine:
        match = _LINE.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise self.refuse(value)
        return WrittenLine(match[1], MetricFigure().read(match[2]))  # type: ignore[arg-type]


class GateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A gate, as it is written."""

    line: Annotated[WrittenLine, LineText(), say("The line to be kept to.")]
    opens: Annotated[dict[str, str], Texts(), say("What is open while it is kept to, and closed when it is not.")]
    tools: Annotated[tuple[str, ...], Many(Word(*TOOLS)), say("The promotion tools that are only had then.")] = ()


class BandRow(msgspec.Struct, frozen=True, kw_only=True):
    """A band, as it is written."""

    low: Annotated[Decimal | None, MetricFigure(), say("From this value on; left out: from the lowest.")] = None
    high: Annotated[Decimal | None, MetricFigure(), say("Below this value; left out: up to the highest.")] = None
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]


class EligibleRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a score at all, as it is written."""

    delivered: Annotated[int, Number(1, 1_000_000), say("So many delivered orders.")]
    within: Annotated[timedelta, Duration(), say("In so many days.")]


class MetricRow(msgspec.Struct, frozen=True, kw_only=True):
    """What is measured, as it is written."""

    id: Annotated[str, NAME, say("Its fixed name.")]
    name: Annotated[dict[str, str], Texts(), say("Its name on the screen.")]
    aliases: Annotated[
        tuple[str, ...], Many(Text(pattern=r".{1,80}")), say("Other names, such as Seller Center writes it.")
    ] = ()
    group: Annotated[
        Group, Word("platform", "own"), say("Whether the platform measures it or it is your own goal.")
    ] = "platform"
    window: Annotated[timedelta | None, Duration(), say("How far back it looks.")] = None
    direction: Annotated[Literal["high", "low"], Word("high", "low"), say("Which way is better.")]
    unit: Annotated[Unit, Word(*UNITS), say("What it is counted in.")]
    miss: Annotated[
        Miss | None, Word("adds", "turns"), say("Whether a miss is a new case, or falls on one that counts already.")
    ] = None
    target: Annotated[WrittenLine | None, LineText(), say("The line to be kept to.")] = None
    bands: Annotated[tuple[BandRow, ...], Rows(TableForm(BandRow)), say("Ranges of values that have a name.")] = ()
    gates: Annotated[tuple[GateRow, ...], Rows(TableForm(GateRow)), say("Lines that open and close something.")] = ()
    weight: Annotated[dict[str, str], Texts(), say("What of it goes into the score, where that is known.")] = {}
    highest: Annotated[Decimal | None, MetricFigure(), say("The end of its scale.")] = None
    eligible: Annotated[
        EligibleRow | None, TableForm(EligibleRow), say("How many delivered orders a shop needs to have it.")
    ] = None
    own: Annotated[
        str,
        Word("", "cleared", "handling", "late", "sfcr", "refunds", "reviews", "response", *(
            f"reviewed:{kind}" for kind in ("cancel", "refund_only", "return_refund", "exchange", "reshipment")
        )),
        say("The figure of your own records that stands beside it; empty: none."),
    ] = ""  # fmt: skip
    time_outs: Annotated[bool, Flag(), say("Whether time-outs count in that figure.")] = False
    off: Annotated[bool, Flag(), say("Whether it is left out, in a market that does not know it.")] = False
    effective: Annotated[date | None, *EFFECTIVE] = None
    source: Annotated[str, *SOURCE] = ""
    as_of: Annotated[date | None, *AS_OF] = None
    assumed: Annotated[bool, *ASSUMED] = False
    conflicting: Annotated[bool, *CONFLICTING] = False


#: What a market writes under `metrics`.
METRICS = Rows(TableForm(MetricRow), unique="id", dated=True)


class RuleCost(msgspec.Struct, frozen=True, kw_only=True):
    """What the trial of a rule reckons with."""

    hour: Annotated[Decimal | None, MetricFigure(), say("What an hour of yours is worth, in the shop's currency.")] = (
        None
    )
    minutes: Annotated[int, Number(1, 240), say("How many minutes one request takes you.")]


RULE = TableForm(RuleCost)
