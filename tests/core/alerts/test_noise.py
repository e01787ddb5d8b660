"""Ten thousand days on which nothing changes, and a step: what is said stays within what is promised."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp
from random import Random

import pytest
from msgspec.structs import replace

from workbench.core.alerts.rules import AlertRule, ScopeFacts, finding
from workbench.core.alerts.states import standing
from workbench.core.orders.counts import RunningCounts
from workbench.session.alerts.series import Rate

UNUSUAL = AlertRule(id="unusual", metric="issues", kind="unusual", scope="sku_type")
START = date(2000, 1, 1)


def poisson(random, mean):
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def facts(counts):
    days = {START + timedelta(days=n): count for n, count in enumerate(counts) if count}
    logged = frozenset(START + timedelta(days=n) for n in range(len(counts)))
    return ScopeFacts(counts=days, logged=logged, first_seen=START)


def rises(counts, first):
    found = facts(counts)
    days = (START + timedelta(days=n) for n in range(first, len(counts)))
    return standing(UNUSUAL, ((day, finding(UNUSUAL, found, day)) for day in days)).rises


@pytest.mark.parametrize("mean", [0.03, 0.15, 0.6])
def test_ten_thousand_days_of_noise_stay_nearly_silent(mean):
    random = Random(7)
    counts = [poisson(random, mean) for _ in range(10_000 + 70)]
    # peers: 0.1 to 0.4 separate alarms in 100 days.
    assert len(rises(counts, 70)) <= 0.7 * 100


@pytest.mark.parametrize("mean", [0.2, 0.6, 1.0])
def test_a_step_to_five_times_is_found_within_a_fortnight(mean):
    random = Random(11)
    for _ in range(10):
        counts = [poisson(random, mean) for _ in range(90)] + [poisson(random, 5 * mean) for _ in range(14)]
        assert any(day >= START + timedelta(days=90) for day in rises(counts, 90))


RISING = AlertRule(id="rising", metric="issues", kind="rising_days", scope="sku")


@pytest.mark.parametrize(("orders", "bad"), [(5, 0.03), (20, 0.03), (60, 0.02)])
@pytest.mark.parametrize("shares", [True, False])
def test_ten_thousand_days_of_noise_rise_no_more_often_than_is_printed(orders, bad, shares):
    """S0's rule on a rate for an order, and on a sum where orders are not known. Where there are too few to judge by it
    says nothing."""
    random = Random(5)
    shipped = [poisson(random, orders) for _ in range(10_000 + 70)]
    counts = [sum(random.random() < bad for _ in range(count)) for count in shipped]
    found = facts(counts)
    total = RunningCounts({START + timedelta(days=n): count for n, count in enumerate(shipped)})
    found = replace(found, values=Rate(found.counts, 60, total.between if shares else None))
    verdicts = [finding(RISING, found, START + timedelta(days=n)).verdict for n in range(70, len(counts))]
    assert verdicts.count("fires") <= 14 / 100 * len(verdicts)
