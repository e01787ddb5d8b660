"""`profit`, `cost`, `costs`, and files of settlements, as a script sees them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shop
from tests.intake import selling
from tests.intake.builders import plain_rows, sheet, xlsx_file

COST = ("--goods", "210", "--packing", "6", "--shipping-out", "40", "--shipping-back", "35", "--lost-share", "30%")


@pytest.fixture
def priced(shop):
    shop.run("cost", "LAMP-WHT", *COST, "--from", "2026-10-01")
    shop.run("price", "LAMP-WHT", "590", "--from", "2026-01-01")
    return shop


def test_the_sum_has_every_step_with_its_source(priced):
    found = priced.json("profit", "LAMP-WHT", "--commission", "10%", "--refund-rate", "5.7%")
    steps = {step["what"]: step for step in found["steps"]}
    assert [step["what"] for step in found["steps"]] == [
        "price", "goods", "packing", "shipping", "fee:commission", "fee:growth", "fee:transaction", "commission",
        "kept", "refunds", "expected",
    ]  # fmt: skip
    assert {what: step["amount"] for what, step in steps.items()} == {
        "price": "590.00", "goods": "-210.00", "packing": "-6.00", "shipping": "-40.00", "fee:commission": "-44.19",
        "fee:growth": "-37.88", "fee:transaction": "-18.94", "commission": "-59.00", "kept": "173.99",
        "refunds": "-21.36", "expected": "152.63",
    }  # fmt: skip
    assert steps["fee:growth"]["rate"] == "0.064200"
    assert steps["fee:commission"]["assumed"] is True
    assert (steps["goods"]["source"], steps["goods"]["as_of"]) == ("cost", "2026-10-01")
    # 6 + 40 + 35 + 30 % of 210 + what is kept of the fees
    assert found["lost_on_refund"] == "200.82"
    assert (found["ceiling"], found["ceiling_why"], found["margin"]) == ("0.162200", None, "0.258687")
    assert found["refund_rate"] == {
        "value": "0.057000", "low": None, "high": None, "orders": None, "refunds": None, "assumed": False,
    }  # fmt: skip


def test_one_step_above_the_ceiling_does_not_pay(priced):
    def margin(commission):
        found = priced.json("profit", "LAMP-WHT", "--commission", commission, "--refund-rate", "5.7%")
        return found["margin"]

    assert margin("16.22%") >= "0.2"
    assert margin("16.23%") < "0.2"


def test_without_orders_the_refund_rate_is_asked_for(priced):
    found = priced.json("profit", "LAMP-WHT")
    assert (found["ceiling"], found["ceiling_why"], found["expected"], found["lowest_price"]) == (
        None, "unknown", None, None,
    )  # fmt: skip
    assert "--refund-rate" in priced.run("profit", "LAMP-WHT").stdout


def test_no_commission_pays_where_too_many_come_back_or_it_costs_too_much(priced):
    found = priced.json("profit", "LAMP-WHT", "--refund-rate", "60%")
    assert (found["ceiling"], found["ceiling_why"]) == (None, "refunds")
    assert found["expected_without_commission"] == found["expected"]
    found = priced.json("profit", "LAMP-WHT", "--refund-rate", "1%", "--price", "300")
    assert (found["ceiling"], found["ceiling_why"]) == (None, "cost")


def test_what_is_missing_is_asked_for_never_taken_for_nothing(shop):
    assert "price of X" in shop.run("profit", "X", status=1).stderr
    assert "--goods" in shop.run("profit", "X", "--price", "10", status=1).stderr
    shop.run("cost", "X", "--goods", "1")
    told = shop.run("profit", "X", "--price", "10", status=1).stderr
    assert "--packing" in told
    assert "--goods" not in told


def test_a_market_without_a_currency_says_to_set_one(tmp_path):
    shop = Shop(tmp_path, "generic")
    assert "currency" in shop.run("profit", "X", "--price", "10", status=1).stderr


@pytest.mark.parametrize("share", ["12", "1", "x", "-3%", "101%", ""])
def test_a_share_that_could_be_two_things_is_refused(priced, share):
    told = priced.run("profit", "LAMP-WHT", "--refund-rate", "5%", f"--commission={share}", status=2).stderr
    assert share != "12" or ("12%" in told and "12 times" in told)


def test_a_discount_comes_off_the_price(priced):
    assert priced.json("profit", "LAMP-WHT", "--discount", "30")["price"] == "560.00"
    assert priced.json("profit", "LAMP-WHT", "--discount", "10%")["price"] == "531.00"
    priced.run("profit", "LAMP-WHT", "--discount", "600", status=2)


def test_the_price_is_the_one_that_the_plan_shows(priced):
    priced.run(
        "promotion", "add", "--tool", "flash", "--item", "LAMP-WHT=540", "--starts", "2026-11-24T00:00", "--for", "3d"
    )
    found = priced.json("profit", "LAMP-WHT")
    assert (found["price"], found["steps"][0]["source"]) == ("540.00", "P-1")


def test_a_promotion_below_cost_and_commission_is_told_with_the_loss(priced):
    priced.run("creator", "add", "ploy", "--product", "LAMP-WHT", "--rate", "20%")
    made = ("promotion", "add", "--tool", "discount", "--starts", "2026-11-24", "--for", "3d")
    assert priced.json(*made, "--item", "LAMP-WHT=360")["warnings"] == []
    # 360 less 256 of costs, 61.63 of fees and 72 of commission
    told = priced.json(*made, "--item", "LAMP-WHT=360", "--deal", "D-1")["warnings"]
    assert [each for each in told if "loses" in each] == ["LAMP-WHT: at 360.00 an order loses 29.63."]


def test_costs_are_dated_and_keep_what_is_not_said(shop):
    shop.run("cost", "A", "--goods", "10", "--packing", "1", "--from", "2026-10-01")
    found = shop.json("cost", "A", "--goods", "12", "--category", "lamps")["costs"]
    assert [(each["from"], each["goods"], each["packing"], each["category"]) for each in found] == [
        ("2026-10-01", "10.00", "1.00", None), ("2026-11-24", "12.00", "1.00", "lamps"),
    ]  # fmt: skip
    shop.run("undo")
    assert len(shop.json("costs")["costs"]) == 1
    shop.run("cost", "A", "--from", "2026-10-01", status=2)
    shop.run("cost", "A", "--goods", "-1", status=2)


def test_costs_from_a_spreadsheet(shop, tmp_path):
    path = tmp_path / "costs.csv"
    path.write_text(
        "sku,goods,packing,shipping_out,shipping_back,lost_share,category,from\n"
        "A,10,1,2,3,30%,,2026-10-01\nB,5,,,,1,lamps,\nC,x,,,,,,\n", encoding="utf-8",
    )  # fmt: skip
    dry = shop.json("costs", "import", path, "--dry-run")["files"][0]
    assert (dry["kind"], dry["new"], [row["row"] for row in dry["refused"]]) == ("costs", 2, [4])
    assert shop.json("costs")["costs"] == []
    assert shop.json("import", path)["files"][0]["new"] == 2
    found = shop.json("costs")["costs"]
    assert [(each["sku"], each["from"], each["lost_share"]) for each in found] == [
        ("A", "2026-10-01", "0.300000"), ("B", "2026-11-24", "1.000000"),
    ]  # fmt: skip
    assert shop.json("import", path)["files"][0]["unchanged"] == 2


@pytest.fixture
def ph(tmp_path):
    return Shop(tmp_path, "PH")


def test_settled_orders_against_the_table(ph, tmp_path):
    rows = [selling.sea_order(n) for n in range(40)]
    rows.append(selling.sea_order(40, total_settlement_amount="95.00"))  # does not add up
    rows.append(selling.sea_order(41, refund_subtotal_after_seller_discounts="-100.00"))
    rows.append(selling.sea_order(42, related_order_id=selling.order_id(3), type="Logistics reimbursement"))
    path = selling.written(tmp_path / "income.csv", selling.SEA, rows, ("Report", "of October"))
    read = ph.json("import", path)["files"][0]
    assert (read["kind"], read["rows"], read["new"]) == ("settlement", 43, 43)
    assert ph.json("import", path)["files"][0]["unchanged"] == 43
    found = ph.json("profit", "--settled")
    assert found["orders"] == 42
    fees = {each["id"]: each for each in found["fees"]}
    # order 3 has an adjustment, order 41 a refund
    assert (fees["commission"]["rate_seen"], fees["commission"]["used"]) == ("0.070000", 40)
    assert (fees["order_processing"]["amount_seen"], fees["order_processing"]["agree"]) == ("3.00", 40)
    assert (fees["transaction"]["rate_table"], fees["transaction"]["rate_seen"]) == ("0.022400", "0.000000")
    assert found["mismatches"] == [
        {"order": selling.order_id(40), "file": "income.csv", "row": 44, "settled": "95.00", "sum": "90.00"}
    ]  # fmt: skip
    assert ph.json("profit", "--settled", "--from", "2026-10-21")["orders"] == 0


def test_a_fee_is_taken_from_settlements_where_they_agree(ph, tmp_path):
    rows = [selling.sea_order(n, tiktok_shop_commission_fee="-8.00") for n in range(40)]
    ph.run("import", selling.written(tmp_path / "income.csv", selling.SEA, rows))
    ph.run(
        "cost",
        "A",
        "--goods",
        "1",
        "--packing",
        "1",
        "--shipping-out",
        "1",
        "--shipping-back",
        "1",
        "--lost-share",
        "0",
    )
    ph.run("profit", "--settled", "--take", "nonsense", status=2)

    def rate():
        found = ph.json("profit", "A", "--price", "100", "--refund-rate", "5%")
        return next((step["rate"], step["source"]) for step in found["steps"] if step["what"] == "fee:commission")

    assert rate()[0] == "0.070000"
    ph.run("profit", "--settled", "--take", "commission")
    assert rate() == ("0.080000", "settlements")
    ph.run("undo")
    assert rate()[0] == "0.070000"


def test_fees_that_orders_disagree_on_are_not_taken(ph, tmp_path):
    rows = [selling.sea_order(n, tiktok_shop_commission_fee=f"-{7 + n % 3}.00") for n in range(40)]
    ph.run("import", selling.written(tmp_path / "income.csv", selling.SEA, rows))
    assert "agree" in ph.run("profit", "--settled", "--take", "commission", status=1).stderr


def test_settled_replaces_unsettled_and_estimates_never_count(us_shop, tmp_path):
    unsettled = selling.row(
        selling.US_UNSETTLED, type="Order", order_adjustment_id=selling.order_id(1), creation_date="2026/06/12",
        sku_id="1729000000000000001", total_estimated_settlement_amount="80.00", net_sales="100.00", fees="-20.00",
        estimated_settle_time="Delivered + 1 days",
    )  # fmt: skip
    path = selling.written(tmp_path / "unsettled.csv", selling.US_UNSETTLED, [unsettled])
    assert us_shop.json("import", path)["files"][0]["new"] == 1
    assert us_shop.json("profit", "--settled")["orders"] == 0
    paid = selling.row(
        selling.US, order_id=selling.order_id(1), sku_id="1729000000000000001", order_income="100.00",
        order_cost="-20.00", net_order_margin="80.00", sold_quantity="1", order_paid_date="20260611",
        order_settled_date="20260620", linked_statement_id="3500000000000000001",
    )  # fmt: skip
    read = us_shop.json("import", selling.written(tmp_path / "settled.csv", selling.US, [paid], ("a", "b", "c")))
    assert read["files"][0]["updated"] == 1
    found = us_shop.json("profit", "--settled", "--from", "2026-06-20", "--to", "2026-06-20")
    assert (found["orders"], found["mismatches"]) == (1, [])
    assert us_shop.json("import", path)["files"][0]["kept_local"] == 1


@pytest.mark.parametrize("header", [selling.TH, selling.ID])
def test_every_layout_of_the_region_is_read(shop, tmp_path, header):
    rows = [
        selling.row(
            header, order_adjustment_id=selling.order_id(n), type="Order", order_created_time="2026/10/02",
            order_settled_time="2026/10/20", total_settlement_amount="90", total_revenue="100", total_fees="-10",
            related_order_id="/",
        )
        for n in range(3)
    ]  # fmt: skip
    assert shop.json("import", selling.written(tmp_path / "f.csv", header, rows))["files"][0]["new"] == 3
    found = shop.json("profit", "--settled")
    assert (found["orders"], found["mismatches"]) == (3, [])


def test_lines_with_their_statement_and_equal_rows_as_often_as_they_stand_there(shop, tmp_path):
    line = selling.row(
        selling.TH_LINES, order_adjustment_id=selling.order_id(1), type="Order", statement_id="3499000000000000001",
        statement_date="2026-08-05", sku_id="1729000000000000001", quantity="1", total_settlement_amount="90",
        total_revenue="100", total_fees="-10",
    )  # fmt: skip
    path = selling.written(tmp_path / "lines.csv", selling.TH_LINES, [line, line])
    assert shop.json("import", path)["files"][0]["new"] == 2
    assert shop.json("import", path)["files"][0]["unchanged"] == 2
    assert shop.json("profit", "--settled")["orders"] == 1


def test_the_workbook_of_the_us_with_its_sheets(us_shop, tmp_path):
    paid = selling.row(
        selling.US, order_id=selling.order_id(1), sku_id="1729000000000000001", order_income="100.00",
        order_cost="-20.00", net_order_margin="81.00", order_paid_date="20260611", order_settled_date="20260620",
    )  # fmt: skip
    taken = selling.row(
        selling.US_ADJUSTMENT, adjustment_id=selling.order_id(9), adjustment_type="CHARGE_BACK",
        adjustment_amount="-5.00", adjustment_create_time="20261001", adjustment_settlement_time="20261005",
    )  # fmt: skip
    path = xlsx_file(tmp_path, {
        "xl/worksheets/sheet1.xml": sheet(plain_rows([["Title"], [""], ["x"], [""], ["y"], selling.US, paid])),
        "xl/worksheets/sheet2.xml": sheet(plain_rows([["x"], [""], [""], selling.US_ADJUSTMENT, taken])),
    })  # fmt: skip
    assert us_shop.json("import", path)["files"][0]["new"] == 2
    found = us_shop.json("profit", "--settled")
    assert found["orders"] == 1
    assert [(each["row"], each["settled"], each["sum"]) for each in found["mismatches"]] == [(7, "81.00", "80.00")]


def test_adjustments_of_the_us(us_shop, tmp_path):
    row = selling.row(
        selling.US_ADJUSTMENT, adjustment_id=selling.order_id(9), adjustment_type="CHARGE_BACK",
        adjustment_amount="-5.00", adjustment_create_time="20261001", adjustment_settlement_time="20261005",
    )  # fmt: skip
    path = selling.written(tmp_path / "a.csv", selling.US_ADJUSTMENT, [row])
    assert us_shop.json("import", path)["files"][0]["kind"] == "settlement"
    assert us_shop.json("profit", "--settled")["orders"] == 0


def test_what_is_charged_without_an_entry_in_the_table_is_told_and_can_be_taken(ph, tmp_path):
    header = [*selling.SEA, "Platform support fee", "SFP service fee", "GST", "Green packaging fee"]
    rows = [
        [
            *selling.sea_order(n, total_settlement_amount="86.46", total_fees="-13.54"),
            "-0.54",
            "-3.00",
            str(-(n % 2)),
            "-1.00",
        ]
        for n in range(40)
    ]
    rows += [[*selling.sea_order(50 + n, "200.00"), "-0.54", "-6.00", "0", "-1.00"] for n in range(5)]
    ph.run("import", selling.written(tmp_path / "income.csv", header, rows))
    fees = {each["name"]: each for each in ph.json("profit", "--settled")["fees"] if each["id"] is None}
    support, programme, tax = fees["Platform support fee"], fees["SFP service fee"], fees["GST"]
    assert (support["expected"], support["settled"], support["rate_table"]) == (None, "24.30", None)
    assert (support["amount_seen"], support["rate_seen"], support["orders"], support["used"], support["agree"]) == (
        "0.54", None, 45, 45, 45,
    )  # fmt: skip
    assert (programme["amount_seen"], programme["rate_seen"], programme["agree"]) == (None, "0.030000", 45)
    assert (tax["amount_seen"], tax["rate_seen"]) == (None, None)
    assert fees["Green packaging fee"]["amount_seen"] == "1.00"  # no column that was known when this was written
    ph.run(
        "cost",
        "A",
        "--goods",
        "1",
        "--packing",
        "1",
        "--shipping-out",
        "1",
        "--shipping-back",
        "1",
        "--lost-share",
        "0",
    )
    ph.run("profit", "--settled", "--take", "GST", status=1)
    ph.run("profit", "--settled", "--take", "SFP service fee")
    steps = ph.json("profit", "A", "--price", "100", "--refund-rate", "5%")["steps"]
    assert [(each["amount"], each["source"]) for each in steps if each["what"] == "fee:sfp_service_fee"] == [
        ("-3.00", "settlements")
    ]
    # It holds from today on: of the orders before that the table still says nothing.
    assert [each["name"] for each in ph.json("profit", "--settled")["fees"] if each["id"] is None] == list(fees)
    ph.run("undo")
    steps = ph.json("profit", "A", "--price", "100", "--refund-rate", "5%")["steps"]
    assert all("sfp" not in each["what"] for each in steps)


def test_what_of_the_price_is_tax_is_asked_once_and_kept_beside_the_settings(priced):
    asked = ("profit", "LAMP-WHT", "--commission", "10%", "--refund-rate", "5.7%")
    assert "--price-tax" in priced.run(*asked).stdout
    before = priced.config.read_text(encoding="utf-8") if priced.config.exists() else None
    priced.run("profit", "--price-tax", "7", status=2)
    assert "whole price" in priced.run("profit", "--price-tax", "100%", status=2).stderr
    priced.run("profit", "--price-tax", "7%")
    found = priced.json(*asked)
    tax = next(step for step in found["steps"] if step["what"] == "tax")
    assert (tax["amount"], tax["rate"], tax["base"]) == ("-41.30", "0.070000", "590.00")
    assert found["steps"][1] == tax
    assert found["kept"] == "132.69"
    assert "--price-tax" not in priced.run(*asked).stdout
    assert (priced.config.read_text(encoding="utf-8") if priced.config.exists() else None) == before
    priced.run("profit", "--price-tax", "none")
    assert all(step["what"] != "tax" for step in priced.json(*asked)["steps"])
    assert "--price-tax" not in priced.run(*asked).stdout
    priced.run("undo")
    priced.run("undo")
    assert "--price-tax" in priced.run(*asked).stdout


def test_what_the_settings_say_of_tax_counts_and_is_not_asked(priced):
    priced.config.write_text('[shop]\nmarket = "TH"\n[markets.TH.profit]\nprice_tax = "7%"\n', encoding="utf-8")
    assert priced.json("profit", "LAMP-WHT", "--refund-rate", "5%")["steps"][1]["amount"] == "-41.30"
    priced.run("profit", "--price-tax", "5%", status=1)
