"""The points policy of a market, as data: system, limit, milestones, validity by date, appeal windows, reasons.

Built from `config.toml` by `workbench.config`; no figure stands in code. Texts are `{"en": ..., "zh": ...}`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from workbench.core.policy import TimeSpan

Texts = dict[str, str]


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """A total at which a penalty falls due; counting down, a score at or below which it does."""

    points: int
    penalty: Texts
    source: str = ""
    assumed: bool = False


class Validity(msgspec.Struct, frozen=True, kw_only=True):
    """How many days (n x 24 h) the points of a violation live that was issued from `effective` on."""

    days: int
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False


class Right(msgspec.Struct, frozen=True, kw_only=True):
    """A right that is only had below a number of points (flash sale tools); `tools` are the promotion tools it is."""

    name: Texts
    below: int
    tools: tuple[str, ...] = ()
    source: str = ""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason for a violation, with the points the platform gives for it and the evidence an appeal wants."""

    id: str
    name: Texts
    low: int
    high: int
    aliases: tuple[str, ...] = ()
    evidence: tuple[Texts, ...] = ()
    source: str = ""


class AppealWindows(msgspec.Struct, frozen=True, kw_only=True):
    """Days for the first appeal (from the penalty) and the second (from the first rejection); when an answer is due."""

    first_days: int
    second_days: int
    tries: int
    answer: TimeSpan
    source: str = ""
    assumed: bool = False


class PointsPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """`climb`: points add up to `limit`. `count_down`: a score falls from `start` to 0 (`limit` 0)."""

    market: str
    system: Literal["climb", "count_down"]
    limit: int
    start: int = 0
    #: The highest score there is, counting down; None where nobody says.
    top: int | None = None
    milestones: tuple[Milestone, ...]
    validity: tuple[Validity, ...]
    #: What another source says of how long points live, and which of the two counts.
    validity_other: TimeSpan | None = None
    validity_reading: Literal["later", "earlier"] = "later"
    appeals: AppealWindows
    rights: tuple[Right, ...] = ()
    reasons: tuple[Reason, ...] = ()
    #: Evidence that every appeal wants, whatever its reason.
    evidence: tuple[Texts, ...] = ()
    statement_limit: int = 500
    #: Everything above is taken from generic without a source of the market's own.
    assumed: bool = False
    conflicting: bool = False
