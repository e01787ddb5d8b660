"""`creator`, `creators` and their results, as a script sees them."""

from __future__ import annotations

import pytest

from tests.intake import selling


def deal(shop, *more, handle="ploy_daily"):
    return shop.json("creator", "add", handle, "--rate", "12%", "--product", "LAMP-WHT=590", *more)


def act(shop, action, *more, id="D-1", **status):
    return shop.json("creator", "act", id, action, *more, **status)


def test_a_deal_goes_its_whole_way(shop):
    found = deal(shop, "--followers", "48200", "--engagement", "1.8%", "--category", "outdoor")
    assert (found["id"], found["stage"], found["due_at"], found["messages"]) == ("D-1", "candidate", None, 0)
    assert found["figures"]["engagement"] == {"value": "0.018000", "day": "2026-11-24"}
    assert found["products"] == [
        {"sku": "LAMP-WHT", "price": "590.00", "ceiling": None, "why": found["products"][0]["why"]}
    ]
    found = act(shop, "invite")
    assert (found["stage"], found["due_at"], found["due_kind"]) == ("invited", "2026-11-27T09:00:00+07:00", "own")
    stages = [
        ("answered", "talking"), ("agree", "agreed"), ("sample_asked", "sample_review"), ("approve", "sample_to_send"),
        ("sent", "sample_on_way"), ("arrived", "content_due"), ("posted", "posted"), ("run", "running"),
        ("end", "ended"),
    ]  # fmt: skip
    for action, stage in stages:
        found = act(shop, action)
        assert found["stage"] == stage
        if stage == "sample_review":
            assert (found["due_at"], found["due_kind"], found["on_timeout"]) == (
                "2026-12-01T09:00:00+07:00", "platform", "lapsed",
            )  # fmt: skip
        if stage == "content_due":
            assert (found["due_at"], found["goal_at"]) == ("2026-12-15T09:00:00+07:00", "2026-12-08T09:00:00+07:00")
    assert (found["outcome"], found["closed_at"]) == ("done", "2026-11-24T09:00:00+07:00")
    shop.run("creator", "act", "D-1", "message", status=1)
    found = shop.json("creator", "reopen", "D-1")
    assert (found["stage"], found["outcome"]) == ("running", None)
    shop.run("undo")
    assert shop.json("creator", "show", "D-1")["stage"] == "ended"


def test_a_sixth_message_before_an_answer_is_told(shop):
    deal(shop)
    act(shop, "invite")
    for _ in range(5):
        assert act(shop, "message")["warnings"] == []
    found = act(shop, "message")
    assert (found["stage"], found["messages"]) == ("invited", 6)
    assert "5 messages" in found["warnings"][0]


def test_a_word_again_starts_the_clock_again(shop):
    deal(shop)
    act(shop, "invite")
    shop.now = "2026-11-26T10:00"
    found = act(shop, "message")
    assert (found["stage_since"], found["due_at"]) == ("2026-11-24T09:00:00+07:00", "2026-11-29T10:00:00+07:00")


def test_what_is_not_legal_is_refused(shop):
    deal(shop)
    shop.run("creator", "act", "D-1", "agree", status=1)
    shop.run("creator", "act", "D-1", "dance", status=2)
    shop.run("creator", "act", "D-1", "invite", "--at", "2026-11-25T10:00", status=1)
    shop.run("creator", "reopen", "D-1", status=1)
    shop.run("creator", "add", status=2)
    shop.run("creator", "edit", "D-1", status=2)
    shop.run("creator", "edit", "D-1", "--ends", "2026-11-01", "--starts", "2026-12-01", status=2)
    shop.run("creator", "show", "D-9", status=1)


def test_what_does_not_pay_is_agreed_on_with_a_reason_only(shop):
    shop.run(
        "cost", "LAMP-WHT", "--goods", "400", "--packing", "6", "--shipping-out", "40", "--shipping-back", "35",
        "--lost-share", "30%",
    )  # fmt: skip
    deal(shop)
    act(shop, "invite")
    act(shop, "answered")
    # Without orders nobody knows how often it comes back: nothing is claimed.
    found = act(shop, "agree")
    assert found["products"][0]["ceiling"] is None


