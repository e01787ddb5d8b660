"""What rules say of a day, and what days make of a state."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import e, factorial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.alerts.rules import AlertRule, Edge, RuleFinding, ScopeFacts, finding
from workbench.core.alerts.states import Acknowledged, quieted, standing, stands
from workbench.core.alerts.tail import at_least

DAY = date(2026, 11, 24)
UNUSUAL = AlertRule(id="unusual", metric="issues", kind="unusual", scope="sku_type")


def back(n: int) -> date:
    return DAY - timedelta(days=n)


def logged(counts: dict[int, int], days: int = 80) -> ScopeFacts:
    """Bad ones by days ago, on a log that was kept every day."""
    return ScopeFacts(
        counts={back(n): count for n, count in counts.items()},
        logged=frozenset(back(n) for n in range(days)),
        first_seen=back(days),
    )


@pytest.mark.parametrize(("count", "mean"), [(1, 0.1), (3, 1.2), (7, 1.2), (5, 5.0), (2, 30.0), (40, 12.5)])
def test_the_tail_is_the_sum_of_its_terms(count, mean):
    # e is not rational, so the terms are summed exactly and multiplied by it last.
    below = sum(Fraction(mean) ** n / factorial(n) for n in range(count))
    assert at_least(count, mean) == pytest.approx(1 - float(below) * e**-mean, abs=1e-12)


def test_the_tail_of_a_rare_event_keeps_its_digits():
    assert at_least(30, 1.0) == pytest.approx(1.3887e-33 * 1.0333, rel=2e-2)
    assert at_least(0, 0.0) == 1
    assert at_least(1, 0.0) == 0


@settings(deadline=None)
@given(st.integers(0, 60), st.floats(0.01, 60))
def test_the_tail_falls_with_the_count(count, mean):
    assert 0 <= at_least(count + 1, mean) <= at_least(count, mean) <= 1 + 1e-12


def test_seven_where_little_more_than_one_is_usual():
    facts = logged({0: 3, 3: 4, 20: 5, 40: 5})
    found = finding(UNUSUAL, facts, DAY)
    assert (found.verdict, found.value) == ("fires", 7)
    assert found.usual == Decimal(10) * 7 / 60
    assert found.chance < 0.001


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ({0: 2}, "quiet"),  # fewer than the least
        ({0: 3, 7: 10, 30: 20}, "quiet"),  # as usual
        ({0: 3}, "new"),  # nothing to compare it with
        ({0: 3, 66: 1}, "new"),
        ({0: 3, 66: 2}, "fires"),
        ({0: 3, 67: 2}, "new"),  # the day before the baseline
    ],
)
def test_what_is_unusual(counts, verdict):
    assert finding(UNUSUAL, logged(counts), DAY).verdict == verdict


def test_without_a_log_nothing_is_known():
    assert finding(UNUSUAL, logged({0: 9, 20: 2}, days=34), DAY).verdict == "unknown"
    assert finding(UNUSUAL, logged({0: 9, 20: 2}, days=35), DAY).verdict == "fires"
    sparse = ScopeFacts(counts={DAY: 9}, logged=frozenset(back(n) for n in range(7, 34)), first_seen=back(80))
    assert finding(UNUSUAL, sparse, DAY).verdict == "unknown"


def test_twice_the_orders_make_twice_as_many_usual():
    known = logged({0: 4, 20: 12})
    busy = ScopeFacts(
        counts=known.counts, logged=known.logged, first_seen=known.first_seen,
        orders=lambda first, last: 70 if last == DAY else 240,
    )  # fmt: skip
    assert finding(UNUSUAL, busy, DAY).usual == Decimal("3.5")
    unknown = ScopeFacts(
        counts=known.counts, logged=known.logged, first_seen=known.first_seen, orders=lambda first, last: None
    )  # fmt: skip
    assert finding(UNUSUAL, unknown, DAY).usual == Decimal("1.4")


def test_three_days_running():
    rule = AlertRule(id="rise", metric="nrr", kind="rising_days")
    bad = {back(n): 1 for n in range(20)}
    rising = {back(3): Decimal(1), back(2): Decimal(2), back(1): Decimal(3), DAY: Decimal(4)}
    assert finding(rule, ScopeFacts(values=rising, counts=bad), DAY).verdict == "fires"
    assert finding(rule, ScopeFacts(values=rising, counts={DAY: 14}), DAY).verdict == "few"
    assert finding(rule, ScopeFacts(values={**rising, DAY: Decimal(3)}, counts=bad), DAY).verdict == "quiet"
    del rising[back(3)]
    assert finding(rule, ScopeFacts(values=rising, counts=bad), DAY).verdict == "unknown"


def test_lines_gates_and_silence():
    def says(kind, value, **more):
        values = {} if value is None else {DAY: Decimal(value)}
        return finding(
            AlertRule(id="r", metric="m", kind=kind, value=Decimal(4), **more), ScopeFacts(values=values), DAY
        ).verdict

    assert [says("above", value) for value in ("4", "4.1", None)] == ["quiet", "fires", "unknown"]
    assert [says("below", value) for value in ("4", "3.9")] == ["quiet", "fires"]
    near = Decimal("0.2")
    assert [says("gate", value, near=near) for value in ("3.9", "4", "4.2", "4.3")] == [
        "quiet", "fires", "fires", "quiet",
    ]  # fmt: skip
    assert says("gate", "3.9", near=near, good="below") == "fires"
    silent = AlertRule(id="s", metric="import", kind="silent", n=2)
    assert [finding(silent, ScopeFacts(last=last), DAY).verdict for last in (back(1), back(2), None)] == [
        "quiet", "fires", "unknown",
    ]  # fmt: skip


def days(verdicts: str) -> list[tuple[date, RuleFinding]]:
    words = {"f": "fires", "q": "quiet", "?": "unknown"}
    return [(back(len(verdicts) - 1 - n), RuleFinding(verdict=words[one])) for n, one in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("verdicts", "more", "state", "rises"),
    [
        ("qqf", {}, "firing", 1),
        ("qff", {"for_days": 2}, "firing", 1),
        ("qqf", {"for_days": 2}, "pending", 0),
        ("qfq", {}, "resolved", 1),
        ("fqq", {}, "quiet", 1),
        ("fq", {"keep": 2}, "firing", 1),
        ("fqq", {"keep": 2}, "resolved", 1),
        ("fqf", {"keep": 2}, "firing", 1),
        ("f?", {}, "unknown", 1),
        ("f?f", {}, "firing", 1),
        ("fqf", {}, "firing", 2),
        ("???", {}, "unknown", 0),
    ],
)
def test_states(verdicts, more, state, rises):
    found = standing(AlertRule(id="r", metric="m", kind="above", **more), days(verdicts))
    assert (found.state, len(found.rises)) == (state, rises)


def test_an_acknowledgement_ends_where_it_gets_worse():
    rule = AlertRule(id="r", metric="m", kind="above", value=Decimal(1))
    now = standing(
        rule,
        [
            (back(1), RuleFinding(verdict="fires", value=Decimal(5))),
            (DAY, RuleFinding(verdict="fires", value=Decimal(6))),
        ],
    )
    assert quieted(Acknowledged(day=DAY, value=Decimal(6)), rule, now, DAY)
    assert not quieted(Acknowledged(day=back(1), value=Decimal(5)), rule, now, DAY)
    assert quieted(Acknowledged(day=back(9), value=Decimal(9)), rule, now, DAY)
    assert quieted(Acknowledged(day=back(1), until=DAY + timedelta(days=1)), rule, now, DAY)
    assert not quieted(Acknowledged(day=back(1), until=DAY), rule, now, DAY)


@pytest.mark.parametrize(
    ("days", "since", "state", "began", "rises"),
    [
        (0, 90, "quiet", None, 0),
        (20, 90, "firing", 19, 1),
        (20, 10, "firing", 10, 0),  # it stood already on the first day that can be judged: no rise
        (20, 19, "firing", 19, 0),
        (20, 20, "firing", 19, 1),
        (500, None, "firing", 400, 0),
    ],
)
def test_what_stands_for_longer_than_is_looked_back_is_no_rise(days, since, state, began, rises):
    """It fires on so many days up to today; before, it did not."""
    rule = AlertRule(id="r", metric="m", kind="above", value=Decimal(1))
    values = {back(n): Decimal(2 if n < days else 0) for n in range(600)}
    found = stands(rule, ScopeFacts(values=values, since=None if since is None else back(since)), DAY)
    assert (found.state, len(found.rises)) == (state, rises)
    assert found.since == (None if began is None else back(began))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from("fq?"), min_size=8, max_size=40), st.integers(1, 3), st.integers(1, 3))
def test_asked_backwards_it_stands_as_asked_forwards(verdicts, for_days, keep):
    rule = AlertRule(id="r", metric="m", kind="above", value=Decimal(1), for_days=for_days, keep=keep)
    told = "q" * keep + "".join(verdicts)
    values = {back(len(told) - 1 - n): Decimal(2 if one == "f" else 0) for n, one in enumerate(told) if one != "?"}
    facts = ScopeFacts(values=values, since=back(len(told) - 1))
    every = [(back(n), finding(rule, facts, back(n))) for n in range(len(told) - 1, -1, -1)]
    now, then = stands(rule, facts, DAY), standing(rule, every)
    assert (now.state, now.since) == (then.state, then.since)
    if now.state == "firing":
        assert now.rises[-1] == then.rises[-1]


def test_a_gate_goes_by_the_line_that_is_kept_that_day():
    rule = AlertRule(
        id="g", metric="sps", kind="gate", near=Decimal("0.1"), edges=(Edge(Decimal(4)), Edge(Decimal("3.5")))
    )
    says = {
        value: finding(rule, ScopeFacts(values={DAY: Decimal(value)}), DAY)
        for value in ("4.05", "4", "3.95", "3.6", "3.5", "3.4")
    }
    assert [each.verdict for each in says.values()] == ["fires", "fires", "quiet", "fires", "fires", "quiet"]
    assert says["3.6"].line == Decimal("3.5")
    strict = AlertRule(
        id="g", metric="nrr", kind="gate", near=Decimal("0.1"), good="below", edges=(Edge(Decimal("1.2"), strict=True),)
    )
    assert finding(strict, ScopeFacts(values={DAY: Decimal("1.2")}), DAY).verdict == "quiet"
    assert finding(strict, ScopeFacts(values={DAY: Decimal("1.19")}), DAY).verdict == "fires"


def test_too_few_only_where_that_is_known():
    rule = AlertRule(id="rise", metric="nrr", kind="rising_days")
    values = {back(n): Decimal(10 - n) for n in range(4)}
    told = [finding(rule, ScopeFacts(values=values, bad=lambda _day, n=n: n), DAY).verdict for n in (14, 15, None)]
    assert told == ["few", "fires", "fires"]


def test_noise_stays_quiet_and_a_step_is_found():
    """2,000 days at the same rate: fewer than one in fifty begins an alarm. Then three times as many: found."""
    random = Random(7)
    rate, length = 0.6, 2000
    counts = {}
    for n in range(length + 14):
        mean = rate if n < length else rate * 4
        count, left = 0, random.random()
        while left > 1 - at_least(count + 1, mean):
            count += 1
        counts[DAY + timedelta(days=n)] = count
    every = frozenset(counts)
    facts = ScopeFacts(counts=counts, logged=every, first_seen=DAY)
    said = [(day, finding(UNUSUAL, facts, day)) for day in sorted(counts)]
    quiet = standing(UNUSUAL, said[:length])
    assert len(quiet.rises) <= length / 50
    assert any(day >= DAY + timedelta(days=length) for day in standing(UNUSUAL, said).rises)
