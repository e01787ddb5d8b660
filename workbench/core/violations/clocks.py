"""When points expire, when an appeal window closes, when an answer is due: instants, each with its sum.

Intervals are half-open: at `expires_at` the points are gone, at the close of a window it is too late. Where only the
day of a penalty is known, the points take the latest reading and the window the earliest.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

import msgspec

from workbench.core.deadline import Step
from workbench.core.policy import Policy
from workbench.core.time import midnight
from workbench.core.violations.model import Filing, Violation
from workbench.core.violations.policy import PointsPolicy, Validity
from workbench.core.workdays import seconds_between, walk

#: Thousands of violations share a few hundred days.
_midnight = lru_cache(4096)(midnight)


class Window(msgspec.Struct, frozen=True):
    """In which the appeal of this number (1, 2) may be filed: from `opens` on, before `closes`.

    `due_at` is what the platform stated, else what the rule gives; the later of the two is `closes`.
    """

    number: int
    opens: datetime
    closes: datetime
    due_at: datetime


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """A due instant of a violation as a sum, and the rule behind it; the last step stands at `due_at`.

    A start named "day_only" has no time of day; a run of that name is the day itself, counted in full.
    """

    about: Literal["appeal", "answer", "expiry"]
    due_at: datetime
    steps: tuple[Step, ...]
    rule: str
    source: str
    as_of: date | None = None
    assumed: bool = False


def validity_of(rules: PointsPolicy, issued: date) -> Validity:
    """The validity in force on the shop day `issued`; should none be yet, the longest, for points last the latest."""
    if len(rules.validity) == 1:
        return rules.validity[0]
    known = [validity for validity in rules.validity if validity.effective is None or validity.effective <= issued]
    if not known:
        return max(rules.validity, key=lambda validity: validity.days)
    return max(known, key=lambda validity: (validity.effective or date.min, validity.days))


def expires_at(violation: Violation, rules: PointsPolicy, shop: Policy) -> datetime:
    """From when on the points are gone, whether the violation is void or not. Of a pending one: as if in force."""
    return _gone_after(violation, lifetimes(rules, violation.issued_at.astimezone(shop.zone).date())[0], shop)


def expires_other(violation: Violation, rules: PointsPolicy, shop: Policy) -> datetime | None:
    """When they are gone by the source that is not believed; None where sources agree."""
    other = lifetimes(rules, violation.issued_at.astimezone(shop.zone).date())[1]
    return None if other is None else _gone_after(violation, other, shop)


def lifetimes(rules: PointsPolicy, issued: date) -> tuple[int, int | None]:
    """The days that points issued on this shop day live, and those by the source that is not believed."""
    days = validity_of(rules, issued).days
    other = rules.validity_other.count if rules.validity_other is not None else days
    if other == days:
        return days, None
    short, long = sorted((days, other))
    return (long, short) if rules.validity_reading == "later" else (short, long)


def _gone_after(violation: Violation, days: int, shop: Policy) -> datetime:
    issued = violation.issued_at.astimezone(shop.zone).date()
    if violation.issued_day_only:
        return _midnight(issued + timedelta(days=days + 1), shop.zone)
    return violation.issued_at + timedelta(days=days)


def window(violation: Violation, rules: PointsPolicy, shop: Policy) -> Window | None:
    """The window of the next appeal, open or closed; None while one is undecided and when there is none left."""
    if violation.dropped_at is not None:
        return None
    if not violation.appeals:
        return _window(violation, 1, violation.issued_at, _first_closes(violation, rules, shop.zone))
    last = violation.appeals[-1]
    if last.result != "rejected" or last.decided_at is None or len(violation.appeals) >= rules.appeals.tries:
        return None
    closes = last.decided_at + timedelta(days=rules.appeals.second_days)
    return _window(violation, len(violation.appeals) + 1, last.decided_at, closes)


def _window(violation: Violation, number: int, opens: datetime, computed: datetime) -> Window:
    """What was stated is shown; the later of both decides, for the right to appeal must not be given up too early."""
    stated = violation.stated_due
    return Window(number, opens, computed if stated is None else max(stated, computed), stated or computed)


def second_closes_from(filing: Filing, rules: PointsPolicy) -> datetime:
    """The earliest instant at which a second window could close: the answer may have come at once."""
    return filing.filed_at + timedelta(days=rules.appeals.second_days)


def _first_closes(violation: Violation, rules: PointsPolicy, zone: tzinfo) -> datetime:
    days = timedelta(days=rules.appeals.first_days)
    if violation.issued_day_only:
        return _midnight(violation.issued_at.astimezone(zone).date() + days, zone)
    return violation.issued_at + days


def answer_by(filing: Filing, rules: PointsPolicy, shop: Policy) -> datetime:
    """When the platform should have decided; from the record unless the rules have changed since."""
    return filing.answer_by if filing.policy == shop.fingerprint else answer_after(filing.filed_at, rules, shop)


def answer_after(filed_at: datetime, rules: PointsPolicy, shop: Policy) -> datetime:
    """When an appeal filed at this instant should be decided. Asks for the market's holidays."""
    return walk(shop, rules.appeals.answer, filed_at)[-1].at


