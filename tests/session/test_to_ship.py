"""Orders to ship from order files: against a count by hand over random files, and each rule on its own."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.intake.builders import csv_file, ordered
from tests.session.test_orders_kept import HEADER, Clock, opened
from workbench.core.saying import Refusal
from workbench.i18n import render

PACIFIC = ZoneInfo("America/Los_Angeles")
FORM = "%m/%d/%Y %I:%M:%S %p"


def printed(at):
    return "" if at is None else at.astimezone(PACIFIC).strftime(FORM)


class World:
    """Orders that live on by themselves, and what an export of a moment shows of them."""

    def __init__(self, seed, begin):
        self.random = random.Random(seed)
        self.orders = {}
        for number in range(self.random.randint(4, 14)):
            created = begin + timedelta(minutes=self.random.randrange(6 * 1440))
            rows = []
            fate = self.random.choice(["sent", "sent", "open", "cancelled"])
            for row in range(self.random.choice([1, 1, 2])):
                after = timedelta(minutes=self.random.randrange(10, 5 * 1440))
                rows.append({"sku": f"S-{row}", "quantity": self.random.randint(1, 3), "ends": created + after})
            self.orders[f"5769512807430{number:05}"] = {
                "created": created, "rows": rows, "fate": fate, "pre": self.random.random() < 0.2,
                "known": self.random.random() < 0.7, "who": self.random.choice(["User", "Seller", "System"]),
            }  # fmt: skip

    def state(self, order, row, at):
        return order["fate"] if order["fate"] != "open" and row["ends"] <= at else "open"

    def export(self, at, only_open):
        """The rows of an export made at that moment; `only_open` is the tab of what is to be shipped."""
        shown = []
        for number, order in self.orders.items():
            if order["created"] > at:
                continue
            states = [self.state(order, row, at) for row in order["rows"]]
            if only_open and "open" not in states:
                continue
            for row, state in zip(order["rows"], states, strict=True):
                cells = {
                    "Order_ID": number, "SKU_ID": f"17299831154188{row['sku'][-1]}", "Seller_SKU": row["sku"],
                    "Quantity": str(row["quantity"]), "Created_Time": printed(order["created"]),
                    "Paid_Time": printed(order["created"]), "Cancelation/Return Type": "",
                    "Normal_or_Pre-order": "Pre-order" if order["pre"] else "Normal",
                }  # fmt: skip
                if state == "sent":
                    cells |= {"Order_Status": "To ship", "Order_Substatus": "Awaiting collection"}
                    cells |= {"RTS_Time": printed(row["ends"])} if order["known"] else {}
                elif state == "cancelled":
                    cells |= {"Order_Status": "Canceled", "Cancelled_Time": printed(row["ends"])}
                    cells |= {"Cancel_By": order["who"]}
                else:
                    cells |= {"Order_Status": "To ship", "Order_Substatus": "Awaiting shipment"}
                shown.append(ordered(**cells))
        return shown


#: The public holidays of the weeks that are looked at, from a calendar on paper.
OFF = {date(2026, 11, 26), date(2025, 12, 25), date(2026, 1, 1)}


def two_working_days(at):
    """By hand, on the wall clock of the shop."""
    wall = at.astimezone(PACIFIC).replace(tzinfo=None)
    while wall.weekday() >= 5 or wall.date() in OFF:
        wall = datetime.combine(wall.date() + timedelta(days=1), datetime.min.time())
    for _ in range(2):
        wall += timedelta(days=1)
        while wall.weekday() >= 5 or wall.date() in OFF:
            wall += timedelta(days=1)
    return min(wall.replace(tzinfo=PACIFIC, fold=fold).astimezone(UTC) for fold in (0, 1))


def last_day(at):
    return (at - timedelta(seconds=1)).astimezone(PACIFIC).date()


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("begin", ["2026-03-04T08:00:00+00:00", "2026-10-28T07:00:00+00:00"])
def test_against_a_count_by_hand(tmp_path, seed, begin):
    begin = datetime.fromisoformat(begin)
    world, clock = World(seed, begin), Clock()
    clock.now = begin
    shop = opened(tmp_path, "data", clock)
    #: By order number: "open", "sent", "cancelled" or "missing", as whoever reads the files one by one must hold it.
    believed, own = {}, None
    for step in range(1, 5):
        clock.now = begin + timedelta(days=2 * step, hours=world.random.randrange(24))
        at, only_open = clock.now - timedelta(minutes=1), world.random.random() < 0.4
        rows = world.export(at, only_open)
        if not rows:
            continue
        plans = shop.imports.preview([csv_file(tmp_path, rows, HEADER)], as_of=at)
        counted = dict(plans[0].ship_counts)
        shop.imports.apply(plans)
        assert dict(plans[0].ship_counts) == counted
        shown = {row["Order ID"] for row in rows}
        created = [world.orders[number]["created"].replace(second=0) for number in shown]
        for number, order in world.orders.items():
            states = [world.state(order, row, at) for row in order["rows"]]
            was = believed.get(number)
            if number in shown and "open" in states:
                believed[number] = "open"
            elif number in shown and was in ("open", "missing"):
                believed[number] = states[0]
            elif number not in shown and was == "open" and min(created) <= order["created"] <= max(created):
                believed[number] = "missing"
        desk = shop.desk("orders").shipping
        expected = {}
        for number, what in believed.items():
            if what == "open":
                order = world.orders[number]
                due = None if order["pre"] else two_working_days(order["created"])
                expected.setdefault(due and last_day(due), {})[number] = due
        days = {day.day: {ticket.order_id: ticket.due_at for ticket in day.tickets} for day in desk.days()}
        assert days == expected
        for day in desk.days():
            assert day.late == sum(due is not None and due <= clock.now for due in expected[day.day].values())
            pieces = sum(
                row["quantity"]
                for number in expected[day.day]
                for row in world.orders[number]["rows"]
                if world.state(world.orders[number], row, at) == "open" or number not in shown
            )
            assert day.pieces == pieces or any(number not in shown for number in expected[day.day])
        gone = {ticket.order_id for each in desk.missing() for ticket in each.tickets}
        assert gone == {number for number, what in believed.items() if what == "missing"}
        own = at
    for ticket in shop.tickets.all(archived=True):
        if ticket.kind == "ship" and ticket.stage == "closed":
            order, what = world.orders[ticket.order_id], believed[ticket.order_id]
            assert what == {"sent": "sent", "withdrawn": "cancelled"}[ticket.outcome]
            ends = max(row["ends"] for row in order["rows"])
            assert ticket.closed_unknown == (what == "sent" and not order["known"])
            if not ticket.closed_unknown:
                assert ticket.closed_at == ends.replace(second=0)
            if what == "cancelled":
                assert ticket.cancelled_by == {"User": "buyer", "Seller": "seller", "System": "platform"}[order["who"]]
    brief = shop.today()
    assert (brief.overdue, brief.due_today, brief.due_tomorrow, brief.waiting, brief.next) == (0, 0, 0, 0, ())
    assert shop.tickets.queue() == [] == shop.tickets.queue("", closed=True)
    assert not shop.safety.check().problems, own
    for _ in range(len(shop.history())):
        shop.undo()
    assert not shop.store.table("tickets")
    assert not shop.store.kept_files()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "begin", ["2026-11-22T07:00:00+00:00", "2025-12-22T07:00:00+00:00", "2026-03-05T08:00:00+00:00"]
)
def test_in_whatever_order_the_files_come_the_newest_of_each_order_counts(tmp_path, seed, begin):
    """Against a count over all files at once: weeks with holidays, cash on delivery, what the platform ships."""
    begin = datetime.fromisoformat(begin)
    world, clock = World(seed, begin), Clock()
    clock.now = begin + timedelta(days=12)
    shop = opened(tmp_path, "data", clock)
    by_platform = set(world.random.sample(sorted(world.orders), 2))
    on_delivery = set(world.random.sample(sorted(world.orders), 3))
    files = []
    for step in range(1, 5):
        at = begin + timedelta(days=2 * step, hours=world.random.randrange(24))
        rows = world.export(at, world.random.random() < 0.5)
        for row in rows:
            row["Fulfillment Type"] = "Fulfilled by TikTok" if row["Order ID"] in by_platform else "Fulfilled by seller"
            if row["Order ID"] in on_delivery:
                row["Paid Time"] = ""
        if rows:
            files.append((at, rows))
    again = world.random.sample(files, 1)
    for at, rows in [*world.random.sample(files, len(files)), *again]:
        shop.imports.apply(shop.imports.preview([csv_file(tmp_path, rows, HEADER)], as_of=at))
    still, gone = {}, set()
    for number, order in world.orders.items():
        shown = [at for at, rows in files if number in {row["Order ID"] for row in rows}]
        if not shown or number in by_platform:
            continue
        states = [world.state(order, row, max(shown)) for row in order["rows"]]
        if "open" not in states:
            continue
        later = [[world.orders[row["Order ID"]]["created"] for row in rows] for at, rows in files if at > max(shown)]
        if any(min(times) <= order["created"] <= max(times) for times in later):
            gone.add(number)
            continue
        due = None if order["pre"] else two_working_days(order["created"])
        pieces = sum(row["quantity"] for row, state in zip(order["rows"], states, strict=True) if state == "open")
        still.setdefault(due and last_day(due), {})[number] = due, pieces
    desk = shop.desk("orders").shipping
    assert {ticket.order_id for each in desk.missing() for ticket in each.tickets} == gone
    days = {
        day.day: {
            ticket.order_id: (ticket.due_at, sum(line.quantity for line in ticket.lines)) for ticket in day.tickets
        }
        for day in desk.days()
    }
    assert days == still
    assert not shop.safety.check().problems


NOW = datetime(2026, 11, 18, 18, tzinfo=UTC)
ORDER = "576951280743050954"


@pytest.fixture
def clock():
    found = Clock()
    found.now = NOW
    return found


@pytest.fixture
def shop(tmp_path, clock):
    return opened(tmp_path, "data", clock)


def bring(shop, folder, *rows, as_of=None):
    plans = shop.imports.preview([csv_file(folder, rows, HEADER)], as_of=as_of or shop.now() - timedelta(minutes=1))
    assert plans[0].error is None, plans[0].error
    return shop.imports.apply(plans)[0]


def row(**cells):
    return ordered(**{"Cancelation/Return Type": "", "Order_Substatus": "Awaiting shipment", **cells})


def ships(shop):
    return [ticket for ticket in shop.tickets.all() if ticket.kind == "ship"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, 1),
        ({"Order_Substatus": ""}, 1),
        ({"Paid_Time": ""}, 1),
        ({"Order_Substatus": "On hold"}, 0),
        ({"Order_Status": "Unpaid"}, 0),
        ({"RTS_Time": "11/16/2026 08:00:00 AM"}, 0),
        ({"Shipped_Time": "11/16/2026 08:00:00 AM"}, 0),
        ({"Delivered_Time": "11/16/2026 08:00:00 AM"}, 0),
        ({"Cancelled_Time": "11/16/2026 08:00:00 AM"}, 0),
        ({"Fulfillment_Type": "fulfilled by TikTok"}, 0),
        ({"Fulfillment_Type": "Fulfilled by seller"}, 1),
        ({"Order_Substatus": "Awaiting collection"}, 0),
    ],
)
def test_which_rows_are_to_be_shipped(shop, tmp_path, cells, expected):
    assert bring(shop, tmp_path, row(**cells)).ship_counts["new"] == expected
    assert len(ships(shop)) == expected


def test_an_order_begins_when_it_was_paid_else_created_and_has_no_external_id(shop, tmp_path):
    bring(shop, tmp_path, row(), row(Order_ID=ORDER[:-1] + "5", Paid_Time=""))
    first, second = ships(shop)
    assert (first.external_id, first.order_id) == (None, ORDER)
    assert first.opened_at - second.opened_at == timedelta(minutes=1)
    assert shop.tickets.find(ORDER) == first


def test_the_platform_cancels_in_thailand_and_counts_elsewhere(tmp_path, clock):
    kinds = {}
    for market in ("US", "TH", "generic"):
        settings = tmp_path / "settings.toml"
        settings.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
        from workbench.session import Options, open_session

        shop = open_session(Options(data=tmp_path / market, config=settings), clock)
        day = {"Created_Time": "2026-11-16 10:00:00", "Paid_Time": "2026-11-16 10:00:00"}
        bring(shop, tmp_path, row(**day))
        (ship,) = ships(shop)
        assert ship.deadline.at.astimezone(shop.zone).replace(tzinfo=None) == datetime(2026, 11, 18, 10)  # noqa: DTZ001
        kinds[market] = ship.deadline.kind, ship.deadline.on_timeout, ship.deadline.assumed
    assert kinds == {
        "US": ("rate", "counted", False), "TH": ("platform", "cancelled", False), "generic": ("rate", "counted", True),
    }  # fmt: skip


REQUEST = {"Cancelation/Return Type": "Cancel"}


def test_a_request_holds_the_order_and_its_answer_moves_both_in_one_step(shop, tmp_path):
    bring(shop, tmp_path, row(**REQUEST))
    (ship,) = ships(shop)
    due = ship.due_at
    (request,) = shop.tickets.queue()
    assert (ship.turn, ship.held, due is not None) == ("buyer", True, True)
    assert shop.tickets.find(ORDER) == request
    assert shop.today().ship == ()
    for deed, of, outcome, by, other in (
        ("approve", request, "withdrawn", "buyer", "refunded"),
        ("sent", ship, "sent", None, "rejected"),
        ("cannot_ship", ship, "withdrawn", "seller", "withdrawn"),
    ):
        shop.tickets.act([of.id], deed)
        after, answered = shop.tickets.get(ship.id), shop.tickets.get(request.id)
        assert (after.outcome, after.cancelled_by, answered.outcome) == (outcome, by, other)
        shop.undo()
        assert (shop.tickets.get(ship.id), shop.tickets.get(request.id)) == (ship, request)
    shop.tickets.act([request.id], "reject")
    back = shop.tickets.get(ship.id)
    assert (back.turn, back.held, back.due_at) == ("seller", False, due)
    assert len(shop.today().ship) == 1
    shop.tickets.reopen([request.id])
    assert shop.tickets.get(ship.id).held
    shop.undo()
    shop.undo()
    assert shop.tickets.get(ship.id).held


def test_what_was_missing_is_sent_at_a_time_unknown_and_comes_back_where_a_file_shows_it(shop, tmp_path, clock):
    other = [row(Order_ID=f"57695128074305095{n}", Created_Time=f"11/{12 + n}/2026 10:00:00 AM") for n in range(3)]
    bring(shop, tmp_path, *other)
    clock.now += timedelta(hours=2)
    plan = bring(shop, tmp_path, other[0], other[2])
    assert plan.ship_counts["missing"] == 1
    desk = shop.desk("orders").shipping
    (gone,) = desk.missing()
    assert (gone.since, len(gone.tickets)) == (clock.now - timedelta(minutes=1), 1)
    brief = shop.today()
    assert [(due.asks, due.tell().count) for due in brief.asks] == [("ship_missing", 1)]
    assert sum(len(day.tickets) for day in brief.ship) == 2
    clock.now += timedelta(hours=2)
    bring(shop, tmp_path, *other)
    assert desk.missing() == []
    shop.undo()
    desk.sent_sometime([ticket.id for ticket in gone.tickets])
    after = shop.tickets.get(gone.tickets[0].id)
    assert (after.outcome, after.closed_unknown) == ("sent", True)
    shop.undo()
    assert len(desk.missing()) == 1


def test_an_older_file_moves_nothing_back(shop, tmp_path, clock):
    bring(shop, tmp_path, row(RTS_Time="11/17/2026 08:00:00 AM"), row(Order_ID=ORDER[:-1] + "5"))
    plan = bring(shop, tmp_path, row(Order_ID=ORDER[:-1] + "5", Quantity="7"), as_of=clock.now - timedelta(days=1))
    assert not +plan.ship_counts
    assert ships(shop)[0].lines[0].quantity == 1


def test_sent_here_and_still_open_in_a_newer_file_it_comes_back(shop, tmp_path, clock):
    bring(shop, tmp_path, row())
    (ship,) = ships(shop)
    desk = shop.desk("orders").shipping
    desk.sent([ship.id])
    assert bring(shop, tmp_path, row(), as_of=clock.now - timedelta(hours=1)).ship_counts["new"] == 0
    clock.now += timedelta(days=2)
    shop.tickets.add(kind="message")  # the first save of the next day archives it
    assert not ships(shop)
    assert bring(shop, tmp_path, row()).ship_counts["new"] == 1
    (again,) = ships(shop)
    assert (again.id, again.stage) == (ship.id, "ship")


def test_sent_of_what_is_not_there_is_refused(shop):
    with pytest.raises(Refusal):
        shop.desk("orders").shipping.sent([])


def test_the_clock_of_a_request_begins_after_the_last_file_without_it(shop, tmp_path, clock):
    bring(shop, tmp_path, row())
    clean = clock.now - timedelta(minutes=1)
    clock.now += timedelta(hours=5)
    bring(shop, tmp_path, row(**REQUEST))
    (request,) = shop.tickets.queue()
    assert request.stage_since == clean
    assert request.due_at == clean + timedelta(hours=24)
    assert request.deadline.latest == clock.now - timedelta(minutes=1) + timedelta(hours=24)
    assert request.opened_at < clean


def test_orders_stand_in_no_list_but_their_own(shop, tmp_path):
    bring(shop, tmp_path, row())
    (ship,) = ships(shop)
    queue = shop.tickets.queue
    assert queue() == queue("lamp") == queue("-kind:message") == queue("-kind:ship") == []
    assert queue("kind:ship") == queue(ship.ref) == queue(ORDER) == queue("kind:ship lamp") == [ship]
    brief = shop.today()
    assert (brief.overdue, brief.due_today, brief.due_tomorrow, brief.waiting) == (0, 0, 0, 0)
    (line,) = brief.agenda.lines
    assert (line.place.domain, line.place.id, line.alarms) == ("orders", "2026-11-17", ())
    assert line.late(shop.now())
    assert date(2026, 11, 17) == brief.ship[0].day
    before = shop.days()
    shop.desk("orders").shipping.sent([ship.id])
    assert shop.days() == before


def test_the_history_tells_of_orders_where_a_file_has_no_cases(shop, tmp_path):
    bring(shop, tmp_path, row(), row(Order_ID="576951280743012271"))
    bring(shop, tmp_path, row(**REQUEST))
    said = [render(entry.text) for entry in shop.history()]
    assert [text.partition(" imported, ")[2] for text in said] == ["1 case changed", "2 orders to ship changed"]
