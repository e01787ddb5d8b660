"""Settlement files as the platform writes them: six layouts, columns in any order, titles, sheets, adjustments.

Whatever stands in a file is read rightly, told, or refused; a row that does not add up is known by its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tests.intake import selling
from tests.intake.builders import plain_rows, sheet, xlsx_file
from workbench.core.profit.settled import mismatches
from workbench.intake import IntakeRules, read
from workbench.intake.model import RefusedFile
from workbench.session.profit.files import _record

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def rules(market: str, currency: str) -> IntakeRules:
    zone = ZoneInfo("Asia/Bangkok")
    return IntakeRules(zone=zone, export_zone=zone, market=market, currency=currency)


PH, ID, TH, US = rules("PH", "PHP"), rules("ID", "IDR"), rules("TH", "THB"), rules("US", "USD")


def sums(reading) -> list[int]:
    """The rows that do not add up."""
    rows = [_record(row, 0, "", NOW) for row in reading.records["profit"]]
    return [each.row for each in mismatches(rows, 2)]


def shuffled(header: list[str], rows: Iterable[list[str]], seed: int) -> tuple[list[str], list[list[str]]]:
    """The same table with its columns in another order, names spaced and cased as files have them."""
    order = list(range(len(header)))
    Random(seed).shuffle(order)
    names = [header[at] for at in order]
    names = [f" {name} " if at % 5 == 0 else name.upper() if at % 7 == 0 else name for at, name in enumerate(names)]
    return names, [[row[at] for at in order] for row in rows]


def sea(header: list[str], number: int, **more: object) -> list[str]:
    """An order of one of the layouts of the region."""
    return selling.row(header, **{
        "order_adjustment_id": selling.order_id(number), "type": "Order", "order_created_time": "2026/10/02 10:00:00",
        "order_settled_time": "2026/10/20 10:00:00", "currency": "PHP", "total_settlement_amount": "90.00",
        "total_revenue": "100.00", "total_fees": "-10.00", "related_order_id": "/", **more,
    })  # fmt: skip


REFUND = {"total_revenue": "0.00", "total_fees": "-3.00", "total_settlement_amount": "-3.00",
          "refund_subtotal_after_seller_discounts": "-100.00", "subtotal_after_seller_discounts": "100.00"}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "given"), [(selling.SEA_FULL, PH), (selling.ID_FULL, ID), (selling.TH_FULL, TH)], ids=["PH", "ID", "TH"]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_layouts_of_the_region_in_any_order_with_all_their_columns(tmp_path, header, given, seed):
    adjusted = "ajustment_amount" if "Ajustment amount" in header else "adjustment_amount"
    rows = [
        sea(header, 1), sea(header, 2, total_settlement_amount="95.00"), sea(header, 3, **REFUND),
        sea(header, 4, type="Logistics reimbursement", related_order_id=selling.order_id(1), total_revenue="0",
            total_fees="0", total_settlement_amount="12.50", **{adjusted: "12.50"}),
        sea(header, 5, total_settlement_amount="--"), sea(header, 6, order_adjustment_id="/"),
    ]  # fmt: skip
    header, rows = shuffled(header, rows, seed)
    path = selling.written(tmp_path / "income.csv", header, rows, ("Statement", "of October", ""))
    found = read(path, rules=given, now=NOW)
    assert (found.kind, found.rows) == ("settlement", 6)
    assert [row.row for row in found.refused] == [9, 10]
    assert sums(found) == [6]
    records = found.records["profit"]
    assert [row.order for row in records] == [selling.order_id(n) for n in (1, 2, 3, 1)]
    assert records[3].parts["Adjustment amount"] == Decimal("12.50")
    assert records[2].parts["Refund subtotal after seller discounts"] == -100
    assert not any(row.estimate for row in records)


def test_a_column_that_is_not_there_is_unknown(tmp_path):
    header = [name for name in selling.SEA_FULL if name != "Total fees"]
    row = sea(selling.SEA_FULL, 1, total_settlement_amount="1.00")
    del row[selling.SEA_FULL.index("Total fees")]
    found = read(selling.written(tmp_path / "f.csv", header, [row]), rules=PH, now=NOW)
    assert "Total fees" not in found.records["profit"][0].parts
    assert sums(found) == []


def test_rupiah_have_no_cents_and_dots_for_thousands(tmp_path):
    row = sea(
        selling.ID_FULL, 1, currency="IDR", total_settlement_amount="Rp 1.250.000", total_revenue="Rp 1.400.000",
        total_fees="Rp -150.000", dynamic_commission="Rp -40.000",
    )  # fmt: skip
    found = read(selling.written(tmp_path / "f.csv", selling.ID_FULL, [row]), rules=ID, now=NOW)
    (record,) = found.records["profit"]
    assert (record.settled, record.currency, record.parts["Dynamic Commission"]) == (1250000, "IDR", -40000)
    assert sums(found) == []


def test_thai_lines_by_their_statement(tmp_path):
    rows = [
        selling.row(
            selling.TH_LINES, order_adjustment_id=selling.order_id(1), type="Order",
            statement_id="3499000000000000001", statement_date="2026-08-05", currency="THB",
            sku_id=f"172900000000000000{n}", quantity="2", total_settlement_amount="90", total_revenue="100",
            total_fees="-10", commerce_growth_fee="-6.42",
        )
        for n in (1, 2)
    ]  # fmt: skip
    header, rows = shuffled(selling.TH_LINES, rows, 3)
    found = read(selling.written(tmp_path / "lines.csv", header, rows), rules=TH, now=NOW)
    assert [(row.sku_id[-1], row.quantity, row.statement[-1]) for row in found.records["profit"]] == [
        ("1", 2, "1"), ("2", 2, "1"),
    ]  # fmt: skip
    assert sums(found) == []


def test_the_workbook_of_the_us_with_split_sheets(tmp_path):
    paid = [
        selling.row(
            selling.US_FULL, order_id=selling.order_id(n), sku_id="1729000000000000001", order_income="$100.00",
            order_cost="$-20.00", net_order_margin="$80.00" if n != 2 else "$79.00", sold_quantity="1",
            order_paid_date="20260611", order_settled_date="20260620", linked_statement_id="3500000000000000001",
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    adjustment = selling.row(
        selling.US_ADJUSTMENT, adjustment_id=selling.order_id(9), adjustment_type="CHARGE_BACK",
        adjustment_amount="$-5.00", adjustment_create_time="20261001", adjustment_settlement_time="20261005",
    )  # fmt: skip
    payment = [["Payment id", "Amount"], ["1", "2"]]
    above = [["Title"], [""], ["x"], [""], ["y"]]
    path = xlsx_file(tmp_path, {
        "xl/worksheets/sheet1.xml": sheet(plain_rows([*above, selling.US_FULL, *paid[:2]])),
        "xl/worksheets/sheet2.xml": sheet(plain_rows([["x"], [""], [""], selling.US_ADJUSTMENT, adjustment])),
        "xl/worksheets/sheet3.xml": sheet(plain_rows([selling.US_FULL, paid[2]])),
        "xl/worksheets/sheet4.xml": sheet(plain_rows(payment)),
    })  # fmt: skip
    found = read(path, rules=US, now=NOW)
    assert (found.rows, found.refused) == (4, [])
    assert [each.read for each in found.sheets] == [True, True, True, False]
    assert sums(found) == [8]
    settled = [row.settled_at.date().isoformat() for row in found.records["profit"]]
    assert settled == ["2026-06-19", "2026-06-19", "2026-10-04", "2026-06-19"]


def test_what_is_not_settled_yet_is_an_estimate(tmp_path):
    row = selling.row(
        selling.US_UNSETTLED_FULL, type="Order", order_adjustment_id=selling.order_id(1), creation_date="2026/06/12",
        sku_id="1729000000000000001", total_estimated_settlement_amount="$85.00", net_sales="$100.00", fees="$-20.00",
        tiktok_shop_shipping_fee="$-4.00", customer_paid_shipping_fee="$9.00",
        estimated_settle_time="Delivered + 1 days", unsettled_reasons="Awaiting delivery",
    )  # fmt: skip
    header, rows = shuffled(selling.US_UNSETTLED_FULL, [row], 4)
    found = read(selling.written(tmp_path / "u.csv", header, rows), rules=US, now=NOW)
    (record,) = found.records["profit"]
    assert (record.estimate, record.settled, record.settled_at) == (True, 85, None)
    assert sums(found) == []


def test_another_currency_is_named_and_ruined_ids_refuse_the_file(tmp_path):
    row = sea(selling.SEA_FULL, 1, currency="MYR", total_settlement_amount="RM 90.00", total_revenue="RM 100.00",
              total_fees="RM -10.00")  # fmt: skip
    header = selling.SEA_FULL
    for at, name in enumerate(header):
        if row[at] == "0":
            row[at] = "RM 0.00" if "weight" not in name else "0"
    assert read(selling.written(tmp_path / "f.csv", header, [row]), rules=PH, now=NOW).foreign == ["MYR"]
    row = sea(selling.SEA_FULL, 1, order_adjustment_id="5.77E+17")
    with pytest.raises(RefusedFile):
        read(selling.written(tmp_path / "g.csv", selling.SEA_FULL, [row]), rules=PH, now=NOW)


def test_a_fee_that_is_newer_than_the_program_is_read_by_its_own_name(tmp_path):
    header = [*selling.SEA_FULL, "Green packaging fee ", "Remark", "Affiliate mystery commission"]
    rows = [[*sea(selling.SEA_FULL, n), "-1.50", "nothing", "-9"] for n in range(3)]
    found = read(selling.written(tmp_path / "f.csv", header, rows), rules=PH, now=NOW)
    assert [row.parts["Green packaging fee"] for row in found.records["profit"]] == [Decimal("-1.50")] * 3
    assert not {"Remark", "Affiliate mystery commission"} & set(found.records["profit"][0].parts)