def test_the_limits_of_a_target_collaboration_are_told(shop):
    assert "10 % at least" in deal(shop, "--rate", "8%")["warnings"][0]
    assert deal(shop, "--rate", "8%", "--collaboration", "open")["warnings"] == []


def test_screening_says_what_fits_what_fails_and_what_is_unknown(shop):
    shop.config.write_text(
        '[shop]\nmarket = "TH"\n[deals.screening]\nfollowers = { at_least = 10000 }\nengagement = { at_least = "2%" }\n'
        'reply_rate = { at_least = "80%" }\ncategory = { one_of = ["outdoor"] }\n', encoding="utf-8",
    )  # fmt: skip
    found = deal(shop, "--followers", "48200", "--engagement", "1.8%", "--category", "Outdoor")["screening"]
    assert [(each["figure"], each["value"], each["wanted"], each["fits"]) for each in found] == [
        ("category", "Outdoor", "outdoor", True), ("followers", "48200", ">= 10000", True),
        ("engagement", "0.018000", ">= 0.020000", False), ("reply_rate", None, ">= 0.800000", None),
    ]  # fmt: skip


def test_the_list_is_by_clock_and_can_be_filtered(shop):
    deal(shop)
    deal(shop, handle="mint")
    act(shop, "invite", id="D-2")
    assert [each["id"] for each in shop.json("creators")["deals"]] == ["D-2", "D-1"]
    assert [each["id"] for each in shop.json("creators", "--filter", "stage:candidate")["deals"]] == ["D-1"]
    assert [each["id"] for each in shop.json("creators", "--filter", "-ploy sku:LAMP* rate:>=10%")["deals"]] == ["D-2"]
    shop.run("creators", "--filter", "stage:nonsense", status=2)


def test_clocks_stand_in_calendar_and_away(shop):
    deal(shop)
    act(shop, "invite")
    assert "ploy_daily" in shop.run("calendar").stdout


def test_today_names_the_deals_that_wait(shop):
    deal(shop)
    act(shop, "invite")
    assert shop.json("today")["deals"] == []
    shop.now = "2026-11-27T08:00"
    assert shop.json("today")["deals"] == [
        {"id": "D-1", "handle": "ploy_daily", "stage": "invited", "due_at": "2026-11-27T09:00:00+07:00",
         "due_kind": "own"}
    ]  # fmt: skip
    assert "ploy_daily" in shop.run("today", "--until", "2026-11-29").stdout


def test_forget_takes_handles_of_ended_deals(shop):
    deal(shop, "--note", "likes lamps")
    deal(shop, handle="stays")
    shop.run("creator", "act", "D-1", "skip", "--because", "too small")
    shop.now = "2027-01-10T09:00"
    shop.run("forget", "--before", "2026-12-01", "--yes")
    found = shop.json("creator", "show", "D-1")
    assert (found["handle"], found["note"], found["because"], found["stage"]) == (None, None, None, "ended")
    assert shop.json("creator", "show", "D-2")["handle"] == "stays"


def affiliate(number, creator="tan.reviews", back="No", header=selling.AFFILIATE, **more):
    return selling.row(header, **{
        "order_id": selling.order_id(number), "sku_id": "1729000000000000001", "product_name": "Lamp",
        "price": "590.00", "payment_amount": "590.00", "currency": "THB", "quantity": "1",
        "fully_returned_or_refunded": back, "order_status": "Completed", "creator_username": creator,
        "standard_commission_rate": "10%", "est_standard_commission_payment": "59.00",
        "time_created": f"{1 + number % 20:02d}/10/2026 10:00:00", **more,
    })  # fmt: skip


