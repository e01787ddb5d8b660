"""What the tests of the ledger share: shops in fixed zones, points policies built by hand, short ways to a record."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from workbench.core.policy import Calendar, Policy, TimeSpan
from workbench.core.violations.model import Filing, Violation
from workbench.core.violations.policy import AppealWindows, Milestone, PointsPolicy, Reason, Right, Validity

WINDOWS = AppealWindows(first_days=30, second_days=15, tries=2, answer=TimeSpan(5, "wd"), source="seed")

REASONS = (
    Reason(
        id="late_dispatch",
        name={"en": "Late dispatch rate", "zh": "迟发货率"},
        low=2,
        high=4,
        aliases=("LDR", "late dispatch"),
        evidence=({"en": "carrier's proof of hand-over", "zh": "揽收凭证"},),
    ),
    Reason(id="cancellation", name={"en": "Cancellation rate", "zh": "取消率"}, low=2, high=4, aliases=("SFCR",)),
    Reason(id="returns", name={"en": "Return and refund rate", "zh": "退货退款率"}, low=2, high=2),
    Reason(id="reproduced", name={"en": "Reproduced content", "zh": "搬运内容"}, low=48, high=48),
)


def marks(*points):
    return tuple(Milestone(points=n, penalty={"en": f"penalty at {n}"}) for n in points)


def climbing(**changes):
    given = {
        "market": "generic",
        "system": "climb",
        "limit": 48,
        "milestones": marks(12, 24, 36, 48),
        "validity": (Validity(days=180, source="S4"),),
        "appeals": WINDOWS,
        "rights": (Right(name={"en": "Flash sale tools"}, below=36),),
        "reasons": REASONS,
        "evidence": ({"en": "proof complete", "zh": "证据完整"}, {"en": "liability stated without vague words"}),
    }
    return PointsPolicy(**given | changes)


def counting_down(**changes):
    given = {"market": "US", "system": "count_down", "limit": 0, "start": 200, "top": 1000, "rights": ()}
    return climbing(**given | {"milestones": marks(150, 100, 50, 0)} | changes)


PHILIPPINES = (Validity(days=180), Validity(days=90, effective=date(2025, 6, 17)))


def shop(zone="Asia/Bangkok", holidays=(), fingerprint="f1"):
    names = {date.fromisoformat(day): "Holiday" for day in holidays}
    return Policy(
        market="TH",
        zone=ZoneInfo(zone),
        export_zone=ZoneInfo(zone),
        currency=None,
        rules=(),
        fingerprint=fingerprint,
        calendar=Calendar(names.get),
    )


BANGKOK = shop()
ANGELES = shop("America/Los_Angeles")
SECOND = timedelta(seconds=1)


def utc(text):
    """An instant from ISO 8601 with an offset."""
    return datetime.fromisoformat(text).astimezone(UTC)


def local(text, place):
    """An instant from the wall clock of a shop."""
    return datetime.fromisoformat(text).replace(tzinfo=place.zone).astimezone(UTC)


def violation(issued, points=4, id=1, **more):
    return Violation(id=id, points=points, issued_at=issued, **more)


def on_day(day, place, points=4, id=1, **more):
    """A violation of which only the day is known."""
    return violation(local(f"{day}T00:00", place), points, id, issued_day_only=True, **more)


def filing(filed, result=None, decided=None):
    return Filing(filed_at=filed, answer_by=filed + timedelta(days=7), policy="f1", result=result, decided_at=decided)
