"""Points, appeals and milestones in words, for verbs and screens alike. The language is read at each call."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, tzinfo
from typing import Literal

from workbench.core.saying import Saying, say
from workbench.core.violations.appeals import Appeal, AppealState, ViolationStanding
from workbench.core.violations.evidence import find_reason
from workbench.core.violations.ledger import Ledger
from workbench.core.violations.model import Violation
from workbench.core.violations.policy import PointsPolicy
from workbench.i18n import _, n_, pick, render
from workbench.output.marks import FILLED, MILESTONE, REST
from workbench.output.words import due_point, point, short_date, time_left, year_date

Group = Literal["appeal", "filed", "pending", "over"]

GROUPS: dict[Group, Saying] = {
    "appeal": say("Appeal"), "filed": say("Filed"), "pending": say("Pending"), "over": say("Over"),
}  # fmt: skip
_OVER: dict[AppealState, Saying] = {"accepted": say("won"), "final": say("final"), "lapsed": say("lapsed")}


def group_of(stands: ViolationStanding) -> Group:
    """Whether it can be appealed, waits for an answer or for being enforced, or is over."""
    match stands.appeal.state:
        case "open" | "lost_first":
            return "appeal"
        case "filed" | "filed_second":
            return "filed"
    return "pending" if stands.state == "pending" else "over"


def over(appeal: Appeal) -> str:
    """How it ended, in a word: `won`, `final`, `lapsed`; empty while it has not."""
    return render(_OVER[appeal.state]) if appeal.state in _OVER else ""


def sentence(ledger: Ledger, now: datetime, zone: tzinfo, *, empty: bool = False) -> str:
    """`18 of 48 points, 6 below milestone 24. 3 Dec drops to 14.`; `empty`: nothing was ever entered."""
    if ledger.revoked:
        return _("! {points} points: the shop is revoked.").format(points=ledger.points)
    drop = ledger.next_drop
    if drop is not None:
        text = _("{date} drops to {points}.") if ledger.system == "climb" else _("{date} rises to {points}.")
        then = text.format(date=point(drop.at, now, zone), points=drop.points)
    elif empty:
        then = _("No violations recorded.")
    else:
        return _standing(ledger)
    return _("{one} {two}").format(one=_standing(ledger), two=then)


def _standing(ledger: Ledger) -> str:
    points, mark = ledger.points, ledger.next_milestone
    if ledger.system == "climb":
        if mark is None:
            return _("{points} of {limit} points.").format(points=points, limit=ledger.limit)
        text = _("{points} of {limit} points, {n} below milestone {mark}.")
        return text.format(points=points, limit=ledger.limit, n=mark - points, mark=mark)
    if mark is None:
        return _("{points} points.").format(points=points)
    return _("{points} points, {n} above milestone {mark}.").format(points=points, n=points - mark, mark=mark)


def count(points: int) -> str:
    """`8 points`."""
    return n_("{n} point", "{n} points", points).format(n=points)


def reason(violation: Violation, rules: PointsPolicy) -> str:
    """The reason by its name in the current language, or as it was written; unsafe to print as it is."""
    known = find_reason(rules, violation.reason)
    return pick(known.name) if known else violation.reason or ""


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The shop's day, `5 Dec`; with the year where it is more than 300 days away."""
    local = at.astimezone(zone).date()
    return short_date(local) if abs((local - now.astimezone(zone).date()).days) <= 300 else year_date(local)


def counts_until(stands: ViolationStanding, now: datetime, zone: tzinfo) -> str:
    """Until when the points count: `to 25 Apr`, `expired 3 May`, `void`, `pending`."""
    match stands.state:
        case "pending":
            return _("pending")
        case "expired" if stands.expires_at is not None:
            return _("expired {date}").format(date=day(stands.expires_at, now, zone))
        case "active" if stands.expires_at is not None:
            return _("to {date}").format(date=day(stands.expires_at, now, zone))
    return _("void")


def other_reading(stands: ViolationStanding, now: datetime, zone: tzinfo) -> str:
    """What another source says of the end of the points: `to 25 Jan by another source`; empty where none does."""
    if stands.expires_other is None or stands.state == "void":
        return ""
    return _("to {date} by another source").format(date=day(stands.expires_other, now, zone))


def what_next(stands: ViolationStanding, now: datetime, zone: tzinfo) -> str:
    """What can be done about it, until when: one sentence."""
    appeal = stands.appeal
    match appeal.state:
        case "open" | "lost_first" if appeal.due_at is not None:
            by = _("Appeal by {point}, {left}.").format(
                point=due_point(appeal.due_at, now, zone), left=time_left(appeal.due_at - now)
            )
            tries = n_("{n} try is left.", "{n} tries are left.", appeal.tries_left).format(n=appeal.tries_left)
            return _("{one} {two}").format(one=by, two=tries)
        case "filed" | "filed_second" if appeal.answer_by is not None:
            return _("Appealed. An answer is expected by {point}.").format(point=due_point(appeal.answer_by, now, zone))
        case "accepted":
            return _("The appeal was won: the points are void.")
        case "lapsed" if appeal.due_at is not None:
            return _("The time for an appeal is over since {point}.").format(point=due_point(appeal.due_at, now, zone))
    if stands.state == "void":
        return _("The platform dropped it: it never counted.")
    return _("It was rejected for the last time. That is final.")


def doubts(ledger: Ledger, rules: PointsPolicy) -> list[str]:
    """What about these figures is not certain, a sentence each."""
    found = []
    if ledger.system == "count_down" and ledger.stated is None:
        text = _("Assumed: a new shop starts with {points}. `workbench ledger set` states what Seller Center shows.")
        found.append(text.format(points=rules.start))
    if rules.assumed:
        found.append(_("Assumed: this market states no figures of its own, so the general ones are used."))
    if rules.conflicting:
        found.append(_("Sources contradict each other about this market. Compare with Seller Center."))
    return found


def gauge(level: int, full: int, marks: Collection[int], cells: int) -> str:
    """`level` of `full` (above 0) as a bar of so many cells, with the milestones that are not reached in it."""
    filled = max(0, min(cells, -(-level * cells // full)))
    bar = [FILLED] * filled + [REST] * (cells - filled)
    for mark in marks:
        if 0 < (end := mark * cells // full) <= cells:
            bar[end - 1] = MILESTONE
    return "".join(bar)
