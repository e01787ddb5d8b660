"""Orders kept beside the data file: imported, undone, forgotten, exported, gone back to."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.intake.builders import ORDERS, csv_file, ordered
from workbench.session import Options, open_session
from workbench.session import tally as session_tally
from workbench.session.safety.desk import check
from workbench.storage import tally
from workbench.storage.errors import Damaged
from workbench.storage.restoring import Difference

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def shop(tmp_path):
    return opened(tmp_path, "data")


def opened(tmp_path, name, clock=None):
    settings = tmp_path / "settings.toml"
    settings.write_text('[shop]\nmarket = "US"\n', encoding="utf-8")
    return open_session(Options(data=tmp_path / name, config=settings), clock or Clock())


def order(number, created="11/15/2026 01:31:00 PM", **cells):
    cells = {"Cancelation/Return Type": "", "Order_ID": f"5769512807430509{number:02}", **cells}
    return ordered(Created_Time=created, Paid_Time=created, **cells)


HEADER = [
    *ORDERS, "SKU Unit Original Price", "SKU Subtotal Before Discount", "SKU Seller Discount", "Order Refund Amount",
    "Fulfillment Type", "Creator Handle",
]  # fmt: skip


def bring(shop, folder, *rows):
    path = csv_file(folder, rows, HEADER)
    plans = shop.imports.preview([path])
    assert plans[0].error is None, plans[0].error
    shop.imports.apply(plans)


SHIPPED = {"Order_Status": "Shipped", "Shipped_Time": "11/16/2026 08:00:00 AM"}


def tallied(shop):
    """What the daily tally has of orders."""
    days = tally.days_of(shop.store.table("tally"))
    orders = {
        day: {name: n for name, n in counts.items() if name.startswith("orders.")} for day, counts in days.items()
    }
    return {day: counts for day, counts in orders.items() if counts}


def test_orders_are_kept_by_the_month_of_their_creation_and_nothing_of_the_buyer(shop, tmp_path):
    old = order(1, "10/30/2026 01:31:00 PM", Order_Status="Completed", Shipped_Time="11/02/2026 08:00:00 AM")
    bring(shop, tmp_path, old, order(2, **SHIPPED), order(3))
    assert sorted(shop.store.kept_files()) == ["2026-10", "2026-11"]
    names = sorted(path.name for path in (shop.store.directory / "orders").iterdir())
    assert names == ["2026-10.1.json", "2026-11.1.json"]
    for path in (shop.store.directory / "orders").iterdir():
        assert "buyer" not in path.read_text(encoding="utf-8").casefold().replace('"cancelled_by":"buyer"', "")
    desk = shop.desk("orders")
    assert desk.counts(date(2026, 11, 2), date(2026, 11, 14)).shipped == 1
    assert desk.counts(date(2026, 11, 2), date(2026, 11, 15)).shipped == 1
    assert desk.counts(date(2026, 10, 2), date(2026, 11, 15)) is None
    assert desk.counts_by("sku", date(2026, 11, 1), date(2026, 11, 15)) == {
        "LAMP-01": desk.counts(date(2026, 11, 1), date(2026, 11, 15))
    }


def test_undo_names_the_former_files_again_and_redo_the_newer(shop, tmp_path):
    bring(shop, tmp_path, order(1))
    first = dict(shop.store.kept_files())
    bring(shop, tmp_path, order(1, **SHIPPED), order(2, **SHIPPED))
    second = dict(shop.store.kept_files())
    assert second["2026-11"].generation == first["2026-11"].generation + 1
    days = tallied(shop)
    shop.undo()
    assert dict(shop.store.kept_files()) == first
    assert b"shipped_at" not in bytes(shop.store.kept("2026-11")[0])
    assert not tallied(shop)
    shop.redo()
    assert dict(shop.store.kept_files()) == second
    assert tallied(shop) == days
    assert not shop.safety.check().problems


def test_former_files_stay_as_long_as_the_history_names_them(tmp_path):
    clock = Clock()
    shop = opened(tmp_path, "data", clock)
    bring(shop, tmp_path, order(1))
    bring(shop, tmp_path, order(1, **SHIPPED))
    clock.now += timedelta(days=2)
    added = shop.tickets.add(kind="message")  # the first save of a day tidies
    folder = shop.store.directory / "orders"
    assert len(list(folder.iterdir())) == 2
    for _ in range(200):
        shop.tickets.note(added.ids, "a note")
    clock.now += timedelta(days=2)
    shop.tickets.note(added.ids, "a note")
    assert [path.name for path in folder.iterdir()] == ["2026-11.2.json"]


def test_the_same_file_again_writes_nothing(shop, tmp_path):
    bring(shop, tmp_path, order(1))
    before = dict(shop.store.kept_files())
    bring(shop, tmp_path, order(1))
    assert dict(shop.store.kept_files()) == before
    assert len(shop.history()) == 1


def test_a_lost_file_is_told_and_is_found_beside_the_backups(shop, tmp_path):
    bring(shop, tmp_path, order(1, **SHIPPED))
    shop.safety.backup()
    kept = shop.store.directory / "orders" / "2026-11.1.json"
    kept.write_bytes(kept.read_bytes()[:-20])
    assert len(shop.store.kept("2026-11")) == 1
    assert [finding.file.name for finding in shop.safety.check().problems] == ["2026-11.1.json"]
    (shop.store.directory / "backups" / "orders" / "2026-11.1.json").unlink()
    with pytest.raises(Damaged):
        shop.store.kept("2026-11")
    assert shop.tickets.queue() == []


def test_going_back_to_a_copy_brings_its_orders_and_undo_takes_them_back(shop, tmp_path):
    bring(shop, tmp_path, order(1))
    beside, whole = shop.safety.backup(), shop.safety.backup(tmp_path / "whole.json")
    first = [bytes(row) for row in shop.store.kept("2026-11")]
    bring(shop, tmp_path, order(1, **SHIPPED), order(2, "10/15/2026 01:31:00 PM", **SHIPPED))
    second = [bytes(row) for row in shop.store.kept("2026-11")]
    for copy in (beside, whole):
        for dry_run in (True, False):
            told = {each.table: each for each in shop.safety.restore(copy, dry_run=dry_run).differences}
            assert told["orders"] == Difference("orders", 0, 1, 1)
        assert [bytes(row) for row in shop.store.kept("2026-11")] == first
        assert [*shop.store.kept_files()] == ["2026-11"]
        shop.undo()
        assert [bytes(row) for row in shop.store.kept("2026-11")] == second
        assert [*shop.store.kept_files()] == ["2026-10", "2026-11"]
    assert not shop.safety.check().problems


def test_an_export_holds_them_and_is_taken_in_whole(shop, tmp_path):
    bring(shop, tmp_path, order(1, **SHIPPED), order(2, "10/15/2026 01:31:00 PM"))
    shop.safety.export(tmp_path / "out")
    with (tmp_path / "out" / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2
    from workbench.session.imports.takeover import take_over

    other = opened(tmp_path, "other")
    take_over(other, tmp_path / "out" / "workbench-export.json")
    for month in ("2026-10", "2026-11"):
        assert list(map(bytes, other.store.kept(month))) == list(map(bytes, shop.store.kept(month)))
    assert not other.safety.check().problems
    other.undo()
    assert not other.store.kept_files()


def test_forgetting_takes_creators_out_of_every_generation(shop, tmp_path):
    bring(shop, tmp_path, order(1, Creator_Handle="creator_ann"))
    shop.safety.backup()
    bring(shop, tmp_path, order(1, Creator_Handle="creator_ann", **SHIPPED), order(2, Creator_Handle="creator_bob"))
    shop.safety.forget(date(2026, 11, 16))
    for path in shop.store.directory.rglob("*"):
        if path.is_file():
            assert b"creator_ann" not in path.read_bytes(), path
    assert len(shop.store.kept("2026-11")) == 2
    assert not shop.safety.check().problems


def test_the_copy_of_another_machine_brings_its_newer_rows(tmp_path):
    here, there = opened(tmp_path, "here"), opened(tmp_path, "there")
    bring(here, tmp_path, order(1), order(3))
    bring(there, tmp_path, order(1, **SHIPPED), order(2))
    there.safety.backup(tmp_path / "here" / "workbench (conflicted copy).json")
    again = opened(tmp_path, "here")
    found = [json.loads(bytes(row)) for row in again.store.kept("2026-11")]
    assert {row["order_id"][-2:]: row.get("shipped_at") is not None for row in found} == {
        "01": True,
        "02": False,
        "03": False,
    }
    again.undo()
    assert len(again.store.kept("2026-11")) == 2


def test_prices_are_those_of_the_newest_order_by_then(shop, tmp_path):
    prices = {
        "SKU_Unit_Original_Price": "20.00",
        "SKU_Subtotal_Before_Discount": "40.00",
        "SKU_Seller_Discount": "6.00",
    }
    bring(shop, tmp_path,
          order(1, "10/15/2026 01:31:00 PM", Quantity="2", **prices),
          order(2, "11/15/2026 01:31:00 PM", Quantity="1", SKU_Unit_Original_Price="25.00"))  # fmt: skip
    desk = shop.desk("orders")
    at = datetime(2026, 11, 10, tzinfo=UTC)
    assert (desk.price("LAMP-01", at).original, desk.price("LAMP-01", at).selling) == (
        Decimal("20.00"),
        Decimal("17.00"),
    )
    assert desk.price("LAMP-01", NOW).original == Decimal("25.00")
    assert desk.price("LAMP-01", datetime(2026, 10, 1, tzinfo=UTC)) is None
    assert [price.original for price in desk.prices("LAMP-01")] == [Decimal("20.00"), Decimal("25.00")]


def test_the_tally_is_what_the_rows_add_up_to_after_every_deed(tmp_path):
    here, there = opened(tmp_path, "here"), opened(tmp_path, "there")
    bring(here, tmp_path, order(1), order(3, **SHIPPED))
    bring(there, tmp_path, order(1, **SHIPPED), order(2, **SHIPPED, Order_Refund_Amount="$3.00"))
    there.safety.backup(tmp_path / "here" / "workbench (conflicted copy).json")
    merged = opened(tmp_path, "here")
    days = (date(2026, 11, 15), date(2026, 11, 15))
    three = {"orders.shipped": 3, "orders.shipped/LAMP-01": 3, "orders.refunded": 1, "orders.refunded/LAMP-01": 1}
    assert tallied(merged) == {date(2026, 11, 16): three}
    assert merged.desk("orders").shipped_lately(None, *days) == 0
    bring(merged, tmp_path, order(4, "11/16/2026 07:00:00 AM", **SHIPPED), order(5, "11/17/2026 07:00:00 AM"))
    assert merged.desk("orders").shipped_lately("LAMP-01", date(2026, 11, 15), date(2026, 11, 16)) == 4
    merged.undo()
    assert tallied(merged) == {date(2026, 11, 16): three}
    assert check(merged.store.directory).tally


def test_a_tally_that_does_not_add_up_is_reckoned_anew(shop, tmp_path):
    bring(shop, tmp_path, order(1, **SHIPPED), order(2, "10/30/2026 07:00:00 AM", **SHIPPED))
    before, path = tallied(shop), shop.store.directory / "workbench.json"
    assert check(shop.store.directory).tally
    document = json.loads(path.read_bytes())
    for number in set(document["tally"]) - {"1"}:
        del document["tally"][number]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert not check(shop.store.directory).tally
    shop.safety.retally()
    assert tallied(shop) == before
    assert len(shop.history()) == 1


def test_what_was_counted_in_a_table_of_its_own_goes_with_a_backup_and_keeps_the_history(tmp_path):
    """Data of the schema before: counted anew by the first save, and nothing in the history speaks of the table."""
    clock = Clock()
    shop = opened(tmp_path, "data", clock)
    bring(shop, tmp_path, order(1, **SHIPPED))
    before, path = tallied(shop), shop.store.directory / "workbench.json"
    document = json.loads(path.read_bytes())
    document["tally"] = {"1": {"counters": ["issues.count"], "zone": shop.zone.key}}
    document["order_days"] = {"739936": {"id": 739936, "day": "2026-11-16", "shipped": {"": 9}}}
    document["meta"]["1"]["schema"] = 2
    for entry in document["history"].values():
        entry["changes"]["order_days"] = {"remove": [[739936, 739936]]}
    path.write_text(json.dumps(document), encoding="utf-8")
    old = path.read_bytes()
    shop = opened(tmp_path, "data", clock)
    assert "order_days" not in shop.store.names()
    assert shop.desk("orders").shipped_lately("LAMP-01", date(2026, 11, 15), date(2026, 11, 15)) == 0
    assert sum(day.get("orders.shipped", 0) for day in tallied(shop).values()) == 0
    shop.tickets.add(kind="message")
    assert tallied(shop) == before
    [backup] = (shop.store.directory / "backups").glob("*schema-2.json")
    assert json.loads(backup.read_bytes())["order_days"] == json.loads(old)["order_days"]
    shop.undo()
    shop.undo()
    assert not shop.store.kept_files()
    assert not tallied(shop)
    report = check(shop.store.directory)
    assert not report.problems
    assert report.tally


def test_the_tally_is_read_once_for_all_questions_until_something_is_saved(shop, tmp_path, monkeypatch):
    bring(shop, tmp_path, order(1, **SHIPPED))
    read: list[object] = []
    archived = session_tally.archived
    monkeypatch.setattr(session_tally, "archived", lambda *asked: (read.append(asked), archived(*asked))[1])
    desk, day = shop.desk("orders"), date(2026, 11, 15)
    assert [desk.shipped_lately(sku, day, day) for sku in (None, "LAMP-01", "B") for _ in range(5)] == [0] * 15
    assert len(read) == 1
    bring(shop, tmp_path, order(2, Shipped_Time="11/15/2026 06:00:00 PM"), order(3, "11/17/2026 07:00:00 AM"))
    assert desk.shipped_lately(None, day, day) == 1
    assert len(read) == 2
