"""`plan`, the steps of big days, as a script sees it."""

from __future__ import annotations


def steps(shop, *words):
    return {step["id"]: step for plan in shop.json("plan", *words)["plans"] for step in plan["steps"]}


def test_a_plan_started_late_shows_what_is_past_and_what_can_still_be_done(shop):
    found = shop.json("plan", "start", "black_friday")["plans"]
    assert [(plan["event"], plan["day"]) for plan in found] == [("black_friday", "2026-11-27")]
    states = [(step["id"], step["begins"], step["ends"], step["state"]) for step in found[0]["steps"]]
    assert states[0] == ("S-1", "2026-02-21", "2026-03-31", "late")
    assert states[6:] == [
        ("S-7", "2026-11-06", "2026-11-26", "open"),
        ("S-8", "2026-11-27", "2026-11-30", "coming"),
        ("S-9", "2026-12-01", "2026-12-04", "coming"),
    ]
    assert "started already" in shop.run("plan", "start", "black_friday", status=1).stderr
    assert shop.json("plan", "start", "black_friday", "--year", "2027")["plans"][1]["day"] == "2027-11-26"


def test_a_plan_of_years_ago_is_started_once(shop):
    shop.run("plan", "start", "black_friday", "--year", "2024")
    assert "started already" in shop.run("plan", "start", "black_friday", "--year", "2024", status=1).stderr


def test_a_step_is_moved_alone_ticked_and_noted_and_all_of_it_undone(shop):
    before = steps(shop, "start", "black_friday")
    moved = steps(shop, "move", "s-9", "2026-12-10")
    assert (moved["S-9"]["begins"], moved["S-9"]["ends"]) == ("2026-12-10", "2026-12-13")
    assert {id: step for id, step in moved.items() if id != "S-9"} == {
        id: step for id, step in before.items() if id != "S-9"
    }
    assert steps(shop, "done", "S-7")["S-7"]["state"] == "done"
    shop.run("plan", "done", "S-7", status=1)
    assert steps(shop, "note", "S-1", "lamps")["S-1"]["note"] == "lamps"
    for _ in range(3):
        shop.run("undo")
    assert steps(shop) == before
    shop.run("undo")
    assert shop.json("plan") == {"plans": []}


def test_slips(shop):
    assert "black_friday" in shop.run("plan", "start", "black_fryday", status=2).stderr
    shop.run("plan", "start", "christmas", status=1)
    shop.run("plan", "start", "black_friday", "--year", "1", status=2)
    shop.run("plan", "done", "S-1", status=1)
