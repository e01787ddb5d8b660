"""What `today` tells of the days and the routines, from what is stored and archived."""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.factories import at
from workbench import i18n
from workbench.core.saying import Refusal
from workbench.core.tickets.days import Cleared
from workbench.session import Options, open_session


@pytest.fixture
def world(tmp_path):
    """A session whose clock can be set."""
    clock = SimpleNamespace(now=at("2026-11-02T09:00"))
    settings = tmp_path / "settings.toml"
    settings.write_text('[shop]\nmarket = "TH"\n[[routines]]\nid = "look"\nname = "look"\nevery = "week"\n'
                        '[[routines]]\nid = "rule_updates"\nname = "rules"\nevery = "week"\n')  # fmt: skip
    i18n.use("en")

    def again():
        return open_session(Options(data=tmp_path / "data", config=settings), lambda: clock.now)

    return SimpleNamespace(clock=clock, again=again, folder=tmp_path / "data")


def handled(world, opened, done, action="approve"):
    """A refund asked for and dealt with at these times, entered then."""
    session = world.again()
    world.clock.now = at(opened)
    id = session.tickets.add(kind="refund_only", opened_at=at(opened)).ids[0]
    world.clock.now = at(done)
    session.tickets.act([id], action)


def test_the_months_archive_is_read_and_no_older_one(world):
    world.clock.now = at("2026-10-05T09:00")
    handled(world, "2026-10-05T10:00", "2026-10-05T11:00")
    handled(world, "2026-11-02T10:00", "2026-11-02T11:00")
    handled(world, "2026-11-03T10:00", "2026-11-05T11:00")  # late
    handled(world, "2026-11-25T10:00", "2026-11-25T11:00")
    world.clock.now = at("2026-11-26T09:00")
    session = world.again()
    assert session.store.archived_months("tickets") == ["2026-10", "2026-11"]
    for path in (world.folder / "archive").glob("2026-10.*"):
        path.write_text("damaged", encoding="utf-8")
    found = world.again().days()
    assert (found.month.in_time, found.month.late) == (2, 1)
    assert found.yesterday == Cleared(1, 0)
    # Back to the evening of the 5th, the first one after it was dealt with.
    assert (found.evenings, found.at_least) == (21, False)


def test_a_damaged_archive_of_the_month_leaves_the_rest(world):
    handled(world, "2026-11-02T10:00", "2026-11-02T11:00")
    handled(world, "2026-11-25T10:00", "2026-11-25T11:00")
    [path] = (world.folder / "archive").glob("2026-11.*")
    path.write_text("damaged", encoding="utf-8")
    world.clock.now = at("2026-11-26T09:00")
    session = world.again()
    assert session.days().month.in_time == 2  # the daily tally knows
    assert session.store.notices == []
    data = world.folder / "workbench.json"
    tables = json.loads(data.read_bytes())
    del tables["tally"]
    data.write_text(json.dumps(tables), encoding="utf-8")
    session = world.again()
    session.store.notices.clear()
    assert session.days().month.in_time == 1
    assert len(session.store.notices) == 1


def test_the_verb_tells(shop):
    shop.add(opened="2026-11-23T10:00")
    shop.run("ticket", "act", "T-1", "approve", "--at", "2026-11-23T11:00")
    shop.add(opened="2026-11-20T08:00")
    shop.run("ticket", "act", "T-2", "approve", "--at", "2026-11-24T08:00")
    brief = shop.json("today")
    assert (brief["yesterday"], brief["cleared"]) == ({"count": 1, "late": 0}, {"count": 1, "late": 1})
    assert brief["evenings_at_zero"] == 0
    assert brief["on_time"] == {
        "month": "2026-11", "in_time": 1, "late": 1, "unknown": 0, "misses_left": 0, "needed": 8,
    }  # fmt: skip
    assert [routine["id"] for routine in brief["routines"] if routine["due"]] == [
        "rule_updates", "sku_report", "policy_review",
    ]  # fmt: skip
    text = shop.run("today").stdout
    assert "Yesterday: 1 cleared" in text
    assert "Today: 1 cleared, 1 late, 0 evenings at zero" in text
    assert "50% in time this month, 8 in time bring it back to 90%" in text
    assert "SKU report" in text


def test_a_shop_without_a_past_has_no_data(shop):
    brief = shop.json("today")
    assert (brief["yesterday"], brief["evenings_at_zero"], brief["on_time"]) == (None, None, None)
    text = shop.run("today").stdout
    assert "On time: no data" in text
    assert "Yesterday" not in text


def test_the_share_is_a_setting(shop):
    shop.config.write_text('[shop]\nmarket = "TH"\n[soon]\non_time = 50\n', encoding="utf-8")
    shop.add(opened="2026-11-23T10:00")
    shop.run("ticket", "act", "T-1", "approve", "--at", "2026-11-23T11:00")
    assert shop.json("today")["on_time"]["misses_left"] == 1


def test_ticking_a_routine_off_is_an_action_that_can_be_undone(world):
    session = world.again()
    assert [routine.due for routine in session.routines.all()] == [True, True]
    assert session.routines.all()[1].rules_age > 30
    assert session.routines.all()[0].rules_age is None
    session.routines.tick("look")
    with pytest.raises(Refusal):
        session.routines.tick("look")
    with pytest.raises(Refusal):
        session.routines.tick("nothing")
    standing = world.again().routines.all()[0]
    assert (standing.due, standing.last) == (False, date(2026, 11, 2))
    assert world.again().history()[0].text.args == {"name": "look"}
    world.clock.now += timedelta(days=7)
    assert world.again().routines.all()[0].due
    world.again().routines.tick("look")
    session.undo()
    assert len(session.store.table("routines")) == 1
    assert session.routines.all()[0].last == date(2026, 11, 2)
