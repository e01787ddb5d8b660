"""`import` as a script calls it: new, again, older after newer, after local closes, several files, undo."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.worlds import HEADER
from tests.cli.conftest import ROOT, Shop

SAMPLES = Path(__file__).parents[1] / "intake" / "samples"

ROW = {
    "Order ID": "576981590830166131\t", "Order Amount": "฿249.00", "SKU ID": "172946281948219935\t",
    "Seller SKU": "PANTS", "Product Name": "Wide leg pants", "Buyer Username": "malee", "Return Type": "Refund only",
    "Time Requested": "20/11/2026 15:00:00\t", "Return unit price": "฿249.00", "Return Quantity": "1",
    "Return Status": "To process", "Buyer Note": "too small",
}  # fmt: skip


def export(path, *rows, stamp="24/11/2026 08:00:00"):
    """A returns export; its own time is `stamp`, given by a finished case of another buyer."""
    rows = [*rows, {"Return Order ID": "403599999999999999", "Return Status": "Completed", "Refund Time": stamp}]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        for number, row in enumerate(rows):
            writer.writerow({**ROW, "Return Order ID": f"40358609139099603{number}\t", **row})
    return path


def only(document, effect):
    return {
        name: document[name] for name in ("new", "updated", "closed", "unchanged", "kept_local") if document[name]
    } == effect


def imported(shop, path, *more, status=0):
    return shop.json("import", path, *more, status=status)["files"][0]


def test_a_file_becomes_tickets_and_the_same_file_again_changes_nothing(shop, tmp_path):
    path = export(tmp_path / "returns.csv", {}, {"Return Type": "Return and refund", "Return Status": "In process"})
    first = imported(shop, path)
    assert only(first, {"new": 3})
    assert (first["kind"], first["rows"], first["date_order"], first["error"]) == ("returns", 3, "DMY", None)
    assert first["as_of"] == "2026-11-24T08:00:00+07:00"
    case = shop.json("ticket", "show", "403586091390996030")
    assert (case["stage"], case["due_at"], case["note"]) == ("decide", "2026-11-23T15:00:00+07:00", "too small")
    assert case["money"] == {"amount": "249.00", "currency": "THB"}
    assert shop.json("ticket", "show", "403586091390996031")["stage"] == "buyer_ship"
    before = (shop.data / "workbench.json").read_bytes()
    assert only(imported(shop, path), {"unchanged": 3})
    assert (shop.data / "workbench.json").read_bytes() == before
    assert shop.json("today")["as_of"] == "2026-11-24T08:00:00+07:00"
    assert len(shop.json("history")["actions"]) == 1


def test_dry_run_writes_nothing(shop, tmp_path):
    path = export(tmp_path / "returns.csv", {})
    assert only(imported(shop, path, "--dry-run"), {"new": 2})
    assert not shop.data.exists()


def test_an_older_file_after_a_newer_one_changes_nothing(shop, tmp_path):
    newer = export(tmp_path / "newer.csv", {"Return Status": "Completed"})
    older = export(tmp_path / "older.csv", {}, stamp="24/11/2026 07:00:00")
    imported(shop, newer)
    assert imported(shop, older)["updated"] == 0
    assert shop.json("ticket", "show", "403586091390996030")["outcome"] == "refunded"


def test_several_files_apply_in_the_order_of_their_own_time(shop, tmp_path):
    newer = export(tmp_path / "newer.csv", {"Return Status": "Completed"})
    older = export(tmp_path / "older.csv", {}, stamp="24/11/2026 07:00:00")
    files = shop.json("import", newer, older)["files"]
    assert [file["file"] for file in files] == [str(newer), str(older)]
    assert only(files[1], {"new": 2})
    assert files[0]["closed"] == 1
    assert [entry["text"] for entry in shop.json("history")["actions"]] == [
        "newer.csv imported, 1 case changed", "older.csv imported, 2 cases changed",
    ]  # fmt: skip
    shop.run("undo")
    assert shop.json("ticket", "show", "403586091390996030")["stage"] == "decide"
    shop.run("undo")
    assert shop.json("queue", "--all")["tickets"] == []
    shop.run("redo")
    assert len(shop.json("queue", "--all")["tickets"]) == 2


@pytest.mark.parametrize(
    ("closed", "stays"), [("2026-11-24T08:00", True), ("2026-11-24T08:30", True), ("2026-11-24T07:59:59", False)]
)
def test_a_local_close_against_the_files_own_time(shop, tmp_path, closed, stays):
    imported(shop, export(tmp_path / "older.csv", {}, stamp="24/11/2026 07:00:00"))
    shop.run("ticket", "close", "403586091390996030", "--at", closed)
    done = imported(shop, export(tmp_path / "newer.csv", {}))
    case = shop.json("ticket", "show", "403586091390996030")
    assert (case["stage"] == "closed") == stays
    assert done["kept_local"] == int(stays)
    assert len(shop.json("today")["still_open"]) == int(stays)


def test_a_typed_deadline_stays_while_the_stage_stays(shop, tmp_path):
    imported(shop, export(tmp_path / "older.csv", {}, stamp="24/11/2026 07:00:00"))
    shop.run("ticket", "due", "403586091390996030", "2026-11-26T10:00")
    imported(shop, export(tmp_path / "newer.csv", {}))
    assert shop.json("ticket", "show", "403586091390996030")["due_at"] == "2026-11-26T10:00:00+07:00"
    imported(shop, export(tmp_path / "moved.csv", {"Dispute Status": "In review"}, stamp="24/11/2026 08:30:00"))
    case = shop.json("ticket", "show", "403586091390996030")
    assert (case["stage"], case["due_at"]) == ("dispute", None)


def test_an_archived_ticket_takes_part(shop, tmp_path):
    old = {"Time Requested": "01/09/2026 10:00:00", "Return Status": "Completed", "Refund Time": "02/09/2026 10:00:00"}
    imported(shop, export(tmp_path / "older.csv", old, stamp="24/11/2026 07:00:00"))
    assert list((shop.data / "archive").iterdir())
    again = {**old, "Return Status": "To process", "Refund Time": ""}
    assert only(imported(shop, export(tmp_path / "newer.csv", again)), {"updated": 1, "unchanged": 1})
    assert shop.json("ticket", "show", "403586091390996030")["stage"] == "decide"
    shop.run("undo")
    assert shop.json("ticket", "show", "403586091390996030")["outcome"] == "refunded"


def test_unknown_words_and_unreadable_rows_are_told_and_the_rest_applies(shop, tmp_path):
    path = export(tmp_path / "r.csv", {"Return Status": "Ponders"}, {"Time Requested": ""})
    done = shop.run("import", path, "--json")
    file = imported(shop, path)
    assert file["unknown"] == [{"text": "Ponders", "rows": 1}]
    assert [row["row"] for row in file["refused"]] == [3]
    assert "Ponders" in done.stderr
    assert "row 3" in done.stderr
    case = shop.json("ticket", "show", "403586091390996030")
    assert (case["stage"], case["raw_status"], case["assumed"]) == ("check", "Ponders", True)


def test_a_refused_file_leaves_the_others_alone(shop, tmp_path):
    good, bad = export(tmp_path / "good.csv", {}), tmp_path / "bad.csv"
    bad.write_text("Order/adjustment ID,Type,Currency\n1,2,3\n", encoding="utf-8")
    files = shop.json("import", bad, good, tmp_path / "missing.csv", status=1)["files"]
    assert files[0]["kind"] is None
    assert files[0]["error"]
    assert files[1]["new"] == 2
    assert files[2]["error"]


def test_two_processes_at_once_lose_nothing(shop, tmp_path):
    path = export(tmp_path / "returns.csv", {})
    env = {"PYTHONPATH": ".", "WORKBENCH_DATA": str(shop.data), "WORKBENCH_CONFIG": str(shop.config),
           "WORKBENCH_NOW": shop.now, "HOME": str(tmp_path)}  # fmt: skip
    calls = [["import", str(path)], *(["ticket", "add", "--kind", "message"] for _ in range(5))]
    running = [
        subprocess.Popen([sys.executable, "-m", "workbench", *words], env=env, stdout=subprocess.DEVNULL)
        for words in calls
    ]
    assert [process.wait(60) for process in running] == [0] * 6
    cases = shop.json("queue", "--all")["tickets"]
    assert len(cases) == 7
    assert len({case["id"] for case in cases}) == 7


CASES = Path(__file__).parents[1] / "intake" / "cases"


def case(shop, name, status=0, **environment):
    return shop.json("import", CASES / name, status=status, **environment)["files"][0]


def test_a_certain_file_corrects_what_was_guessed(us_shop):
    us_shop.now = "2026-11-21T09:00"
    assert case(us_shop, "60a_guessed_first.csv")["date_order_guessed"]
    first = us_shop.json("ticket", "show", "T-1")
    assert (first["times_guessed"], first["opened_at"][:10]) == (True, "2026-05-11")
    done = case(us_shop, "60b_then_certain.csv")
    assert (done["new"], done["updated"], done["corrected"], done["unchanged"]) == (1, 2, 2, 0)
    after = us_shop.json("ticket", "show", "T-1")
    assert (after["times_guessed"], after["opened_at"], after["stage_since"]) == (
        False, "2026-11-05T10:15:00-08:00", "2026-11-05T10:15:00-08:00",
    )  # fmt: skip
    assert after["due_at"] > first["due_at"]
    assert [entry["what"] for entry in after["timeline"]][-1] == "corrected"
    again = case(us_shop, "60b_then_certain.csv")
    assert (again["unchanged"], again["corrected"]) == (3, 0)
    case(us_shop, "60a_guessed_first.csv")  # a guess takes nothing back
    assert us_shop.json("ticket", "show", "T-1")["opened_at"] == after["opened_at"]
    us_shop.run("undo")
    assert us_shop.json("ticket", "show", "T-1") == first


def test_a_correction_leaves_what_the_seller_did_and_typed(us_shop):
    us_shop.now = "2026-11-21T09:00"
    case(us_shop, "60a_guessed_first.csv")
    us_shop.run("ticket", "due", "T-1", "2026-11-25T12:00")
    us_shop.run("ticket", "act", "T-2", "ask_proof")
    since = us_shop.json("ticket", "show", "T-2")["stage_since"]
    case(us_shop, "60b_then_certain.csv")
    assert us_shop.json("ticket", "show", "T-1")["due_at"] == "2026-11-25T12:00:00-08:00"
    second = us_shop.json("ticket", "show", "T-2")
    assert (second["stage"], second["stage_since"], second["opened_at"][:10]) == ("evidence", since, "2026-11-06")


def test_a_guess_is_told_by_the_verb(us_shop):
    us_shop.now = "2026-11-21T09:00"
    assert (
        "order of day and month is a guess: month first" in us_shop.run("import", CASES / "35_us_orders_dmy.csv").stderr
    )


def test_a_file_without_rows_is_no_failure(us_shop):
    done = us_shop.run("import", CASES / "04_no_rows.csv")
    assert "no rows in it, nothing to do" in done.stdout
    document = case(us_shop, "04_no_rows.csv")
    assert (document["rows"], document["as_of"], document["date_order"], document["error"]) == (0, None, None, None)


def test_a_file_of_another_currency_is_refused_unless_it_is_meant(us_shop, tmp_path):
    path = export(tmp_path / "returns.csv", {})
    document = imported(us_shop, path, status=1)
    assert "THB" in document["error"]
    assert "US" in document["error"]
    assert us_shop.json("queue")["tickets"] == []
    assert imported(us_shop, path, "--dry-run", status=1)["error"] == document["error"]
    assert imported(us_shop, path, "--foreign")["new"] == 2


def test_the_document_says_what_is_known_of_the_file(us_shop):
    us_shop.now = "2026-11-21T09:00"
    document = case(us_shop, "02_hidden_old_sheet_first.xlsx")
    assert document["sheets"] == [
        {"name": "old", "kind": "returns", "rows": None, "read": False},
        {"name": "returns", "kind": "returns", "rows": 3, "read": True},
    ]
    assert (document["market"], document["zone"], document["currencies"]) == ("US", "America/Los_Angeles", ["USD"])
    assert (document["encoding"], document["encoding_guessed"], document["date_order_guessed"]) == (None, False, False)
    assert case(us_shop, "17_cp1252.csv")["encoding"] == "cp1252"


def test_the_name_of_a_product_is_that_of_the_newest_file(shop, tmp_path):
    def names():
        table = json.loads((shop.data / "workbench.json").read_text(encoding="utf-8"))["skus"].values()
        return {sku["sku"]: sku["product"] for sku in table}

    newer = {"Return Order ID": "403586091390996051", "Product Name": "Wide leg pants, new"}
    older = {"Return Order ID": "403586091390996052", "Product Name": "Wide leg pants, old"}
    imported(shop, export(tmp_path / "b.csv", newer, stamp="24/11/2026 08:00:00"))
    assert names()["PANTS"] == "Wide leg pants, new"
    imported(shop, export(tmp_path / "a.csv", older, stamp="23/11/2026 08:00:00"))
    assert names()["PANTS"] == "Wide leg pants, new"
    newest = {"Return Order ID": "403586091390996053", "Product Name": "Wide leg pants, newest"}
    imported(shop, export(tmp_path / "c.csv", newest, stamp="24/11/2026 08:30:00"))
    assert names()["PANTS"] == "Wide leg pants, newest"


def test_what_moved_on_here_and_what_a_file_leaves_out(shop, tmp_path):
    rows = [{"Return Type": "Return and refund"}, {"Time Requested": "21/11/2026 15:00:00"}]
    imported(shop, export(tmp_path / "a.csv", *rows))
    shop.json("ticket", "act", "403586091390996030", "approve", "--at", "2026-11-24T08:10")
    found = imported(shop, export(tmp_path / "b.csv", rows[0], {"Return Order ID": "403586091390996099",
                     "Time Requested": "22/11/2026 15:00:00"}, stamp="24/11/2026 08:30:00"))  # fmt: skip
    assert (found["kept_local"], found["missing"]) == (1, 1)
    case = shop.json("ticket", "show", "403586091390996030")
    assert (case["stage"], case["there"]["stage"]) == ("buyer_ship", "decide")
    assert case["there"]["due_at"] == "2026-11-23T15:00:00+07:00"
    assert [ticket["id"] for ticket in shop.json("today")["still_open"]] == [case["id"]]
    assert "Moved on here, but the platform still shows it earlier:" in shop.run("today").stdout
    assert shop.json("ticket", "show", "403586091390996031")["stage"] == "decide"


def test_without_a_market_the_verb_tells_what_it_went_by_and_what_the_file_proposes(tmp_path):
    shop = Shop(tmp_path, "TH")
    shop.config.write_text("# nothing\n", encoding="utf-8")
    said = shop.run("import", SAMPLES / "returns_th.xlsx")
    assert "No market is chosen: the general rules and UTC are used" in said.stderr
    assert 'The amounts are in THB: write market = "TH" under [shop]' in said.stderr
    shop.config.write_text('[shop]\nmarket = "generic"\n', encoding="utf-8")
    assert "No market" not in shop.run("import", SAMPLES / "returns_th.xlsx").stderr


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
@pytest.mark.parametrize(
    ("answer", "status", "market"), [("\n", 0, "TH"), ("Generic\n", 0, "generic"), ("no\n", 1, None)]
)
def test_on_a_terminal_the_market_is_asked_before_anything_is_written(tmp_path, answer, status, market):
    shop = Shop(tmp_path, "TH")
    shop.config.write_text("# nothing\n", encoding="utf-8")
    main, terminal = os.openpty()
    os.write(main, answer.encode())
    env = os.environ | {
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "WORKBENCH_LANG": "en",
        "WORKBENCH_NOW": shop.now,
    }
    words = ["--data", shop.data, "--config", shop.config, "import", SAMPLES / "returns_th.xlsx"]
    done = subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, words)], env=env, stdin=terminal, stderr=terminal,
        stdout=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    told = os.read(main, 65536).decode()
    os.close(terminal)
    os.close(main)
    assert "take TH, Bangkok time?" in told
    assert done.returncode == status
    if market is None:
        assert "Nothing was imported" in told
        assert not shop.data.exists()
    else:
        assert {ticket["market"] for ticket in shop.json("queue", "--all")["tickets"]} == {market}


def test_several_files_in_one_argument_are_all_read(tmp_path):
    """As a desktop puts them into the clipboard, in one pair of quotation marks."""
    shop = Shop(tmp_path, "TH")
    given = f"{(SAMPLES / 'returns_th.xlsx').as_uri()}\n{(SAMPLES / 'returns_us.csv').as_uri()}"
    found = shop.json("import", "--dry-run", "--foreign", given)["files"]
    assert [Path(each["file"]).name for each in found] == ["returns_th.xlsx", "returns_us.csv"]
