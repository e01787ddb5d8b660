"""The documents of the scripting interface, as they are encoded."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.deadline import Deadline
from workbench.core.money import Money
from workbench.core.tickets.model import Line, There, Ticket
from workbench.core.timeline import Event
from workbench.output.json import Shaper, TicketDocument, dumps

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@settings(max_examples=100)
@given(
    moment=st.integers(-30_000_000_000_000_000, 200_000_000_000_000_000).map(
        lambda micro: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro)
    ),
    given_in=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(minutes=30))]),
    zone=st.sampled_from(["UTC", "Asia/Bangkok", "America/St_Johns", "Africa/Monrovia", "Europe/London", "Asia/Kabul"]),
)
def test_an_instant_is_written_as_python_writes_it(moment, given_in, zone):
    shaper = Shaper(NOW, ZoneInfo(zone))
    for each in (moment, moment.replace(microsecond=0)):
        told = json.loads(dumps({"at": shaper.time(each.astimezone(given_in))}))["at"]
        assert told == each.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def _at(hours):
    return NOW + timedelta(hours=hours)


def test_every_value_of_a_ticket_stands_under_its_own_name():
    """They are given by place, so each is another one here."""
    ticket = Ticket(
        id=7, kind="return_refund", stage="dispute", market="TH", opened_at=_at(-9), stage_since=_at(-8),
        deadline=Deadline("", _at(5), "rate", "rule", "TH.dispute.2d", True, "approved", _at(3), (), _at(6)),
        external_id="ext", order_id="ord", sku="S", product="prod", buyer="bob", money=Money(Decimal("2.50"), "THB"),
        reason="why", words="too small", note="call", snoozed_until=_at(2), outcome="refunded", closed_at=_at(-1),
        cancelled_by="buyer", preorder=True, disputable_until=_at(99), times_guessed=True, tags=("a", "b"),
        channel="chat", content="video", automatic=True, stars=4, cause="size", offered="coupon",
        cost=Money(Decimal("1.00"), None), tracking="TRK", raw_status="raw", there=There("decide", _at(4)),
        lines=(Line("id", sku="S", quantity=2),), timeline=(Event(_at(-9), "seller", "opened", "text", "file"),),
    )  # fmt: skip
    told = json.loads(dumps(Shaper(NOW, UTC).ticket(ticket)))
    same = ("kind", "stage", "market", "external_id", "order_id", "sku", "product", "buyer", "reason", "outcome",
            "cancelled_by", "channel", "content", "stars", "cause", "offered", "tracking", "raw_status")  # fmt: skip
    assert {name: told.pop(name) for name in same} == {name: getattr(ticket, name) for name in same}
    assert told == {
        "id": "T-7", "turn": "platform", "state": "waiting", "money": {"amount": "2.50", "currency": "THB"},
        "note": "too small\ncall", "opened_at": _at(-9).isoformat(), "stage_since": _at(-8).isoformat(),
        "due_at": _at(5).isoformat(), "due_latest": _at(6).isoformat(),
        "there": {"stage": "decide", "due_at": _at(4).isoformat()}, "goal_at": None, "due_kind": "rate",
        "due_source": "rule", "due_rule": "TH.dispute.2d", "assumed": True, "on_timeout": "approved",
        "seconds_left": 5 * 3600, "snoozed_until": _at(2).isoformat(), "closed_at": _at(-1).isoformat(),
        "preorder": True, "disputable_until": _at(99).isoformat(), "times_guessed": True, "tags": ["a", "b"],
        "automatic": True, "first_answer_at": None, "rounds": [], "cost": {"amount": "1.00", "currency": None},
        "report_by": None, "may_ask": None,
        "lines": [{"sku_id": "id", "sku": "S", "product": None, "quantity": 2, "price": None}],
        "timeline": [{"at": _at(-9).isoformat(), "who": "seller", "what": "opened", "text": "text", "source": "file"}],
    }  # fmt: skip


def test_a_ticket_has_every_name_whatever_is_known_of_it():
    bare = Ticket(id=1, kind="other", stage="todo", market="TH", opened_at=NOW, stage_since=NOW, deadline=Deadline(""))
    told = json.loads(dumps(Shaper(NOW, UTC).ticket(bare)))
    assert list(told) == [field.name for field in msgspec.structs.fields(TicketDocument)]
    assert told["opened_at"] == told["stage_since"] == NOW.isoformat()
