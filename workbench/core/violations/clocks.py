"""When points expire, when an appeal window closes, when an answer is due: instants, each with its sum.

Intervals are half-open: at `expires_at` the points are gone, at the close of a window it is too late. Where only the
day of a penalty is known, the points take the latest reading and the window the earliest.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

import msgspec

from workbench.core.policy import Policy
from workbench.core.tickets.model import Step
from workbench.core.time import midnight
from workbench.core.violations.model import Filing, Violation
from workbench.core.violations.policy import PointsPolicy, Validity
from workbench.core.workdays import seconds_between, walk

#: Thousands of violations share a few hundred days.
_midnight = lru_cache(4096)(midnight)


class Window(msgspec.Struct, frozen=True):
    """In which the appeal of this number (1, 2) may be filed: from `opens` on, before `closes`."""

    number: int
    opens: datetime
    closes: datetime


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
    """From when on the points are gone, whether the violation is void or not."""
    issued = violation.issued_at.astimezone(shop.zone).date()
    days = validity_of(rules, issued).days
    if violation.issued_day_only:
        return _midnight(issued + timedelta(days=days + 1), shop.zone)
    return violation.issued_at + timedelta(days=days)


def window(violation: Violation, rules: PointsPolicy, shop: Policy) -> Window | None:
    """The window of the next appeal, open or closed; None while one is undecided and when there is none left."""
    if not violation.appeals:
        return Window(1, violation.issued_at, _first_closes(violation, rules, shop.zone))
    last = violation.appeals[-1]
    if last.result != "rejected" or last.decided_at is None or len(violation.appeals) >= rules.appeals.tries:
        return None
    closes = last.decided_at + timedelta(days=rules.appeals.second_days)
    return Window(len(violation.appeals) + 1, last.decided_at, closes)


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

    None of a void violation: nothing is due there any more.
    """
    if violation.void:
        return None
    found = window(violation, rules, shop)
    if found is not None and on < found.closes:
        return _why_window(violation, found, rules)
    if violation.appeals and violation.appeals[-1].result is None:
        return why_answer(violation.appeals[-1], rules, shop)
    return why_expiry(violation, rules, shop)


def _why_window(violation: Violation, found: Window, rules: PointsPolicy) -> Why:
    name = "day_only" if violation.issued_day_only and found.number == 1 else ""
    return Why(
        about="appeal",
        due_at=found.closes,
        steps=(Step("start", found.opens, 0, name), _run(found.opens, found.closes)),
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
