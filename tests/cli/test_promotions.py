"""`promotion`, `price`, `coverage`, `floor`, as a script sees them."""

from __future__ import annotations

import json


def flash(shop, *more, price="590", starts="2026-11-22T14:00", length="48h"):
    return shop.json(
        "promotion", "add", "--tool", "flash", "--item", f"LAMP-WHT={price}", "--starts", starts, "--for", length,
        "--keep", *more,
    )  # fmt: skip


def pieces(shop, *more):
    return [
        (piece["from"][:16], piece["price"], piece["promotion"])
        for piece in shop.json("coverage", "--sku", "LAMP-WHT", *more)["skus"][0]["pieces"]
    ]


def test_a_price_that_runs_out_from_its_entry_to_its_renewal(shop):
    shop.run("price", "LAMP-WHT", "720", "--from", "2026-10-01")
    found = flash(shop)
    assert {name: found[name] for name in ("id", "tool", "state", "keep", "ends_at", "near_at", "republish_by")} == {
        "id": "P-1", "tool": "flash", "state": "running", "keep": True, "ends_at": "2026-11-24T14:00:00+07:00",
        # A fifth of 48 hours before the end.
        "near_at": "2026-11-24T04:24:00+07:00", "republish_by": "2026-12-01T14:00:00+07:00",
    }  # fmt: skip
    assert found["items"] == [{"sku": "LAMP-WHT", "price": "590.00", "percent": None, "list_price": "720.00"}]
    assert pieces(shop) == [("2026-11-24T09:00", "590.00", "P-1"), ("2026-11-24T14:00", "720.00", None)]
    holes = shop.json("coverage")["skus"][0]["holes"]
    assert holes == [{"from": "2026-11-24T14:00:00+07:00", "to": "2026-12-08T00:00:00+07:00"}]
    renewed = shop.json("promotion", "renew", "p-1")
    assert (renewed["renews"], renewed["starts_at"]) == ("P-1", "2026-11-24T14:00:00+07:00")
    assert shop.json("promotion", "show", "P-1")["renewed_by"] == "P-2"
    assert "P-2" in shop.run("promotion", "renew", "P-1", status=1).stderr
    shop.run("undo")
    assert shop.json("promotion", "show", "P-1")["renewed_by"] is None


def test_a_renewal_of_one_that_is_past_begins_now(shop):
    flash(shop, starts="2026-11-20T10:00")
    shop.now = "2026-11-24T09:00:30"
    assert shop.json("promotion", "renew", "P-1")["starts_at"] == "2026-11-24T09:01:00+07:00"


def test_the_floor_of_thirty_days(shop):
    shop.run("price", "LAMP-WHT", "720", "--from", "2026-10-01")
    flash(shop)
    assert shop.json("floor", "LAMP-WHT") == {
        "sku": "LAMP-WHT", "at": "2026-11-24T09:00:00+07:00", "floor": "590.00", "set_by": "P-1",
        "changes_at": "2026-12-24T14:00:00+07:00", "next_floor": "720.00", "rises_at": "2026-12-24T14:00:00+07:00",
        "unknown": False,
    }  # fmt: skip


def test_what_is_longer_than_an_official_limit_is_refused_and_recorded_anyway(us_shop):
    shop = us_shop
    add = (
        "promotion", "add", "--tool", "flash", "--item", "A=5", "--starts", "2026-11-22", "--ends", "2026-11-25",
    )  # fmt: skip
    assert "3 d" in shop.run(*add, status=1).stderr  # until the end of the 25th: four days
    assert shop.json("promotions", "--all") == {"promotions": []}
    done = shop.run(*add, "--anyway", "--json")
    assert "3 d" in done.stderr
    assert json.loads(done.stdout)["ends_at"] == "2026-11-26T00:00:00-08:00"


