"""`campaign`, `live` and their lists, as a script sees them."""

from __future__ import annotations


def campaign(shop, *more, name="11.11 sale", starts="2026-11-26", ends="2026-11-28"):
    return shop.json("campaign", "add", "--name", name, "--starts", starts, "--ends", ends, *more)


def test_what_was_expected_is_locked_when_it_starts(shop):
    found = campaign(shop, "--expected-sales", "12000", "--expected-conversion", "3.2%")
    assert found["expected"] == {"sales": "12000.00", "orders": None, "conversion": "0.032000"}
    assert (found["state"], found["ends_at"]) == ("coming", "2026-11-29T00:00:00+07:00")
    found = shop.json("campaign", "edit", "C-1", "--expected-orders", "40")
    assert found["expected"] == {"sales": "12000.00", "orders": 40, "conversion": "0.032000"}
    shop.now = "2026-11-26T00:00"
    assert "has started" in shop.run("campaign", "edit", "C-1", "--expected-sales", "1", status=1).stderr
    later = shop.json("campaign", "edit", "C-1", "--later", "sales=9000")["later"]
    assert later == [{"at": "2026-11-26T00:00:00+07:00", "what": "sales", "value": "9000"}]
    shop.now = "2026-11-30T10:00"
    found = shop.json("campaign", "edit", "C-1", "--actual-sales", "9500", "--why", "too late")
    assert (found["actual"]["sales"], found["why"], found["state"]) == ("9500.00", "too late", "review")
    assert shop.json("campaign", "close", "C-1")["state"] == "closed"
    shop.run("undo")
    assert shop.json("campaign", "show", "C-1")["state"] == "review"


def test_campaigns_that_are_alike_are_found(shop):
    campaign(shop, starts="2025-11-26", ends="2025-11-28", name="big sale")
    campaign(shop, starts="2026-11-20", ends="2026-11-22", name="autumn")
    campaign(shop, starts="2026-05-01", ends="2026-05-02", name="spring sale")
    assert shop.json("campaign", "show", "C-2")["like"] == ["C-1"]
    assert shop.json("campaign", "show", "C-3")["like"] == ["C-1"]
    assert [each["id"] for each in shop.json("campaigns", "--like", "C-1")["campaigns"]] == ["C-2", "C-3"]
    assert [each["id"] for each in shop.json("campaigns")["campaigns"]] == ["C-2", "C-3", "C-1"]


def test_slips_of_a_campaign(shop):
    shop.run("campaign", "add", "--name", "x", "--starts", "2026-11-26", status=2)
    campaign(shop)
    for words in (
        (), ("--actual-orders", "many"), ("--actual-conversion", "3"), ("--later", "sales"),
        ("--later", "sales=1", "--why", "x"), ("--ends", "2026-11-01"),
    ):  # fmt: skip
        shop.run("campaign", "edit", "C-1", *words, status=2)
    shop.run("campaign", "show", "C-9", status=1)


def test_a_live_from_its_checklist_to_the_note_to_its_buyers(shop):
    found = shop.json(
        "live", "add", "--starts", "2026-11-24T08:00", "--ends", "2026-11-24T10:00", "--content", "#morning",
        "--sku", "LAMP-WHT",
    )  # fmt: skip
    assert {name: found[name] for name in ("id", "content", "skus", "state", "promotions")} == {
        "id": "L-1", "content": "morning", "skus": ["LAMP-WHT"], "state": "running", "promotions": [],
    }  # fmt: skip
    assert [check["id"] for check in (*found["before"], *found["after"])] == [1, 2, 3, 4, 5]
    shop.run(
        "promotion", "add", "--tool", "live_flash", "--item", "LAMP-WHT=500", "--starts", "2026-11-24T09:30", "--for",
        "20min",
    )  # fmt: skip
    assert shop.json("live", "show", "L-1")["promotions"] == ["P-1"]
    assert shop.json("live", "done", "L-1", "2")["before"][1]["done"] is True
    ended = shop.json("live", "end", "L-1", "--at", "2026-11-24T08:30")
    assert (ended["state"], ended["ends_at"]) == ("ended", "2026-11-24T08:30:00+07:00")
    shop.run("live", "end", "L-1", status=1)
    shop.run("live", "done", "L-1", "9", status=1)
    shop.run("live", "done", "L-1", "two", status=2)
    shop.run("undo")
    assert shop.json("lives")["lives"][0]["state"] == "running"


def test_campaigns_go_out_to_a_spreadsheet_and_come_back(shop, tmp_path):
    shop.run(
        "campaign", "add", "--name", "12.12", "--starts", "2026-12-12", "--ends", "2026-12-12", "--sku", "LAMP-WHT",
        "--expected-sales", "12000", "--expected-conversion", "3.2%", "--note", "=1+1",
    )  # fmt: skip
    before = shop.json("campaigns")["campaigns"][0]
    file = tmp_path / "campaigns.csv"
    shop.run("campaigns", "export", "--output", str(file))
    shop.run("campaigns", "import", str(file), status=1)  # nothing in it is new
    shop.run("campaign", "delete", "C-1")
    shop.run("campaigns", "import", str(file))
    after = shop.json("campaigns")["campaigns"][0]
    assert after | {"id": "C-1"} == before
    shop.run("undo")
    assert shop.json("campaigns")["campaigns"] == []
    file.write_text("name,starts,ends\n12.12,someday,never\n", encoding="utf-8")
    assert "Row 2" in shop.run("campaigns", "import", str(file), status=1).stderr
