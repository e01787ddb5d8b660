"""Small, fixed worlds for tests: a policy built by hand, so that core tests need no file."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from workbench.core.money import Money
from workbench.core.policy import Calendar, Policy, Rule, parse_condition, parse_span
from workbench.core.tickets.model import Sighting
from workbench.core.tickets.moves import open_ticket
from workbench.core.time import parse_iso

BANGKOK = ZoneInfo("Asia/Bangkok")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
REFUNDS = ("refund_only", "return_refund")


def at(text: str, zone: ZoneInfo = BANGKOK) -> datetime:
    return parse_iso(text, zone)


def rule(stage: str, within: str, kinds=REFUNDS, **more) -> Rule:
    fields = {"id": f"{stage}.{within}", "market": "TH", "due_kind": "platform", "on_timeout": "approved"} | more
    if isinstance(fields.get("when"), str):
        fields["when"] = parse_condition(fields["when"])
    return Rule(stage=stage, within=parse_span(within), kinds=tuple(kinds), **fields)


def policy(*rules: Rule, zone=BANGKOK, holidays: dict[date, str] | None = None, **more) -> Policy:
    fields = {"market": "TH", "currency": "THB", "fingerprint": "f1", "export_zone": zone} | more
    return Policy(zone=zone, rules=rules, calendar=Calendar((holidays or {}).get), **fields)


#: A market with a rule for every stage that has one, and a refund appeal window.
FULL = policy(
    rule("decide", "1wd"),
    rule("decide", "24h", ["cancel"], on_timeout="cancelled"),
    rule("decide", "2d", ["exchange", "reshipment"], market="generic", assumed=True),
    rule("evidence", "24h", ["refund_only"], on_timeout="refunded"),
    rule("buyer_ship", "5d", ["return_refund", "exchange"], on_timeout="closed"),
    rule("inspect", "2d", ["return_refund", "exchange"], on_timeout="refunded"),
    rule("send", "2wd", ["exchange", "reshipment"]),
    rule("appeal", "7d", ["refund_only", "return_refund", "exchange", "reshipment"], on_timeout="lapsed"),
    rule("in_transit", "3d", ["return_refund", "exchange"], due_kind="own", on_timeout="none"),
    rule("reply", "12h", ["message"], due_kind="rate", on_timeout="counted", effective=date(2025, 8, 15)),
    rule("reply", "24h", ["message"], market="generic", due_kind="rate", on_timeout="counted", assumed=True),
    rule("reply", "15min", ["message"], market="generic", due_kind="own", on_timeout="none", assumed=True),
)
#: The same without the appeal window.
NO_APPEAL = policy(*(rule for rule in FULL.rules if rule.stage != "appeal"))

#: Tuesday morning in Bangkok.
NOW = at("2026-11-24T09:00")


def ticket(kind="refund_only", stage=None, opened="2026-11-23T10:00", rules=FULL, id=1, **fields):
    if "amount" in fields:
        fields["money"] = Money(Decimal(fields.pop("amount")), "THB")
    return open_ticket(rules, id=id, kind=kind, stage=stage, opened_at=at(opened), **fields)


def seen(stage="decide", kind="refund_only", since="2026-11-23T10:00", external="403586091390996030", **fields):
    if stage == "closed":
        fields.setdefault("outcome", "refunded")
    return Sighting(kind=kind, stage=stage, external_id=external, since=at(since), **fields)
