"""What kind of file it is: recognition by header names, and the sentence for every file that is none of ours."""

from __future__ import annotations

import gc
import os
import zipfile

import msgspec
import pytest

from tests.intake.builders import (
    BANGKOK,
    NOW,
    ORDERS,
    RETURNS,
    US,
    csv_file,
    csv_text,
    ordered,
    plain_rows,
    reading,
    records,
    refusal,
    returned,
    sheet,
    xlsx_file,
)
from workbench.intake import IntakeRules, Stopped, read, recognise
from workbench.intake.kinds import layouts
from workbench.intake.kinds.orders import LAYOUT as ORDER_LAYOUT
from workbench.intake.kinds.orders import OrderRow
from workbench.intake.kinds.returns import LAYOUT as RETURN_LAYOUT
from workbench.intake.kinds.returns import ReturnRow


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (["Return Order ID", "Return Item ID", "Status"], "Lazada"),
        (["Order ID", "Order Status", "Return / Refund Status"], "Shopee"),
        (["Name", "Email", "Financial Status", "Fulfillment Status", "Lineitem name"], "Shopify"),
        (["amazon-order-id", "purchase-date"], "Amazon"),
        (["Order ID", "Order Status", "Buyer"], "begins with the columns: Order ID, Order Status, Buyer"),
        (["Return Order ID", "Order ID"], "begins with the columns"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path, header, said):
    path = csv_file(tmp_path, [["1"] * len(header)], header)
    assert said in refusal(path)
    assert recognise(path) is None


def test_returns_are_tested_before_orders(tmp_path):
    header = [*RETURNS, "Cancelation/Return Type"]
    assert reading(csv_file(tmp_path, [returned()], header)).kind == "returns"


def test_aliases_of_headers_recognise_too(tmp_path):
    header = ["退货单号" if name == "Return Order ID" else name for name in RETURNS]
    path = csv_file(tmp_path, [returned() | {"退货单号": "403586091390996031"}], header)
    assert recognise(path) is None
    assert recognise(path, {"退货单号": "Return Order ID"}) == ("returns", 1)
    rules = msgspec.structs.replace(US, headers={"退货单号": "Return Order ID"})
    assert reading(path, rules).sightings[0].external_id == "403586091390996031"


def test_the_records_name_the_columns_in_their_order():
    assert len(ReturnRow._fields) == len(RETURN_LAYOUT.columns) + 1
    assert len(OrderRow._fields) == len(ORDER_LAYOUT.columns) + 1
    for layout, row, pairs in (
        (RETURN_LAYOUT, ReturnRow, {"Time Requested": "requested", "Buyer Note": "note", "Refund Time": "refunded"}),
        (
            ORDER_LAYOUT,
            OrderRow,
            {"Cancelled Time": "cancelled", "Buyer Username": "buyer", "Package ID": "package_id"},
        ),
    ):
        for name, field in pairs.items():
            assert row._fields[layout.columns.index(name) + 1] == field
        assert layout.ids | layout.keys | layout.times | set(layout.marks[0]) <= set(layout.columns)
        assert layout.needed | layout.money | layout.counts | {layout.began, layout.key} <= set(layout.columns)
        assert layout.keys <= layout.ids


def test_every_module_of_a_kind_is_found():
    assert [layout.kind for layout in layouts()][:2] == ["returns", "orders"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\r\n<!DOCTYPE html><html>", "is a web page"),
        (b"<?xml version='1.0'?>\n<html>", "is a web page"),
        (b"<h1>403</h1>", "is a web page"),
        (b"<a href='/login'>Log in</a>", "is a web page"),
        ("<span>x".encode("utf-16"), "is a web page"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "neither CSV nor XLSX"),
        (b'[{"a": 1}]', "neither CSV nor XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .xls workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x1f\x8b\x08\0", "is an archive"),
        (b"PK\x05\x06" + bytes(18), "is an archive"),
        (b"PK\x03\x04" + bytes(100), "is damaged"),
        (b'{"a": 1}', "neither CSV nor XLSX"),
        (bytes(range(256)) * 40, "no export of TikTok Shop that is known"),
    ],
)
def test_what_is_no_export_at_all(tmp_path, content, said):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert said in refusal(path)
    assert recognise(path) is None


