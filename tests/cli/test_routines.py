"""Routines and what goes back, as the morning brief and their verb tell it."""

from __future__ import annotations

import json

import pytest

_SETTINGS = """[shop]
market = "TH"
[[routines]]
id = "audit"
name = "audit the replies"
each = "live"
[[routines]]
id = "stock"
name = "count the stock"
grid = "month"
late_from = "5d"
[[routines]]
id = "old"
name = "an older one"
every = "monday"
"""


@pytest.fixture
def routines(shop, tmp_path):
    settings = tmp_path / "routines.toml"
    settings.write_text(_SETTINGS, encoding="utf-8")

    def run(*words, now="2026-11-24T09:00+07:00", status=0):
        return shop.run("--config", str(settings), "--now", now, *words, status=status)

    return run


def _routines(run, **more):
    return {each["id"]: each for each in json.loads(run("today", "--json", **more).stdout)["routines"]}


def test_today_says_the_window_and_what_was_missed(routines):
    found = _routines(routines)
    assert (found["stock"]["due_from"], found["stock"]["late_from"]) == ("2026-11-01", "2026-11-06")
    assert found["audit"]["due_from"] is None
    routines("routine", "done", "stock")
    later = _routines(routines, now="2027-02-03T09:00+07:00")["stock"]
    assert (later["last"], later["due_from"], later["missed"]) == ("2026-11-24", "2027-02-01", 2)
    routines("routine", "done", "stock", status=1)
    routines("routine", "done", "nothing", status=1)


def test_the_last_ticks_are_kept_and_undo_takes_one_back(routines):
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        assert routines("routine", "done", "old", now=f"{day}T09:00+07:00").returncode == 0
    shown = json.loads(routines("routine", "--json").stdout)["routines"]
    old = next(each for each in shown if each["id"] == "old")
    assert old["ticks"] == ["2026-11-16", "2026-11-09", "2026-11-02"]
    routines("undo")
    assert _routines(routines)["old"]["last"] == "2026-11-09"


def test_each_live_brings_it_up_once(routines):
    added = routines("live", "add", "--starts", "2026-11-24T20:00", "--ends", "2026-11-24T22:00")
    assert added.returncode == 0
    assert _routines(routines)["audit"]["due"] is False
    evening = "2026-11-24T23:00+07:00"
    assert _routines(routines, now=evening)["audit"]["due"] is True
    assert routines("routine", "done", "audit", now=evening).returncode == 0
    assert _routines(routines, now="2026-11-25T09:00+07:00")["audit"]["due"] is False
    # The second live of one day brings it up again.
    assert routines("live", "add", "--starts", "2026-11-24T23:10", "--ends", "2026-11-24T23:50").returncode == 0
    found = _routines(routines, now="2026-11-25T09:00+07:00")["audit"]
    assert (found["due"], found["missed"]) == (True, 0)


def test_two_ways_of_repeating_are_a_mistake_that_is_named(shop, tmp_path):
    settings = tmp_path / "two.toml"
    settings.write_text('[[routines]]\nid = "x"\nname = "x"\nevery = "week"\ngrid = "month"\n', encoding="utf-8")
    found = shop.run("--config", str(settings), "config", "check", status=1)
    assert "one way" in found.stdout + found.stderr


def test_today_lists_each_price_that_goes_back(routines):
    routines("price", "LAMP-WHT", "720", "--from", "2026-10-01")
    done = routines(
        "promotion", "add", "--tool", "flash", "--item", "LAMP-WHT=590", "--item", "MUG-SET-4=360", "--starts",
        "2026-11-21T14:00", "--ends", "2026-11-24T14:00", "--keep",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(routines("today", "--json").stdout)["renewals"]
    assert found == [
        {"id": "P-1", "sku": "LAMP-WHT", "ends_at": "2026-11-24T14:00:00+07:00", "price": "590.00",
         "list_price": "720.00"},
        {"id": "P-1", "sku": "MUG-SET-4", "ends_at": "2026-11-24T14:00:00+07:00", "price": "360.00",
         "list_price": None},
    ]  # fmt: skip
