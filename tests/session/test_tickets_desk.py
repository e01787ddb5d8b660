"""The ticket desk over time: what happens by itself, and that undo finds every record as it was."""

from __future__ import annotations

import json

import pytest

from tests.factories import at
from workbench.core.saying import Refusal
from workbench.core.time import parse_iso
from workbench.session import Options, open_session


@pytest.fixture
def shop(tmp_path):
    settings = tmp_path / "settings.toml"

    def open_at(now, market="TH"):
        settings.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
        return open_session(Options(data=tmp_path / "data", config=settings, now=now))

    return open_at


def stored(session, id=1):
    return json.loads(bytes(session.store.table("tickets")[id]))


def test_undo_after_a_lapse_gives_back_the_record_exactly(shop):
    session = shop("2026-11-10T09:00")
    session.tickets.add(kind="refund_only", stage="dispute")
    before = stored(session)
    session.tickets.act([1], "lost")
    later = shop("2026-12-10T09:00")
    assert later.tickets.get(1).outcome == "refunded"
    later.upkeep()
    later.undo()
    assert stored(later) == before
    assert later.tickets.get(1).stage == "dispute"


def test_upkeep_stores_deadlines_once_after_the_rules_changed(shop):
    session = shop("2026-11-20T15:00")
    session.tickets.add(kind="refund_only")
    other = shop("2026-11-20T16:00", "ID")
    assert other.tickets.get(1).due_at == parse_iso("2026-11-22T15:00+07:00", other.zone)
    history = other.history()
    other.upkeep()
    assert stored(other)["deadline"]["policy"] == other.policy.fingerprint
    assert other.history() == history
    version = other.store.version
    other.upkeep()
    assert other.store.version == version


def test_a_selection_is_one_step_and_all_or_nothing(shop):
    session = shop("2026-11-24T09:00")
    for kind in ("refund_only", "cancel", "message"):
        session.tickets.add(kind=kind)
    with pytest.raises(Refusal):
        session.tickets.act([1, 2, 3], "approve")
    assert [ticket.stage for ticket in session.tickets.all()] == ["decide", "decide", "reply"]
    heard = []
    end = session.subscribe(lambda: heard.append(1))
    session.tickets.act([1, 2], "approve")
    end()
    assert heard == [1]
    assert [ticket.stage for ticket in session.tickets.all()] == ["closed", "closed", "reply"]
    session.undo()
    assert [ticket.stage for ticket in session.tickets.all()] == ["decide", "decide", "reply"]
    assert heard == [1]


def test_two_sessions_see_each_other(shop):
    one, two = shop("2026-11-24T09:00"), shop("2026-11-24T09:00")
    one.tickets.add(kind="message")
    assert two.refresh()
    two.tickets.act([1], "answer")
    assert one.refresh()
    assert one.tickets.get(1).stage == "wait"
    assert not one.refresh()


def test_finding_by_order_prefers_the_only_open_one_and_refuses_to_guess(shop):
    session = shop("2026-11-24T09:00")
    session.tickets.add(kind="refund_only", order_id="5769")
    session.tickets.add(kind="message", order_id="5769")
    with pytest.raises(Refusal):
        session.tickets.find("5769")
    session.tickets.close([1])
    assert session.tickets.find("5769").id == 2


def test_a_running_live_of_its_content_is_open_for_a_message(tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[shop]\nmarket = "TH"\nhours = "mon-fri 09:00-18:00"\n', encoding="utf-8")
    night = at("2026-11-21T20:30")  # a Saturday
    shop = open_session(Options(data=tmp_path / "data", config=settings, now=night))
    shop.desk("lives").add(starts_at=at("2026-11-21T20:00"), ends_at=at("2026-11-21T22:00"), content="Evening")
    (asked,) = shop.tickets.add(kind="message", channel="live", content="evening", opened_at=night).ids
    (other,) = shop.tickets.add(kind="message", channel="live", content="morning", opened_at=night).ids
    assert shop.tickets.get(asked).deadline.goal_at == at("2026-11-21T20:35")
    assert shop.tickets.get(other).deadline.goal_at == at("2026-11-23T09:05")
    shop.tickets.edit([other], content="evening")
    assert shop.tickets.get(other).deadline.goal_at == at("2026-11-21T20:35")
