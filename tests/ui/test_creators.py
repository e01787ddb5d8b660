"""Creators and Profit: what a robot user sees of deals, ceilings and sums, in both languages and sizes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.ui.robot import bar, press, seen, write
from workbench import i18n
from workbench.core.creators.model import Product
from workbench.core.profit.model import Refunds
from workbench.output.creators.text import DONE
from workbench.ui.creators.rows import listed


@pytest.fixture
def shop_with_deals(empty):
    """A shop with costs, prices, and two deals: one that pays, one that does not."""
    profit, deals, plan = empty.desk("profit"), empty.desk("creators"), empty.desk("promotions")
    for sku, price, goods in (("LAMP-WHT", "590", "210"), ("TENT-2P", "1990", "1100")):
        plan.set_price(sku, Decimal(price), empty.now() - timedelta(days=60))
        profit.set_cost(
            sku, packing=Decimal(6), shipping_out=Decimal(40), shipping_back=Decimal(35), lost_share=Decimal("0.3"),
            goods=Decimal(goods),
        )  # fmt: skip
    profit.refunds = lambda sku: Refunds(Decimal("0.057"), Decimal("0.036"), Decimal("0.089"), 212, 12)
    deals.add("camp.with.art", products=(Product("LAMP-WHT"), Product("TENT-2P")), rate=Decimal("0.12"))
    deals.add("ploy_daily", products=(Product("LAMP-WHT"),), rate=Decimal("0.1"))
    return empty


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (170, 50)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_both_views_open_in_every_size_and_language(shop_with_deals, open_app, size, language):
    i18n.use(language)
    app = open_app(shop_with_deals, start="creators")
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        assert "camp.with.art" in seen(app)
        await press(pilot, "f9")
        assert "LAMP-WHT" in seen(app)
        await press(pilot, "tab", "escape", "f9")
        assert "ploy_daily" in seen(app)


async def test_a_deal_is_acted_on_and_undone(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    deals = shop_with_deals.desk("creators")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert "Candidates" in seen(app)
        await press(pilot, "enter")
        assert "What happened?" in seen(app)
        await press(pilot, "1")
        assert deals.get(1).stage == "invited"
        assert "Ask creator again by Fri" in seen(app)
        await press(pilot, "r")
        assert deals.get(1).messages == 1
        await press(pilot, "u", "u")
        assert deals.get(1).stage == "candidate"


def test_a_date_stands_before_what_has_none_and_candidates_behind_it(shop_with_deals):
    deals = shop_with_deals.desk("creators")
    deals.add("june.daily", products=(Product("LAMP-WHT"),), rate=Decimal("0.1"))
    deals.act([1, 2], "invite")
    deals.act([2], "answered")
    now = shop_with_deals.now()
    dues = list(deals.dues(now, now + timedelta(days=90)))
    rows = listed(list(deals.all()), deals.running, dues, now, shop_with_deals.zone)
    assert [(row.deal.handle, row.group) for row in rows] == [
        ("camp.with.art", "Later"), ("ploy_daily", "No date"), ("june.daily", "Candidates"),
    ]  # fmt: skip


async def test_what_does_not_pay_is_agreed_on_with_a_reason(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    deals = shop_with_deals.desk("creators")
    for action in ("invite", "answered"):
        deals.act([1], action)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert "1 rate is too high." in seen(app)
        await press(pilot, "enter")
        assert "TENT-2P pays up to" in seen(app)
        await press(pilot, "enter")
        assert "Why all the same?" in seen(app)
        await press(pilot, "enter")
        assert deals.get(1).stage == "talking", "no reason, no deal"
        await write(pilot, "for the brand")
        await press(pilot, "enter")
        assert (deals.get(1).stage, deals.get(1).because) == ("agreed", "for the brand")


async def test_what_is_too_dear_is_offered_at_the_rate_that_pays(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    deals = shop_with_deals.desk("creators")
    for action in ("invite", "answered"):
        deals.act([1], action)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter", "2")
        assert "D-1" in seen(app)
        await press(pilot, "enter")
        assert deals.get(1).rate < Decimal("0.12")
        assert not deals.standing(deals.get(1)).too_high
        await press(pilot, "enter", "1")
        assert deals.get(1).stage == "agreed"
        await press(pilot, "enter")
        assert "set up the promotion" in seen(app)
        await press(pilot, "1")
        assert "New promotion with camp.with.art" in seen(app)
        await press(pilot, "enter")
        (made,) = shop_with_deals.desk("promotions").all()
        assert (made.deal, made.creator, [(each.sku, each.price) for each in made.items]) == (
            1, "camp.with.art", [("LAMP-WHT", Decimal(590)), ("TENT-2P", Decimal(1990))],
        )  # fmt: skip
        assert deals.promoted(deals.get(1))


async def test_the_ceiling_is_one_key_away(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "p")
        shown = seen(app)
        assert "LAMP-WHT pays up to 16.2 % commission" in shown
        assert "12 of 212 come back, 5.7 % (3.6 to 8.9)" in shown
        assert "each loses 200.82 and the" in shown
        assert "TENT-2P does not reach 20 % at its deal's 12 %." in shown
        await press(pilot, "equals_sign")
        await write(pilot, "500 12% r5.7%")
        assert "at \u0e3f500.00" in seen(app)
        await press(pilot, "escape")
        assert shop_with_deals.desk("promotions").list_prices("LAMP-WHT")[0].price == Decimal(590)


async def test_a_deal_is_reckoned_with_its_own_rate_until_one_leaves(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "p")
        assert "D-2 pays at 10 %." in seen(app)
        await press(pilot, "equals_sign", "escape")
        assert "D-2 pays at 10 %." in seen(app)
        await press(pilot, "f9", "f9")
        assert "TENT-2P does not reach 20 % at its deal's 12 %." in seen(app)


async def test_a_creator_and_a_cost_are_written_in_one_line(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await write(pilot, "@june.daily MUG-SET-4=360 8% followers=48200 open to 31 Dec")
        assert "followers 48,200" in seen(app)
        await press(pilot, "enter")
        added = shop_with_deals.desk("creators").get(3)
        assert (added.handle, added.rate, added.collaboration) == ("june.daily", Decimal("0.08"), "open")
        assert added.products == (Product("MUG-SET-4", Decimal("360.00")),)
        await press(pilot, "f9", "enter")
        await write(pilot, " lamps")
        await press(pilot, "enter")
        assert (
            shop_with_deals.desk("profit").cost_on("LAMP-WHT", shop_with_deals.desk("profit").today).category == "lamps"
        )
        assert "is part of the price your tax?" in seen(app)
        await press(pilot, "x")
        await write(pilot, "7%")
        assert "7 % of the price is your tax" in seen(app)
        await press(pilot, "enter")
        assert shop_with_deals.desk("profit").terms.price_tax == Decimal("0.07")
        assert "is part of the price your tax?" not in seen(app)


async def test_a_due_deal_stands_on_today_and_opens_there(shop_with_deals, open_app):
    shop_with_deals.desk("creators").act([2], "invite")
    app = open_app(shop_with_deals, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot)
        assert "Ask creator again" in seen(app)


async def test_an_empty_shop_is_told_how_to_begin(empty, open_app):
    app = open_app(empty, start="creators")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "No creators yet." in seen(app)
        await press(pilot, "enter", "p", "w", "f9", "enter", "equals_sign", "w", "t", "slash")
        await press(pilot, "escape")
        assert bar(app)


def test_the_invented_deals_tell_what_was_done_in_words_of_actions(whole_shop):
    told = {entry.what for deal in whole_shop.desk("creators").all() for entry in deal.story}
    assert told <= DONE.keys()


async def test_a_number_behind_a_product_is_its_price_as_in_the_line_of_a_promotion(shop_with_deals, open_app):
    app = open_app(shop_with_deals, start="creators")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await write(pilot, "@june.daily MUG-SET-4 360 TENT-2P 8% 59")
        await press(pilot, "enter")
        products = shop_with_deals.desk("creators").get(3).products
        assert products == (Product("MUG-SET-4", Decimal("360.00")), Product("TENT-2P"), Product("59"))
