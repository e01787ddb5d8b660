"""Rows of the order export: pending cancel requests, orders that are over, the description row."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from tests.intake.builders import ORDERS, US, csv_file, ordered, reading
from workbench.core.money import Money
from workbench.i18n import render

SHIPPED = {"Shipped_Time": "11/16/2026 08:00:00 AM\t"}
CANCELLED = {"Cancelled_Time": "11/17/2026 08:00:00 AM\t"}
AT_SHIPPED = datetime(2026, 11, 16, 16, tzinfo=UTC)
AT_CANCELLED = datetime(2026, 11, 17, 16, tzinfo=UTC)


def orders(folder, *rows, rules=US, header=ORDERS):
    return reading(csv_file(folder, rows, header), rules)


@pytest.mark.parametrize("type", ["Cancel", " cancel\t", "取消"])
def test_a_cancel_request_without_an_end_is_a_ticket(tmp_path, type):
    rules = msgspec.structs.replace(US, types={"取消": "Cancel"})
    read = orders(tmp_path, ordered(**{"Cancelation/Return Type": type}), rules=rules)
    (seen,) = read.sightings
    assert (seen.kind, seen.stage, seen.external_id, seen.order_id) == (
        "cancel", "decide", "576951280743050954", "576951280743050954",
    )  # fmt: skip
    assert seen.since == datetime(2026, 11, 15, 21, 31, tzinfo=UTC)
    assert seen.due_floor == read.as_of == datetime(2026, 11, 15, 21, 32, tzinfo=UTC)
    assert (seen.reason, seen.buyer, seen.sku) == ("No longer needed", "buyer_2", "LAMP-01")
    assert read.orders == {}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (SHIPPED, ("shipped", AT_SHIPPED)),
        (CANCELLED, ("cancelled", AT_CANCELLED)),
        (SHIPPED | CANCELLED, ("cancelled", AT_CANCELLED)),
        ({"Cancelation/Return Type": "", "Order Status": "Shipped"}, ("shipped", None)),
        ({"Cancelation/Return Type": "", "Order Status": "Completed"} | SHIPPED, ("shipped", AT_SHIPPED)),
        ({"Cancelation/Return Type": "Return/Refund", "Order Status": "Dibatalkan"}, ("cancelled", None)),
        ({"Cancelation/Return Type": "", "Order Status": "To ship"}, None),
    ],
)
def test_an_order_that_is_over_is_no_ticket_but_told(tmp_path, cells, expected):
    rules = msgspec.structs.replace(US, status={"Dibatalkan": "Canceled"})
    read = orders(tmp_path, ordered(**cells), rules=rules)
    assert read.sightings == []
    assert read.orders == ({"576951280743050954": expected} if expected else {})


def test_the_other_spelling_of_the_cancel_time(tmp_path):
    header = ["Canceled Time" if name == "Cancelled Time" else name for name in ORDERS]
    row = ordered() | {"Canceled Time": "11/17/2026 08:00:00 AM"}
    assert orders(tmp_path, row, header=header).orders == {"576951280743050954": ("cancelled", AT_CANCELLED)}


def test_rows_of_an_order_are_its_lines_and_its_amount_is_taken_once(tmp_path):
    first = ordered(Order_Amount="43.05", SKU_Subtotal_After_Discount="23.05")
    second = ordered(
        Order_Amount="43.05", SKU_Subtotal_After_Discount="20", SKU_ID="17299", Seller_SKU="", Product_Name="Shade"
    )
    read = orders(tmp_path, first, second)
    (seen,) = read.sightings
    assert seen.money == Money(Decimal("43.05"), "USD")
    assert seen.largest == Money(Decimal("23.05"), "USD")
    assert [(line.sku, line.price) for line in seen.lines] == [("LAMP-01", "23.05"), ("17299", "20")]
    assert read.skus == {"LAMP-01": "Desk lamp", "17299": "Shade"}


def test_one_pending_line_keeps_the_order_open(tmp_path):
    read = orders(tmp_path, ordered(**CANCELLED), ordered(SKU_ID="17299"))
    assert len(read.sightings) == 1
    assert read.orders == {}


def test_the_description_row_is_no_row(tmp_path):
    described = {name: f"About {name.lower()}." for name in ORDERS}
    read = orders(tmp_path, described, ordered())
    assert (read.rows, read.refused, read.unknown, len(read.sightings)) == (1, [], [], 1)
    assert "About seller sku." not in read.skus


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"Order_ID": ""}, "It has no Order ID."),
        ({"Order_ID": "5769A"}, 'Its Order ID "5769A" is not a number.'),
        ({"Created_Time": ""}, "It has no time of creation."),
        ({"Created_Time": "yesterday"}, 'Its time of creation "yesterday" is not a time.'),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, cells, why):
    read = orders(tmp_path, ordered(**cells), ordered())
    assert [(refused.row, render(refused.why)) for refused in read.refused] == [(2, why)]
    assert len(read.sightings) == 1


def test_an_unknown_type_is_told(tmp_path):
    read = orders(tmp_path, ordered(**{"Cancelation/Return Type": "Pembatalan"}))
    assert [(word.text, word.rows) for word in read.unknown] == [("Pembatalan", 1)]
    assert read.sightings == []


def test_nothing_personal_is_kept(tmp_path):
    described = {name: f"About {name.lower()}." for name in ORDERS}
    row = ordered(Buyer_Message="ring at 1 Hidden Street", Order_ID="")
    read = orders(tmp_path, described, ordered(Buyer_Message="ring at 1 Hidden Street"), row)
    said = msgspec.json.encode(read).decode()
    for secret in ("Buyer-Name", "5550100", "90001", "Hidden Street"):
        assert secret not in said


def test_what_travels_in_two_packages_is_added_up_and_a_row_that_stands_there_twice_is_not(tmp_path):
    to_ship = {"Cancelation/Return Type": "", "Order_Substatus": "Awaiting shipment", "Quantity": "2"}
    rows = [ordered(**to_ship, Package_ID=package) for package in ("115200000000000001", "115200000000000002")]
    read = orders(tmp_path, *rows, rows[0])
    (ship,) = read.ships
    assert [line.quantity for line in ship.lines] == [2, 2]
    assert [row.quantity for row in read.records["orders"]] == [2, 4, 4]
    read = orders(tmp_path, rows[0], rows[0])
    assert [line.quantity for line in read.ships[0].lines] == [2]
    assert [row.quantity for row in read.records["orders"]] == [2, 2]


def test_of_two_packages_one_is_still_to_be_handed_over(tmp_path):
    cells = {"Cancelation/Return Type": "", "Quantity": "1"}
    gone = ordered(**cells, Package_ID="1", Order_Status="Shipped", Shipped_Time="11/16/2026 08:00:00 AM")
    here = ordered(**cells, Package_ID="2", Order_Substatus="Awaiting shipment")
    for rows in ([gone, here], [here, gone]):
        read = orders(tmp_path, *rows)
        assert [line.quantity for line in read.ships[0].lines] == [1]
        kept = read.records["orders"][-1]
        assert (kept.quantity, kept.state, kept.left_at) == (2, "ship", None)
