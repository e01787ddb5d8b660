"""`violation`, `ledger`, and what `why` and `today` say of them, as a script sees it."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.cli.conftest import Shop

EMPTY_APPEAL = {"state": "open", "tries_left": 2, "filed_at": None, "answer_by": None}


def add(shop, points=4, issued="2026-11-20T10:00", *more):
    return shop.json("violation", "add", "--points", points, "--issued", issued, *more)


def curve(shop, *more):
    return [(level["at"], level["points"]) for level in shop.json("ledger", *more)["forecast"]]


def data(shop):
    return (shop.data / "workbench.json").read_bytes()


def test_a_violation_from_its_entry_to_the_final_word(shop):
    entry = add(shop, 8, "2026-11-20T10:00", "--reason", "LDR", "--ref", "7423", "--note", "[b]n[/]")
    assert {name: entry[name] for name in ("id", "ref", "points", "reason", "note", "state")} == {
        "id": "V-1", "ref": "7423", "points": 8, "reason": "LDR", "note": "[b]n[/]", "state": "active",
    }  # fmt: skip
    assert (entry["issued_at"], entry["expires_at"]) == ("2026-11-20T10:00:00+07:00", "2027-05-19T10:00:00+07:00")
    assert entry["appeal"] == EMPTY_APPEAL | {"due_at": "2026-12-20T10:00:00+07:00"}
    assert [set(item) for item in entry["evidence"]] == [{"item", "done", "file"}] * len(entry["evidence"])
    done = shop.run("violation", "appeal", "7423", "--at", "2026-11-21T10:00", "--because", "photos follow", "--json")
    assert entry["evidence"][0]["item"] in done.stderr
    assert json.loads(done.stdout)["appeal"] == {
        "state": "filed", "tries_left": 1, "due_at": None, "filed_at": "2026-11-21T10:00:00+07:00",
        # Saturday: the clock starts on Monday.
        "answer_by": "2026-11-30T00:00:00+07:00",
    }  # fmt: skip
    lost = shop.json("violation", "result", "v-1", "rejected", "--at", "2026-11-23T09:30")["appeal"]
    assert (lost["state"], lost["tries_left"], lost["due_at"]) == ("lost_first", 1, "2026-12-08T09:30:00+07:00")
    assert shop.json("violation", "appeal", "V-1")["appeal"]["state"] == "filed_second"
    final = shop.json("violation", "result", "V-1", "rejected")
    assert (final["state"], final["appeal"]["state"], final["appeal"]["tries_left"]) == ("active", "final", 0)
    before = data(shop)
    assert "final" in shop.run("violation", "appeal", "V-1", status=1).stderr
    shop.run("violation", "result", "V-1", "accepted", status=1)
    assert data(shop) == before


@pytest.mark.parametrize(
    ("issued", "last", "closed", "gone"),
    [
        ("2026-10-01T10:00:30", "2026-10-31T10:00:29", "2026-10-31T10:00:30", "2027-03-30T10:00:30"),
        ("2026-10-01", "2026-10-30T23:59:59", "2026-10-31", "2027-03-31T00:00"),
    ],
)
def test_the_last_second_of_a_window_and_of_the_points(shop, issued, last, closed, gone):
    add(shop, 4, issued)
    for at, on, state in ((last, last, "open"), (last, closed, "lapsed")):
        shop.now = on
        assert shop.json("ledger")["violations"][0]["appeal"]["state"] == state, at
    assert "2026-10-31" in shop.run("violation", "appeal", "V-1", "--at", closed, status=1).stderr
    shop.now = "2027-06-01"
    assert shop.json("violation", "appeal", "V-1", "--at", last)["appeal"]["state"] == "filed"
    at_end = shop.json("ledger", "--on", gone)
    assert (at_end["points"], at_end["violations"][0]["state"], len(at_end["forecast"])) == (0, "expired", 1)
    second = "2027-03-30T23:59:59" if "T00" in gone else "2027-03-30T10:00:29"
    assert shop.json("ledger", "--on", second)["points"] == 4


def test_the_curve_and_what_winning_brings_back(shop):
    add(shop, 8, "2026-09-01T10:00")
    before = shop.json("ledger")
    add(shop, 6, "2026-11-20")
    full = shop.json("ledger")
    assert (full["points"], full["headroom"], full["next_milestone"], full["assumed"]) == (14, 34, 24, True)
    assert [mark["reached"] for mark in full["milestones"]] == [True, False, False, False]
    assert curve(shop) == [
        ("2026-11-24T09:00:00+07:00", 14), ("2027-02-28T10:00:00+07:00", 6), ("2027-05-20T00:00:00+07:00", 0),
    ]  # fmt: skip
    shop.run("violation", "appeal", "V-2")
    assert shop.json("violation", "result", "V-2", "accepted")["state"] == "void"
    after = shop.json("ledger")
    assert {**after, "violations": []} == {**before, "violations": []}
    assert shop.json("ledger", "--on", "2026-11-21")["points"] == 8
    assert shop.json("why", "V-2") == {"due_at": None, "due_kind": None, "steps": []}


def test_revoked_for_good_until_an_appeal_releases_it(shop):
    add(shop, 24, "2026-06-01T00:00")
    add(shop, 24, "2026-11-01T00:00")
    shop.now = "2026-11-25"
    assert (shop.json("ledger")["revoked"], shop.json("ledger")["headroom"]) == (True, 0)
    late = shop.json("ledger", "--on", "2026-12-20")
    assert (late["points"], late["revoked"], late["headroom"]) == (24, True, 24)
    assert not shop.json("ledger", "--on", "2026-10-31T23:59:59")["revoked"]
    assert shop.json("today")["points"]["revoked"]
    assert "revoked" in shop.run("ledger").stdout
    shop.run("violation", "appeal", "V-2")
    shop.run("violation", "result", "V-2", "accepted")
    assert not shop.json("ledger", "--on", "2026-12-20")["revoked"]
    shop.run("undo")
    assert shop.json("ledger")["revoked"]


def test_a_score_that_counts_down(us_shop):
    shop = us_shop
    assert (shop.json("ledger")["points"], shop.json("ledger")["assumed"]) == (200, True)
    add(shop, 40, "2026-11-01T00:00")
    start = shop.json("ledger")
    assert (start["system"], start["points"], start["limit"], start["headroom"]) == ("count_down", 160, 0, 160)
    stated = shop.json("ledger", "set", "172", "--at", "2026-11-10T00:00")
    assert (stated["points"], stated["assumed"], stated["next_milestone"]) == (172, False, 150)
    add(shop, 22, "2026-11-12T00:00")
    now = shop.json("ledger")
    assert (now["points"], now["next_milestone"]) == (150, 100)
    assert [mark["reached"] for mark in now["milestones"]] == [True, False, False, False]
    assert [points for _, points in curve(shop)] == [150, 190, 212]
    assert shop.json("today")["points"]["next_drop"] == {"at": "2027-04-30T00:00:00-07:00", "points": 190}
    shop.run("undo")
    shop.run("undo")
    assert shop.json("ledger") == start
    for score in ("-1", "1001", "much", "17.5"):
        shop.run("ledger", "set", score, status=2)
    shop.run("ledger", "set", "100", "--at", "2026-11-25", status=1)


def test_a_market_that_climbs_has_no_score_to_state(shop):
    assert "adds points up" in shop.run("ledger", "set", "100", status=1).stderr
    assert not (shop.data / "workbench.json").exists()


def test_the_validity_in_force_when_it_was_issued_holds(tmp_path):
    shop = Shop(tmp_path, "PH")
    assert add(shop, 4, "2025-06-16T23:59:59")["expires_at"] == "2025-12-13T23:59:59+08:00"
    assert add(shop, 4, "2025-06-17T00:00:00")["expires_at"] == "2025-09-15T00:00:00+08:00"
    assert add(shop, 4, "2025-06-16")["expires_at"] == "2025-12-14T00:00:00+08:00"


def test_daylight_saving_days_are_24_hours_but_a_day_only_date_ends_at_midnight(us_shop):
    exact = add(us_shop, 4, "2026-10-20T10:00")
    assert exact["appeal"]["due_at"] == "2026-11-19T09:00:00-08:00"
    day = add(us_shop, 4, "2026-10-20")
    assert (day["appeal"]["due_at"], day["expires_at"]) == ("2026-11-19T00:00:00-08:00", "2027-04-19T00:00:00-07:00")


def test_undo_and_redo_speak_of_the_violation(shop):
    add(shop)
    before = shop.json("ledger")
    shop.run("violation", "edit", "V-1", "--points", "7")
    after = shop.json("ledger")
    assert shop.json("undo") == {"undone": "V-1 corrected"}
    assert shop.json("ledger") == before
    assert shop.json("redo") == {"redone": "V-1 corrected"}
    assert shop.json("ledger") == after
    assert [entry["text"] for entry in shop.json("history")["actions"]] == ["V-1 corrected", "V-1 added"]


def test_edit_and_delete_print_the_violation(shop):
    add(shop, 4, "2026-11-20T10:00", "--ref", "88", "--reason", "x")
    edited = shop.json("violation", "edit", "88", "--issued", "2026-11-19", "--ref", "", "--reason", "chat")
    assert (edited["issued_at"], edited["ref"], edited["points"]) == ("2026-11-19T00:00:00+07:00", None, 4)
    assert edited["appeal"]["due_at"] == "2026-12-19T00:00:00+07:00"
    assert "screenshots of the chat on the platform" in [item["item"] for item in edited["evidence"]]
    assert shop.json("violation", "show", "V-1") == edited == shop.json("violation", "delete", "V-1")
    assert shop.json("ledger")["violations"] == []


def test_evidence_is_kept_by_name_size_and_digest(shop, tmp_path):
    add(shop, 4, "2026-11-20", "--reason", "late dispatch")
    proof = tmp_path / "waybill.png"
    proof.write_bytes(b"\x89PNG")
    done = shop.json("violation", "evidence", "V-1", "tracking", "done", "--file", proof)
    assert done["evidence"][0] == {"item": "tracking numbers of all parcels", "done": True, "file": str(proof)}
    shown = shop.run("violation", "show", "V-1").stdout
    assert hashlib.sha256(b"\x89PNG").hexdigest() in shown
    assert "4 bytes" in shown
    again = shop.json("violation", "evidence", "V-1", "物流单号", "open")["evidence"][0]
    assert (again["done"], again["file"]) == (False, str(proof))
    own = shop.run("violation", "evidence", "V-1", "invoice", "open", "--json")
    assert "invoice" in own.stderr
    assert json.loads(own.stdout)["evidence"][-1] == {"item": "invoice", "done": False, "file": None}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["add", "--points", "4"], 2),
        (["add", "--issued", "2026-11-20"], 2),
        (["add", "--points", "-1", "--issued", "2026-11-20"], 2),
        (["add", "--points", "4.5", "--issued", "2026-11-20"], 2),
        (["add", "--points", "four", "--issued", "2026-11-20"], 2),
        (["add", "--points", "49", "--issued", "2026-11-20"], 2),
        (["add", "--points", "4", "--issued", "20.11.2026"], 2),
        (["add", "--points", "4", "--issued", "1970-01-01"], 2),
        (["add", "--points", "4", "--issued", "2026-11-20", "--dry-run"], 2),
        (["add", "--points", "4", "--issued", "2026-11-20", "--file", "x.csv"], 2),
        (["add", "--points", "4", "--issued", "2026-11-20", "--ref", "88"], 1),
        (["add", "--file", "/nowhere.csv"], 1),
        (["edit", "V-1"], 2),
        (["edit", "V-9", "--points", "4"], 1),
        (["edit", "V-1", "--points", "x"], 2),
        (["delete", "V-9"], 1),
        (["appeal", "89"], 1),
        (["appeal", "V-1", "--at", "soonish"], 2),
        (["appeal", "V-1", "--at", "2026-11-24T09:00:01"], 1),
        (["appeal", "V-1", "--at", "2026-11-09T23:59:59"], 1),
        (["result", "V-1", "accepted"], 1),
        (["result", "V-1", "won"], 2),
        (["evidence", "V-1", "1", "maybe"], 2),
        (["evidence", "V-1", "99", "done"], 1),
        (["evidence", "V-1", "e", "done"], 1),
        (["evidence", "V-1", "1", "done", "--file", "/nowhere.png"], 1),
        (["evidence", "V-1", "1", "done", "--file", "/"], 1),
        (["forget", "V-1"], 2),
    ],
)
def test_what_cannot_be_done_says_so_and_changes_nothing(world, words, status):
    before = data(world)
    done = world.run("violation", *words, status=status)
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert data(world) == before


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A shop with one violation, which the tests above leave as it is."""
    shop = Shop(tmp_path_factory.mktemp("world"), "TH")
    add(shop, 4, "2026-11-10", "--ref", "88")
    return shop


