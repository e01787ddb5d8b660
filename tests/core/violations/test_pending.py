"""A violation that is only announced: it counts nowhere, may be appealed, and is enforced or dropped; stated deadlines;
sources that differ about how long points live."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from points_support import BANGKOK, climbing, counting_down, utc, violation

from workbench.core.policy import TimeSpan
from workbench.core.saying import Refusal
from workbench.core.violations.appeals import appeal, decide, drop, enforce, file, standing
from workbench.core.violations.ledger import ledger

RULES = climbing()
TOLD = utc("2026-10-01T03:00Z")
NOW = TOLD + timedelta(days=40)


def pending(**fields):
    return msgspec.structs.replace(violation(TOLD), pending=True, **fields)


def test_it_counts_nowhere_until_it_is_enforced():
    entry = pending()
    assert ledger([entry], [], RULES, BANGKOK, NOW).forecast[0].points == 0
    assert (standing(entry, RULES, BANGKOK, NOW).state, standing(entry, RULES, BANGKOK, NOW).expires_at) == (
        "pending", None,
    )  # fmt: skip
    at = TOLD + timedelta(days=12)
    real = enforce(entry, at, False, NOW, BANGKOK)
    assert (real.announced_at, real.issued_at, real.pending) == (TOLD, at, False)
    assert ledger([real], [], RULES, BANGKOK, NOW).points == entry.points
    assert standing(real, RULES, BANGKOK, NOW).expires_at == at + timedelta(days=180)
    assert appeal(real, RULES, BANGKOK, NOW).due_at == at + timedelta(days=30)
    assert [event.what for event in real.story] == ["announced", "issued"]


def test_dropped_it_never_was():
    entry = drop(pending(), TOLD + timedelta(days=3), NOW, BANGKOK)
    assert entry.void
    assert standing(entry, RULES, BANGKOK, NOW).state == "void"
    assert appeal(entry, RULES, BANGKOK, TOLD).state == "final"
    for deed in (
        lambda: enforce(entry, NOW, False, NOW, BANGKOK),
        lambda: drop(entry, NOW, NOW, BANGKOK),
        lambda: file(entry, TOLD + timedelta(days=4), NOW, RULES, BANGKOK),
    ):
        with pytest.raises(Refusal):
            deed()


@pytest.mark.parametrize("at", [TOLD - timedelta(seconds=1), NOW + timedelta(seconds=1)])
def test_it_is_enforced_neither_before_it_was_announced_nor_in_the_future(at):
    with pytest.raises(Refusal):
        enforce(pending(), at, False, NOW, BANGKOK)
    with pytest.raises(Refusal):
        drop(pending(), at, NOW, BANGKOK)


def test_what_is_in_force_is_not_pending():
    with pytest.raises(Refusal):
        enforce(violation(TOLD), NOW, False, NOW, BANGKOK)


def test_an_appeal_of_it_is_the_first_try():
    filed = file(pending(), TOLD + timedelta(days=2), NOW, RULES, BANGKOK)
    real = enforce(filed, TOLD + timedelta(days=5), False, NOW, BANGKOK)
    assert appeal(real, RULES, BANGKOK, NOW).tries_left == 1
    lost = decide(real, "rejected", TOLD + timedelta(days=6), NOW, RULES, BANGKOK)
    assert appeal(lost, RULES, BANGKOK, TOLD + timedelta(days=7)).due_at == TOLD + timedelta(days=21)
    won = decide(filed, "accepted", TOLD + timedelta(days=6), NOW, RULES, BANGKOK)
    assert standing(won, RULES, BANGKOK, NOW).state == "void"


def test_a_score_knows_nothing_of_what_was_only_announced():
    rules = counting_down()
    won = decide(file(pending(), TOLD, NOW, rules, BANGKOK), "accepted", NOW, NOW, rules, BANGKOK)
    for entry in (pending(), won, drop(pending(), NOW, NOW, BANGKOK)):
        assert ledger([entry], [], rules, BANGKOK, NOW).points == rules.start


@pytest.mark.parametrize(("days", "lapses"), [(10, 30), (30, 30), (44, 44)])
def test_a_stated_deadline_is_shown_and_the_later_of_both_decides(days, lapses):
    stated, end = TOLD + timedelta(days=days), TOLD + timedelta(days=lapses)
    for entry in (pending(stated_due=stated), msgspec.structs.replace(violation(TOLD), stated_due=stated)):
        before = end - timedelta(seconds=1)
        assert appeal(entry, RULES, BANGKOK, before).due_at == stated
        assert appeal(entry, RULES, BANGKOK, before).state == "open"
        assert appeal(entry, RULES, BANGKOK, end).state == "lapsed"
        assert file(entry, before, end, RULES, BANGKOK).stated_due is None
        with pytest.raises(Refusal):
            file(entry, end, end, RULES, BANGKOK)


@pytest.mark.parametrize(("reading", "counts", "other"), [("later", 180, 90), ("earlier", 90, 180)])
def test_where_sources_differ_one_counts_and_the_other_is_shown(reading, counts, other):
    rules = msgspec.structs.replace(RULES, validity_other=TimeSpan(90, "d"), validity_reading=reading)
    stands = standing(violation(TOLD), rules, BANGKOK, NOW)
    assert stands.expires_at == TOLD + timedelta(days=counts)
    assert stands.expires_other == TOLD + timedelta(days=other)
    assert ledger([violation(TOLD)], [], rules, BANGKOK, NOW).forecast[-1].at == TOLD + timedelta(days=counts)


def test_where_they_agree_there_is_no_other():
    rules = msgspec.structs.replace(RULES, validity_other=TimeSpan(180, "d"))
    assert standing(violation(TOLD), rules, BANGKOK, NOW).expires_other is None
