"""How violations and scores enter the ledger: read, checked, recorded, corrected."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

import msgspec

from workbench.core.policy import Policy
from workbench.core.saying import Misuse, Refusal, say
from workbench.core.time import parse_iso
from workbench.core.timeline import Event
from workbench.core.violations.appeals import moment
from workbench.core.violations.model import ScoreStatement, Violation, ViolationDraft
from workbench.core.violations.policy import PointsPolicy

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_issued(text: str, zone: tzinfo) -> tuple[datetime, bool]:
    """When a penalty was issued, and whether only the day is known. Raises `Misuse` for what is not a time."""
    return parse_iso(text, zone), _DAY.fullmatch(text.strip()) is not None


def read_points(text: str) -> int:
    """Points as a whole number from 0 on. Raises `Misuse` for anything else."""
    if not re.fullmatch(r"[0-9]{1,4}", text.strip()):
        raise Misuse(say('"{text}" is not a number of points. Write a whole number like 4.', text=text))
    return int(text)


def record(id: int, draft: ViolationDraft, rules: PointsPolicy, shop: Policy) -> Violation:
    """The violation that `draft` describes. Raises `Misuse` for points off the scale and dates far from today."""
    _on_scale(draft.points, rules)
    return _checked(Violation(id=id, **msgspec.structs.asdict(draft)), shop)


def draft_of(violation: Violation) -> ViolationDraft:
    """What the seller entered of it, to be corrected."""
    return ViolationDraft(**{name: getattr(violation, name) for name in ViolationDraft.__struct_fields__})


def revise(violation: Violation, draft: ViolationDraft, at: datetime, rules: PointsPolicy, shop: Policy) -> Violation:
    """The violation with what was entered wrong put right; its appeals and evidence stay.

    Raises as `record` does, and `Refusal` where it would be appealed before it was issued.
    """
    if draft.points != violation.points:
        _on_scale(draft.points, rules)
    if violation.appeals and violation.appeals[0].filed_at < draft.issued_at:
        raise Refusal(
            say(
                "{ref} was appealed on {filed}; it cannot have been issued after that. Correct the time.",
                ref=violation.ref,
                filed=moment(violation.appeals[0].filed_at, shop.zone),
            )
        )
    fields = msgspec.structs.asdict(draft)
    given = [name for name, value in fields.items() if value != getattr(violation, name)]
    edit = Event(at, "seller", "edit", ", ".join(given) or None)
    after = msgspec.structs.replace(violation, **fields, timeline=(*violation.timeline, edit))
    return _checked(after, shop)


def state_score(id: int, score: int, at: datetime, now: datetime, rules: PointsPolicy) -> ScoreStatement:
    """The platform's score at `at`. Raises `Refusal` in a market that counts up and for a time to come, `Misuse` for a
    score off the scale."""
    if rules.system != "count_down":
        raise Refusal(
            say("This market adds points up and has no score to state. Enter the violations instead: violation add.")
        )
    if score < rules.limit or (rules.top is not None and score > rules.top):
        raise Misuse(
            say(
                "The score {score} is off the scale, {low} to {high}.",
                score=score,
                low=rules.limit,
                high=rules.top or "?",
            )
        )
    if at > now:
        raise Refusal(say("That time is still to come; say when it happened, or leave the time out."))
    return ScoreStatement(id, score, at)


def _on_scale(points: int, rules: PointsPolicy) -> None:
    """No single penalty is larger than the whole scale; a figure that is, is a slip of the pen."""
    most = rules.limit if rules.system == "climb" else rules.top
    if points < 0:
        raise Misuse(say("Points cannot be negative."))
    if most is not None and points > most:
        raise Misuse(say("{points} points are more than there are: the scale has {most}.", points=points, most=most))


def _checked(violation: Violation, shop: Policy) -> Violation:
    """Within a century the end of points and windows has a local time in every zone, whatever the rules say."""
    if not 2000 <= violation.issued_at.year <= 2100:
        raise Misuse(say("{at} is too far from today for a violation.", at=moment(violation.issued_at, shop.zone)))
    if violation.stated_due is not None and violation.stated_due <= violation.issued_at:
        raise Misuse(
            say(
                "{at} is no later than the day it was issued. Correct the time by which it must be appealed.",
                at=moment(violation.stated_due, shop.zone),
            )
        )
    return violation
