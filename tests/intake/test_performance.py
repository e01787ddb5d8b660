"""The four performance exports of the Affiliate Center: English and Chinese, the row of descriptions, what is none."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.intake import selling
from tests.intake.builders import plain_rows, sheet, xlsx_file
from workbench.intake import IntakeRules, read
from workbench.intake.model import RefusedFile

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
BANGKOK = ZoneInfo("Asia/Bangkok")
RULES = IntakeRules(zone=BANGKOK, export_zone=BANGKOK, market="TH", currency="THB")


def reading(path, header, rows):
    return read(selling.written(path / "file.csv", header, rows), rules=RULES, now=NOW)


def said(header):
    """The row below the headers: what each column means, in words, some with figures in them."""
    return [f"The {name.lower()} of content posted in the last 28 days" for name in header]


def given(header, **cells):
    return selling.row(header, **cells)


def one(read):
    (found,) = read.records["creators"]
    return found


def test_creators_with_all_columns_in_any_order(tmp_path):
    row = given(
        selling.CREATORS_23, creator_name="@ploy_daily", creator_attributed_gmv="฿12,000.50", refunds="฿590.00",
        attributed_orders="20", ctor="5.93%", ctr="104.20%", video_views="1,204,331", est_flat_fee="--",
    )  # fmt: skip
    header = selling.CREATORS_23[::-1]
    found = reading(tmp_path, header, [said(header), row[::-1]])
    assert (found.kind, found.rows, found.refused, found.unknown, found.as_of) == ("creators", 1, [], [], NOW)
    line = one(found)
    assert (line.what, line.creator, line.currency) == ("creator", "ploy_daily", "THB")
    assert line.figures["sales"] == Decimal("12000.50")
    assert (line.figures["ctor"], line.figures["ctr"]) == (Decimal("0.0593"), Decimal("1.042"))
    assert line.figures["views"] == 1204331
    assert "flat_fee" not in line.figures
    assert line.figures["card_sales"] == 0  # a nought is a value


@pytest.mark.parametrize("header", [selling.PRODUCTS, selling.PRODUCTS_ZH])
def test_products_older_and_newer(tmp_path, header):
    row = ["Lamp, white", "1729500000000000001", "Home", "฿5,900.00", "--", "10", "1", "9", "2.5", "3", "4", "1", "0",
           "6", "1", "฿590.00", "2"]  # fmt: skip
    found = reading(tmp_path, header, [said(header), row])
    assert (found.kind, found.rows, found.unknown) == ("creator_products", 1, [])
    line = one(found)
    assert (line.what, line.product, line.product_id, line.category) == (
        "product", "Lamp, white", "1729500000000000001", "Home",
    )  # fmt: skip
    daily = "daily_customers" if header is selling.PRODUCTS_ZH else "customers"
    assert (line.figures["sales"], line.figures["items"], line.figures[daily]) == (5900, 10, Decimal("2.5"))
    assert "refunds" not in line.figures


def test_videos_with_their_day_and_without_a_product(tmp_path):
    row = given(
        selling.VIDEOS, video_title="My lamp", video_id="7400000000000000123", post_date="2026-11-02",
        creator_name="ploy_daily", product_id="", creator_video_attributed_gmv="฿590.00", video_views="1,000",
        likes="50", comments="5", shares="5", completion_rate="12.5%", ctr="3%", engagement="6.00%",
    )  # fmt: skip
    found = reading(tmp_path, selling.VIDEOS, [said(selling.VIDEOS), row])
    assert (found.kind, found.rows, found.unknown, found.as_of) == ("creator_videos", 1, [], NOW)
    line = one(found)
    assert (line.what, line.key, line.creator, line.product_id) == ("video", "7400000000000000123", "ploy_daily", None)
    assert line.at == datetime(2026, 11, 1, 17, tzinfo=UTC)
    assert (line.figures["engagement"], line.figures["completion"]) == (Decimal("0.06"), Decimal("0.125"))


def test_streams(tmp_path):
    row = given(
        selling.LIVES, live_title="Lamps!", live_id="7500000000000000321", live_start_time="2026-11-20 19:00:00",
        live_end_time="2026-11-20 21:00:00", creator_name="som", product_id="1729500000000000001",
        creator_live_attributed_gmv="฿1,180.00", live_attributed_orders="2", tap_through_rate="3.1%", ctor="9%",
    )  # fmt: skip
    line = one(reading(tmp_path, selling.LIVES, [row]))
    assert (line.what, line.key, line.product_id, line.figures["orders"]) == (
        "live", "7500000000000000321", "1729500000000000001", 2,
    )  # fmt: skip
    assert line.at == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_what_cannot_be_read_is_told_and_who_is_nobody_refused(tmp_path):
    rows = [
        given(selling.CREATORS_23, creator_name="a", creator_attributed_gmv="many", ctr="5", ctor="1%"),
        given(selling.CREATORS_23, creator_name="--", creator_attributed_gmv="1", ctr="1%", ctor="1%"),
    ]
    found = reading(tmp_path, selling.CREATORS_23, rows)
    assert [(each.column, each.text) for each in found.unknown] == [("Creator-attributed GMV", "many"), ("CTR", "5")]
    assert [each.row for each in found.refused] == [3]
    assert "sales" not in one(found).figures


def test_a_description_is_left_out_only_where_it_stands(tmp_path):
    """Of two rows in words only the first, below the headers, can be one; the other is told of."""
    words = said(selling.CREATORS_23)
    found = reading(tmp_path, selling.CREATORS_23, [words, words])
    assert found.rows == 1
    assert found.unknown


def test_ids_that_a_spreadsheet_ruined_refuse_the_file(tmp_path):
    row = given(selling.VIDEOS, video_id="7.4E+18", creator_name="a", ctr="1%", completion_rate="1%", engagement="1%")
    with pytest.raises(RefusedFile):
        reading(tmp_path, selling.VIDEOS, [row])


def test_a_workbook_with_a_sheet_of_each(tmp_path):
    creator = given(selling.CREATORS_23, creator_name="som", creator_attributed_gmv="1", ctr="1%", ctor="1%")
    video = given(selling.VIDEOS, video_id="7400000000000000123", creator_name="som", ctr="1%", completion_rate="1%",
                  engagement="1%")  # fmt: skip
    path = xlsx_file(tmp_path, {
        "xl/worksheets/sheet1.xml": sheet(plain_rows([selling.CREATORS_23, said(selling.CREATORS_23), creator])),
        "xl/worksheets/sheet2.xml": sheet(plain_rows([selling.VIDEOS, said(selling.VIDEOS), video])),
    })  # fmt: skip
    found = read(path, rules=RULES, now=NOW)
    assert (found.rows, [each.kind for each in found.sheets]) == (2, ["creators", "creator_videos"])
    assert [each.what for each in found.records["creators"]] == ["creator", "video"]
