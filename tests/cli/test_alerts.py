"""`alerts`, as a script and a timer see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

TODAY = date(2026, 11, 24)


def fill(shop, tmp_path, bad=lambda ago: 2 if ago < 5 else int(ago % 10 == 0), days=100):
    rows = ["day,sku,type,words,count"]
    for ago in range(days, -1, -1):
        day = TODAY - timedelta(days=ago)
        rows.append(f"{day},MUG-SET-4,size,small,1")
        if bad(ago):
            rows.append(f"{day},LAMP-WHT,damaged,arrived broken,{bad(ago)}")
    file = tmp_path / "log.csv"
    file.write_text("\n".join(rows) + "\n")
    shop.run("log", "--import", str(file))


def firing(shop, status=3):
    found = shop.json("alerts", status=status)["alerts"]
    return [each["id"] for each in found if each["state"] == "firing" and not each["acked"]]


LAMP = "unusual/sku:LAMP-WHT/damaged"


def test_nothing_known_is_not_well_and_writes_nothing(shop):
    assert shop.json("alerts") == {"alerts": [], "outbox": []}
    assert not shop.data.exists()


def test_a_step_is_found_with_its_numbers(shop, tmp_path):
    fill(shop, tmp_path)
    assert LAMP in firing(shop)
    alert = next(each for each in shop.json("alerts", status=3)["alerts"] if each["id"] == LAMP)
    assert (alert["value"], round(alert["usual"], 3)) == (10, 0.7)
    assert alert["because"] == "10 in 7 days, 0.7 is usual"
    assert alert["place"] == {"domain": "issues", "id": "week"}
    today = shop.json("today")["alerts"]
    assert {"id": LAMP, "because": alert["because"]} in today


def test_seen_until_worse_or_until_a_day(shop, tmp_path):
    fill(shop, tmp_path)
    shop.run("alerts", "ack", LAMP)
    assert LAMP not in firing(shop, status=0)
    shop.run("log", "LAMP-WHT damaged one more")
    assert LAMP in firing(shop)
    shop.run("alerts", "ack", LAMP, "--until", "2026-11-26")
    shop.run("log", "LAMP-WHT damaged one more")
    assert LAMP not in firing(shop, status=0)
    shop.now = "2026-11-26T09:00"
    assert LAMP in firing(shop)


def test_what_does_not_fire_is_not_acknowledged(shop, tmp_path):
    fill(shop, tmp_path)
    shop.run("alerts", "ack", "unusual/sku:MUG-SET-4/size", status=1)
    shop.run("alerts", "ack", "unusual/sku:NONE", status=1)


def test_too_short_a_log_is_unknown(shop, tmp_path):
    fill(shop, tmp_path, days=20)
    found = {each["id"]: each["state"] for each in shop.json("alerts", status=3)["alerts"]}
    assert found[LAMP] == "unknown"


def test_own_history_is_replayed(shop, tmp_path):
    fill(shop, tmp_path)
    found = {each["rule"]: each for each in shop.json("alerts", "test", "--days", "30")["rules"]}
    assert found["unusual"]["fired"] == 1
    assert found["unusual"]["days"] == 30
    assert found["score"]["per_100_days"] is None


def test_a_reading_near_its_line(us_shop):
    shop = us_shop
    shop.run("score", "nrr", "1.1%")
    assert "reviews/shop" in firing(shop)
    shop.run("score", "nrr", "1.3%")
    assert firing(shop) == ["reviews_over/shop"]
    shop.run("score", "nrr", "0.9%")
    assert firing(shop, status=0) == []


def test_without_mail_nothing_is_sent_and_that_is_said(shop, tmp_path):
    assert shop.run("alerts", "--send").returncode == 0
    fill(shop, tmp_path)
    assert "[mail]" in shop.run("alerts", "--send", status=1).stderr
    assert not (shop.data / "outbox.json").exists()


@pytest.mark.parametrize("words", [("mail",), ("test", "--days", "0"), ("--send", "test"), ("ack",)])
def test_a_wrong_call(shop, words):
    shop.run("alerts", *words, status=2)