TABLE = """\
\ufeffpoints,issued,reason,ref,note
4,2026-11-01,LDR,111,"first, and more"
2,2026-11-03T10:00,not as described,112,
x,2026-11-03,foo,,
2,2026-11-04,again,111,
4,2027-01-01,typed wrong,113,
"""


def test_a_table_comes_in_as_one_step_after_a_dry_run(shop, tmp_path):
    file = tmp_path / "v.csv"
    file.write_bytes(TABLE.encode())
    tried = shop.json("violation", "add", "--file", file, "--dry-run")
    assert not shop.data.exists()
    assert [(entry["id"], entry["ref"]) for entry in tried["violations"]] == [
        (None, "111"),
        (None, "112"),
        (None, "113"),
    ]
    assert [row["row"] for row in tried["refused"]] == [4, 5]
    done = shop.run("violation", "add", "--file", file, "--json")
    assert "still to come" in done.stderr
    entered = json.loads(done.stdout)["violations"]
    assert [entry | {"id": None} for entry in entered] == tried["violations"]
    assert entered[0]["note"] == "first, and more"
    assert shop.json("undo") == {"undone": "3 violations added"}
    assert shop.json("ledger")["violations"] == []
    file.write_text("points,issued\nx,y\n", encoding="utf-8")
    assert shop.json("violation", "add", "--file", file, status=1)["violations"] == []


