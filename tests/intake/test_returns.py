"""Rows of the returns export: stage, kind, lines, money, and the rows that are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from tests.intake.builders import RETURNS, TH, US, csv_file, reading, returned
from workbench.core.money import Money
from workbench.i18n import render

TRACKED = {"Return_Logistics_Tracking_ID": "940019093786579754"}


def one(folder, rules=US, **cells):
    (seen,) = reading(csv_file(folder, [returned(**cells)]), rules).sightings
    return seen


@pytest.mark.parametrize(
    ("type", "status", "more", "expected"),
    [
        ("Refund only", "To process", {}, ("refund_only", "decide", None)),
        ("Return and refund", "To process", {}, ("return_refund", "decide", None)),
        ("  refund ONLY\t", " tO  PROCESS ", {}, ("refund_only", "decide", None)),
        ("Refund only", "In process", {}, ("refund_only", "dispute", None)),
        ("Refund only", "In process", TRACKED, ("refund_only", "dispute", None)),
        ("Return and refund", "In process", {}, ("return_refund", "buyer_ship", None)),
        (
            "Return and refund",
            "In process",
            {"Return_Logistics_Tracking_ID": "--"},
            ("return_refund", "buyer_ship", None),
        ),
        ("Return and refund", "In process", TRACKED, ("return_refund", "in_transit", None)),
        ("Return and refund", "Completed", TRACKED, ("return_refund", "closed", "refunded")),
        ("Refund only", "Refund rejected", {}, ("refund_only", "closed", "rejected")),
        ("Refund only", "Canceled", {}, ("refund_only", "closed", "withdrawn")),
        ("Refund only", "cancelled", {}, ("refund_only", "closed", "withdrawn")),
        ("Refund only", "To process", {"Dispute_Status": "Opened"}, ("refund_only", "dispute", None)),
        ("Return and refund", "In process", {"Dispute_Status": "x"} | TRACKED, ("return_refund", "dispute", None)),
        ("Refund only", "Completed", {"Dispute_Status": "Closed"}, ("refund_only", "closed", "refunded")),
        ("Refund only", "To process", {"Dispute_Status": "-"}, ("refund_only", "decide", None)),
        ("Refund only", "Appealing", {}, ("refund_only", "check", None)),
        ("Refund only", "", {}, ("refund_only", "check", None)),
        ("Replacement", "To process", {}, ("other", "check", None)),
        ("", "To process", {}, ("other", "check", None)),
    ],
)
def test_status_and_type_make_the_stage(tmp_path, type, status, more, expected):
    seen = one(tmp_path, Return_Type=type, Return_Status=status, **more)
    assert (seen.kind, seen.stage, seen.outcome) == expected


def test_unknown_words_are_kept_and_counted(tmp_path):
    rows = [
        returned(Return_Order_ID=f"40358609139099603{n}", Return_Type=type, Return_Status=status)
        for n, (type, status) in enumerate(
            [("Refund only", "Appealing"), ("Swap", "To process"), ("Swap", "Appealing"), ("Swap", "")]
        )
    ]
    read = reading(csv_file(tmp_path, rows))
    assert [seen.raw_status for seen in read.sightings] == ["Appealing", "Swap, To process", "Appealing", None]
    assert {(word.text, word.rows) for word in read.unknown} == {("Appealing", 2), ("Swap", 3), ("", 1)}


def test_localised_words_are_aliases(tmp_path):
    rules = msgspec.structs.replace(
        US,
        headers={"退货状态": "Return Status", "订单号": "order id"},
        status={"待处理": "To process", "Selesai": "Completed"},
        types={"仅退款": "Refund only"},
    )
    header = ["退货状态" if name == "Return Status" else name for name in RETURNS]

    def stage(type, status, **more):
        row = returned(Return_Type=type, **more) | {"退货状态": status}
        (seen,) = reading(csv_file(tmp_path, [row], header), rules).sightings
        return seen.kind, seen.stage, seen.outcome

    assert stage("仅退款", "待处理") == ("refund_only", "decide", None)
    assert stage("仅退款", "selesai") == ("refund_only", "closed", "refunded")
    assert stage("换货", "In process", **TRACKED) == ("other", "check", None)


@pytest.mark.parametrize("word", ["Exchange", "Reshipment", "refund_only", "Replacement", ""])
def test_a_type_that_no_export_is_known_to_use_is_looked_at(tmp_path, word):
    (seen,) = reading(csv_file(tmp_path, [returned(Return_Type=word)])).sightings
    assert (seen.kind, seen.stage) == ("other", "check")
    assert seen.raw_status.endswith("To process")
    assert not seen.raw_status.startswith(",")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"Return_Order_ID": ""}, "It has no Return Order ID."),
        ({"Return_Order_ID": "RMA-7"}, 'Its Return Order ID "RMA-7" is not a number.'),
        ({"Return_Order_ID": "٤٠٣٥٨٦٠٩١"}, 'Its Return Order ID "٤٠٣٥٨٦٠٩١" is not a number.'),
        ({"Time_Requested": ""}, "It has no time of request."),
        ({"Time_Requested": "soon"}, 'Its time of request "soon" is not a time.'),
        ({"Time_Requested": "13/11/2026 25:00:00"}, 'Its time of request "13/11/2026 25:00:00" is not a time.'),
        ({"Time_Requested": "31/02/2026 10:00:00"}, 'Its time of request "31/02/2026 10:00:00" is not a time.'),
        ({"Time_Requested": "01/01/1970 00:00:00"}, 'Its time of request "01/01/1970 00:00:00" is not a time.'),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_rest_applies(tmp_path, cells, why):
    read = reading(csv_file(tmp_path, [returned(**cells), returned(Return_Order_ID="403586091390996033")]))
    assert [(refused.row, render(refused.why)) for refused in read.refused] == [(2, why)]
    assert [seen.external_id for seen in read.sightings] == ["403586091390996033"]
    assert read.rows == 2


def test_row_numbers_are_those_a_spreadsheet_shows(tmp_path):
    good = returned(Buyer_Note="three\nlines\nlong")
    read = reading(csv_file(tmp_path, [good, [], returned(Return_Order_ID="x"), ["\t", " "]]))
    assert [refused.row for refused in read.refused] == [4]
    assert read.rows == 2


def test_rows_of_one_return_are_its_lines(tmp_path):
    rows = [
        returned(Return_unit_price="$8.99", Return_Quantity="2", Buyer_Note=""),
        returned(Return_Order_ID="403586091390996099"),
        returned(SKU_ID="1729462", Seller_SKU="", Return_unit_price="$120.50", Buyer_Note="torn"),
        returned(Return_unit_price="$8.99", Return_Quantity="2"),  # the first line again
    ]
    first, second = reading(csv_file(tmp_path, rows)).sightings
    assert (first.external_id, second.external_id) == ("403586091390996031", "403586091390996099")
    assert [(line.sku_id, line.sku, line.quantity, line.price) for line in first.lines] == [
        ("172946281948219935", "PANTS-BLK-L", 2, "$8.99"),
        ("1729462", "1729462", 1, "$120.50"),
    ]
    assert first.money == Money(Decimal("129.49"), "USD")  # never times quantity
    assert first.largest == Money(Decimal("120.50"), "USD")
    assert (first.sku, first.words) == ("PANTS-BLK-L", "torn")
    assert second.largest is None


@pytest.mark.parametrize("swap", [False, True])
def test_the_earliest_stage_and_the_earliest_time_of_the_lines_win(tmp_path, swap):
    rows = [
        returned(Return_Status="Completed", Time_Requested="14/11/2026 08:00:00"),
        returned(SKU_ID="1729462", Return_Status="To process", Time_Requested="13/11/2026 08:00:00"),
    ]
    (seen,) = reading(csv_file(tmp_path, rows[::-1] if swap else rows), TH).sightings
    assert (seen.stage, seen.outcome) == ("decide", None)
    assert seen.since == datetime(2026, 11, 13, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "stage"),
    [
        ("To process", "Appealing", "decide"),
        ("Appealing", "In process", "check"),
        ("Completed", "Appealing", "check"),
        ("In process", "Completed", "buyer_ship"),
        ("Refund rejected", "Completed", "closed"),
    ],
)
def test_a_line_nobody_understands_waits_only_behind_one_to_decide(tmp_path, one, other, stage):
    rows = [returned(Return_Status=one), returned(SKU_ID="1729462", Return_Status=other)]
    (seen,) = reading(csv_file(tmp_path, rows)).sightings
    assert seen.stage == stage


@pytest.mark.parametrize("other", ["", "free", "£8.99"])
def test_money_is_unknown_where_a_line_is_unreadable_or_of_another_currency(tmp_path, other):
    rows = [returned(), returned(SKU_ID="1729462", Return_unit_price=other)]
    (seen,) = reading(csv_file(tmp_path, rows)).sightings
    assert (seen.money, seen.largest) == (None, None)
    assert [line.price for line in seen.lines] == ["$8.99", other or None]


@pytest.mark.parametrize(
    ("status", "refunded", "expected"),
    [
        ("Completed", "14/11/2026 23:59:00\t", datetime(2026, 11, 15, 7, 59, tzinfo=UTC)),
        ("Completed", "", None),
        ("Completed", "12/11/2026 23:59:00", None),  # before the request
        ("To process", "14/11/2026 23:59:00", None),  # filled does not mean done
    ],
)
def test_the_refund_time_ends_a_completed_return(tmp_path, status, refunded, expected):
    assert one(tmp_path, Return_Status=status, Refund_Time=refunded).ended_at == expected


def test_hostile_text_is_kept_as_it_is(tmp_path):
    note = "\u202egnp\u202c [red]x[/] \x1b[31m =cmd|' /C calc'!A0 \x07"
    assert one(tmp_path, Buyer_Note=note).words == note


def test_nul_becomes_visible_and_endless_text_ends(tmp_path):
    assert one(tmp_path, Buyer_Note="a\0b").words == "a\ufffdb"
    assert len(one(tmp_path, Buyer_Note="x" * 60_000).words) == 10_000


@pytest.mark.parametrize("quantity", ["", "two", "-1", "1.5", "9" * 30])
def test_a_quantity_that_is_no_count_is_left_out(tmp_path, quantity):
    assert one(tmp_path, Return_Quantity=quantity).lines[0].quantity is None


def test_columns_in_any_order_unknown_ones_aside_missing_ones_blank(tmp_path):
    header = ["x", *(f" {name.upper()} " for name in reversed(RETURNS) if name != "Refund Time"), "Return Order ID"]
    row = returned(Return_Status="Completed")
    cells = ["?", *(row.get(name, "") for name in reversed(RETURNS) if name != "Refund Time"), "second of the name"]
    (seen,) = reading(csv_file(tmp_path, [cells], header)).sightings
    assert (seen.external_id, seen.stage, seen.ended_at) == ("403586091390996031", "closed", None)
