"""The samples of the real shape: what each says as a whole."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from tests.intake.builders import BANGKOK, NOW, SAMPLES, TH, US, reading, refusal
from workbench.core.money import Money
from workbench.intake import IntakeRules, recognise

VN = msgspec.structs.replace(TH, market="VN", currency="VND")


@pytest.mark.parametrize(
    ("name", "rules", "kind", "order", "stages"),
    [
        ("returns_us.csv", US, "returns", "DMY", {"decide", "closed", "in_transit", "dispute", "buyer_ship"}),
        ("returns_th.xlsx", TH, "returns", "DMY", {"decide", "closed", "in_transit", "dispute", "buyer_ship"}),
        ("returns_br_19col.csv", TH, "returns", "DMY", {"decide", "closed", "in_transit", "dispute", "buyer_ship"}),
        ("orders_us.csv", US, "orders", "MDY", {"decide"}),
        ("orders_vn.xlsx", VN, "orders", "DMY", {"decide"}),
    ],
)
def test_a_sample_is_read_whole(name, rules, kind, order, stages):
    read = reading(SAMPLES / name, rules)
    assert (read.kind, read.rows, read.date_order, read.date_order_certain) == (kind, 60, order, True)
    assert read.refused == []
    assert read.unknown == []
    assert {seen.stage for seen in read.sightings} <= stages
    assert "decide" in {seen.stage for seen in read.sightings}


def test_a_returns_row_to_the_last_field():
    seen = reading(SAMPLES / "returns_us.csv").sightings[0]
    line = {
        "sku_id": "172946281948219935", "sku": "PANTS-BLK-L", "product": "Wide leg pants", "quantity": 1,
        "price": "$8.99",
    }  # fmt: skip
    assert msgspec.to_builtins(seen) == {
        "kind": "return_refund", "stage": "in_transit", "external_id": "403586091390996030",
        "since": "2026-11-14T07:59:00Z", "order_id": "576981590830166131", "sku": "PANTS-BLK-L",
        "product": "Wide leg pants", "buyer": "buyer_199", "money": {"amount": "8.99", "currency": "USD"},
        "largest": None, "reason": "Missing parts", "words": "too small, one size smaller than the chart",
        "tracking": "940019093786579754", "raw_status": None, "outcome": None, "ended_at": None, "lines": (line,),
        "due_floor": None, "clean_at": None,
    }  # fmt: skip


def test_line_breaks_inside_cells_do_not_count_as_rows():
    notes = {seen.words for seen in reading(SAMPLES / "returns_us.csv").sightings}
    assert "box was crushed\nplease check" in notes


def test_a_blank_seller_sku_falls_back_to_the_sku_id():
    seen = reading(SAMPLES / "returns_us.csv").sightings[2]
    assert seen.sku == seen.lines[0].sku_id == "172966617603137215"


def test_pending_cancels_of_the_us_orders():
    read = reading(SAMPLES / "orders_us.csv")
    assert len(read.sightings) == 9
    seen = next(seen for seen in read.sightings if seen.external_id == "576951280743050954")
    assert (seen.kind, seen.stage, seen.order_id) == ("cancel", "decide", seen.external_id)
    assert seen.since == datetime(2026, 11, 15, 21, 31, tzinfo=UTC)
    assert seen.money == Money(Decimal("23.05"), "USD")
    assert seen.due_floor == read.as_of == datetime(2026, 11, 21, 16, 48, tzinfo=UTC)
    assert Counter(how for how, _ in read.orders.values()) == {"shipped": 33, "cancelled": 8}


def test_dots_are_thousands_in_vietnam():
    seen = reading(SAMPLES / "orders_vn.xlsx", VN).sightings[0]
    assert seen.money == Money(Decimal(82912), "VND")


def test_the_own_time_is_the_latest_time_that_is_not_after_now():
    th = reading(SAMPLES / "returns_th.xlsx", TH)
    assert th.as_of <= NOW
    earlier = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert reading(SAMPLES / "returns_th.xlsx", TH, now=earlier).as_of <= earlier


def test_skus_with_names_become_known():
    for name in ("returns_us.csv", "orders_us.csv"):
        assert reading(SAMPLES / name).skus["DRESS-RED-S"] in (
            "红色连衣裙",
            "Wide leg pants",
            "Desk lamp",
            "Phone stand",
        )


def test_a_resaved_file_is_refused_whole_with_the_reason():
    assert "A spreadsheet has ruined the ids" in refusal(SAMPLES / "returns_resaved_in_excel.csv")


def test_times_are_those_of_the_export_zone():
    elsewhere = IntakeRules(zone=BANGKOK, export_zone=US.zone, market="US", currency="USD")
    assert reading(SAMPLES / "returns_us.csv", elsewhere).sightings[0].since == datetime(
        2026, 11, 14, 7, 59, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("returns_us.csv", ("returns", 60)),
        ("orders_us.csv", ("orders", 60)),
        ("orders_vn.xlsx", ("orders", 61)),  # the description is only known from its cells
        ("returns_th.xlsx", ("returns", 60)),
        ("returns_resaved_in_excel.csv", ("returns", 5)),
    ],
)
def test_a_look_at_the_header_is_enough_to_recognise(name, expected):
    assert recognise(SAMPLES / name) == expected
