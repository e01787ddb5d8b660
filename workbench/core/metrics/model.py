"""What a market measures of a shop, and the readings of it.

Values are decimal, in the unit of the metric: a fraction (1.26 % is 0.0126), a score, hours, a count. A reading with
counts (14 of 1150) keeps them, so that what follows from it is exact.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from workbench.core.rates import Compare, Miss

Unit = Literal["fraction", "score", "hours", "count"]
UNITS: tuple[Unit, ...] = get_args(Unit)
Group = Literal["platform", "own"]
#: How a bare number of a fraction is meant.
Written = Literal["percent", "fraction"]
Texts = dict[str, str]


class TargetLine(msgspec.Struct, frozen=True):
    """A line that a value keeps to or not: `< 0.012`."""

    op: Compare
    value: Decimal

    def held(self, value: Fraction) -> bool:
        """Whether `value` keeps to it."""
        line = Fraction(self.value)
        match self.op:
            case ">=":
                return value >= line
            case ">":
                return value > line
            case "<=":
                return value <= line
            case "<":
                return value < line


class Gate(TargetLine, frozen=True):
    """A line with what it opens while it is kept to, and closes when it is not. `tools`: the promotion tools that are
    only had then; a right of the points may name them as well, and then both must hold."""

    opens: Texts = {}
    tools: tuple[str, ...] = ()


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A range of values with a name, from `low` on and below `high`; None where it has no end there."""

    low: Decimal | None = None
    high: Decimal | None = None
    name: Texts

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        return (self.low is None or value >= Fraction(self.low)) and (self.high is None or value < Fraction(self.high))


class Eligible(msgspec.Struct, frozen=True):
    """From so many orders on, delivered in so many days, there is a score at all."""

    delivered: int
    days: int


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """One metric. `window`: the days it looks back, None where nothing says so. `direction`: which way is better.
    `miss`: whether a miss adds a case or turns one that is counted already; None where no cases are counted. `highest`
    is the end of a score's scale. `own` names the figure that the shop's own records give beside it, in
    which time-outs count or not."""

    id: str
    name: Texts
    aliases: tuple[str, ...] = ()
    group: Group = "platform"
    window: int | None = None
    direction: Literal["high", "low"]
    unit: Unit
    miss: Miss | None = None
    target: TargetLine | None = None
    bands: tuple[Band, ...] = ()
    gates: tuple[Gate, ...] = ()
    weight: Texts = {}
    highest: Decimal | None = None
    eligible: Eligible | None = None
    own: str = ""
    time_outs: bool = False
    off: bool = False
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False


class Reading(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Seller Center showed of a metric for a shop day, of the shop or of a SKU. These three are its key."""

    id: int
    metric: str
    day: date
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None
    sku: str | None = None
    entered_at: datetime

    @property
    def exact(self) -> Fraction:
        """The value, of counts where there are some."""
        if self.numerator is not None and self.denominator:
            return Fraction(self.numerator, self.denominator)
        return Fraction(self.value)

    @property
    def key(self) -> tuple[date, str, str | None]:
        """What a second reading replaces."""
        return self.day, self.metric, self.sku


class NumberWay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How bare numbers of a metric are meant, as the seller stated it."""

    id: int
    metric: str
    written: Written
    stated_at: datetime