def test_a_limit_that_nobody_official_states_is_a_warning(shop):
    found = flash(shop, length="4d")
    assert found["limit"] | {"source": ""} == {
        "longest": 259200, "shortest": None, "source": "", "as_of": "2026-07-19", "assumed": True,
    }  # fmt: skip
    assert len(found["warnings"]) == 1
    renewed = shop.run("promotion", "renew", "P-1", "--json")
    assert json.loads(renewed.stdout)["ends_at"] == "2026-11-29T14:00:00+07:00"
    assert "cut" in renewed.stderr
    # What is asked for is not cut: it is refused, whoever states the limit.
    assert "3 d at most" in shop.run("promotion", "renew", "P-2", "--for", "73h", status=1).stderr
    assert shop.json("promotion", "renew", "P-2", "--for", "73h", "--anyway")["ends_at"] == "2026-12-02T15:00:00+07:00"


def test_a_chain_at_its_own_price_warns_nothing_and_a_dearer_one_does(shop):
    shop.run("price", "LAMP-WHT", "720", "--from", "2026-10-01")
    flash(shop)
    assert shop.json("promotion", "renew", "P-1")["warnings"] == []
    assert len(flash(shop, starts="2026-11-30", price="600")["warnings"]) == 1


def test_slips(shop):
    for words in (
        ("--tool", "flush"), ("--item", "A"), ("--item", "A=x"), ("--item", "A=-5"), ("--item", "A=1.234"),
        ("--item", "=5"), ("--starts", "soon"), ("--for", "3wd"), ("--for", "0d"),
    ):  # fmt: skip
        given = {"--tool": "flash", "--item": "A=5", "--starts": "2026-11-24", "--for": "1d", words[0]: words[1]}
        shop.run("promotion", "add", *(part for pair in given.items() for part in pair), status=2)
    shop.run("promotion", "show", "P-1", status=1)
    flash(shop)
    for words, status in ((("--deal", "D-9"), 1), (("--campaign", "C-9"), 1), (("--deal", "C-1"), 2)):
        shop.run("promotion", "edit", "P-1", *words, status=status)
    assert shop.json("promotion", "edit", "P-1", "--deal", "")["deal"] is None
    shop.run("price", "A", "nothing", status=2)


def test_deleting_a_link_joins_its_neighbours(shop):
    flash(shop)
    shop.run("promotion", "renew", "P-1")
    shop.run("promotion", "renew", "P-2")
    shop.run("promotion", "delete", "P-2")
    assert shop.json("promotion", "show", "P-3")["renews"] == "P-1"
    shop.run("undo")
    assert shop.json("promotion", "show", "P-3")["renews"] == "P-2"


def test_where_a_second_one_may_be_refused_the_clock_stays_until_it_is_ticked_off(us_shop):
    shop = us_shop
    shop.run(
        "promotion", "add", "--tool", "discount", "--item", "A=5", "--starts", "2026-11-15T12:00", "--for", "10d",
        "--keep",
    )  # fmt: skip

    def clock():
        return [each["id"] for each in shop.json("today")["renewals"]]

    assert clock() == ["P-1"]
    renewed = shop.json("promotion", "renew", "P-1")
    assert "before P-1 has ended" in renewed["warnings"][-1]
    assert "P-2" in shop.run("promotion", "renew", "P-1", status=1).stderr
    assert clock() == ["P-1"]
    for said in ("P-1", "P-2"):
        done = shop.json("promotion", "done", said)
        assert (done["id"], done["warnings"]) == ("P-2", [])
        assert clock() == []
        shop.run("undo")
    shop.run("promotion", "done", "P-1")
    shop.run("promotion", "done", "P-1", status=1)
    # Renewed after its end there was no first one left.
    shop.run("undo")
    shop.run("undo")
    shop.now = "2026-11-26T09:00"
    assert shop.json("promotion", "renew", "P-1")["warnings"] == []
    assert clock() == []


def test_an_edit_that_is_not_allowed_while_it_runs_is_told(shop):
    flash(shop)
    assert shop.json("promotion", "edit", "P-1", "--note", "mine")["warnings"] == []
    done = shop.run("promotion", "edit", "P-1", "--item", "LAMP-WHT=580", "--json")
    assert "while it ran" in done.stderr
    assert [text for text in json.loads(done.stdout)["warnings"] if "while it ran" in text]
    flash(shop, starts="2026-12-01T14:00")
    assert shop.json("promotion", "edit", "P-2", "--item", "LAMP-WHT=570")["warnings"] == []


