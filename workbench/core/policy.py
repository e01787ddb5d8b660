"""A policy: the dated rules of one market, as data, and which of them holds.

No figure of any market stands in code: a `Policy` is built from `config.toml` (and the seller's overlay) by
`workbench.config`. A rule that a market takes from generic without a source of its own is *assumed* and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.hours import Hours
from workbench.core.kinds import KINDS, Kind, Stage
from workbench.core.money import Money
from workbench.core.turns import DueKind

if TYPE_CHECKING:
    from workbench.core.rates import Target

#: The market whose rules every other falls back on.
GENERIC = "generic"

OnTimeout = Literal["approved", "refunded", "cancelled", "closed", "lapsed", "counted", "none"]


class TimeSpan(msgspec.Struct, frozen=True):
    """A length of time as the rules write it: `24h`, `15min`, `2d` (n x 24 h) or `1wd` (working days)."""

    count: int
    unit: Literal["min", "h", "d", "wd"]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def fixed(self) -> timedelta:
        """The absolute length; meaningless for working days."""
        return {"min": timedelta(minutes=1), "h": timedelta(hours=1)}.get(self.unit, timedelta(days=1)) * self.count


def parse_span(text: str) -> TimeSpan:
    """`TimeSpan` from its text; ValueError for anything else or for zero."""
    match = re.fullmatch(r"([1-9]\d{0,4})(min|h|d|wd)", text.strip())
    if not match:
        raise ValueError(text)
    return TimeSpan(int(match[1]), match[2])  # type: ignore[arg-type]


class Condition(msgspec.Struct, frozen=True):
    """`amount > 100`, in the market's currency."""

    compare: Literal[">", ">=", "<", "<="]
    amount: Decimal

    def holds(self, money: Money | None, currency: str | None) -> bool:
        """False without an amount and in another currency: a condition is never guessed to hold."""
        if money is None or money.currency is None or money.currency != currency:
            return False
        match self.compare:
            case ">":
                return money.amount > self.amount
            case ">=":
                return money.amount >= self.amount
            case "<":
                return money.amount < self.amount
            case "<=":
                return money.amount <= self.amount


def parse_condition(text: str) -> Condition:
    """`Condition` from its text; ValueError for anything else."""
    match = re.fullmatch(r"\s*amount\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*", text)
    if not match:
        raise ValueError(text)
    return Condition(match[1], Decimal(match[2]))  # type: ignore[arg-type]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline rule. `id` is unique in the policy, readable, and stays the same while the rule does."""

    id: str
    market: str
    kinds: tuple[Kind, ...]
    stage: Stage
    within: TimeSpan
    due_kind: DueKind
    when: Condition | None = None
    on_timeout: OnTimeout = "none"
    effective: date | None = None
    source: str = ""
    as_of: date | None = None
    assumed: bool = False
    conflicting: bool = False
    #: Weekday (0: Monday) and minute until which what begins at a weekend may be answered.
    weekend: tuple[int, int] | None = None


class MessagePolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How messages count, and how soon the seller means to answer: in open hours, by channel."""

    hours: Hours = ()
    goals: dict[str, timedelta] = {}
    automatic: Literal["waits", "answered", "excluded"] = "waits"
    greeting_answers: bool = True
    days: int = 30
    target: Target | None = None
    source: str = ""
    as_of: date | None = None


class MayAsk(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a buyer may be asked to change a review, as the market's page says it."""

    answer: Literal["no", "advised", "unknown"] = "unknown"
    text: dict[str, str] | None = None
    source: str = ""
    as_of: date | None = None


class ReviewPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How reviews are treated: until when one can be reported, whether the first rating stays, what may be asked."""

    report_within: TimeSpan | None = None
    first_counts: bool = False
    may_ask: MayAsk = MayAsk()
    source: str = ""
    as_of: date | None = None


class Calendar(msgspec.Struct, frozen=True):
    """Which days are not worked. `holiday` gives the name of a public holiday, or None; weekends are the clock's, but
    for the days of them that are `worked`."""

    holiday: Callable[[date], str | None]
    worked: Callable[[date], bool] = lambda _day: False


class Goals(msgspec.Struct, frozen=True, kw_only=True):
    """By when the seller wants a request decided or inspected: within `hours`, and what came before `clear_by` of a
    shop day on that day. Days of the week that are not in `days` (0 is Monday) do not count."""

    hours: int
    clear_by: time
    days: tuple[int, ...]


class Policy(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The rules of one market for one shop. `rules` hold the market's own first, generic's (assumed) after them."""

    market: str
    zone: ZoneInfo
    export_zone: ZoneInfo
    currency: str | None
    rules: tuple[Rule, ...]
    fingerprint: str
    calendar: Calendar
    #: None: no goals beside the deadlines.
    goals: Goals | None = None
    #: Days in which a buyer may still dispute a rejection, where the market says so.
    disputable_days: int | None = None
    #: How messages and reviews are treated: read when it is asked for, for few calls do.
    of_messages: Callable[[], MessagePolicy] = MessagePolicy
    of_reviews: Callable[[], ReviewPolicy] = ReviewPolicy
    #: The languages that the market's buyers write in.
    languages: tuple[str, ...] = ()

    @cached_property
    def messages(self) -> MessagePolicy:
        """How messages count."""
        return self.of_messages()

    @cached_property
    def reviews(self) -> ReviewPolicy:
        """How reviews are treated."""
        return self.of_reviews()

    def choose(self, kind: Kind, stage: Stage, largest: Money | None, begin: date) -> dict[DueKind, Rule]:
        """The rule of each due kind that holds for a stage that began on `begin` (shop day).

        Of the rules whose `effective` is not after `begin` and whose condition holds, the market's own go before
        generic's, the newest first, then as written.
        """
        found: dict[DueKind, Rule] = {}
        for rule in self._ordered(kind, stage):
            if rule.due_kind not in found and self._holds(rule, largest, begin):
                found[rule.due_kind] = rule
        return found

    def candidates(self, kind: Kind, stage: Stage) -> list[Rule]:
        """Every rule that can ever be chosen for it, in the order in which `choose` asks: none behind one that always
        holds."""
        found: list[Rule] = []
        settled: set[DueKind] = set()
        for rule in self._ordered(kind, stage):
            if rule.due_kind not in settled:
                found.append(rule)
            if rule.when is None and rule.effective is None:
                settled.add(rule.due_kind)
        return found

    def appealable(self, kind: Kind) -> bool:
        """Whether the market has a window for appealing a refund of this kind."""
        return bool(self._ordered(kind, "appeal"))

    def decide_rules(self, largest: Money | None, begin: date) -> list[Rule]:
        """The platform rule of the decide stage of every kind, for a status that nobody knows."""
        found = (self.choose(kind, "decide", largest, begin).get("platform") for kind in KINDS)
        return [rule for rule in found if rule is not None]

    def rule(self, id: str) -> Rule | None:
        """The rule of this id, for the source and the date behind a deadline."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def _ordered(self, kind: Kind, stage: Stage) -> list[Rule]:
        """The rules about it in the order in which they are asked: sorted once, a file asks for thousands of cases."""
        if (kind, stage) not in self._in_order:
            about = [rule for rule in self.rules if rule.stage == stage and kind in rule.kinds]
            self._in_order[kind, stage] = sorted(about, key=_newest_first)
        return self._in_order[kind, stage]

    @cached_property
    def _in_order(self) -> dict[tuple[Kind, Stage], list[Rule]]:
        return {}

    def _holds(self, rule: Rule, largest: Money | None, begin: date) -> bool:
        if rule.effective is not None and rule.effective > begin:
            return False
        return rule.when is None or rule.when.holds(largest, self.currency)


def _newest_first(rule: Rule) -> tuple[bool, int]:
    """Market's own before generic's; sort is stable, so equal dates keep the order in which they were written."""
    return rule.market == GENERIC, -(rule.effective or date.min).toordinal()
