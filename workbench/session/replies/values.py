"""What the fields of a reply are filled with: typed now, the case, the shop's settings, the rules in force, today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from workbench.core.kinds import KINDS, STAGES, Kind, Stage
from workbench.core.money import Money
from workbench.core.policy import Policy, Rule, TimeSpan
from workbench.core.replies.fields import FieldValue, day_field
from workbench.core.replies.stale import StageLength
from workbench.core.replies.words import day_words, hours_words, length_words
from workbench.core.tickets.model import Ticket
from workbench.core.time import due_day
from workbench.core.workdays import walk
from workbench.output.words import amount
from workbench.session.base import SessionBase

_POLICY = "policy."


class Values:
    """The values of the fields of one text in one language; asked by folded name."""

    def __init__(
        self,
        session: SessionBase,
        ticket: Ticket | None,
        kinds: tuple[str, ...],
        language: str,
        given: Mapping[str, FieldValue],
    ) -> None:
        self._policy = session.policy
        self._shop = session.settings.shop
        self._now = session.now()
        self._ticket = ticket
        self._kinds = kinds
        self._language = language
        self._given = given

    def __call__(self, name: str) -> FieldValue | None:
        """The value, or None where nobody knows it."""
        if name in self._given:
            return self._given[name]
        text = self._of_case(name) or self._of_shop(name) or self._of_rules(name) or self._of_today(name)
        return FieldValue(text) if text else None

    def _of_case(self, name: str) -> str | None:
        ticket = self._ticket
        if ticket is None:
            return None
        match name:
            case "buyer":
                return ticket.buyer
            case "order":
                return ticket.order_id
            case "sku":
                return ticket.sku
            case "product":
                return ticket.product
            case "amount":
                return amount(ticket.money) if ticket.money is not None else None
            case "reason":
                return ticket.reason
            case "tracking":
                return ticket.tracking
            case "deadline":
                deadline = ticket.deadline
                if deadline.at is None or deadline.kind != "platform" or ticket.turn != "buyer":
                    return None
                return day_words(due_day(deadline.at, self._policy.zone), self._language)
        return None

    def _of_shop(self, name: str) -> str | None:
        match name:
            case "shop":
                return self._shop.name
            case "hours":
                return hours_words(self._shop.hours, self._language)
            case "return_address":
                return self._shop.return_address
        return None

    def _of_rules(self, name: str) -> str | None:
        if not name.startswith(_POLICY):
            return None
        stage = name.removeprefix(_POLICY)
        kind = self._ticket.kind if self._ticket is not None else self._kinds[0] if len(self._kinds) == 1 else None
        if kind not in KINDS or stage not in STAGES:
            return None
        money = None if self._ticket is None else self._ticket.largest or self._ticket.money
        span = stage_length(self._policy, kind, stage, money, self._now)
        return length_words(span.count, span.unit, self._language) if span is not None else None

    def _of_today(self, name: str) -> str | None:
        found = day_field(name)
        if found is None:
            return None
        day = day_from(self._policy, self._now, *found)
        return day_words(day, self._language)


def day_from(policy: Policy, now: datetime, count: int, unit: str) -> date:
    """The day of the instant `count` days or working days from now: the last one on which something can be done."""
    today = now.astimezone(policy.zone).date()
    if count == 0:
        return today
    if unit == "d":
        return due_day(now + timedelta(days=count), policy.zone)
    if count > 0:
        return due_day(walk(policy, TimeSpan(count, "wd"), now)[-1].at, policy.zone)
    day = today
    for _ in range(-count):
        day -= timedelta(days=1)
        while policy.calendar.holiday(day) or day.weekday() >= 5:
            day -= timedelta(days=1)
    return day


def in_force(policy: Policy, kind: Kind, stage: Stage, day: date) -> list[Rule]:
    """The platform's and the rate's rules that can hold for a stage that begins on `day`, whatever the amount."""
    found: list[Rule] = []
    settled: set[str] = set()
    for rule in policy.candidates(kind, stage):
        if rule.due_kind == "own" or rule.due_kind in settled or (rule.effective is not None and rule.effective > day):
            continue
        found.append(rule)
        if rule.when is None:
            settled.add(rule.due_kind)
    return found


def stage_length(policy: Policy, kind: Kind, stage: Stage, money: Money | None, now: datetime) -> TimeSpan | None:
    """The length that the rules give a stage of this kind and amount; of several readings the shortest.

    None where there is neither a platform's nor a rate's rule, and where two lengths remain because the amount is not
    known, or is of another currency.
    """
    day = now.astimezone(policy.zone).date()
    rules = in_force(policy, kind, stage, day)
    unsure = money is None or money.currency is None or money.currency != policy.currency
    spans: list[TimeSpan] = []
    for due_kind in ("platform", "rate"):
        of_kind = [rule for rule in rules if rule.due_kind == due_kind]
        if unsure:
            if len({str(rule.within) for rule in of_kind}) > 1:
                return None
            spans += [rule.within for rule in of_kind[:1]]
        else:
            holds = (rule for rule in of_kind if rule.when is None or rule.when.holds(money, policy.currency))
            spans += [rule.within for rule in holds][:1]
    return min(spans, key=lambda span: walk(policy, span, now)[-1].at) if spans else None


def lengths(policy: Policy, now: datetime, kinds: Iterable[str]) -> list[StageLength]:
    """The lengths in force for every stage of these kinds, of all kinds where none is named."""
    day = now.astimezone(policy.zone).date()
    named = tuple(kinds)
    return [
        StageLength(
            kind=kind, stage=stage, count=rule.within.count, unit=rule.within.unit, rule=rule.id, market=policy.market,
            source=rule.source, as_of=rule.as_of,
        )
        for kind in KINDS
        if not named or kind in named
        for stage in STAGES
        for rule in in_force(policy, kind, stage, day)
    ]  # fmt: skip
