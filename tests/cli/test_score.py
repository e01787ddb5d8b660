"""`score`, `scores`, `rule`, as a script sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest


def metric(shop, id):
    return next(each for each in shop.json("score")["metrics"] if each["id"] == id)


def test_readings_in_and_where_they_stand(us_shop):
    shop = us_shop
    found = shop.json("score", "sps", "4.2", "nrr", "1.26%", "late", "14/1150")
    assert found["score"]["value"] == 4.2
    by_id = {each["id"]: each for each in found["metrics"]}
    assert by_id["nrr"]["value"] == "0.012600"
    assert by_id["sps"]["held_gate"]["value"] == 4.0
    assert by_id["sps"]["band"]["name"] == "top band"
    late = by_id["late"]
    # (14 + k) / (1150 + k) <= 4 %: k = 33.3
    assert (late["value"], late["misses_left"], late["needed"], late["forgives_at"]) == ("0.012174", 33, 0, None)


def test_one_key_one_reading_and_undo(shop):
    shop.run("score", "nrr", "1.2%", "--day", "2026-11-20")
    shop.run("score", "nrr", "1.5%", "--day", "2026-11-20")
    shop.run("score", "nrr", "2%", "--day", "2026-11-21", "--sku", "LAMP-WHT")
    found = metric(shop, "nrr")
    assert found["history"] == [{"day": "2026-11-20", "value": "0.015000"}]
    assert found["skus"] == [{"day": "2026-11-21", "value": "0.020000", "sku": "LAMP-WHT"}]
    shop.run("undo")
    shop.run("undo")
    assert metric(shop, "nrr")["value"] == "0.012000"
    shop.run("score", "delete", "nrr", "--day", "2026-11-20")
    assert metric(shop, "nrr")["value"] is None
    shop.run("score", "delete", "nrr", "--day", "2026-11-20", status=1)


def test_a_bare_share_is_asked_about_once(shop):
    told = shop.run("score", "nrr", "1.3", status=2).stderr
    assert "1.3 %" in told
    assert "130 %" in told
    shop.run("score", "nrr", "1.3", "--unit", "percent")
    assert metric(shop, "nrr")["value"] == "0.013000"
    shop.run("score", "nrr", "1.4", "--day", "yesterday")
    assert [each["value"] for each in metric(shop, "nrr")["history"]] == ["0.014000", "0.013000"]
    assert "ten times" in shop.run("score", "nrr", "20").stderr


@pytest.mark.parametrize(
    "words",
    [("sps", "4.2", "--day", "2026-11-25"), ("nrr", "101%"), ("sps", "nan"), ("sps",), ("sps", "-1"), ("what", "3"),
     ("--unit", "percent"), ("nrr", "1", "--unit", "tons"), ("ahr", "1", "2")],
)  # fmt: skip
def test_a_wrong_call_changes_nothing(shop, words):
    shop.run("score", *words, status=2)
    assert all(each["value"] is None for each in shop.json("score")["metrics"])


def test_the_health_rating_is_the_ledgers(us_shop):
    us_shop.run("score", "ahr", "172")
    assert us_shop.json("ledger")["points"] == 172
    assert us_shop.json("scores")["score"]["value"] is None


def test_a_table_of_readings(shop, tmp_path):
    file = tmp_path / "readings.csv"
    file.write_text("day,metric,value,sku\n2026-11-20,sps,4.1,\n2026-11-21,差评率,1.2%,\n2027-01-01,sps,4,\n")
    dry = shop.json("scores", "import", str(file), "--dry-run")
    assert (dry["new"], [each["row"] for each in dry["refused"]], dry["done"]) == (2, [4], False)
    assert metric(shop, "sps")["value"] is None
    shop.run("scores", "import", str(file))
    again = shop.json("scores", "import", str(file))
    assert (again["new"], again["unchanged"]) == (0, 2)
    assert metric(shop, "nrr")["value"] == "0.012000"
    file.write_text("day,metric,value\n2026-11-20,nrr,1.26\n")
    shop.run("scores", "import", str(file), status=2)
    shop.run("scores", "import", str(file), "--unit", "percent")


def cases(shop, ends, kind="refund_only"):
    for n, (amount, end) in enumerate(ends):
        found = shop.json(
            "ticket", "add", "--kind", kind, "--external", f"{kind}-{n}", "--amount", f"{amount} THB",
            "--opened", "2026-11-20T09:00", "--reason", "Missing items",
        )  # fmt: skip
        shop.run("ticket", "act", found["id"], end, "--at", "2026-11-20T19:00")


def test_a_rule_on_what_was_decided(shop):
    cases(shop, [(40, "approve"), (80, "reject"), (150, "timeout"), (900, "reject")])
    found = shop.json("rule", "kind:refund_only amount:<=200")
    assert (found["matched"], found["lost_anyway"] + found["open"], found["kept"]) == (3, 2, 1)
    assert found["money"] == {"amount": "270", "currency": "THB"}
    assert found["cost"] == {"amount": "80", "currency": "THB"}
    assert [Decimal(cap["cap"]["amount"]) for cap in found["caps"]] == [50, 100]
    assert [cap["matched"] for cap in found["caps"]] == [1, 2]
    assert found["recommended"] is None
    assert found["handling_hours"]["now"] == 10.0
    shop.run("rule", "stage:decide", status=2)
    shop.run("rule", "kind:refund_only", "--from", "2026-11-24", "--to", "2026-11-01", status=2)
