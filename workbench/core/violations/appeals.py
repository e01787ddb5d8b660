"""What may still be done about a violation: the state of its appeals, and filing and deciding them.

Nothing is changed in place and nothing is saved here. A filing counts by its own time, not by when it is entered: one
that lies in the window is accepted long after, one outside is refused with the date the window closed.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Literal

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Refusal, Saying, say
from workbench.core.violations.clocks import Window, answer_after, answer_by, expires_at, expires_other, window
from workbench.core.violations.model import Filing, Result, Violation
from workbench.core.violations.policy import PointsPolicy

AppealState = Literal["open", "filed", "lost_first", "filed_second", "accepted", "final", "lapsed"]
PointsState = Literal["pending", "active", "expired", "void"]
#: The letter of whatever can happen to a violation; what is accepted is won, what is rejected lost.
LETTERS: dict[str, str] = {
    "file": "f", "won": "a", "lost": "r", "enforced": "e", "dropped": "d", "evidence": "v", "statement": "t",
}  # fmt: skip


class Appeal(msgspec.Struct, frozen=True):
    """How the appeals of a violation stand. `due_at` is when the window closes, or has closed where it lapsed; where
    the platform stated an instant, that one, though a later one by the rules may still be in time.

    `filed_at` is the last filing's; `answer_by` is there while the platform has not decided it.
    """

    state: AppealState
    tries_left: int
    due_at: datetime | None = None
    filed_at: datetime | None = None
    answer_by: datetime | None = None


class ViolationStanding(msgspec.Struct, frozen=True):
    """A violation as it stands at an instant. `expires_at` is None of one that is not or never was in force;
    `expires_other` is what another source says of it."""

    state: PointsState
    expires_at: datetime | None
    appeal: Appeal
    expires_other: datetime | None = None


def standing(violation: Violation, rules: PointsPolicy, shop: Policy, on: datetime) -> ViolationStanding:
    """How the violation stands at `on`, by all that is known now."""
    how = appeal(violation, rules, shop, on)
    if violation.pending:
        return ViolationStanding("void" if violation.void else "pending", None, how)
    end = expires_at(violation, rules, shop)
    state: PointsState = "void" if violation.void else "expired" if on >= end else "active"
    return ViolationStanding(state, end, how, expires_other(violation, rules, shop))


def appeal(violation: Violation, rules: PointsPolicy, shop: Policy, on: datetime) -> Appeal:
    """How the appeals stand at `on`; a window that has closed by then is lapsed."""
    last = violation.appeals[-1] if violation.appeals else None
    filed_at = last.filed_at if last else None
    left = max(0, rules.appeals.tries - len(violation.appeals))
    if found := window(violation, rules, shop):
        if on >= found.closes:
            return Appeal("lapsed", 0, found.due_at, filed_at)
        return Appeal("lost_first" if last else "open", left, found.due_at, filed_at)
    if last is None or last.result == "rejected" or violation.dropped_at is not None:
        return Appeal("final", 0, filed_at=filed_at)
    if last.result == "accepted":
        return Appeal("accepted", 0, filed_at=filed_at)
    state: AppealState = "filed" if len(violation.appeals) == 1 else "filed_second"
    return Appeal(state, left, filed_at=filed_at, answer_by=answer_by(last, rules, shop))


def file(
    violation: Violation,
    at: datetime,
    now: datetime,
    rules: PointsPolicy,
    shop: Policy,
    because: str | None = None,
) -> Violation:
    """The violation with an appeal filed at `at`; `because` says why evidence is still open.

    Raises `Refusal` outside the window (with the date it closed), while another is undecided, and after the last.
    """
    found = window(violation, rules, shop)
    if found is None:
        raise Refusal(_no_window(violation, shop.zone))
    if at < found.opens or at >= found.closes:
        raise Refusal(_outside(violation, found, at, shop.zone))
    _past(at, now)
    filing = Filing(
        filed_at=at, because=because, answer_by=answer_after(at, rules, shop), policy=shop.fingerprint
    )  # fmt: skip
    return msgspec.structs.replace(violation, appeals=(*violation.appeals, filing), stated_due=None)


def enforce(violation: Violation, at: datetime, day_only: bool, now: datetime, shop: Policy) -> Violation:
    """The pending violation in force from `at` on. What was stated of the announcement ends with it; its appeals stay.

    Raises `Refusal` for one that is not pending, and for a time before it was announced or to come.
    """
    _waits(violation, at, now, shop.zone)
    return msgspec.structs.replace(
        violation, pending=False, announced_at=violation.issued_at, issued_at=at, issued_day_only=day_only,
        stated_due=None,
    )  # fmt: skip


def drop(violation: Violation, at: datetime, now: datetime, shop: Policy) -> Violation:
    """The pending violation void: the platform let it go at `at`. Raises as `enforce`."""
    _waits(violation, at, now, shop.zone)
    return msgspec.structs.replace(violation, dropped_at=at)


def _waits(violation: Violation, at: datetime, now: datetime, zone: tzinfo) -> None:
    if not violation.pending or violation.void:
        raise Refusal(say("{ref} is not pending: nothing about it is still to be decided.", ref=violation.ref))
    if at < violation.issued_at:
        raise Refusal(
            say(
                "{ref} was announced only on {announced}, and {at} is before that. Correct the time.",
                ref=violation.ref,
                announced=moment(violation.issued_at, zone),
                at=moment(at, zone),
            )
        )
    _past(at, now)


def decide(
    violation: Violation, result: Result, at: datetime, now: datetime, rules: PointsPolicy, shop: Policy
) -> Violation:
    """The violation with the platform's decision on the appeal that is filed.

    Raises `Refusal` where none is filed and undecided, and for a time before it was filed.
    """
    last = violation.appeals[-1] if violation.appeals else None
    if last is None or (last.result is not None and window(violation, rules, shop)):
        raise Refusal(say("{ref} has no appeal that waits for a result. Enter the filing first.", ref=violation.ref))
    if last.result is not None:
        raise Refusal(_decided(violation, shop.zone))
    if at < last.filed_at:
        raise Refusal(
            say(
                "{ref} was appealed only on {filed}; a decision on {at} is before that. Correct the time.",
                ref=violation.ref,
                filed=moment(last.filed_at, shop.zone),
                at=moment(at, shop.zone),
            )
        )
    _past(at, now)
    decided = msgspec.structs.replace(last, result=result, decided_at=at)
    return msgspec.structs.replace(violation, appeals=(*violation.appeals[:-1], decided))


def moment(at: datetime, zone: tzinfo) -> str:
    """`at` on the shop's clock, for a sentence: `2026-11-24 09:30`, with seconds only where there are some."""
    try:
        local = at.astimezone(zone)
    except OverflowError:  # the first and last hours of the calendar have no local time
        local = at
    return local.replace(tzinfo=None).isoformat(" ", "seconds" if local.second else "minutes")


