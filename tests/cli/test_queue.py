"""`queue`, `why` and `today`: order, filters, plain tables, JSON that is harmless to print."""

from __future__ import annotations

import re

from workbench.output.cells import width

HOSTILE = ["[bold]x", "[@click=app.quit]x", "[/]", "\x1b[31mred\x1b[0m", "\u202eabc", "红色连衣裙", "👍🏽 ok", "=1+1"]


def test_order_and_filters(shop):
    shop.add(opened="2026-11-24T08:00")
    shop.add(opened="2026-11-20T15:00")
    shop.add("other")
    shop.add("return_refund", stage="buyer_ship")
    shop.run("ticket", "close", "T-4")
    assert [case["id"] for case in shop.json("queue")["tickets"]] == ["T-2", "T-1", "T-3"]
    assert [case["id"] for case in shop.json("queue", "--all")["tickets"]] == ["T-2", "T-1", "T-3", "T-4"]
    assert [case["id"] for case in shop.json("queue", "--filter", "-state:overdue")["tickets"]] == ["T-1", "T-3"]
    assert [case["id"] for case in shop.json("queue", "--limit", "1")["tickets"]] == ["T-2"]


def test_hostile_text_is_kept_in_json_and_harmless_everywhere(shop):
    for text in HOSTILE:
        shop.add(sku=text, product=text, buyer=text, reason=text, note=text, order=text, external=text, tag=text)
    done = shop.run("queue", "--json")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    assert {case["sku"] for case in shop.json("queue")["tickets"]} == set(HOSTILE)
    table = shop.run("queue").stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", table)
    assert "[@click=app.quit]x" in table
    lines = table.splitlines()
    column = lines[0].index("SKU")
    for line in lines[1:]:
        at, cells = 0, 0
        while cells < column:
            cells += width(line[at])
            at += 1
        assert cells == column
        assert line[at - 1] == " "
    for number in range(1, len(HOSTILE) + 1):
        shown = shop.run("ticket", "show", f"T-{number}").stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


def test_a_pipe_gets_utf8_whatever_the_platforms_habit(shop):
    shop.add(sku="红色连衣裙")
    done = shop.process("queue", "--json", PYTHONUTF8="0", PYTHONIOENCODING="cp1252")
    assert "红色连衣裙" in done.stdout


def test_a_full_disk_behind_standard_output_is_told(shop):
    with open("/dev/full", "w") as full:
        done = shop.process("queue", status=1, stdout=full)
    assert "disk is full" in done.stderr


def test_why_adds_up(shop):
    shop.add(opened="2026-11-20T15:00")
    why = shop.json("why", "T-1")
    assert [step["what"] for step in why["steps"]] == ["start", "run", "skip", "run"]
    assert sum(step["seconds"] for step in why["steps"]) == 72 * 3600
    assert why["steps"][-1]["at"] == why["due_at"] == "2026-11-23T15:00:00+07:00"
    assert why["steps"][0]["rule"] == shop.json("ticket", "show", "T-1")["due_rule"]
    assert why["steps"][0]["source"]
    assert "weekend" in shop.run("why", "T-1").stdout


def test_today(shop):
    shop.add(opened="2026-11-20T15:00")
    shop.add(opened="2026-11-23T10:00")
    shop.add(opened="2026-11-24T08:00")
    shop.add("message", stage="wait")
    brief = shop.json("today")
    assert (brief["overdue"], brief["due_today"], brief["due_tomorrow"], brief["waiting"]) == (1, 1, 1, 1)
    assert [case["id"] for case in brief["next"]] == ["T-1", "T-2", "T-3"]
    assert (brief["as_of"], brief["still_open"], brief["appeals"], brief["rising"]) == (None, [], [], [])
    shop.run("today", "--notify", status=3)
    assert shop.run().stdout == shop.run("today").stdout
    assert "1 overdue" in shop.run().stdout


def test_an_appeal_lapses_by_itself(shop):
    shop.add(stage="appeal", opened="2026-11-17T09:00:01")
    assert shop.json("ticket", "show", "T-1")["stage"] == "appeal"
    shop.now = "2026-11-24T09:00:01"
    case = shop.json("ticket", "show", "T-1")
    assert (case["stage"], case["outcome"]) == ("closed", "refunded")


def test_a_changed_market_sets_every_clock_anew(shop):
    shop.add(opened="2026-11-20T15:00")
    shop.config.write_text('[shop]\nmarket = "ID"\n', encoding="utf-8")
    assert shop.json("ticket", "show", "T-1")["due_at"] == "2026-11-22T15:00:00+07:00"


def test_reading_an_empty_directory_creates_nothing(shop):
    assert shop.json("queue") == {"tickets": []}
    assert not shop.data.exists()


def test_chinese(shop):
    shop.add(opened="2026-11-20T15:00")
    assert "处理退款" in shop.run("queue", "--lang", "zh").stdout
    assert "没有" in shop.run("ticket", "show", "T-9", "--lang", "zh", status=1).stderr


def test_mistakes_in_the_settings_are_told_once_and_the_default_is_used(shop):
    shop.config.write_text('[shop]\nmarket = "TX"\n', encoding="utf-8")
    done = shop.run("queue", "--json")
    assert "config check" in done.stderr
    assert "TH" in shop.run("config", "check", status=1).stdout
    assert shop.json("config", "check", status=1)["problems"][0]["what"]
    assert "shop.market" in shop.run("config", "show").stdout
    assert "data" in shop.run("config", "path").stdout
    shop.config.write_text("[shop\n", encoding="utf-8")
    assert "line 1: The file is no valid TOML" in shop.run("config", "check", status=1).stdout
