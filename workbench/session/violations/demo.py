"""The invented violations of the invented shop: one appeal that closes on Thursday, one filed, some that are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from workbench.core.saying import Saying, say
from workbench.core.time import at_local
from workbench.core.timeline import Event
from workbench.core.violations import appeals, entry
from workbench.core.violations.evidence import checklist, english, find_reason
from workbench.core.violations.model import Evidence, Result, Violation, ViolationDraft
from workbench.i18n import render
from workbench.session.base import SessionBase
from workbench.session.violations.tables import VIOLATIONS
from workbench.storage import Transaction

_ZONE = ZoneInfo("Asia/Bangkok")


def _at(month: int, day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    # Naive on purpose: the wall clock of the shop.
    return at_local(datetime(2026, month, day, int(hour), int(minute)), _ZONE)  # noqa: DTZ001


class _Violation(NamedTuple):
    """One invented violation: its number, points, reason, the platform's id, and what became of its appeal."""

    id: int
    points: int
    reason: str
    issued: datetime
    platform_id: str
    filed: datetime | None = None
    result: Result | None = None
    #: How many items of the checklist are ticked.
    proved: int = 0
    statement: Saying | None = None
    note: Saying | None = None


_STATEMENT = say(
    "The listing shows the size chart on the second picture, measured flat. On 21 October the supplier delivered a "
    "batch cut 2 cm smaller. We stopped the sale on 23 October, measured all 64 pieces again, corrected the chart and "
    "refunded both buyers in full. Attached: the chart before and after, and the chats."
)
_CASES = (
    _Violation(5, 4, "communication", _at(6, 6, "15:10"), "7391520846610"),
    _Violation(6, 2, "late_dispatch_rate", _at(6, 12, "09:30"), "7393744120835", _at(6, 18, "11:00"), "accepted", 5),
    _Violation(7, 2, "cancellation_rate", _at(7, 20, "10:05"), "7407822495271"),
    _Violation(8, 2, "cancellation_rate", _at(11, 2, "11:40"), "7446790381142", _at(11, 20, "18:00"), None, 5),
    _Violation(9, 2, "late_dispatch_rate", _at(11, 5, "10:20"), "7447885310926", None, None, 1),
    _Violation(12, 8, "not_as_described", _at(10, 27, "13:00"), "7444601957338", None, None, 3, _STATEMENT,
          say("the batch of 21 October, supplier knows")),
)  # fmt: skip


def fill_ledger(session: SessionBase, tx: Transaction) -> None:
    """Put the invented violations into the session."""
    cases = {case.id: case for case in _CASES}
    for _number in range(max(cases)):
        id = tx.next_id(VIOLATIONS)
        if id in cases:
            tx.put(VIOLATIONS, id, _violation(session, cases[id]))


def _violation(session: SessionBase, case: _Violation) -> Violation:
    rules, shop, now = session.desk("violations").rules, session.desk("violations").shop, session.now()
    reason = find_reason(rules, case.reason)
    draft = ViolationDraft(
        points=case.points, issued_at=case.issued, reason=english(reason.name) if reason else None,
        platform_id=case.platform_id, note=render(case.note) if case.note else None,
    )  # fmt: skip
    violation = entry.record(case.id, draft, rules, shop)
    if case.filed is not None:
        violation = appeals.file(violation, case.filed, max(now, case.filed), rules, shop)
        if case.result is not None:
            decided = case.filed + timedelta(days=4)
            violation = appeals.decide(violation, case.result, decided, max(now, decided), rules, shop)
    proved = [item.item for item in checklist(violation, rules)][: case.proved]
    ticked = [Evidence(item, done=True) for item in proved]
    if case.statement is not None and ticked:
        digest = "9f2c41d07b6ae853c1f04d2b88a1753e6d90b4f72c3ea5186407bd9e21c8f35a"
        ticked[0] = Evidence(proved[0], True, "/home/seller/Pictures/size-chart.png", 184_320, digest)
    first = (case.filed or now) - timedelta(hours=15)
    events = [Event(first + timedelta(minutes=4 * at), "seller", "evidence", item) for at, item in enumerate(proved)]
    return msgspec.structs.replace(
        violation, evidence=tuple(ticked), timeline=tuple(events),
        statement=render(case.statement) if case.statement else None,
    )  # fmt: skip