def test_a_download_that_is_not_done(tmp_path, monkeypatch):
    for suffix in (".crdownload", ".part", ".download", ".xltd"):
        (tmp_path / f"done.csv{suffix}").write_bytes(b"Return")
        assert "still writing" in refusal(tmp_path / f"done.csv{suffix}")
    (tmp_path / "done.csv").touch()  # the place that a browser keeps
    assert "still writing" in refusal(tmp_path / "done.csv")
    (tmp_path / "gone.part").unlink(missing_ok=True)
    assert "no such file" in refusal(tmp_path / "gone.part")
    growing = csv_file(tmp_path, [returned()], name="growing.csv")
    states = iter([(10, 0), (20, 0)])
    monkeypatch.setattr("workbench.intake.reading._state", lambda _path: next(states))
    assert "changed while it was read" in refusal(growing)


def test_a_title_too_far_above_the_header(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text("Report\n" * 31 + csv_text(RETURNS, [returned()]))
    assert "delete them" in refusal(path)


def test_what_is_no_file(tmp_path):
    assert "is a folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "missing.csv")
    assert "no such file" in refusal(tmp_path / "nul\0.csv")
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in refusal(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = csv_file(tmp_path, [returned()])
    path.chmod(0)
    assert "cannot be read" in refusal(path)


def test_archives_that_are_no_workbook(tmp_path):
    path = tmp_path / "exports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("returns.csv", "x")
    assert "Unpack it" in refusal(path)
    assert "binary workbook" in refusal(xlsx_file(tmp_path, {"xl/worksheets/sheet1.bin": b"x"}))


@pytest.mark.parametrize(
    "make", [csv_file, lambda folder, rows: xlsx_file(folder, sheet(plain_rows(records(RETURNS, rows))))]
)
def test_progress_is_told_and_may_stop_the_reading(tmp_path, make):
    path = make(tmp_path, [returned(Return_Order_ID=str(403586091390000001 + n)) for n in range(5000)])
    told = []
    assert reading(path, progress=lambda rows, total: told.append((rows, total))).rows == 5000
    assert [rows for rows, _ in told] == [2000, 4000, 5000]
    assert told[-1] == (5000, 5000)
    assert all(4000 <= total <= 10_000 for _, total in told)

    def stop(rows, total):
        raise Stopped

    with pytest.raises(Stopped):
        reading(path, progress=stop)


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(tmp_path, running):
    was = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        reading(csv_file(tmp_path, [returned()]))
        refusal(csv_file(tmp_path, [returned()], ["x"]))
        assert gc.isenabled() is running
    finally:
        (gc.enable if was else gc.disable)()


def test_a_look_estimates_the_rows(tmp_path):
    kind, rows = recognise(csv_file(tmp_path, [ordered() for _ in range(20_000)], ORDERS))
    assert kind == "orders"
    assert 18_000 <= rows <= 22_000


def test_the_file_is_named_as_it_was_given(tmp_path, monkeypatch):
    path = csv_file(tmp_path, [returned()])
    monkeypatch.chdir(tmp_path)
    assert reading(path.relative_to(tmp_path)).file == "export.csv"


def test_the_rules_have_defaults(tmp_path):
    rules = IntakeRules(zone=BANGKOK, export_zone=BANGKOK, market="generic")
    (seen,) = read(csv_file(tmp_path, [returned(Return_unit_price="5")]), rules=rules, now=NOW).sightings
    assert (seen.money.amount, seen.money.currency) == (5, None)


def test_a_flat_sheet_of_libreoffice_is_named(tmp_path):
    path = tmp_path / "returns.fods"
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    path.write_text(f'<?xml version="1.0"?>\n<office:document {names}/>', encoding="utf-8")
    assert "OpenDocument" in refusal(path)
