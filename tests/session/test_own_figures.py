"""Own figures against a count by hand over random orders, reviews and cases."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from tests.intake.builders import csv_file, ordered
from tests.session.test_orders_kept import HEADER, Clock, opened
from workbench.session import Options, open_session
from workbench.session.alerts.desk import AlertDesk
from workbench.session.metrics.own import own_figure

PACIFIC = ZoneInfo("America/Los_Angeles")
FORM = "%m/%d/%Y %I:%M:%S %p"
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)  # noon in Los Angeles
FIRST_IMPORT = NOW - timedelta(days=4)
TODAY = date(2026, 11, 24)
HOLIDAYS = {date(2026, 11, 11), date(2026, 11, 26)}


def local(at):
    return at.astimezone(PACIFIC)


def printed(at):
    return "" if at is None else local(at).strftime(FORM)


class Sold:
    """Orders of 75 days: each with its products, its creator, when it left and arrived, what was paid back."""

    def __init__(self, seed):
        rand = self.rand = random.Random(seed)
        self.orders = {}
        for number in range(160):
            created = NOW - timedelta(minutes=rand.randrange(75 * 1440))
            if number < 2:  # a file tells of the days between its first and its last order
                created = NOW - timedelta(minutes=30 if number else 75 * 1440)
            left = created + timedelta(minutes=rand.randrange(60, 5 * 1440))
            fate = rand.choice(["sent"] * 7 + ["seller", "buyer"])
            self.orders[f"5769512807430{number:05}"] = {
                "created": created, "left": left, "fate": fate, "creator": rand.choice(["anna", "bo", None]),
                "there": left + timedelta(minutes=rand.randrange(1440, 9 * 1440)),
                "skus": rand.sample(["A", "B", "C"], rand.choice([1, 1, 2])), "back": rand.random() < 0.2,
            }  # fmt: skip

    def export(self, at):
        for number, order in self.orders.items():
            if order["created"] > at:
                continue
            over, sent = order["left"] <= at, order["fate"] == "sent"
            there = order["there"] if sent and order["there"] <= at else None
            for sku in order["skus"]:
                cells = {
                    "Order_ID": number, "SKU_ID": f"17299831154188{ord(sku)}", "Seller_SKU": sku, "Quantity": "1",
                    "Created_Time": printed(order["created"]), "Paid_Time": printed(order["created"]),
                    "Cancelation/Return Type": "", "Creator_Handle": order["creator"] or "",
                    "Order_Refund_Amount": "5.00" if there and order["back"] else "", "Order_Amount": "20.00",
                }  # fmt: skip
                if not over:
                    cells |= {"Order_Status": "To ship", "Order_Substatus": "Awaiting shipment"}
                elif sent:
                    cells |= {"Order_Status": "Shipped", "RTS_Time": printed(order["left"])}
                    cells |= {"Shipped_Time": printed(order["left"]), "Delivered_Time": printed(there)}
                else:
                    by = {"seller": "Seller", "buyer": "User"}[order["fate"]]
                    cells |= {"Order_Status": "Canceled", "Cancelled_Time": printed(order["left"]), "Cancel_By": by}
                yield ordered(**cells)

    @property
    def sent(self):
        return [order for order in self.orders.values() if order["fate"] == "sent"]


def days_back(at):
    return (TODAY - local(at).date()).days


def cut(at):
    return at.replace(second=0, microsecond=0)


@pytest.fixture(params=[1, 2, 3])
def sold(request, tmp_path):
    world = Sold(request.param)
    clock = Clock()
    shop = opened(tmp_path, "data", clock)
    for at in (FIRST_IMPORT, NOW):
        clock.now = at
        path = csv_file(tmp_path, list(world.export(at)), HEADER, name=f"orders{at.day}.csv")
        plans = shop.imports.preview([path])
        assert plans[0].error is None
        shop.imports.apply(plans)
    return world, shop


def figure(shop, id):
    return own_figure(shop, shop.desk("metrics").find(id))


def shares(found, by):
    return {part.name: (part.bad, part.total) for part in found.parts if part.by == by}


def test_paid_back_of_what_was_shipped_by_sku_and_creator(sold):
    world, shop = sold
    found = figure(shop, "sfrr")
    inside = [order for order in world.sent if order["left"] <= NOW and 0 <= days_back(order["left"]) < 60]
    back = [order for order in inside if order["back"] and order["there"] <= NOW]
    assert (found.numerator, found.denominator) == (len(back), len(inside))
    for by in ("sku", "creator"):
        expected = defaultdict(lambda: [0, 0])
        for order in inside:
            for name in order["skus"] if by == "sku" else [order["creator"]]:
                expected[name][0] += order in back
                expected[name][1] += 1
        expected.pop(None, None)
        assert shares(found, by) == {name: tuple(counts) for name, counts in expected.items()}


def test_bad_reviews_of_what_was_delivered(sold):
    world, shop = sold
    delivered = [
        (number, order) for number, order in world.orders.items()
        if order["fate"] == "sent" and order["there"] <= NOW and days_back(order["there"]) < 60
    ]  # fmt: skip
    bad = defaultdict(int)
    for at, (number, order) in enumerate(delivered[:12]):
        stars = 1 + at % 4
        opened_at = NOW - timedelta(days=5 * at)
        shop.tickets.add(
            kind="bad_review", order_id=number, sku=order["skus"][0], stars=stars, opened_at=opened_at
        )  # fmt: skip
        if stars <= 2 and days_back(opened_at) < 60:
            for name in ("", order["skus"][0], order["creator"]):
                bad[name] += 1
    found = figure(shop, "nrr")
    assert (found.numerator, found.denominator) == (bad[""], len(delivered))
    assert {name: counts[0] for name, counts in shares(found, "sku").items()} == {n: bad[n] for n in "ABC"}
    assert {name: counts[0] for name, counts in shares(found, "creator").items()} == {n: bad[n] for n in ("anna", "bo")}


def two_working_days(at):
    begin = local(at)
    if begin.weekday() > 4 or begin.date() in HOLIDAYS:
        begin = begin.replace(hour=0, minute=0, second=0, microsecond=0)
        while begin.weekday() > 4 or begin.date() in HOLIDAYS:
            begin += timedelta(days=1)
    left = 2
    while left:
        begin += timedelta(days=1)
        left -= begin.weekday() < 5 and begin.date() not in HOLIDAYS
    return begin


def test_late_dispatch_and_cancellations_from_the_orders_to_ship(sold):
    world, shop = sold
    late = on_time = by_seller = sent = 0
    for order in world.orders.values():
        known = any(order["created"] <= at < order["left"] for at in (FIRST_IMPORT, NOW))
        if not known:
            continue
        due = two_working_days(order["created"].replace(microsecond=0))
        if order["left"] > NOW:
            late += due <= NOW and days_back(due) < 30
        elif order["fate"] == "sent":
            sent += 1
            late += order["left"].replace(microsecond=0) >= due
            on_time += order["left"].replace(microsecond=0) < due
        else:
            by_seller += order["fate"] == "seller"
    found = figure(shop, "late")
    assert (found.numerator, found.denominator) == (late, late + on_time)
    cancels = figure(shop, "sfcr")
    assert (by_seller, sent) == (0, 0) or (cancels.numerator, cancels.denominator) == (by_seller, by_seller + sent)


def test_a_span_that_files_do_not_cover_is_unknown(sold, tmp_path):
    _world, shop = sold
    shop.now.now = NOW + timedelta(days=2)  # since the last import two days went by
    assert [figure(shop, id) for id in ("sfrr", "nrr", "late", "sfcr")] == [None] * 4
    assert shop.desk("metrics").eligible is None


def test_a_creator_whose_orders_come_back_is_an_alert_of_his_own(sold, tmp_path):
    world, shop = sold
    config = tmp_path / "creators.toml"
    config.write_text(
        '[shop]\nmarket = "US"\n[[alerts]]\nid = "back"\nmetric = "sfrr"\nis = "above"\nvalue = "15%"\n'
        'scope = "creator"\n'
    )  # fmt: skip
    desk: AlertDesk = open_session(Options(data=tmp_path / "data", config=config), shop.now).desk("alerts")
    expected = {}
    for name in ("anna", "bo"):
        mine = [
            order for order in world.sent
            if order["creator"] == name and order["left"] <= NOW and days_back(order["left"]) < 60
        ]  # fmt: skip
        back = [order for order in mine if order["back"] and order["there"] <= NOW]
        expected[f"back/creator:{name}"] = Fraction(len(back), len(mine)) > Fraction(15, 100)
    assert {alert.id: alert.fires for alert in desk.all()} == expected


def test_reviewed_handled_and_cleared_by_hand(tmp_path):
    """Cases of a Malaysian shop with every end there is, counted by the rules as they are written."""
    folder = tmp_path / "my"
    folder.mkdir()
    (folder / "settings.toml").write_text('[shop]\nmarket = "MY"\n')
    clock = Clock()
    zone = ZoneInfo("Asia/Kuala_Lumpur")
    clock.now = datetime(2026, 11, 24, 12, tzinfo=zone)
    shop = open_session(Options(data=folder / "data", config=folder / "settings.toml"), clock)
    rand = random.Random(5)
    hours, known, reviewed, cleared = Fraction(0), 0, [0, 0], [0, 0]
    evenings = set()
    for _ in range(40):
        begun = datetime(2026, 9, 1, tzinfo=zone) + timedelta(minutes=rand.randrange(84 * 1440))
        takes = timedelta(minutes=rand.randrange(10, 3 * 1440))
        end = rand.choice(["approve", "approve", "reject", "timeout", "withdrawn", "open"])
        [id] = shop.tickets.add(kind="refund_only", opened_at=begun).ids
        due = begun + timedelta(days=2)
        goal = min(due, begun + timedelta(hours=24))
        if begun.hour < 18:
            goal = min(goal, begun.replace(hour=0, minute=0) + timedelta(days=1))
        at = None
        if end != "open" and begun + takes <= clock.now:
            at = begun + takes
            shop.tickets.act([id], end, at=at)
        over = at or clock.now
        inside = at is not None and (clock.now.date() - at.date()).days < 60
        if at is not None and inside and end not in ("timeout",):
            known += 1
            hours += Fraction(int((at - begun).total_seconds()), 3600)
        # reviewed in time this month: by the deadline, on the day it ended or passed
        missed = due <= over or end == "timeout"
        moment = min(due, over) if missed else at
        if moment is not None and moment >= datetime(2026, 11, 1, tzinfo=zone):
            if missed:
                reviewed[1] += 1
            elif end != "withdrawn":
                reviewed[0] += 1
        # cleared: by the goal, on the day of the goal
        day = (goal - timedelta(microseconds=1)).date()
        if (clock.now.date() - day).days < 30 and day <= clock.now.date():
            if at is not None and at < goal and end != "timeout":
                cleared[0] += end != "withdrawn"
            elif (at is not None and (at >= goal or end == "timeout")) or goal <= clock.now:
                cleared[1] += 1
        night = goal.replace(hour=0, minute=0) + timedelta(days=0 if goal.hour == goal.minute == 0 else 1)
        while night <= over and (at is None or night < at):
            evenings.add((night - timedelta(days=1)).date())
            night += timedelta(days=1)
    found = figure(shop, "reviewed_refund_only")
    assert (found.numerator, found.denominator) == (reviewed[0], sum(reviewed))
    handled = figure(shop, "handling")
    assert (handled.denominator, handled.value) == (known, hours / known)
    clear = figure(shop, "cleared")
    assert (clear.numerator, clear.denominator) == (cleared[0], sum(cleared))
    streak = 0
    while clock.now.date() - timedelta(days=streak + 1) not in evenings and streak < 30:
        streak += 1
    assert clear.streak == streak
