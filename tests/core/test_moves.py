"""The way of a ticket: every legal action leads where the table says, all else is refused and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import FULL, NO_APPEAL, NOW, at, policy, rule, ticket
from workbench.core.kinds import KINDS, STAGES
from workbench.core.saying import Misuse, Refusal
from workbench.core.tickets import moves, standing
from workbench.core.tickets.stages import ACTIONS

WAY = [
    ("cancel", "decide", "approve", "closed", "refunded"),
    ("refund_only", "decide", "approve", "closed", "refunded"),
    ("other", "todo", "done", "closed", "solved"),
    ("other", "todo", "drop", "closed", "withdrawn"),
    ("other", "check", "disputed", "dispute", None),
    ("other", "check", "timeout", "closed", "auto"),
    ("other", "check", "withdrawn", "closed", "withdrawn"),
    ("return_refund", "decide", "approve", "buyer_ship", None),
    ("exchange", "decide", "approve", "buyer_ship", None),
    ("reshipment", "decide", "approve", "send", None),
    ("refund_only", "decide", "reject", "closed", "rejected"),
    ("refund_only", "decide", "ask_proof", "evidence", None),
    ("refund_only", "evidence", "prove", "dispute", None),
    ("return_refund", "buyer_ship", "shipped", "in_transit", None),
    ("return_refund", "buyer_ship", "expire", "closed", "expired"),
    ("return_refund", "in_transit", "arrived", "inspect", None),
    ("return_refund", "inspect", "accept", "closed", "refunded"),
    ("exchange", "inspect", "accept", "send", None),
    ("return_refund", "inspect", "reject", "dispute", None),
    ("reshipment", "send", "sent", "closed", "sent"),
    ("refund_only", "dispute", "won", "closed", "kept"),
    ("refund_only", "dispute", "lost", "appeal", None),
    ("refund_only", "appeal", "file", "dispute", None),
    ("refund_only", "appeal", "waive", "closed", "refunded"),
    ("message", "reply", "answer", "wait", None),
    ("message", "wait", "wrote", "reply", None),
    ("bad_review", "wait", "solved", "closed", "solved"),
    ("refund_only", "decide", "timeout", "appeal", None),
    ("cancel", "decide", "timeout", "closed", "auto"),
    ("return_refund", "buyer_ship", "timeout", "closed", "auto"),
    ("refund_only", "appeal", "timeout", "closed", "refunded"),
    ("return_refund", "in_transit", "disputed", "dispute", None),
    ("return_refund", "buyer_ship", "withdrawn", "closed", "withdrawn"),
]


@pytest.mark.parametrize(("kind", "stage", "action", "to", "outcome"), WAY)
def test_every_action_leads_where_the_table_says(kind, stage, action, to, outcome):
    after = moves.act(ticket(kind, stage), action, None, NOW, FULL)
    assert (after.stage, after.outcome, after.stage_since) == (to, outcome, NOW)
    assert after.timeline[-1].what == action
    assert (after.closed_at == NOW) == (to == "closed")


@pytest.mark.parametrize(
    ("kind", "stage", "names"),
    [
        ("message", "reply", {"answer", "snooze"}),
        ("bad_review", "wait", {"wrote", "solved", "snooze"}),
        ("other", "todo", {"done", "drop", "snooze"}),
        ("other", "check", {"set", "timeout", "disputed", "withdrawn", "snooze"}),
        ("message", "check", {"set", "snooze"}),
        ("cancel", "decide", {"approve", "reject", "timeout", "disputed", "withdrawn", "snooze"}),
        ("exchange", "in_transit", {"arrived", "not_yet", "timeout", "disputed", "withdrawn", "snooze"}),
    ],
)
def test_an_action_is_offered_only_where_it_can_happen(kind, stage, names):
    assert {action.name for action in moves.actions(ticket(kind, stage), FULL)} == names


def test_a_parcel_that_is_not_there_yet_is_asked_about_again_after_the_same_time():
    case = ticket("return_refund", "in_transit", "2026-11-20T10:00")
    later = moves.act(case, "not_yet", None, NOW, FULL)
    assert (later.stage, later.stage_since) == ("in_transit", case.stage_since)
    assert later.due_at - NOW == case.due_at - case.stage_since
    assert moves.timed(later, FULL).due_at == later.due_at
    assert moves.act(later, "arrived", None, NOW + timedelta(hours=1), FULL).looked_at is None


def test_a_request_of_an_unknown_kind_is_given_one_with_its_stage():
    case = ticket("other", "check")
    for kind in (None, "refund"):
        with pytest.raises(Misuse):
            moves.act(case, "set", "decide", NOW, FULL, kind)
    after = moves.act(case, "set", "decide", NOW, FULL, "refund_only")
    assert (after.kind, after.stage, after.stage_since) == ("refund_only", "decide", case.stage_since)
    assert after.due_at == ticket().due_at
    assert "kind" in after.typed
    assert moves.act(case, "set", "todo", NOW, FULL).stage == "todo"


@pytest.mark.parametrize(("kind", "stage", "fits"), [("other", "decide", "todo"), ("message", "todo", "reply")])
def test_a_stage_that_the_kind_does_not_have_is_read_as_the_one_it_has(kind, stage, fits):
    assert ticket(kind, stage).stage == fits
    stored = moves.changed(ticket(kind, stage), stage=stage)
    assert moves.timed(stored, FULL).stage == fits


def test_without_an_appeal_window_lost_money_stays_lost():
    assert moves.act(ticket(stage="dispute", rules=NO_APPEAL), "lost", None, NOW, NO_APPEAL).outcome == "refunded"
    assert moves.act(ticket(rules=NO_APPEAL), "timeout", None, NOW, NO_APPEAL).outcome == "auto"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_not_legal_is_refused(kind, stage):
    for action in ACTIONS:
        is_legal_or_refused(kind, stage, action)


def is_legal_or_refused(kind, stage, action):
    case = ticket(kind, "decide" if stage == "closed" else stage)
    if stage == "closed":
        case = moves.close(case, "other", NOW, FULL)
    legal = {found.name: found for found in moves.actions(case, FULL)}
    arg = {"set": "todo" if kind == "other" else "decide", "snooze": NOW + timedelta(minutes=5)}.get(action)
    if action in legal:
        try:
            after = moves.act(case, action, arg, NOW, FULL)
        except Refusal:
            assert action == "snooze"  # the deadline may be too near to sleep
        else:
            assert after != case
    else:
        with pytest.raises(Refusal):
            moves.act(case, action, arg, NOW, FULL)


@pytest.mark.parametrize("arg", [None, "closed", "check", "nowhere"])
def test_set_needs_a_stage_that_exists(arg):
    with pytest.raises(Misuse):
        moves.act(ticket(stage="check"), "set", arg, NOW, FULL)


def test_setting_the_first_stage_keeps_the_clock_of_the_request():
    case = ticket(stage="check", opened="2026-11-20T15:00")
    assert moves.act(case, "set", "decide", NOW, FULL).due_at == at("2026-11-23T15:00")
    assert moves.act(case, "set", "evidence", NOW, FULL).due_at == NOW + timedelta(hours=24)


def test_a_time_before_the_stage_began_is_refused():
    with pytest.raises(Refusal):
        moves.act(ticket(), "approve", None, at("2026-11-23T09:59"), FULL)


def test_an_unknown_action_and_a_needless_argument_are_misuse():
    with pytest.raises(Misuse):
        moves.act(ticket(), "aprove", None, NOW, FULL)
    with pytest.raises(Misuse):
        moves.act(ticket(), "approve", "now", NOW, FULL)


def test_a_stated_deadline_ends_with_its_stage():
    case = moves.state_due(ticket("return_refund"), at("2026-12-24T10:00"), NOW, FULL)
    assert (case.due_at, case.deadline.source) == (at("2026-12-24T10:00"), "stated")
    assert moves.timed(case, policy(fingerprint="other")).due_at == at("2026-12-24T10:00")
    after = moves.act(case, "approve", None, NOW, FULL)
    assert (after.due_at, after.deadline.source) == (NOW + timedelta(days=5), "rule")
    assert moves.state_due(case, None, NOW, FULL).due_at == at("2026-11-24T10:00")


def test_overdue_is_half_open_and_only_the_sellers():
    case = ticket()
    due = case.due_at
    assert standing.state(case, due - timedelta(seconds=1)) == "due"
    assert standing.state(case, due) == "overdue"
    assert standing.state(ticket("return_refund", "buyer_ship"), due + timedelta(days=99)) == "waiting"
    assert standing.state(ticket("other"), NOW) == "due"


def test_an_appeal_lapses_at_its_deadline_by_itself():
    case = ticket(stage="appeal")
    due = case.due_at
    assert moves.settle(case, due - timedelta(seconds=1), FULL) is case
    after = moves.settle(case, due, FULL)
    assert (after.stage, after.outcome, after.closed_at, after.closed_by) == ("closed", "refunded", due, "auto")


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_stated_end_never_takes_away_what_the_rule_gives(hours):
    bare = ticket(stage="appeal")
    said = bare.due_at + timedelta(hours=hours)
    case = moves.state_due(bare, said, NOW, FULL)
    end = max(said, bare.due_at)
    assert case.due_at == said
    assert moves.settle(case, end - timedelta(seconds=1), FULL).stage == "appeal"
    assert moves.act(case, "file", None, end - timedelta(seconds=1), FULL).stage == "dispute"
    assert moves.settle(case, end, FULL).closed_at == end
    with pytest.raises(Refusal):
        moves.act(case, "file", None, end, FULL)


def test_a_stated_deadline_that_is_later_than_the_rules_is_known_as_such():
    bare = ticket()
    later, earlier = (moves.state_due(bare, bare.due_at + timedelta(hours=h), NOW, FULL) for h in (1, -1))
    assert moves.later_than_rule(later, FULL) == bare.due_at
    assert moves.later_than_rule(earlier, FULL) is None
    assert moves.later_than_rule(bare, FULL) is None
    assert moves.later_than_rule(moves.state_due(ticket("other"), NOW, NOW, FULL), FULL) is None


def test_an_appeal_filed_in_time_counts_even_when_entered_late():
    case = ticket(stage="appeal")
    assert moves.act(case, "file", None, case.due_at - timedelta(seconds=1), FULL).stage == "dispute"
    with pytest.raises(Refusal):
        moves.act(case, "file", None, case.due_at, FULL)


def test_snooze_keeps_the_deadline_and_wakes_before_it():
    case = ticket()
    asleep = moves.act(case, "snooze", NOW + timedelta(minutes=10), NOW - timedelta(hours=1), FULL)
    assert asleep.due_at == case.due_at
    assert standing.snoozed(asleep, NOW)
    assert not standing.snoozed(asleep, NOW + timedelta(minutes=10))
    late = moves.snooze(case, case.due_at + timedelta(days=3), NOW - timedelta(hours=2))
    assert late.snoozed_until == case.due_at - moves.WAKE
    with pytest.raises(Refusal):
        moves.snooze(case, case.due_at, NOW)  # one hour before the deadline is now


def test_reopening_gives_back_the_stage_with_its_clock():
    case = moves.state_due(ticket(stage="evidence"), at("2026-11-30T10:00"), NOW, FULL)
    closed = moves.close(case, "other", NOW, FULL)
    back = moves.reopen(closed, None, NOW + timedelta(hours=1), FULL)
    assert (back.stage, back.stage_since, back.deadline, back.outcome) == (
        "evidence",
        case.stage_since,
        case.deadline,
        None,
    )
    other = moves.reopen(closed, "inspect", NOW + timedelta(hours=1), FULL)
    assert (other.stage, other.stage_since) == ("inspect", NOW + timedelta(hours=1))
    with pytest.raises(Refusal):
        moves.reopen(case, None, NOW, FULL)


def test_a_rejection_says_until_when_the_buyer_may_dispute_it():
    rules = policy(rule("decide", "2wd"), disputable_days=10)
    assert moves.act(ticket(rules=rules), "reject", None, NOW, rules).disputable_until == NOW + timedelta(days=10)
    assert moves.act(ticket(rules=rules), "approve", None, NOW, rules).disputable_until is None
