"""The daily tally is what the archive adds up to, whatever happens to it, and nobody reads the archive to know it."""

from __future__ import annotations

import json
import random
from datetime import timedelta

import pytest

from tests.cli.inside import call
from tests.session.lived import NOW, opened
from workbench.session.records import Records
from workbench.session.safety.desk import check
from workbench.session.tables import tables
from workbench.session.tally import added, archived
from workbench.session.tickets.tables import TABLE as TICKETS
from workbench.session.today import Today
from workbench.storage import tally
from workbench.storage.archive import Archive

TALLIED = [table for table in tables().values() if table.tally is not None]


def by_hand(session):
    """What the archive adds up to, by reading all of it."""
    since = session.now().astimezone(session.zone).date() - timedelta(days=tally.DAYS - 1)
    found = {}
    for table in TALLIED:
        records = Records(session.store, table.name, table.type).archived().values()
        for day, counts in added(table, records, session.zone).items():
            if day >= since:
                found.setdefault(day, {}).update({f"{table.name}.{name}": n for name, n in counts.items() if n})
    return found


def stored(session):
    since = session.now().astimezone(session.zone).date() - timedelta(days=tally.DAYS - 1)
    return {day: counts for day, counts in tally.days_of(session.store.table("tally")).items() if day >= since}


def changed(folder, change):
    path = folder / "data" / "workbench.json"
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def later(folder):
    """Twenty days on: what was closed lately is archived by now."""
    opened(folder).tickets.close([4], "other")
    opened(folder, NOW + timedelta(days=20)).tickets.note([5], "x")
    return folder


def deeds(session, chance, now):
    """One thing that a seller may do, to what is live or archived."""
    every = sorted({*session.store.table("tickets"), *session.store.archived("tickets")})
    issues = sorted({*session.store.table("issues"), *session.store.archived("issues")})
    old = now - timedelta(days=chance.randint(0, 90), hours=chance.randint(0, 23))
    match chance.randint(0, 9):
        case 0 | 1:
            (id,) = session.tickets.add(kind=chance.choice(("refund_only", "message")), opened_at=old, sku="CUP").ids
            session.tickets.close([id], "other", min(now, old + timedelta(hours=chance.randint(1, 200))))
        case 2:
            session.log.log(f"{old.date()} {chance.choice(('CUP', 'MUG'))} size too small")
        case 3 if every:
            session.tickets.note([chance.choice(every)], "a word")
        case 4 if every:
            session.tickets.reopen([chance.choice(every)])
        case 5 if every:
            session.tickets.delete([chance.choice(every)])
        case 6 if issues:
            session.log.delete([chance.choice(issues)])
        case 7:
            session.undo()
        case 8:
            session.redo()
        case _:
            session.safety.forget((now - timedelta(days=20)).date())


@pytest.mark.parametrize("seed", range(4))
def test_it_adds_up_after_any_deeds_on_any_days(folder, seed):
    from workbench.core.saying import Refusal

    chance, now = random.Random(seed), NOW
    for _ in range(60):
        now += timedelta(hours=chance.choice((0, 1, 30, 400)))
        session = opened(folder, now)
        try:
            deeds(session, chance, now)
        except Refusal:
            continue
        assert stored(session) == by_hand(session)
    assert stored(session)
    assert check(folder / "data").tally


def test_what_came_back_from_a_backup_adds_up(folder):
    session = opened(folder, NOW + timedelta(days=20))
    session.tickets.note([4], "x")
    session.tickets.delete([3])
    session.safety.restore(folder / "data" / "backups" / "workbench-2026-11-24.json")
    assert stored(session) == by_hand(session)
    session.undo()
    assert stored(session) == by_hand(session)


def test_today_and_the_days_read_no_archive(later, monkeypatch):
    assert "2026-11" in opened(later).store.archived_months("tickets")
    monkeypatch.setattr(Archive, "read", lambda *_: pytest.fail("an archive was read"))
    session = opened(later, NOW + timedelta(days=20))
    session.today()
    session.days()
    assert archived(session, TICKETS)