def test_the_start_of_any_running_activity_is_fixed_which_is_told(shop):
    add = ("promotion", "add", "--tool", "discount", "--item", "A=5", "--for", "5d")
    shop.run(*add, "--starts", "2026-11-23")
    assert shop.json("promotion", "edit", "P-1", "--item", "A=6")["warnings"] == []
    (told,) = shop.json("promotion", "edit", "P-1", "--starts", "2026-11-22")["warnings"]
    assert "start" in told
    shop.run(*add[:5], "B=5", *add[6:], "--starts", "2026-11-25")
    assert shop.json("promotion", "edit", "P-2", "--starts", "2026-11-26")["warnings"] == []


def test_a_percentage_alone_is_of_what_the_promotion_is_about(shop):
    add = ("promotion", "add", "--tool", "discount", "--starts", "2026-11-24", "--for", "2d")
    shop.run(*add, "--item", "A", "--item", "B=5", "--percent", "10%")
    shop.run(*add, "--item", "C=7")

    def items(ref):
        return [(each["sku"], each["price"], each["percent"]) for each in
                shop.json("promotion", "edit", ref, "--percent", "20%")["items"]]  # fmt: skip

    assert items("P-1") == [("A", None, "20"), ("B", "5.00", None)]
    assert items("P-2") == [("C", None, "20")]


def test_one_that_was_stopped_before_its_start_never_ran(shop):
    flash(shop, starts="2026-11-26T14:00")
    assert "stopped before it started" in shop.run("promotion", "stop", "P-1").stdout
    assert {each[2] for each in pieces(shop)} == {None}


def test_no_sku_is_a_slip(shop):
    for words in (("coverage", "--sku", " "), ("floor", ""), ("price", ""), ("price", " ", "5")):
        assert "cannot be empty" in shop.run(*words, status=2).stderr
    for words in (("coverage", "--sku", "LAMP"), ("floor", "LAMP"), ("price", "LAMP")):
        assert shop.run(*words).stderr == "Nothing is known of LAMP.\n"


def test_what_ends_at_midnight_is_written_with_the_day_before(shop):
    shop.run("price", "LAMP-WHT", "720", "--from", "2026-10-01")
    said = flash(shop, length="34h") and shop.run("promotion", "show", "P-1").stdout
    assert "to Mon 23 Nov 24:00" in said
    shop.now = "2026-11-23T09:00"
    assert "Mon 23 Nov 24:00" in shop.run("coverage").stdout


def test_a_promotion_of_everything_is_measured_by_the_floor_of_each_sku(shop):
    for sku in ("A", "B", "C"):
        shop.run("price", sku, "100", "--from", "2026-10-01")
    shop.run("promotion", "add", "--tool", "discount", "--item", "C=50", "--starts", "2026-11-01", "--for", "5d")
    shop.run("promotion", "add", "--tool", "discount", "--item", "B=60", "--starts", "2026-11-01", "--for", "5d")
    add = ("promotion", "add", "--tool", "flash", "--percent", "10%", "--starts", "2026-11-24", "--for", "1d")
    assert shop.json(*add)["warnings"] == [
        "B: 90.00 is not below 60.00, the lowest price of 30 days.", "The same of 1 more SKUs.",
    ]  # fmt: skip


def test_what_is_shown_of_one_has_whom_it_is_for_what_renews_it_and_what_is_worth_telling(shop):
    shop.run("campaign", "add", "--name", "x", "--starts", "2026-11-26", "--ends", "2026-11-28")
    flash(shop, "--creator", "anna", "--campaign", "C-1", length="4d")
    shop.run("promotion", "renew", "P-1")
    shown = shop.run("promotion", "show", "P-1")
    assert shown.stdout.splitlines()[-3:] == ["renewed by P-2", "for anna", "belongs to C-1"]
    assert "3 d at most" in shown.stderr
