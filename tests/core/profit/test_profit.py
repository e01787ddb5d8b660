"""Profit against a model of its own, in fractions, that knows none of the code under test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor as down

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.profit.account import Asked, account
from workbench.core.profit.limits import Case
from workbench.core.profit.model import Cost, Fee, Refunds, Terms, in_force
from workbench.core.profit.refunds import refunds, wilson

DAY = date(2026, 11, 24)


def fee(id: str, **parts: object) -> Fee:
    return Fee(id=id, name={"en": id}, **parts)  # type: ignore[arg-type]


def half_up(value: Fraction, places: int) -> Fraction:
    scale = 10**places
    return Fraction(down(value * scale + Fraction(1, 2)), scale)


def model(price, commission, cost, fees, terms, rate) -> Fraction:
    """The expected profit of one shipped order."""
    p, k = Fraction(price), terms.places
    paid = max(Fraction(0), p + Fraction(terms.shipping_paid) - Fraction(terms.platform_discount))
    amounts: dict[str, Fraction] = {}
    for each in fees:
        if each.rate is None:
            amounts[each.id] = half_up(Fraction(each.amount), k)
            continue
        base = {"price": p, "paid": paid, "paid_and_platform": paid + Fraction(terms.platform_discount)}.get(each.base)
        if base is None:
            base = amounts[each.base.removeprefix("fee:")]
        amount = half_up(Fraction(each.rate) * base, k)
        amounts[each.id] = amount if each.cap is None else min(amount, Fraction(each.cap))
    charged = half_up(Fraction(commission) * p, k)
    tax = half_up(Fraction(terms.price_tax) * p, k)
    on_order = sum(amounts[each.id] for each in fees if each.on == "order")
    kept = p - tax - Fraction(cost.goods) - Fraction(cost.packing) - Fraction(cost.shipping_out) - on_order - charged
    lost = Fraction(cost.packing) + Fraction(cost.shipping_out) + Fraction(cost.shipping_back)
    lost += sum(amounts[each.id] for each in fees if each.kept_on_refund or each.on == "refund")
    lost += Fraction(cost.lost_share) * Fraction(cost.goods) + Fraction(terms.commission_kept) * charged
    r = Fraction(rate)
    return (1 - r) * kept - r * lost


places = st.sampled_from([0, 2])


@st.composite
def shops(draw):
    k = draw(places)
    unit = Decimal(1).scaleb(-k)

    def money(low: int, high: int) -> Decimal:
        return draw(st.integers(low, high)) * unit

    share = st.integers(0, 3000).map(lambda n: Decimal(n) / 10000)
    fees = [
        fee(
            f"f{n}", rate=draw(share), base=draw(st.sampled_from(["price", "paid", "paid_and_platform"])),
            cap=draw(st.none() | st.integers(1, 900).map(lambda n: n * unit)), kept_on_refund=draw(st.booleans()),
        )
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    if draw(st.booleans()):
        fees.append(fee("fixed", amount=money(0, 300), kept_on_refund=draw(st.booleans())))
    if fees and draw(st.booleans()):
        fees.append(fee("admin", rate=Decimal("0.2"), base=f"fee:{fees[0].id}", cap=money(0, 500), on="refund"))
    cost = Cost(
        sku="A", since=DAY, goods=money(0, 9000), packing=money(0, 500), shipping_out=money(0, 2000),
        shipping_back=money(0, 2000), lost_share=draw(share),
    )  # fmt: skip
    terms = Terms(
        places=k, target=Decimal("0.2"), shipping_paid=money(0, 400), platform_discount=money(0, 400),
        price_tax=draw(st.sampled_from([Decimal(0), Decimal("0.07")])),
        commission_kept=draw(st.sampled_from([Decimal(0), Decimal(1)])),
    )  # fmt: skip
    return cost, tuple(fees), terms, money(1, 40000)


rates = st.integers(0, 100).map(lambda n: Decimal(n) / 100)
targets = st.sampled_from([Decimal(0), Decimal("0.2"), Decimal("0.35")])


@settings(deadline=None)
@given(shops(), st.integers(0, 8000), rates)
def test_what_is_expected_is_what_the_model_says(shop, steps, rate):
    cost, fees, terms, price = shop
    commission = steps * Decimal("0.0001")
    found = Case(cost, fees, terms).expected(price, commission, rate)
    assert Fraction(found) == model(price, commission, cost, fees, terms, rate)


@settings(deadline=None)
@given(shops(), rates, targets)
def test_the_ceiling_pays_and_one_step_more_does_not(shop, rate, target):
    cost, fees, terms, price = shop
    found = Case(cost, fees, terms).ceiling(price, rate, target)

    def pays(commission: Decimal, refunds: Decimal = rate) -> bool:
        return model(price, commission, cost, fees, terms, refunds) >= Fraction(target) * Fraction(price)

    if found.rate is None:
        assert rate == 1 or not pays(Decimal(0))
        assert found.why == ("refunds" if pays(Decimal(0), Decimal(0)) else "cost")
    else:
        assert pays(found.rate)
        assert found.rate == terms.highest or not pays(found.rate + Decimal("0.0001"))


@settings(deadline=None, max_examples=40)
@given(shops(), rates, targets, st.integers(0, 3000))
def test_the_lowest_price_pays_and_a_hundred_above_it_do(shop, rate, target, steps):
    cost, fees, terms, _price = shop
    commission = steps * Decimal("0.0001")
    unit = Decimal(1).scaleb(-terms.places)

    def pays(price: Decimal) -> bool:
        return model(price, commission, cost, fees, terms, rate) >= Fraction(target) * Fraction(price)

    found = Case(cost, fees, terms).lowest_price(commission, rate, target)
    if found is not None:
        assert all(pays(found + n * unit) for n in range(101))
        # The price below it does not pay, and no hundred in a row do further down.
        assert found == 0 or not pays(found - unit)
        assert not all(pays(max(found - n * unit, Decimal(0))) for n in range(2, 103)) or found < 103 * unit
    else:
        parts = cost.goods + cost.packing + cost.shipping_out + cost.shipping_back
        assert not all(pays(100 * parts + n * unit) for n in range(101))


def test_the_lowest_price_where_hardly_anything_is_left_of_a_higher_one():
    """Fees that take all but a hundredth of what a price rises by: roundings decide, over thousands of prices."""
    terms = Terms(places=2, target=Decimal("0.2"))
    cost = Cost(
        sku="A", since=DAY, goods=Decimal(1), packing=Decimal(0), shipping_out=Decimal(0), shipping_back=Decimal(0),
        lost_share=Decimal(0),
    )  # fmt: skip
    fees = tuple(fee(f"f{n}", rate=Decimal("0.133")) for n in range(6))
    asked = 0

    class Counted(Case):
        def expected(self, price, commission, refund_rate):
            nonlocal asked
            asked += 1
            return super().expected(price, commission, refund_rate)

    case = Counted(cost, fees, terms)
    assert case.lowest_price(Decimal("0.001"), Decimal(0), terms.target) is None
    assert case.lowest_price(Decimal(0), Decimal(0), Decimal("0.199")) is None
    found = case.lowest_price(Decimal(0), Decimal(0), Decimal("0.19"))
    assert found is not None
    assert asked < 5000
    steps = [found + n * Decimal("0.01") for n in range(-1, 101)]
    meets = [case.pays(price, Decimal(0), Decimal(0), Decimal("0.19")) for price in steps]
    assert meets == [False] + [True] * 101


def test_the_mock_of_a_lamp():
    terms = Terms(places=2, target=Decimal("0.2"))
    cost = Cost(
        sku="LAMP-WHT", since=DAY, goods=Decimal(210), packing=Decimal(6), shipping_out=Decimal(40),
        shipping_back=Decimal("31.02"), lost_share=Decimal("0.07"),
    )  # fmt: skip
    fees = (
        fee("commission", rate=Decimal("0.0749")),
        fee("growth", rate=Decimal("0.0642"), cap=Decimal(199), kept_on_refund=True),
        fee("transaction", rate=Decimal("0.0321"), base="paid"),
    )
    found = account(Asked(Decimal(590), Decimal("0.1"), terms.target), cost, fees, terms, refunds((12, 212), None))
    assert [(step.what, step.amount) for step in found.steps[:-2]] == [
        ("price", 590), ("goods", -210), ("packing", -6), ("shipping", -40), ("fee:commission", Decimal("-44.19")),
        ("fee:growth", Decimal("-37.88")), ("fee:transaction", Decimal("-18.94")), ("commission", Decimal("-59.00")),
        ("kept", Decimal("173.99")),
    ]  # fmt: skip
    assert found.order.lost == Decimal("129.6")
    assert found.steps[-2].amount.quantize(Decimal("0.01")) == Decimal("-17.18")
    assert found.expected is not None
    assert found.expected.quantize(Decimal("0.01")) == Decimal("156.81")
    assert found.ceiling.rate == Decimal("0.1697")


def test_the_range_of_a_rate():
    low, high = wilson(12, 212)
    assert (round(low, 3), round(high, 3)) == (Decimal("0.036"), Decimal("0.089"))
    assert wilson(0, 40)[0] == 0
    assert wilson(40, 40)[1] == 1


def test_too_few_orders_take_the_shops_rate():
    assert refunds((1, 29), (30, 300)) == Refunds(Decimal("0.1"), *wilson(30, 300), 300, 30, True)
    assert refunds((1, 29), (2, 29)) == Refunds(None, None, None, 29, 1)
    assert refunds((3, 30), None).value == Decimal("0.1")


def test_which_fee_holds():
    fees = (
        fee("a", rate=Decimal(1), effective=date(2026, 1, 1)),
        fee("a", rate=Decimal(2), effective=date(2026, 6, 1)),
        fee("a", rate=Decimal(3), effective=date(2027, 1, 1)),
        fee("a", rate=Decimal(4), category="lamps", effective=date(2025, 1, 1)),
    )
    assert [each.rate for each in in_force(fees, None, DAY)] == [2]
    assert [each.rate for each in in_force(fees, "lamps", DAY)] == [4]
    assert [each.rate for each in in_force(fees, "chairs", date(2026, 2, 1))] == [1]