def test_lines_in_a_chinese_encoding_are_read(shop, tmp_path):
    file = tmp_path / "lines.txt"
    file.write_bytes("2026-11-05 4分 发货延迟\n2026-11-06 搬运内容\n".encode("gb18030"))
    entered = shop.json("violation", "add", "--file", file)["violations"]
    assert [(entry["points"], entry["reason"]) for entry in entered] == [
        (4, "High late dispatch rate"), (48, "Reproduced content"),
    ]  # fmt: skip


def test_today_and_why(shop):
    add(shop, 8, "2026-11-01", "--ref", "7423")
    add(shop, 4, "2026-10-27T10:00")
    add(shop, 2, "2026-06-10T10:00")
    brief = shop.json("today")
    assert brief["points"] == {
        "points": 14, "headroom": 34, "next_milestone": 24, "revoked": False,
        "next_drop": {"at": "2026-12-07T10:00:00+07:00", "points": 12},
    }  # fmt: skip
    assert brief["appeals"] == [
        {"id": "V-2", "due_at": "2026-11-26T10:00:00+07:00", "tries_left": 2, "points": 4},
        {"id": "V-1", "due_at": "2026-12-01T00:00:00+07:00", "tries_left": 2, "points": 8},
    ]
    assert "14 of 48 points" in shop.run("today").stdout
    why = shop.json("why", "V-1")
    assert why["due_at"] == why["steps"][-1]["at"] == "2026-12-01T00:00:00+07:00"
    assert [step["what"] for step in why["steps"]] == ["start", "run"]
    assert sum(step["seconds"] for step in why["steps"]) == 30 * 86400
    assert why["steps"][0]["rule"] == "TH.points.appeals.first"
    assert shop.json("why", "7423") == why
    assert shop.json("why", "V-3")["due_at"] == "2026-12-07T10:00:00+07:00"
    text = shop.run("why", "V-1").stdout
    assert "+2592000" in text
    assert "180 days" in text
    assert "ticket" in shop.run("why", "nobody", status=1).stderr
    shop.run("violation", "appeal", "V-1")
    answer = shop.json("why", "V-1")
    assert answer["due_at"] == "2026-12-01T09:00:00+07:00"
    assert "skip" in [step["what"] for step in answer["steps"]]


