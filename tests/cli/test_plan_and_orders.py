"""What the plan learns from order files: list prices, and the refunds by 30 days after a campaign."""

from __future__ import annotations

from tests.intake.builders import ORDERS, csv_file, ordered

HEADER = [*ORDERS, "SKU Unit Original Price", "Order Refund Amount"]


def order(number, created, price="", **cells):
    done = {"Order_Status": "Completed", "Shipped_Time": created, "Cancelation/Return Type": ""}
    of_all = {"Created_Time": created, "Paid_Time": created, "SKU Unit Original Price": price}
    return ordered(Order_ID=f"5769512807430509{number:02}", **(done | of_all | cells))


def bring(shop, folder, *rows):
    shop.run("import", str(csv_file(folder, rows, HEADER)))


def listed(shop):
    return [(each["price"], each["from"][:16], each["source"]) for each in shop.json("price", "LAMP-01")["prices"]]


def test_a_list_price_is_the_original_price_of_the_newest_order_by_then(us_shop, tmp_path):
    shop = us_shop
    bring(
        shop, tmp_path, order(1, "11/14/2026 01:31:00 PM", "$23.00"), order(2, "11/13/2026 10:00:00 AM", "$21.00"),
        order(3, "11/15/2026 08:00:00 AM", "$23.00"), order(4, "11/16/2026 08:00:00 AM"),
        order(5, "11/17/2026 08:00:00 AM", "$20.00", Seller_SKU="OTHER"),
    )  # fmt: skip
    seen = [("21.00", "2026-11-13T10:00", "orders"), ("23.00", "2026-11-14T13:31", "orders")]
    assert listed(shop) == seen
    pieces = shop.json("coverage", "--sku", "LAMP-01", "--from", "2026-11-12", "--days", "3")["skus"][0]["pieces"]
    assert [(each["from"][:16], each["price"], each["unknown"]) for each in pieces] == [
        ("2026-11-12T00:00", None, True), ("2026-11-13T10:00", "21.00", False), ("2026-11-14T13:31", "23.00", False),
    ]  # fmt: skip
    found = shop.json("floor", "LAMP-01")
    assert (found["floor"], found["set_by"], found["unknown"]) == ("21.00", None, True)
    # Thirty times 24 hours after the newer price began.
    assert found["rises_at"] == "2026-12-14T13:31:00-08:00"
    # A typed price goes before any order from its own instant on.
    shop.run("price", "LAMP-01", "22", "--from", "2026-11-14")
    assert listed(shop) == [seen[0], ("22.00", "2026-11-14T00:00", "typed")]
    shop.run(
        "promotion", "add", "--tool", "discount", "--item", "LAMP-01", "--percent", "10%", "--starts", "2026-11-13",
        "--for", "10d",
    )  # fmt: skip
    (row,) = shop.json("coverage", "--sku", "LAMP-01", "--from", "2026-11-13", "--days", "2")["skus"]
    assert [(each["price"], each["list_price"]) for each in row["pieces"]] == [
        (None, None), ("18.90", "21.00"), ("19.80", "22.00"),
    ]  # fmt: skip


def test_thirty_days_after_a_campaign_the_refunds_of_its_orders_are_counted(us_shop, tmp_path):
    shop = us_shop
    shop.run(
        "campaign", "add", "--name", "autumn", "--starts", "2026-10-10", "--ends", "2026-10-11", "--sku", "LAMP-01"
    )
    shop.run("campaign", "edit", "C-1", "--why", "rain")
    assert shop.json("campaign", "show", "C-1")["after_30_days"] is None  # no file tells it
    back = {"Order Refund Amount": "$5.00"}
    bring(
        shop, tmp_path, order(1, "10/08/2026 08:00:00 AM", **back), order(2, "10/10/2026 12:00:00 AM", **back),
        # Both rows of one order name what was paid back for all of it.
        order(3, "10/11/2026 11:59:59 PM", **back),
        order(3, "10/11/2026 11:59:59 PM", SKU_ID="172998311541881799", **back),
        order(4, "10/11/2026 09:00:00 AM"), order(5, "10/11/2026 10:00:00 AM", Seller_SKU="OTHER", **back),
        order(6, "10/12/2026 12:00:00 AM", **back), order(7, "10/13/2026 09:00:00 AM"),
    )  # fmt: skip
    found = shop.json("campaign", "show", "C-1")
    assert (found["after_30_days"], found["state"]) == ({"refunds": 2, "money": "10.00"}, "measured")
    assert "Measure again" not in shop.run("today").stdout
    shop.now = "2026-11-10T22:59"  # thirty times 24 hours are not over
    assert shop.json("campaign", "show", "C-1")["after_30_days"] is None


def test_a_price_that_does_not_pay_is_told_with_the_loss(shop):
    shop.run(
        "cost",
        "LAMP-WHT",
        "--goods",
        "500",
        "--packing",
        "10",
        "--shipping-out",
        "40",
        "--shipping-back",
        "40",
        "--lost-share",
        "0%",
    )
    add = ("promotion", "add", "--tool", "discount", "--item", "LAMP-WHT=590", "--starts", "2026-11-24", "--for", "2d")
    before = shop.json(*add)
    (told,) = [text for text in before["warnings"] if "loses" in text]
    kept = {step["what"]: step for step in shop.json("profit", "LAMP-WHT", "--price", "590")["steps"]}["kept"]
    assert told == f"LAMP-WHT: at 590.00 an order loses {kept['amount'].removeprefix('-')}."
    shop.run("creator", "add", "--handle", "anna", "--goal", "sales", "--rate", "10%", "--product", "LAMP-WHT=590")
    dearer = shop.json(*add, "--deal", "D-1")
    (told,) = [text for text in dearer["warnings"] if "loses" in text]
    kept = shop.json("profit", "LAMP-WHT", "--price", "590", "--commission", "10%")["steps"]
    assert told.endswith(next(s["amount"] for s in kept if s["what"] == "kept").removeprefix("-") + ".")
    assert not [text for text in shop.json(*add[:5], "LAMP-WHT=900", *add[6:])["warnings"] if "loses" in text]


def test_what_the_platform_wants_of_the_shop_is_told_where_it_does_not_hold(shop):
    add = ("promotion", "add", "--tool", "flash", "--item", "A=5", "--starts", "2026-11-24T12:00", "--for", "1d")
    assert shop.json(*add)["warnings"] == []  # nothing was read: nothing is claimed
    shop.run("violation", "add", "--points", "36", "--issued", "2026-11-20")
    (told,) = [text for text in shop.json(*add)["warnings"] if "36 points" in text]
    assert "closed" in told
    assert not [text for text in shop.json(*add[:3], "discount", *add[4:])["warnings"] if "points" in text]


def test_late_orders_are_said_to_be_late_so_that_no_past_weekday_is_taken_for_the_next(us_shop, tmp_path):
    def to_ship(number, created):
        return order(number, created, Order_Status="To ship", Shipped_Time="")

    def shipping():
        return next(line for line in us_shop.run("today").stdout.splitlines() if line.startswith("To ship"))

    bring(us_shop, tmp_path, to_ship(1, "11/18/2026 07:00:00 PM"), to_ship(2, "11/20/2026 08:59:00 AM"))
    us_shop.now = "2026-11-20T12:00"
    first = shipping()
    assert "late" not in first
    us_shop.now = "2026-12-01T12:00"
    late = shipping()
    assert "first by" not in late
    assert late.count("late since") == 2