def _past(at: datetime, now: datetime) -> None:
    if at > now:
        raise Refusal(say("That time is still to come; say when it happened, or leave the time out."))


def _outside(violation: Violation, found: Window, at: datetime, zone: tzinfo) -> Saying:
    if at < found.opens:
        return say(
            "The window for appealing {ref} opened only on {opens}, and {at} is before that. Correct the time.",
            ref=violation.ref,
            opens=moment(found.opens, zone),
            at=moment(at, zone),
        )
    return say(
        "The window for appealing {ref} closed on {closes}. If you filed it before that, say when.",
        ref=violation.ref,
        closes=moment(found.closes, zone),
    )


def _no_window(violation: Violation, zone: tzinfo) -> Saying:
    if violation.dropped_at is not None:
        return say("{ref} was dropped by the platform. There is nothing to appeal.", ref=violation.ref)
    last = violation.appeals[-1]
    if last.result is None:
        return say(
            "The appeal of {ref} was filed on {filed} and is not decided. Enter its result first.",
            ref=violation.ref,
            filed=moment(last.filed_at, zone),
        )
    return _decided(violation, zone)


def _decided(violation: Violation, zone: tzinfo) -> Saying:
    last = violation.appeals[-1]
    on = moment(last.decided_at or last.filed_at, zone)
    if last.result == "accepted":
        return say("{ref} was won on {on} and is void. There is nothing left to appeal.", ref=violation.ref, on=on)
    return say("{ref} was rejected on {on} for the last time. That decision is final.", ref=violation.ref, on=on)