def test_plain_text_for_a_person(shop):
    assert "No violations recorded" in shop.run("ledger").stdout
    add(shop, 18, "2026-11-20T10:00", "--reason", "\x1b[31m[/]")
    text = shop.run("ledger").stdout
    lines = text.splitlines()
    assert lines[0] == "18 of 48 points, 6 below milestone 24. 19 May drops to 0."
    bars = [line for line in lines if "\u254c" in line]
    assert [line.count("\u25ac") for line in bars] == [18, 0]
    assert [line.count("\u2577") for line in bars] == [3, 4]
    assert "\x1b" not in text + shop.run("violation", "show", "V-1").stdout
    assert "V-1" in lines[-1]


def test_a_pending_violation_from_its_announcement_to_its_end(shop):
    entry = add(shop, 4, "2026-11-10T10:00", "--pending", "--due", "2026-11-26")
    assert (entry["state"], entry["announced_at"], entry["expires_at"], entry["stated_due"]) == (
        "pending", "2026-11-10T10:00:00+07:00", None, "2026-11-27T00:00:00+07:00",
    )  # fmt: skip
    assert entry["appeal"] == EMPTY_APPEAL | {"due_at": "2026-11-27T00:00:00+07:00"}
    assert shop.json("ledger")["points"] == 0
    real = shop.json("violation", "enforced", "V-1", "--at", "2026-11-20T09:00")
    assert (real["state"], real["issued_at"], real["announced_at"], real["stated_due"]) == (
        "active", "2026-11-20T09:00:00+07:00", "2026-11-10T10:00:00+07:00", None,
    )  # fmt: skip
    assert shop.json("ledger")["points"] == 4
    shop.run("violation", "dropped", "V-1", status=1)
    shop.run("undo")
    assert shop.json("violation", "dropped", "V-1")["state"] == "void"
    assert "dropped" in shop.run("violation", "show", "V-1").stdout


def test_a_stated_deadline_later_than_the_rule_is_told(shop):
    done = shop.run("violation", "add", "--points", 4, "--issued", "2026-11-20T10:00", "--due", "2026-12-24T10:00")
    assert "2026-12-20 10:00" in done.stderr
    assert not shop.json("violation", "edit", "V-1", "--due", "none")["stated_due"]
    shop.run("violation", "edit", "V-1", "--due", "2026-11-01", status=2)
    shop.run("violation", "edit", "V-1", "--due", "someday", status=2)
    assert shop.json("violation", "edit", "V-1", "--due", "Friday")["stated_due"] == "2026-11-28T00:00:00+07:00"
    assert shop.json("violation", "edit", "V-1", "--due", "tonight")["stated_due"] == "2026-11-25T00:00:00+07:00"


def test_points_that_another_source_lets_live_shorter(shop):
    entry = add(shop, 4, "2026-11-20T10:00")
    assert (entry["expires_at"], entry["expires_other"]) == ("2027-05-19T10:00:00+07:00", "2027-02-18T10:00:00+07:00")