@pytest.mark.parametrize("header", [selling.AFFILIATE, selling.AFFILIATE_UK])
def test_results_come_from_affiliate_orders(shop, tmp_path, header):
    rows = [affiliate(n, "guilty", "Yes" if n < 9 else "No", header) for n in range(20)]
    rows += [affiliate(100 + n, "innocent", "Yes" if n < 2 else "No", header) for n in range(60)]
    path = selling.written(tmp_path / "affiliate.csv", header, rows)
    read = shop.json("import", path)["files"][0]
    assert (read["kind"], read["new"], read["date_order"]) == ("affiliate", 80, "DMY")
    assert shop.json("import", path)["files"][0]["unchanged"] == 80
    found = {each["handle"]: each for each in shop.json("creators", "--results")["creators"]}
    guilty, innocent = found["guilty"], found["innocent"]
    assert (guilty["orders"], guilty["refunds"], guilty["unusual"]) == (20, 9, True)
    assert (innocent["orders"], innocent["refunds"], innocent["unusual"]) == (60, 2, False)
    assert (guilty["sales"], guilty["commission"], guilty["profit"]) == ("11800.00", "649.00", None)
    assert guilty["expected_refunds"] == 2.75
    assert shop.json("creators", "--results", "--from", "2026-10-21")["creators"] == []
    for verb in (("creators", "--results"), ("profit", "--settled")):
        shop.run(*verb, "--from", "2026-10-21", "--to", "2026-10-20", status=2)
    shop.run("undo")
    assert shop.json("creators", "--results")["creators"] == []


def test_performance_in_chinese_and_english(shop, tmp_path):
    zh = selling.written(
        tmp_path / "达人.csv", selling.CREATORS_ZH,
        [
            ["The name", "The GMV", "of LIVE", "of video", "of cards", "money", "orders", "AOV", "n", "n", "n"],
            ["ploy_daily", "THB 12,000.50", "0", "12,000.50", "0", "590", "20", "600", "3", "9000", "1,200.00"],
            ["som", "--", "--", "--", "--", "--", "--", "--", "1", "--", "--"],
        ],
    )  # fmt: skip
    read = shop.json("import", zh)["files"][0]
    assert (read["kind"], read["new"], read["unknown"], read["refused"]) == ("creators", 2, [], [])
    en = selling.written(
        tmp_path / "creators.csv", selling.CREATORS,
        [["ploy_daily", "THB 13,000.00", "590", "21", "21", "1", "600", "3", "0", "1,300", "1", "0"]],
    )  # fmt: skip
    assert shop.json("import", en)["files"][0]["updated"] == 1


def test_what_performance_files_say_is_shown_screened_and_forgotten(shop, tmp_path):
    shop.config.write_text(
        '[shop]\nmarket = "TH"\n[deals.screening]\nfollowers = { at_least = 10000 }\ngmv_30d = { at_least = 10000 }\n'
        'orders_30d = { at_most = 10 }\nengagement = { at_least = "5%" }\nreply_rate = { at_least = "80%" }\n',
        encoding="utf-8",
    )  # fmt: skip
    deal(shop, "--followers", "48200", handle="@Ploy_Daily")
    header = [*selling.CREATORS_23, "Affiliate followers"]
    row = selling.row(
        header, creator_name="ploy_daily", creator_attributed_gmv="฿12,000.50", attributed_orders="20",
        items_refunded="1", ctor="5.93%", ctr="1%", affiliate_followers="9",
    )  # fmt: skip
    shop.run("import", selling.written(tmp_path / "creators.csv", header, [row]))
    videos = [
        selling.row(
            selling.VIDEOS, video_id=f"74000000000000001{n}", video_title="t", creator_name="ploy_daily",
            video_views="1,000", likes=str(40 + n), comments="5", shares="5", ctr="1%", completion_rate="1%",
            engagement="5%",
        )
        for n in range(10, 12)
    ]  # fmt: skip
    assert shop.json("import", selling.written(tmp_path / "v.csv", selling.VIDEOS, videos))["files"][0]["new"] == 2
    found = shop.json("creator", "show", "D-1")
    day = "2026-11-24"
    assert found["figures"]["gmv_30d"] == {"value": "12000.50", "day": day}
    assert found["figures"]["followers"] == {"value": "48200", "day": day}  # what was typed stays
    assert found["figures"]["ctor"] == {"value": "0.059300", "day": day}
    assert found["figures"]["engagement"] == {"value": "0.060500", "day": day}
    assert {each["figure"]: each["fits"] for each in found["screening"]} == {
        "followers": True, "gmv_30d": True, "orders_30d": False, "engagement": True, "reply_rate": None,
    }  # fmt: skip
    told = shop.run("creator", "show", "D-1").stdout
    assert "20 orders" in told
    assert "2 videos" in told
    (result,) = shop.json("creators", "--results")["creators"]
    assert (result["handle"], result["orders"], result["sales"], result["refunds"], result["profit"]) == (
        "ploy_daily", 20, "12000.50", 1, None,
    )  # fmt: skip
    assert shop.json("creators", "--results", "--from", "2026-01-01")["creators"] == []
    shop.now = "2027-01-10T09:00"
    shop.run("forget", "--before", "2027-01-01", "--yes")
    assert "gmv_30d" not in shop.json("creator", "show", "D-1")["figures"]
    assert shop.json("creators", "--results")["creators"] == []


