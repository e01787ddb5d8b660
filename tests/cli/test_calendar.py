"""The calendar file: read by two parsers that know nothing of each other, and by what it must do for a phone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import icalendar
import pytest

from tests.cli.ical import events, moment, parse
from tests.core.violations.points_support import BANGKOK as SHOP
from tests.core.violations.points_support import climbing, violation
from tests.factories import BANGKOK, at
from workbench import i18n
from workbench.core.agenda import Due, Telling
from workbench.core.calendar import entries
from workbench.core.money import Money
from workbench.core.place import Place
from workbench.core.published import KEEP, publish
from workbench.core.saying import Refusal, say
from workbench.core.violations.ledger import levels
from workbench.core.violations.model import ViolationDraft
from workbench.output.calendar import ics
from workbench.session import Options, open_session
from workbench.storage import Store

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOSTILE = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\x1b[31m\u202e;,\\n\x00\u2028"


@pytest.fixture
def world(tmp_path):
    """A session whose clock can be set, and one more on the same data for each call of `again`."""
    clock = SimpleNamespace(now=at("2026-11-24T09:00"))
    settings = tmp_path / "settings.toml"
    settings.write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")

    def again(text=None):
        if text is not None:
            settings.write_text(text, encoding="utf-8")
        options = Options(data=tmp_path / "data", config=settings)
        return open_session(options, lambda: clock.now)

    i18n.use("en")
    yield SimpleNamespace(clock=clock, again=again, session=again(), folder=tmp_path)
    i18n.use("en")


def add(session, kind="refund_only", opened="2026-11-24T08:00", **fields):
    fields.setdefault("money", Money(Decimal("249"), "THB"))
    return session.tickets.add(kind=kind, opened_at=at(opened), **fields).ids[0]


def shown(session):
    """What a phone would see: UID -> sequence, status, the instant or day it is about."""
    return {
        uid: (int(each["SEQUENCE"]), each["STATUS"], due(uid, each))
        for uid, each in named(session.calendar.text()).items()
    }


def named(data):
    """The events by UID without the name of the data directory in it."""
    return {re.sub(r"\.[0-9a-f]{8}@", "@", uid): event for uid, event in events(data).items()}


def due(uid, event):
    """The instant that an entry is about: a deadline is its end, what happens or is asked its beginning; or a day."""
    if len(event["DTSTART"]) == 8:
        assert moment(event["DTEND"] + "T000000Z") - moment(event["DTSTART"] + "T000000Z") == DAY
        return event["DTSTART"]
    begin, end = moment(event["DTSTART"]), moment(event["DTEND"])
    assert end - begin == timedelta(minutes=15)
    return begin if re.search(r"expiry|answer|pending", uid) else end


def test_two_parsers_read_the_same(world):
    session = world.session
    add(session, sku="PANTS-BLK-L", order_id="576981590830166131")
    add(session, "message", sku="a;b,c\\d", money=None)
    add(session, "reshipment", stage="send", product="红色连衣裙" * 9)
    add(session, "return_refund", stage="buyer_ship")
    session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-11-20T10:00"), reason="late dispatch"))
    data = session.calendar.text()
    mine = named(data)
    theirs = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    theirs = {re.sub(r"\.[0-9a-f]{8}@", "@", uid): event for uid, event in theirs.items()}
    assert mine.keys() == theirs.keys()
    for uid, event in theirs.items():
        other = mine[uid]
        assert event["SUMMARY"] == other.text["SUMMARY"]
        assert event.get("DESCRIPTION") == other.text.get("DESCRIPTION")
        start = event["DTSTART"].dt
        assert (
            (start == moment(other["DTSTART"]))
            if isinstance(start, datetime)
            else start.strftime("%Y%m%d") == other["DTSTART"]
        )
        assert event["SEQUENCE"] == int(other["SEQUENCE"])
        alarms = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        assert len(alarms) == len(other.inside)
        if "routine" in uid:
            assert alarms == [9 * HOUR]  # at nine in the morning of its day
        elif "expiry" in uid:
            assert alarms == []
        else:  # before the deadline, which is the end
            assert [event["DTEND"].dt - (start + alarm) for alarm in alarms] == [24 * HOUR, 4 * HOUR, HOUR]
        assert {alarm["ACTION"] for alarm in other.inside} <= {"DISPLAY"}


def test_what_stands_in_it(world):
    session = world.session
    for kind, stage in (
        ("refund_only", None),
        ("return_refund", "buyer_ship"),
        ("other", None),
        ("exchange", "appeal"),
    ):
        add(session, kind, stage=stage, sku="PANTS-BLK-L")
    session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-11-20T10:00")))
    found = named(session.calendar.text())
    assert {uid for uid in found if not uid.startswith("routine")} == {
        "T-1.decide@workbench", "T-4.appeal@workbench", "V-1.appeal1@workbench", "V-1.expiry@workbench",
    }  # fmt: skip
    case = found["T-1.decide@workbench"]
    assert case.text["SUMMARY"] == "Decide refund PANTS-BLK-L \u0e3f249.00 (T-1)"
    assert "approved" in case.text["DESCRIPTION"]
    assert moment(case["DTEND"]) == session.tickets.get(1).due_at
    assert moment(found["V-1.appeal1@workbench"]["DTEND"]) == at("2026-12-20T10:00")
    assert moment(found["V-1.expiry@workbench"]["DTSTART"]) == at("2027-05-19T10:00")
    assert "0" in found["V-1.expiry@workbench"].text["SUMMARY"]


def test_unchanged_data_gives_the_same_bytes_at_any_time_and_again_in_the_first_language(world):
    add(world.session, sku="红色连衣裙")
    world.session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-10-26T10:00")))
    first = world.session.calendar.text()
    assert world.session.calendar.text() == first
    # The appeal window closes, the deadline passes, a week, a quarter and the points go by.
    for later in (HOUR, DAY, 8 * DAY, 60 * DAY, 200 * DAY):
        world.clock.now = at("2026-11-24T09:00") + later
        assert world.again().calendar.text() == first
    i18n.use("zh")
    chinese = world.again().calendar.text()
    assert "处理退款申请" in named(chinese)["T-1.decide@workbench"].text["SUMMARY"]
    i18n.use("en")
    assert world.again().calendar.text() == first


def test_a_sequence_rises_with_the_content_and_only_then(world):
    session, uid = world.session, "T-1.decide@workbench"
    add(session, sku="A")
    due = session.tickets.get(1).due_at

    def seen():
        return shown(world.again())[uid]

    assert seen() == (0, "CONFIRMED", due)
    session.tickets.note([1], "a note")
    session.tickets.snooze([1], session.now() + HOUR)
    session.tickets.tag([1], ["x"])
    assert seen() == (0, "CONFIRMED", due)
    session.tickets.due([1], due + HOUR)
    assert seen() == (1, "CONFIRMED", due + HOUR)
    session.tickets.edit([1], sku="B")
    assert seen() == (2, "CONFIRMED", due + HOUR)
    session.tickets.close([1])
    assert seen() == (3, "CANCELLED", due + HOUR)
    assert named(session.calendar.text())[uid].inside == []
    session.undo()
    assert seen() == (4, "CONFIRMED", due + HOUR)
    session.tickets.delete([1])
    assert seen() == (5, "CANCELLED", due + HOUR)
    assert [entry.text.args.get("ref") for entry in session.history()][:2] == ["T-1", "T-1"]


def test_a_stage_that_comes_back_after_its_cancellation_was_forgotten_has_a_higher_sequence(world):
    session, uid = world.session, "T-1.reply@workbench"
    add(session, "message")
    assert shown(session)[uid][0] == 0
    session.tickets.act([1], "answer")
    assert shown(session)[uid][:2] == (1, "CANCELLED")
    world.clock.now += KEEP
    add(session)
    assert uid not in shown(session)
    session.tickets.act([1], "wrote")
    assert shown(session)[uid][0] > 1


def test_appeals_and_drops_follow_the_ledger(world):
    session = world.session
    session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-11-20T10:00")))
    session.ledger.add(ViolationDraft(points=4, issued_at=at("2026-11-21T10:00")))
    drop = "V-1.expiry@workbench"
    assert "4" in named(session.calendar.text())[drop].text["SUMMARY"]
    session.ledger.appeal(2)
    assert shown(session)["V-2.appeal1@workbench"][:2] == (1, "CANCELLED")
    session.ledger.result(2, "rejected")
    assert shown(session)["V-2.appeal2@workbench"] == (0, "CONFIRMED", session.now() + 15 * DAY)
    session.ledger.appeal(1)
    session.ledger.result(1, "accepted")
    assert shown(session)[drop][:2] == (1, "CANCELLED")
    assert "V-2.expiry@workbench" in shown(session)


def test_points_that_dropped_stay_for_a_month(world):
    session, drop = world.session, "V-1.expiry@workbench"
    session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-06-01T10:00")))  # until 28 November
    before = named(session.calendar.text())[drop].lines
    world.clock.now += 10 * DAY
    add(session)
    assert named(session.calendar.text())[drop].lines == before
    world.clock.now += 30 * DAY
    add(session)
    assert drop not in shown(session)


def test_routines_recur_and_move_on_when_ticked_off(world):
    session = world.session
    add(session)
    found = named(session.calendar.text())
    week, quarter = found["routine-rule_updates@workbench"], found["routine-policy_review@workbench"]
    assert (week["RRULE"], quarter["RRULE"]) == ("FREQ=WEEKLY", "FREQ=MONTHLY;INTERVAL=3")
    assert (week["DTSTART"], quarter["DTSTART"]) == ("20261123", "20261001")
    session.routines.tick("rule_updates")
    session.routines.tick("sku_report")
    session.routines.tick("policy_review")
    starts = {uid: start for uid, (sequence, _, start) in shown(session).items() if sequence == 1}
    assert starts == {
        "routine-rule_updates@workbench": "20261201",
        "routine-sku_report@workbench": "20261130",
        "routine-policy_review@workbench": "20270101",
    }
    session.undo()
    assert shown(session)["routine-policy_review@workbench"][0] == 2


def test_hostile_text_stays_text(world):
    add(world.session, sku=HOSTILE, product=HOSTILE, order_id=HOSTILE, words=HOSTILE, buyer=HOSTILE)
    data = world.session.calendar.text()
    assert len(parse(data).inside) == 4
    text = named(data)["T-1.decide@workbench"].text["SUMMARY"]
    assert text.startswith("Decide refund x END:VEVENT BEGIN:VEVENT?[31m;,\\n")
    assert not any(ord(char) < 32 or char in "\u202e\u2028\x7f" for char in text)
    assert icalendar.Calendar.from_ical(data).walk("VEVENT")[-1]["SUMMARY"] == text


def test_no_word_of_a_buyer_leaves(world):
    add(world.session, sku="A", words="too small for me", buyer="malee.s", reason="fits like M", note="call her")
    data = world.session.calendar.text().replace(b"\r\n ", b"").decode()
    assert not any(word in data for word in ("too small", "malee", "fits like", "call her"))


@pytest.mark.parametrize("length", range(20, 60))
def test_folding_splits_no_character(world, length):
    for number, sku in enumerate(("红" * length, "x" * (length % 3) + "\U0001f44d" * length, "e\u0301" * length), 1):
        add(world.session, sku=sku, external_id=str(number))
    found = named(world.session.calendar.text())
    theirs = icalendar.Calendar.from_ical(world.session.calendar.text()).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in theirs) == sorted(
        event.text["SUMMARY"] for event in found.values()
    )


def test_a_read_only_directory_gives_the_file_from_memory(world, monkeypatch):
    add(world.session)
    known = world.session.calendar.text()
    world.session.tickets.due([1], at("2026-11-26T10:00"))
    before = (world.folder / "data" / "workbench.json").read_bytes()
    monkeypatch.setattr(Store, "readonly", property(lambda self: say("read-only")))
    session = world.again()
    text = session.calendar.text()
    assert named(text)["T-1.decide@workbench"]["SEQUENCE"] == "1"
    assert text != known
    world.clock.now += DAY
    assert world.again().calendar.text() == text
    assert (world.folder / "data" / "workbench.json").read_bytes() == before


def test_what_cannot_be_remembered_is_a_notice_and_not_a_failure(world, monkeypatch):
    add(world.session)

    def full(self):
        raise Refusal(say("the disk is full"))

    monkeypatch.setattr(Store, "transaction", full)
    assert "T-1.decide@workbench" in named(world.session.calendar.text())
    assert [saying.text for saying in world.session.store.notices] == ["the disk is full"]


def test_a_save_writes_the_file_of_the_settings(world):
    path = world.folder / "phone.ics"
    session = world.again(f'[shop]\nmarket = "TH"\n[calendar]\nwrite_to = "{path.as_posix()}"\n')
    add(session, sku="A")
    assert shown(session).keys() == named(path.read_bytes()).keys()
    inode = path.stat().st_ino
    session.tickets.note([1], "nothing for the phone")
    assert path.stat().st_ino == inode
    session.tickets.close([1])
    assert path.stat().st_ino != inode
    assert named(path.read_bytes())["T-1.decide@workbench"]["STATUS"] == "CANCELLED"
    session.undo()
    assert named(path.read_bytes())["T-1.decide@workbench"]["STATUS"] == "CONFIRMED"
    assert [name.name for name in world.folder.iterdir() if name.name.startswith(".")] == []


def test_a_link_leads_to_the_file_that_is_replaced(world):
    real, link = world.folder / "real.ics", world.folder / "link.ics"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    world.session.calendar.write(link)
    assert link.is_symlink()
    assert parse(real.read_bytes())


# the verb


def test_the_verb_prints_or_writes_the_same_bytes(shop, tmp_path):
    shop.add(sku="红色连衣裙")
    path = tmp_path / "out.ics"
    done = shop.run("calendar", "--output", path)
    assert done.stdout == ""
    assert str(path) in done.stderr
    env = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), "LC_ALL": "C"}
    words = ["--data", shop.data, "--config", shop.config, "--now", "2026-11-25T10:00", "--lang", "en", "calendar"]
    printed = subprocess.run([sys.executable, "-m", "workbench", *words], env=env, capture_output=True, check=True)
    assert printed.stdout == path.read_bytes()
    due = datetime.fromisoformat(shop.json("ticket", "show", "T-1")["due_at"]).astimezone(UTC)
    assert moment(named(printed.stdout)["T-1.decide@workbench"]["DTEND"]) == due
    assert due == at("2026-11-25T09:00", BANGKOK)


def test_a_file_that_cannot_be_written_is_refused(shop, tmp_path):
    shop.add()
    done = shop.run("calendar", "--output", tmp_path / "nowhere" / "out.ics", status=1)
    assert "nowhere" in done.stderr
    shop.run("calendar", "--output", tmp_path, status=1)


def test_an_empty_directory_has_a_calendar_and_stays_empty(shop):
    assert "BEGIN:VCALENDAR" in shop.run("calendar").stdout
    assert not shop.data.exists()


def test_verbs_write_the_file_of_the_settings_and_say_when_they_cannot(shop, tmp_path):
    path = tmp_path / "phone.ics"
    shop.config.write_text(f'[shop]\nmarket = "TH"\n[calendar]\nwrite_to = "{path.as_posix()}"\n', encoding="utf-8")
    shop.add()
    assert "T-1.decide@workbench" in named(path.read_bytes())
    shop.run("undo")
    assert named(path.read_bytes())["T-1.decide@workbench"]["STATUS"] == "CANCELLED"
    path.unlink()
    path.mkdir()
    done = shop.run("ticket", "add", "--kind", "other", "--json")
    assert "phone.ics" in done.stderr
    assert len(shop.json("queue")["tickets"]) == 1


def test_the_file_of_the_settings_is_never_one_of_the_data_files(shop):
    shop.add()
    for name in ("workbench.json", "workbench.lock", "backups/x.ics"):
        path = (shop.data / name).as_posix()
        shop.config.write_text(f'[shop]\nmarket = "TH"\n[calendar]\nwrite_to = "{path}"\n', encoding="utf-8")
        done = shop.run("ticket", "add", "--kind", "other", "--json")
        assert "is one of the data files of workbench" in done.stderr
        assert not (shop.data / "backups" / "x.ics").exists()
        checked = shop.run("config", "check", status=1).stdout
        assert "write_to" in checked
        assert "is one of the data files of workbench" in checked
    assert len(shop.json("queue")["tickets"]) == 4
    assert shop.json("check")["problems"] == []


def test_two_shops_in_one_calendar_do_not_overwrite_each_other(world, tmp_path):
    """And each keeps its names: over a restart, in another place, and where nothing can be saved."""
    add(world.session)
    first = events(world.session.calendar.text()).keys()
    assert events(world.again().calendar.text()).keys() == first
    other = open_session(Options(data=tmp_path / "other", config=tmp_path / "settings.toml"), lambda: world.clock.now)
    add(other)
    assert named(other.calendar.text()).keys() == named(world.session.calendar.text()).keys()
    assert not events(other.calendar.text()).keys() & first
    (tmp_path / "data").rename(tmp_path / "moved")
    moved = open_session(Options(data=tmp_path / "moved", config=tmp_path / "settings.toml"), lambda: world.clock.now)
    assert events(moved.calendar.text()).keys() == first


def test_what_was_given_away_under_an_old_name_keeps_it(world):
    add(world.session)
    world.session.calendar.text()
    store = world.session.store
    with store.transaction() as tx:
        for id, raw in store.table("calendar").items():
            record = json.loads(bytes(raw))
            record.pop("shop")
            tx.put("calendar", id, record)
    add(world.session, "exchange", external_id="2")
    found = events(world.again().calendar.text())
    assert "T-1.decide@workbench" in found
    assert any(re.fullmatch(r"T-2\.decide\.[0-9a-f]{8}@workbench", uid) for uid in found)


def test_a_deadline_at_midnight_lies_on_the_day_it_belongs_to(world):
    session = world.session
    add(session)
    session.tickets.due([1], at("2026-11-25T00:00"))
    event = named(session.calendar.text())["T-1.decide@workbench"]
    assert (moment(event["DTSTART"]), moment(event["DTEND"])) == (at("2026-11-24T23:45"), at("2026-11-25T00:00"))


def test_a_filed_appeal_asks_for_its_answer_and_what_is_announced_whether_it_is_in_force(world):
    session = world.session
    session.ledger.add(ViolationDraft(points=8, issued_at=at("2026-11-20T10:00")))
    session.ledger.add(
        ViolationDraft(points=8, issued_at=at("2026-11-20T10:00"), pending=True, stated_due=at("2026-11-27"))
    )
    session.ledger.appeal(1)
    found = shown(session)
    by = session.ledger.standing(session.ledger.get(1)).appeal.answer_by
    assert found["V-1.answer1@workbench"] == (0, "CONFIRMED", by)
    assert "9 Dec 2026" in named(session.calendar.text())["V-1.answer1@workbench"].text["DESCRIPTION"]
    assert found["V-2.appeal1@workbench"][2] == found["V-2.pending@workbench"][2] == at("2026-11-27")
    world.clock.now += 30 * DAY
    assert shown(session)["V-1.answer1@workbench"][:2] == (0, "CONFIRMED")
    session.ledger.result(1, "rejected")
    assert shown(session)["V-1.answer1@workbench"][:2] == (1, "CANCELLED")


def test_a_routine_does_not_move_when_the_clocks_do(world):
    """A whole day of the shop, without a time, in a zone with daylight saving."""
    session = world.again('[shop]\nmarket = "US"\n')
    session.calendar.text()
    world.clock.now = at("2027-03-20T09:00")  # past the switch of 14 March
    for id in ("rule_updates", "sku_report"):
        session.routines.tick(id)
    for uid, event in named(session.calendar.text()).items():
        if uid.startswith("routine"):
            assert re.fullmatch(r"\d{8}", event["DTSTART"])


def test_the_time_it_takes_grows_with_the_violations_not_with_their_square():
    """Counted in reckonings of the curve, not in seconds."""
    from workbench.session.violations import dues as module

    counted = 0

    def counting(*args):
        nonlocal counted
        counted += 1
        return levels(*args)

    violations = [violation(at("2026-06-01T10:00") + n * HOUR, 1, n) for n in range(1, 500)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "levels", counting)
        found = list(module.dues(violations, (), climbing(), SHOP, at("2026-11-24T09:00")))
        told = [due.tell() for due in found]
        memos = [due.tell().memo for due in found]
    assert (counted, len(told), len(memos)) == (1, 998, 998)


def test_a_due_of_any_domain_stands_in_it(world):
    """Also one that keeps no memory of its own, and one of a whole day without a beginning."""
    told = Telling(ref="X-1", what=say("Look at it"))
    dues = [
        Due(
            place=Place("things", 1), step="end", at=at("2026-12-01T10:00"), opened_at=at("2026-11-20T10:00"),
            tell=lambda: told,
        ),
        Due(place=Place("things", 1), all_day=date(2026, 12, 2), tell=lambda: told),
    ]  # fmt: skip
    found = list(entries(dues, {}, world.clock.now, BANGKOK))
    assert [(entry.uid, entry.all_day) for entry in found] == [
        ("X-1.end@workbench", None), ("X-1@workbench", date(2026, 12, 2)),
    ]  # fmt: skip
    assert len(icalendar.Calendar.from_ical(ics(found, publish({}, found, None, "aa").values())).walk("VEVENT")) == 2
