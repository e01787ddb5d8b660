"""Affiliate orders in the languages and layouts in which they come."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.intake import selling
from workbench.intake import IntakeRules, read

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


def rows(folder, header, *found, market="ID", currency="IDR"):
    rules = IntakeRules(zone=JAKARTA, export_zone=JAKARTA, market=market, currency=currency)
    return read(selling.written(folder / "affiliate.csv", header, list(found)), rules=rules, now=NOW)


def test_indonesian_headers_and_words(tmp_path):
    cells = dict(zip(selling.AFFILIATE_ID, [""] * len(selling.AFFILIATE_ID), strict=True)) | {
        "ID Pesanan": "577300000000000008", "ID Produk": "1729500000000000001", "ID Sku": "1729000000000000316",
        "Produk": "Lampu", "Harga": "Rp90.000", "Payment Amount": "Rp85.000", "Mata Uang": "IDR", "Kuantitas": "1",
        "Pengembalian Barang Atau Dana": "Ya", "Status Pesanan": "Selesai", "Nama pengguna kreator": "@mbak.lampu",
        "Persentase komisi standar": "10%", "Perkiraan pembayaran komisi standar": "Rp8.500",
        "Pembayaran Komisi Aktual": "Rp4.000", "Waktu Dibuat": "13/11/2026 10:00:00",
    }  # fmt: skip
    found = rows(tmp_path, selling.AFFILIATE_ID, list(cells.values()))
    assert (found.kind, found.refused, found.unknown) == ("affiliate", [], [])
    (row,) = found.records["creators"]
    assert (row.order_id, row.sku_id, row.creator, row.refunded) == (
        "577300000000000008", "1729000000000000316", "mbak.lampu", True,
    )  # fmt: skip
    assert (row.price, row.paid, row.rate, row.commission) == (90000, 85000, Decimal("0.1"), 4000)


@pytest.mark.parametrize(
    ("status", "est", "actual", "owed"),
    [("Completed", "59", "0", 59), ("Completed", "59", "40", 40), ("Ineligible", "59", "0", 0),
     ("Completed", "--", "--", None)],
)  # fmt: skip
def test_what_was_paid_counts_else_what_is_estimated(tmp_path, status, est, actual, owed):
    given = {
        "order_id": "577300000000000008", "sku_id": "1729000000000000316", "price": "590", "order_status": status,
        "creator_username": "som", "est_standard_commission_payment": est, "actual_commission_payment": actual,
        "time_created": "13/11/2026 10:00:00", "currency": "THB",
    }  # fmt: skip
    if owed is None:
        beside = ("est_shop_ads", "actual_shop_ads")
        given |= {f"{name}_commission_payment": "--" for name in beside}
        given |= {f"{name}_co_funded_creator_bonus": "--" for name in ("est", "actual")}
    found = rows(tmp_path, selling.AFFILIATE, selling.row(selling.AFFILIATE, **given), market="TH", currency="THB")
    assert found.records["creators"][0].commission == owed


def test_a_file_without_skus_tells_its_rows_apart_by_product(tmp_path):
    header = [name for name in selling.AFFILIATE if name != "SKU ID"]
    found = rows(
        tmp_path, header,
        *(selling.row(header, order_id="577300000000000008", product_id=f"172950000000000000{n}", price="1",
                      creator_username="som", time_created="13/11/2026 10:00:00") for n in (1, 2)),
    )  # fmt: skip
    assert [row.sku_id for row in found.records["creators"]] == ["1729500000000000001", "1729500000000000002"]


def test_a_status_of_letters_that_nobody_lists_counts_and_is_told(tmp_path):
    given = {
        "order_id": "577300000000000008", "sku_id": "1729000000000000316", "price": "590", "creator_username": "som",
        "order_status": "ไม่เข้าเกณฑ์", "est_standard_commission_payment": "59", "actual_commission_payment": "0",
        "time_created": "13/11/2026 10:00:00", "currency": "THB", "standard_commission_rate": "10%",
    }  # fmt: skip
    found = rows(tmp_path, selling.AFFILIATE, selling.row(selling.AFFILIATE, **given), market="TH", currency="THB")
    assert found.records["creators"][0].commission == 59
    assert [(word.text, word.column) for word in found.unknown] == [("ไม่เข้าเกณฑ์", "Order Status")]
