"""The exact test against counting every way, and against a shop full of innocent creators."""

from __future__ import annotations

from itertools import product
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.creators.stages import ACTIONS, STAGES, legal
from workbench.core.creators.unusual import Sold, at_least, verdicts


@st.composite
def draws(draw):
    found = []
    for _ in range(draw(st.integers(1, 3))):
        orders = draw(st.integers(1, 12))
        found.append((Sold(orders, draw(st.integers(0, orders))), draw(st.integers(0, orders))))
    return found


@settings(deadline=None)
@given(draws(), st.integers(0, 12))
def test_the_chance_is_the_share_of_all_ways(found, refunds):
    ways = every = 0
    for counts in product(*(range(his + 1) for _whole, his in found)):
        one = 1
        for (whole, his), n in zip(found, counts, strict=True):
            one *= comb(whole.refunds, n) * comb(whole.orders - whole.refunds, his - n)
        every += one
        ways += one if sum(counts) >= refunds else 0
    assert at_least(refunds, found) == pytest.approx(ways / every, abs=1e-9)


def test_of_many_innocent_ones_hardly_any_is_named_and_the_guilty_one_is():
    random = Random(3)
    rates = {"A": 0.05, "B": 0.12, "C": 0.3}

    def sells(times: float) -> dict[str, Sold]:
        sold = {}
        for sku, rate in rates.items():
            orders = random.randint(0, 60)
            sold[sku] = Sold(orders, sum(random.random() < min(1, rate * times) for _ in range(orders)))
        return sold

    shop = {f"@{n}": sells(1) for n in range(800)}
    shop["@guilty"] = {"A": Sold(60, 15), "B": Sold(40, 12)}
    found = verdicts(shop)
    assert found["@guilty"].unusual
    assert sum(each.unusual for each in found.values()) <= 2


def test_a_sku_that_nobody_else_sells_says_nothing():
    found = verdicts({"@alone": {"A": Sold(50, 25)}, "@other": {"B": Sold(50, 1)}})
    assert found["@alone"].p is None
    assert not found["@alone"].unusual


def test_every_stage_can_be_left_and_every_action_leads_somewhere_known():
    for stage in STAGES:
        assert (legal(stage) == ()) == (stage == "ended")
        for action in legal(stage):
            assert action.name in ACTIONS
            assert (action.stage == "ended") == (action.outcome is not None)