def test_the_promotion_of_a_deal_has_its_products_prices_and_days(shop):
    deal(shop, "--product", "MUG=249", "--starts", "2026-11-26", "--ends", "2026-12-05")
    found = shop.json("promotion", "add", "--deal", "D-1")
    assert (found["tool"], found["deal"], found["creator"]) == ("creator_flash", "D-1", "ploy_daily")
    assert [(each["sku"], each["price"]) for each in found["items"]] == [("LAMP-WHT", "590.00"), ("MUG", "249.00")]
    assert (found["starts_at"], found["ends_at"]) == ("2026-11-26T00:00:00+07:00", "2026-12-06T00:00:00+07:00")
    found = shop.json("promotion", "add", "--deal", "D-1", "--for", "3d", "--tool", "flash", "--anyway")
    assert (found["tool"], found["ends_at"]) == ("flash", "2026-11-29T00:00:00+07:00")
    shop.run("creator", "add", "bare", "--product", "NOBODY-KNOWS")
    shop.run("promotion", "add", "--deal", "D-2", status=1)
    shop.run("promotion", "add", "--deal", "D-9", status=1)


def test_a_lowered_rate_is_told_until_it_reaches_the_creator(shop):
    deal(shop)
    for action in ("invite", "answered"):
        act(shop, action)
    assert shop.json("creator", "edit", "D-1", "--rate", "11%")["warnings"] == []  # nothing was agreed on yet
    act(shop, "agree")
    assert shop.json("creator", "edit", "D-1", "--rate", "13%")["warnings"] == []  # a raise holds at once
    (told,) = shop.json("creator", "edit", "D-1", "--rate", "10%")["warnings"]
    assert "13 %" in told
    assert "2026-12-24" in told
    shop.now = "2026-12-25T09:00"
    assert shop.json("creator", "show", "D-1")["warnings"] == []


def test_the_profit_of_a_creator_counts_pieces_and_what_was_paid_on_refunds(shop, tmp_path):
    shop.run(
        "cost", "LAMP-WHT", "--goods", "210", "--packing", "6", "--shipping-out", "40", "--shipping-back", "35",
        "--lost-share", "30%", "--from", "2026-10-01",
    )  # fmt: skip
    header = [*selling.AFFILIATE, "Seller Sku"]
    rows = [
        affiliate(1, "two", header=header, seller_sku="LAMP-WHT", quantity="2", actual_commission_payment="118.00"),
        affiliate(2, "back", "Yes", header, seller_sku="LAMP-WHT", actual_commission_payment="59.00"),
    ]
    shop.run("import", selling.written(tmp_path / "affiliate.csv", header, rows))
    found = {each["handle"]: each["profit"] for each in shop.json("creators", "--results")["creators"]}
    # 1180 less 420 of goods, 46 of packing and shipping, fees of 88.38, 75.76 and 37.88, commission of 118
    assert found["two"] == "393.98"
    # packing and shipping 81, fees that are kept of 37.88 and 18.94, 30 % of 210, the commission of 59
    assert found["back"] == "-259.82"