def test_a_file_without_it_is_counted_once(folder, monkeypatch):
    changed(folder, lambda document: document.pop("tally", None))
    session = opened(folder)
    assert archived(session, TICKETS) is None
    session = opened(folder, NOW + timedelta(days=1))
    session.tickets.note([5], "x")
    assert stored(session) == by_hand(session)
    assert archived(session, TICKETS) is not None
    monkeypatch.setattr(Archive, "read", lambda *_: pytest.fail("an archive was read"))
    opened(folder, NOW + timedelta(days=2)).tickets.note([5], "y")


@pytest.mark.parametrize("how", [{"counters": ["tickets.used"]}, {"zone": "Europe/Berlin"}])
def test_another_counter_or_another_zone_is_counted_anew(folder, how):
    changed(folder, lambda document: document["tally"]["1"].update(how))
    session = opened(folder, NOW + timedelta(days=1))
    assert archived(session, TICKETS) is None
    session.tickets.note([5], "x")
    assert archived(session, TICKETS) is not None
    assert stored(session) == by_hand(session)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda days: days.update({"738000": {"day": "2099-01-01", "counts": {"tickets.late": 3}}}),
        lambda days: days.update({"738000": {"day": "soon", "counts": {}}}),
        lambda days: [days.pop(number) for number in [*days] if number != "1"],
    ],
)
def test_check_finds_what_does_not_add_up_and_puts_it_right(later, spoil):
    changed(later, lambda document: spoil(document["tally"]))
    said = call(later, "check")
    assert "the daily tally was not what the archive adds up to, and was reckoned anew" in said.told
    session = opened(later, NOW + timedelta(days=20))
    assert stored(session)
    assert stored(session) == by_hand(session)
    assert check(later / "data").tally


def test_it_is_in_no_export_and_in_no_copy_of_everything(later, tmp_path):
    session = opened(later, NOW + timedelta(days=20))
    assert stored(session)
    session.safety.export(tmp_path / "out")
    assert "tally" not in json.loads((tmp_path / "out" / "workbench-export.json").read_bytes())["tables"]
    whole = json.loads(session.safety.backup(tmp_path / "all.json").read_bytes())
    assert "tally" not in whole


def test_a_file_that_shows_what_is_archived_thaws_nothing(folder, tmp_path):
    from tests.cli.test_import import export

    done = {"Return Status": "Completed", "Refund Time": "24/10/2026 08:00:00"}
    names = ["first.csv", "again.csv"]
    for number, name in enumerate(names):
        session = opened(folder, NOW + timedelta(days=number))
        stamp = f"2{4 + number}/11/2026 08:00:00"
        session.imports.apply(session.imports.read([export(tmp_path / name, done, stamp=stamp)]))
        files = sorted(path.name for path in (folder / "data" / "archive").iterdir())
        if number == 0:
            before, live = files, {*session.store.table("tickets")}
    assert session.store.archived("tickets")
    assert (files, {*session.store.table("tickets")} - live) == (before, set())


def test_the_rate_of_messages_counts_archived_cases_without_reading_them(folder, monkeypatch):
    """Twelve answers, some late, some never, of a month whose closed cases are archived."""
    from workbench.core.tickets.messages import measure

    for day in range(12):
        now = NOW - timedelta(days=16) + timedelta(hours=day)
        session = opened(folder, now)
        (id,) = session.tickets.add(
            kind="message", opened_at=now - timedelta(hours=13 if day % 3 else 2), sku="CUP"
        ).ids
        if day % 4:
            session.tickets.act([id], "answer")
        session.tickets.close([id], "other", now)
    opened(folder, NOW).tickets.note([5], "x")
    session = opened(folder, NOW)
    whole = measure(session.tickets.all(archived=True), session.policy, session.now()).window
    assert whole.total == 12 > measure(session.tickets.all(), session.policy, session.now()).window.total
    session = opened(folder, NOW)
    monkeypatch.setattr(Archive, "read", None)
    assert Today(session).messages.reading == whole