def why(violation: Violation, rules: PointsPolicy, shop: Policy, on: datetime) -> Why | None:
    """What comes next: the open appeal window, else the answer to an appeal, else the end of the points.

    None of a void violation: nothing is due there any more; nor of a pending one that can no longer be appealed.
    """
    if violation.void:
        return None
    found = window(violation, rules, shop)
    if found is not None and on < found.closes:
        return _why_window(violation, found, rules)
    if violation.appeals and violation.appeals[-1].result is None:
        return why_answer(violation.appeals[-1], rules, shop)
    return None if violation.pending else why_expiry(violation, rules, shop)


def _why_window(violation: Violation, found: Window, rules: PointsPolicy) -> Why:
    name = "day_only" if violation.issued_day_only and found.number == 1 else ""
    start = Step("start", found.opens, 0, name)
    last = _run(found.opens, found.closes) if violation.stated_due is None else Step("stated", found.due_at, 0, "you")
    return Why(
        about="appeal",
        due_at=found.due_at,
        steps=(start, last) if violation.stated_due is None else (last,),
        rule=f"{rules.market}.points.appeals.{'first' if found.number == 1 else 'second'}",
        source=rules.appeals.source,
        assumed=rules.assumed or rules.appeals.assumed,
    )


def why_answer(filing: Filing, rules: PointsPolicy, shop: Policy) -> Why:
    """The sum behind `answer_by`. Asks for the market's holidays."""
    steps = walk(shop, rules.appeals.answer, filing.filed_at)
    return Why(
        about="answer",
        due_at=steps[-1].at,
        steps=steps,
        rule=f"{rules.market}.points.appeals.answer",
        source=rules.appeals.source,
        assumed=rules.assumed or rules.appeals.assumed,
    )


def why_expiry(violation: Violation, rules: PointsPolicy, shop: Policy) -> Why:
    """The sum behind `expires_at`."""
    issued, due = violation.issued_at, expires_at(violation, rules, shop)
    day = issued.astimezone(shop.zone).date()
    validity = validity_of(rules, day)
    steps: tuple[Step, ...]
    if violation.issued_day_only:
        over = _midnight(day + timedelta(days=1), shop.zone)
        steps = (Step("start", issued, 0, "day_only"), _run(issued, over, "day_only"), _run(over, due))
    else:
        steps = (Step("start", issued), _run(issued, due))
    return Why(
        about="expiry",
        due_at=due,
        steps=steps,
        rule=f"{rules.market}.points.validity",
        source=validity.source,
        as_of=validity.as_of,
        assumed=rules.assumed or validity.assumed,
    )


def _run(begin: datetime, end: datetime, name: str = "") -> Step:
    return Step("run", end, seconds_between(begin, end), name)
