"""What a synced drive leaves where two machines worked apart: everything of both is there, once, until undone."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import at
from tests.session.lived import NOW, copy, opened, records
from workbench.core.promotions.model import TypedPrice
from workbench.core.violations.model import ViolationDraft
from workbench.i18n import render
from workbench.session.safety.desk import check
from workbench.storage.conflicts import is_copy

COPY = "workbench (conflicted copy 2026-11-20).json"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (COPY, True),
        ("workbench (Anna's conflicted copy 2026-11-20).json", True),
        ("workbench.sync-conflict-20261120-101010-ABCDEFG.json", True),
        ("workbench.Conflict.json", True),
        ("workbench (1).json", True),
        ("workbench 2.json", True),
        ("workbench-DESKTOP-4F2A.json", True),
        ("workbench-desktop-4f2a.json", True),
        ("workbench-annas-macbook-pro.json", True),
        ("workbench-laptop-8hj3k2ab.json", True),
        ("workbench-shop-pc.json", True),
        ("workbench-laptop.json", False),
        ("workbench-laptop-backup.json", False),
        ("workbench-old-laptop.json", False),
        ("workbench-new-year.json", False),
        ("workbench (\u51b2\u7a81\u526f\u672c 2026-11-20).json", True),
        ("workbench(1).json", True),
        ("workbench (konflik 2026-11-20).json", True),
        ("workbench (b\u1ea3n xung \u0111\u1ed9t).json", True),
        ("workbench (\u0e02\u0e31\u0e14\u0e41\u0e22\u0e49\u0e07).json", True),
        ("workbench.json", False),
        ("workbench-old.json", False),
        ("workbench copy.json", False),
        ("workbench-2026-11-20.json", False),
        ("workbench.damaged-20261120T101010Z.json", False),
        (f"merged-20261120T101010Z-{COPY}", False),
        ("workbench (1).json.tmp", False),
    ],
)
def test_names_of_copies(name, wanted):
    assert is_copy(name) == wanted


def test_a_copy_under_a_name_that_no_drive_gives_is_named_by_check(folder):
    for name in ("workbench-laptop.json", "workbench-old.json"):
        shutil.copy(folder / "data" / "workbench.json", folder / "data" / name)
    report = check(folder / "data")
    assert report.problems == []
    assert [each.file.name for each in report.remarks] == ["workbench-laptop.json", "workbench-old.json"]
    assert "may be a copy of a synced drive" in render(report.remarks[0].what)


@pytest.fixture
def apart(folder, tmp_path):
    """Two machines with the same data; what one did comes to the other as a conflict copy."""
    copy(folder, tmp_path / "there")
    there = tmp_path / "there"

    def meet(name=COPY):
        for path in (there / "data" / "archive").iterdir():
            if not (folder / "data" / "archive" / path.name).exists():
                shutil.copy(path, folder / "data" / "archive")
        shutil.copy(there / "data" / "workbench.json", folder / "data" / name)
        return opened(folder)

    return folder, there, meet


def notices(session):
    return [render(notice) for notice in session.store.notices]


def of(session, table):
    return [json.dumps({**record, "id": 0}, sort_keys=True) for record in records(session).get(table, {}).values()]


def test_what_both_did_is_there_and_what_was_equal_is_there_once(apart):
    here, there, meet = apart
    for folder, name in ((here, "here"), (there, "there")):
        session = opened(folder)
        session.tickets.add(kind="message", buyer=name, note="both got T-6 in the same second")
        session.log.log(f"PANTS size @T-6 {name}")
        session.ledger.add(
            ViolationDraft(points=2, issued_at=at("2026-11-21T10:00"), reason=name, platform_id=f"P-{name}")
        )
    opened(there).tickets.note([4], "a word from there")
    mine, theirs = opened(here), opened(there)
    wanted = {table: {*of(mine, table), *of(theirs, table)} for table in ("violations",)}
    before = records(mine)
    session = meet()
    [notice] = notices(session)
    assert COPY in notice
    assert "3 new, 1 newer than here, 0 kept" in notice
    found = records(session)
    assert [t["buyer"] for t in found["tickets"].values()][3:] == ["Somchai", "Ploy", "here", "there"]
    assert {i: (r["words"], r["ticket"]) for i, r in found["issues"].items() if "ticket" in r and i > 3} == {
        4: ("here", 6), 5: ("there", 7),
    }  # fmt: skip
    assert set(of(session, "violations")) == wanted["violations"]
    assert found["tickets"][4]["note"].endswith("a word from there")
    assert [r["lines"] for r in found["logged_skus"].values()] == [4, 1]
    assert check(here / "data").problems == []
    assert session.undo().text == "{file} merged"
    assert records(opened(here)) == before
    opened(here).redo()
    assert records(opened(here)) == found


def test_a_copy_is_merged_once(apart):
    here, there, meet = apart
    opened(there).tickets.add(kind="other")
    session = meet()
    found = records(session)
    [kept] = [path.name for path in (here / "data").iterdir() if path.name.startswith("merged-")]
    assert kept == f"merged-20261124T020000Z-{COPY}"
    assert notices(opened(here)) == []
    actions = session.history()
    session = meet("workbench (1).json")  # the drive brings it back
    assert "0 new, 0 newer" in notices(session)[0]
    assert records(session) == found
    assert session.history() == actions
    assert not [path.name for path in (here / "data").iterdir() if is_copy(path.name)]


def test_of_what_changed_on_both_the_later_counts_and_no_note_is_lost(apart):
    here, there, meet = apart
    opened(here, NOW + timedelta(hours=1)).tickets.note([4], "here at ten")
    opened(there, NOW + timedelta(hours=2)).tickets.close([4], "solved")
    opened(here, NOW + timedelta(hours=4)).tickets.note([5], "here at one")
    opened(there, NOW + timedelta(hours=3)).tickets.close([5], "other")
    session = meet()
    first, second = session.tickets.get(4), session.tickets.get(5)
    assert (first.stage, first.note) == ("closed", "where is it\nrang back\nhere at ten")
    assert [event.what for event in first.timeline] == ["opened", "note", "note", "closed"]
    assert (second.stage, second.note) == ("closed", "here at one")  # a note is no move
    assert [event.what for event in second.timeline] == ["opened", "approve", "closed", "note"]


def test_fields_are_merged_one_by_one_and_what_belongs_together_moves_together(apart):
    here, there, meet = apart
    opened(here, NOW + timedelta(hours=1)).tickets.edit([4], sku="CUP")
    opened(there, NOW + timedelta(hours=2)).tickets.edit([4], reason="too late")
    opened(here, NOW + timedelta(hours=3)).tickets.act([4], "answer")
    opened(there, NOW + timedelta(hours=4)).tickets.note([4], "after that")
    ticket = meet().tickets.get(4)
    assert (ticket.sku, ticket.reason, ticket.stage) == ("CUP", "too late", "wait")
    assert ticket.stage_since == NOW + timedelta(hours=3)
    assert [event.what for event in ticket.timeline][-4:] == ["edit", "edit", "answer", "note"]


def test_what_could_not_be_decided_is_listed(apart):
    here, there, meet = apart
    for folder, word in ((here, "here"), (there, "there")):
        session = opened(folder)
        session.tickets.edit([4], sku=f"CUP-{word}", reason=word)
        session.ledger.statement(1, f"written {word}")
        price = TypedPrice(id=1, sku="CUP", price=Decimal(len(word)), since=NOW, set_at=NOW)
        with session.saving() as tx:
            tx.put("prices", 1, price)
    opened(there, NOW + timedelta(hours=1)).tickets.edit([4], reason="there, later")
    [told] = notices(meet())
    assert told.endswith(
        "Different on both, and nothing says which counts, so look at them: T-4 (sku), V-1 (statement), prices/1."
    )


def test_what_was_decided_is_not_listed(apart):
    here, there, meet = apart
    opened(here, NOW + timedelta(hours=1)).tickets.edit([4], sku="CUP")
    opened(there, NOW + timedelta(hours=2)).tickets.edit([4], sku="MUG")
    opened(there, NOW + timedelta(hours=2)).tickets.act([5], "shipped")
    assert "look at them" not in notices(meet())[0]


def test_in_one_stage_the_earlier_deadline_holds(apart):
    here, there, meet = apart
    opened(here).tickets.due([4], NOW + timedelta(hours=9))
    opened(there, NOW + timedelta(hours=1)).tickets.due([4], NOW + timedelta(hours=20))
    assert meet().tickets.get(4).deadline.at == NOW + timedelta(hours=9)


def test_a_violation_of_which_each_machine_corrected_another_field_is_one(apart):
    here, there, meet = apart
    opened(here).ledger.add(ViolationDraft(points=3, issued_at=at("2026-11-20T10:00"), reason="late"))
    shutil.copytree(here / "data", there / "data", dirs_exist_ok=True)
    session = opened(here, NOW + timedelta(hours=1))
    number = max(violation.id for violation in session.ledger.all())
    session.ledger.edit(number, issued_at=at("2026-11-21T10:00"))
    opened(there, NOW + timedelta(hours=2)).ledger.edit(number, reason="Counterfeit")
    count = len(session.ledger.all())
    session = meet()
    violation = session.ledger.get(number)
    assert len(session.ledger.all()) == count
    assert (violation.issued_at, violation.reason) == (at("2026-11-21T10:00"), "Counterfeit")


def test_of_a_violation_more_points_and_the_later_expiry_hold(apart):
    here, there, meet = apart
    opened(here, NOW + timedelta(hours=1)).ledger.edit(1, points=6)
    opened(there, NOW + timedelta(hours=2)).ledger.edit(1, issued_at=at("2026-11-21T10:00"))
    violation = meet().ledger.get(1)
    assert (violation.points, violation.issued_at) == (6, at("2026-11-21T10:00"))
    assert [event.what for event in violation.timeline] == ["edit", "edit"]


def test_the_same_file_imported_on_both_is_not_there_twice(apart, tmp_path):
    from tests.cli.test_import import export

    here, there, meet = apart
    opened(there).tickets.add(kind="other")
    file = export(tmp_path / "returns.csv", {}, {"Return Type": "Return and refund"})
    for folder in (here, there):
        session = opened(folder)
        session.imports.apply(session.imports.read([file]))
    opened(there).log.log("PANTS size @T-7 the first of the file there")
    session = meet()
    assert len(session.tickets.all()) == 2 + 3 + 1
    assert len(session.imports.files()) == 1
    [issue] = [issue for issue in session.log.issues() if issue.words.startswith("the first")]
    assert session.tickets.get(issue.ticket).external_id == "403586091390996030"
    assert check(here / "data").problems == []


def test_what_the_other_machine_archived_comes_too(apart):
    here, there, meet = apart
    for number in range(3):
        opened(there).tickets.add(kind="other", buyer=f"old {number}", opened_at=at("2026-06-01T10:00"))
        opened(there).tickets.close([6 + number], "other", at(f"2026-0{6 + number}-02T10:00"))
    opened(there, NOW + timedelta(days=1)).tickets.note([4], "the next day")
    opened(here).tickets.note([1], "thawed here")
    session = meet()
    assert {t.buyer for t in session.tickets.all(archived=True)} > {f"old {number}" for number in range(3)}
    assert session.tickets.get(1).note.endswith("thawed here")
    assert check(here / "data").problems == []


def test_an_archive_that_did_not_come_along_is_named(apart):
    here, there, _ = apart
    opened(there).tickets.note([2], "thawed and archived again")
    opened(there, NOW + timedelta(days=1)).tickets.note([4], "the next day")
    shutil.copy(there / "data" / "workbench.json", here / "data" / COPY)
    session = opened(here)
    assert "1 of its archives was not there and is not in here: 2026-07." in notices(session)[0]
    assert session.tickets.get(4).note.endswith("the next day")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "it is empty"), (b'{"meta"', "it is cut off"), (b"[]", "is not a data file"),
     (b'{"meta": {"1": {"schema": 9}}}', "newer workbench"),
     (b'{"meta": {"1": {"schema": 1}}, "tickets": {"1": {"id": 1}}}', "does not have the shape")],
)  # fmt: skip
def test_a_copy_that_cannot_be_read_is_told_each_time_and_left(folder, data, words):
    before = records(opened(folder))
    (folder / "data" / COPY).write_bytes(data)
    for _ in range(2):
        session = opened(folder)
        assert words in notices(session)[0]
        assert records(session) == before
    assert (folder / "data" / COPY).read_bytes() == data
    assert check(folder / "data").problems


def test_two_machines_that_merge_the_same_pair_agree(apart, tmp_path):
    here, there, meet = apart
    for folder, name in ((here, "here"), (there, "there")):
        opened(folder).tickets.add(kind="message", buyer=name)
        opened(folder).log.log(f"LAMP faulty {name}")
    meet_data = copy(here, tmp_path / "synced") / "data"
    shutil.copy(there / "data" / "workbench.json", meet_data / COPY)
    assert records(meet()) == records(opened(tmp_path / "synced"))
    shutil.copy(meet_data / "workbench.json", here / "data" / "workbench (1).json")
    found = records(opened(here))
    assert len(found["tickets"]) == 7
    assert len(found["issues"]) == 5
