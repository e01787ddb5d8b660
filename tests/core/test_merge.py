"""What a file may change: order of own times, the seller's own closes and deadlines, reopening, what it mentions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import FULL, NOW, at, policy, rule, seen
from workbench.core.money import Money
from workbench.core.tickets import merge, moves, standing
from workbench.core.tickets.days import clocks
from workbench.core.tickets.merge import FileSource, created, merged, missing, order_ended
from workbench.core.tickets.model import Line

HOUR = timedelta(hours=1)


def source(own="2026-11-24T08:00", name="returns.csv"):
    return FileSource(name, at(own), NOW)


def known(stage="decide", own="2026-11-24T06:00", **fields):
    return created(seen(stage, **fields), source(own), FULL, 1)


def test_a_new_ticket_has_the_time_of_the_request_as_its_clock():
    case = known(since="2026-11-20T15:00")
    assert (case.stage, case.stage_since, case.due_at) == ("decide", at("2026-11-20T15:00"), at("2026-11-23T15:00"))
    assert [event.what for event in case.timeline] == ["opened", "decide"]


@pytest.mark.parametrize("stage", ["decide", "closed"])
def test_a_new_ticket_has_every_detail_of_its_row(stage):
    details = {
        "order_id": "576", "sku": "S", "product": "Pants", "buyer": "bob", "money": Money(Decimal(5), "THB"),
        "largest": Money(Decimal(4), "THB"), "reason": "why", "words": "too small", "tracking": "TRK",
        "raw_status": "raw", "lines": (Line("172"),),
    }  # fmt: skip
    assert details.keys() == set(merge._DETAILS)
    case = known(stage, **details)
    assert {name: getattr(case, name) for name in details} == details


def test_a_new_closed_ticket_is_closed_from_its_own_time():
    assert known("closed").closed_at == at("2026-11-23T10:00")
    assert known("closed", ended_at=at("2026-11-23T20:00")).closed_at == at("2026-11-23T20:00")


@pytest.mark.parametrize(
    ("was", "file", "to"),
    [
        ("decide", "buyer_ship", "buyer_ship"),
        ("decide", "dispute", "dispute"),
        ("buyer_ship", "decide", "buyer_ship"),
        ("dispute", "in_transit", "dispute"),
        ("inspect", "in_transit", "inspect"),
        ("check", "decide", "decide"),
        ("decide", "check", "decide"),
        ("send", "closed", "closed"),
        ("appeal", "dispute", "appeal"),
    ],
)
def test_a_row_moves_a_ticket_only_forward(was, file, to):
    case = moves.enter(known(kind="return_refund"), was, at("2026-11-23T11:00"), FULL)
    after, effect = merged(case, seen(file, kind="return_refund"), source(), FULL)
    assert after.stage == to
    behind = (was, file) in {("buyer_ship", "decide"), ("dispute", "in_transit"), ("inspect", "in_transit"),
                             ("appeal", "dispute")}  # fmt: skip
    assert effect == (
        "closed" if to == "closed" else "updated" if to != was else "kept_local" if behind else "unchanged"
    )
    assert (after.there.stage if after.there else None) == (file if behind else None)


def test_what_moved_on_here_stays_and_is_marked_until_the_platform_follows():
    case = moves.act(known(kind="return_refund"), "approve", None, at("2026-11-24T08:30"), FULL)
    case = moves.state_due(case, at("2026-12-20T10:00"), NOW, FULL)
    older, effect = merged(case, seen(kind="return_refund"), source("2026-11-24T08:30"), FULL)
    assert (older.there, effect) == (None, "unchanged"), "the file is not later than the move"
    behind, effect = merged(case, seen(kind="return_refund"), source("2026-11-24T08:31"), FULL)
    assert effect == "kept_local"
    assert (behind.stage, behind.due_at, behind.turn) == ("buyer_ship", case.due_at, "buyer")
    assert (behind.there.stage, behind.there.due_at) == ("decide", known(kind="return_refund").due_at)
    assert merged(behind, seen(kind="return_refund"), source("2026-11-24T08:31"), FULL) == (behind, "kept_local")
    for stage in ("buyer_ship", "in_transit", "closed"):
        assert merged(behind, seen(stage, kind="return_refund"), source("2026-11-24T08:40"), FULL)[0].there is None
    assert moves.act(behind, "shipped", None, NOW, FULL).there is None


def test_a_pending_request_began_at_an_unknown_time():
    """Created 10:00 on the 22nd, first shown on the 24th at 06:00, still shown at 08:00: due between the two."""

    def cancel(own):
        return seen(kind="cancel", external="5769", since="2026-11-22T10:00", due_floor=at(own))

    first = created(cancel("2026-11-24T06:00"), source("2026-11-24T06:00"), FULL, 1)
    assert (first.due_at, first.deadline.latest) == (at("2026-11-24T06:00"), at("2026-11-25T06:00"))
    case, _effect = merged(first, cancel("2026-11-24T08:00"), source("2026-11-24T08:00"), FULL)
    assert (case.due_at, case.deadline.latest) == (at("2026-11-24T08:00"), at("2026-11-25T06:00"))
    late, _effect = merged(case, cancel("2026-11-26T08:00"), source("2026-11-26T08:00"), FULL)
    assert (late.due_at, late.deadline.latest) == (at("2026-11-26T08:00"), at("2026-11-26T08:00"))
    assert standing.state(case, at("2026-11-25T05:59:59")) == "due"
    assert standing.state(case, at("2026-11-25T06:00")) == "overdue"
    fresh = created(seen(kind="cancel", external="1", since="2026-11-24T07:00", due_floor=at("2026-11-24T08:00")),
                    source("2026-11-24T08:00"), FULL, 2)  # fmt: skip
    assert (fresh.due_at, fresh.deadline.latest) == (at("2026-11-25T07:00"), at("2026-11-25T08:00"))
    done = moves.act(case, "approve", None, NOW, FULL)
    assert [clock.kind for clock in clocks(done)] == [None], "in no rate"
    assert moves.state_due(case, at("2026-11-24T10:00"), NOW, FULL).deadline.latest is None


def test_what_a_file_of_its_span_does_not_show_is_missing():
    tickets = [known(external=str(n), since=f"2026-11-2{n}T10:00") for n in range(1, 5)]
    file = [seen(external="1", since="2026-11-21T10:00"), seen(external="3", since="2026-11-23T10:00")]
    assert [ticket.external_id for ticket in missing(tickets, file, source("2026-11-24T08:01"))] == ["2"]
    assert missing([moves.close(tickets[1], "other", NOW, FULL)], file, source("2026-11-24T08:01")) == []
    assert missing(tickets, file, source("2026-11-24T06:00")) == [], "no newer than the file that showed them"


def test_a_file_closes_no_case_before_its_stage_began():
    case = moves.act(known(kind="return_refund"), "approve", None, at("2026-11-24T07:30"), FULL)
    for ended in ("2026-11-24T07:00", "2026-11-24T07:45", None):
        after, _effect = merged(
            case, seen("closed", kind="return_refund", ended_at=ended and at(ended)), source("2026-11-24T08:00"), FULL
        )
        assert after.closed_at >= case.stage_since
        assert after.closed_at == at("2026-11-24T07:45" if ended == "2026-11-24T07:45" else "2026-11-24T08:00")
    future = moves.changed(case, stage_since=at("2026-11-24T08:30"))
    assert merged(future, seen("closed", kind="return_refund"), source("2026-11-24T08:00"), FULL)[0].closed_at == at(
        "2026-11-24T08:30"
    )


def test_an_older_file_changes_nothing_the_same_time_may():
    case = known(own="2026-11-24T08:00")
    assert merged(case, seen("dispute"), source("2026-11-24T07:59:59"), FULL) == (case, "unchanged")
    assert merged(case, seen("dispute"), source("2026-11-24T08:00"), FULL)[0].stage == "dispute"


@pytest.mark.parametrize("stage", ["decide", "check", "closed", "buyer_ship"])
def test_the_same_file_again_changes_nothing(stage):
    case = known(stage, own="2026-11-24T08:00", sku="A", words="hm", lines=(Line(sku="A"),))
    same = seen(stage, sku="A", words="hm", lines=(Line(sku="A"),))
    assert merged(case, same, source("2026-11-24T08:00"), FULL) == (case, "unchanged")


def test_closed_here_after_the_file_was_made_stays_closed_and_is_told():
    case = moves.close(known(), "other", at("2026-11-24T08:00"), FULL)
    after, effect = merged(case, seen("decide"), source("2026-11-24T08:00"), FULL)
    assert (after.stage, after.still_open, effect) == ("closed", True, "kept_local")
    again, effect = merged(after, seen("decide"), source("2026-11-24T08:00"), FULL)
    assert (again, effect) == (after, "kept_local")
    done, _ = merged(after, seen("closed"), source("2026-11-24T08:30"), FULL)
    assert not done.still_open


def test_closed_here_before_the_file_was_made_opens_again():
    case = moves.close(known(), "other", at("2026-11-24T07:59:59"), FULL)
    after, effect = merged(case, seen("dispute"), source("2026-11-24T08:00"), FULL)
    assert (after.stage, after.closed_at, after.still_open, effect) == ("dispute", None, False, "updated")


def test_closed_by_a_file_opens_again_only_with_a_newer_one():
    case = known("closed", own="2026-11-24T06:00")
    assert merged(case, seen("decide"), source("2026-11-24T06:00"), FULL)[0].stage == "closed"
    after, effect = merged(case, seen("decide"), source("2026-11-24T06:00:01"), FULL)
    assert (after.stage, effect) == ("decide", "updated")


def test_a_typed_deadline_stays_while_the_stage_stays():
    case = moves.state_due(known(), at("2026-11-25T18:00"), NOW, FULL)
    after, _ = merged(case, seen("decide", money=Money(Decimal(9), "THB")), source(), FULL)
    assert after.due_at == at("2026-11-25T18:00")
    moved, _ = merged(case, seen("dispute"), source(), FULL)
    assert moved.deadline.source != "stated"


def test_what_was_typed_stays_and_what_is_not_mentioned_stays():
    case = moves.changed(known(sku="A", tracking="123"), reason="mine", typed=("reason",))
    after, effect = merged(case, seen("decide", reason="theirs", sku="B"), source(), FULL)
    assert (after.reason, after.sku, after.tracking, effect) == ("mine", "B", "123", "updated")


def test_an_amount_that_changes_sets_the_clock_anew():
    rules = policy(rule("decide", "4wd", when="amount > 100"), rule("decide", "2wd"))
    case = created(seen(money=Money(Decimal(50), "THB")), source("2026-11-24T06:00"), rules, 1)
    after, _ = merged(case, seen(money=Money(Decimal(500), "THB")), source(), rules)
    assert after.due_at - case.due_at == timedelta(days=2)


def test_closing_takes_the_refund_time_where_it_fits():
    case = known(own="2026-11-23T12:00")
    fits, effect = merged(case, seen("closed", ended_at=at("2026-11-24T01:00")), source(), FULL)
    assert (fits.closed_at, effect) == (at("2026-11-24T01:00"), "closed")
    late, _ = merged(case, seen("closed", ended_at=at("2026-12-24T01:00")), source(), FULL)
    assert late.closed_at == at("2026-11-24T08:00")


def test_a_rejection_may_be_disputed_at_least_from_the_files_own_time_on():
    rules = policy(rule("decide", "2wd"), disputable_days=10)
    case = created(seen("closed", outcome="rejected", since="2026-11-01"), source(), rules, 1)
    assert case.disputable_until == at("2026-11-24T08:00") + timedelta(days=10)


def test_a_cancel_request_goes_by_order_id_and_stays_due_after_the_newest_file():
    first = seen(kind="cancel", external="5769", since="2026-11-22T10:00", due_floor=at("2026-11-24T06:00"))
    case = created(first, source("2026-11-24T06:00"), FULL, 1)
    assert merge.key(case) == merge.sighting_key(first) == (True, "5769")
    assert case.due_at == at("2026-11-24T06:00")
    newer = seen(kind="cancel", external="5769", since="2026-11-22T10:00", due_floor=at("2026-11-24T08:00"))
    after, effect = merged(case, newer, source(), FULL)
    assert (after.due_at, effect) == (at("2026-11-24T08:00"), "updated")


@pytest.mark.parametrize(("how", "outcome"), [("cancelled", "withdrawn"), ("shipped", "rejected")])
def test_an_order_that_ended_ends_its_cancel_request(how, outcome):
    case = created(seen(kind="cancel", external="5769"), source("2026-11-24T06:00"), FULL, 1)
    after, effect = order_ended(case, how, at("2026-11-24T07:00"), source(), FULL)
    assert (after.outcome, after.closed_at, effect) == (outcome, at("2026-11-24T07:00"), "closed")
    assert order_ended(after, how, None, source(), FULL) == (after, "unchanged")
    assert order_ended(case, how, None, source("2026-11-24T05:00"), FULL) == (case, "unchanged")


def test_a_newer_file_is_remembered_even_where_it_changes_nothing():
    case = known()
    after, effect = merged(case, seen(), source(), FULL)
    assert (effect, after.seen_at) == ("unchanged", at("2026-11-24T08:00"))
    assert merged(after, seen("dispute"), source("2026-11-24T07:00"), FULL)[0] == after
