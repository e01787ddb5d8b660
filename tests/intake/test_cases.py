"""Files as programs and people leave them: what each gives, row for row. What they stand for is told in their names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.intake.builders import NOW, US, reading, refusal
from workbench.config import load
from workbench.i18n import render
from workbench.intake import recognise

CASES = Path(__file__).parent / "cases"
WORDS = load(None).settings.intake
SHOP = msgspec.structs.replace(US, headers=WORDS.header, status=WORDS.status, types=WORDS.type, pages=WORDS.pages)
EARLIER = datetime(2026, 11, 13, 20, tzinfo=UTC)
MORNING = datetime(2026, 11, 20, 18, 15, tzinfo=UTC)  # 10:15 in Los Angeles
FIRST = "40358609139099603"


def now_of(name):
    return EARLIER if name.startswith(("01", "60d")) else NOW


REFUSED = {
    "01_excel_us_half_converted_dates.xlsx": "The dates in Time Requested contradict each other",
    "01b_mixed_iso_and_dmy.csv": "The dates in Time Requested contradict each other",
    "01c_excel_us_future_date.xlsx": "The dates in Time Requested contradict each other",
    "14_js_rounded_ids.csv": "keeps 17 digits",
    "18c_unclosed_quote_swallows_rest.csv": "opens in line 4 is not closed",
    "20_unquoted_comma_reason.csv": "Row 2: It has more cells than there are headers",
    "26_returns.ods": "OpenDocument",
    "28b_html_meta.xls": "a web page",
    "28d_html_comment.xls": "a web page",
    "28f_mhtml.xls": "a web page",
    "30_vi_headers.csv": "a language that is not known",
    "30c_zh_headers.csv": "a language that is not known",
    "38c_header_units.csv": 'The column Time Requested is missing; there is "Time Requested (UTC-8)"',
    "38d_no_time_column.csv": "The column Time Requested is missing",
    "38e_no_status_column.csv": "The column Return Status is missing",
    "48_ids_with_commas.csv": 'Return Order ID reads "403,586,091,390,991,000"',
}
#: Rows, refused row numbers, unknown (column, text, rows).
READ = {
    "01f_dmy_future.csv": (2, [2], []),
    "02_hidden_old_sheet_first.xlsx": (3, [], []),
    "03_two_visible_sheets.xlsx": (3, [], []),
    "04_no_rows.csv": (0, [], []),
    "16c_error_cells.xlsx": (2, [], [("Return Status", "", 1)]),
    "18_unclosed_quote.csv": (4, [3, 4], []),
    "19_truncated_after_time.csv": (4, [5], []),
    "19b_truncated_in_time.csv": (4, [5], []),
    "20c_unquoted_comma_reason_only.csv": (2, [2], []),
    "32_quantity_float.csv": (3, [], []),
    "40_empty_status.csv": (3, [], [("Return Status", "", 2)]),
    "44c_money_jp_mx.csv": (3, [], []),
    "60b_then_certain.csv": (3, [], []),
}


#: Known since settlements are read: the sheet with the rows counts, the summary in front of it is named.
SETTLED = "23_income_summary_first.xlsx"


def test_a_settlement_is_read_behind_its_summary():
    read = reading(CASES / SETTLED, SHOP, now_of(SETTLED))
    assert (read.kind, read.rows, read.refused) == ("settlement", 1, [])


def test_every_case_is_there():
    assert {path.name for path in CASES.iterdir()} == REFUSED.keys() | READ.keys() | TIMES.keys() | PLAIN | {SETTLED}


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_refused_with_one_sentence(name, said):
    assert said in refusal(CASES / name, SHOP, now_of(name))


def test_a_foreign_platform_is_not_claimed_for_a_language():
    assert "Shopee" not in refusal(CASES / "30_vi_headers.csv", SHOP)


@pytest.mark.parametrize(("name", "expected"), READ.items())
def test_every_row_is_accounted_for(name, expected):
    read = reading(CASES / name, SHOP, now_of(name))
    unknown = [(word.column, word.text, word.rows) for word in read.unknown]
    assert (read.rows, [row.row for row in read.refused], unknown) == expected
    assert read.rows == len(read.refused) + sum(len(seen.lines) for seen in read.sightings)


_MORNING = (
    "06_narrow_nbsp.csv", "08_two_digit_year.csv", "09_thai_year.csv", "10_month_names.csv", "10b_month_dash.csv",
    "10e_vi_month.csv", "12_serial_text.csv", "13_es_ampm.csv", "13c_th_ampm.csv", "13e_cn_units.csv",
)  # fmt: skip
TIMES = dict.fromkeys(_MORNING, MORNING) | {
    "05_zh_ampm.csv": datetime(2026, 11, 21, 6, 15, tzinfo=UTC),
    "11_iso_z.csv": datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
}  # fmt: skip
PLAIN = {
    "15_apostrophe_ids.csv", "15b_formula_text_ids.csv", "15c_order_id_apostrophe_only.csv", "17_cp1252.csv",
    "17b_cp874.csv", "17f_utf16le_nobom.csv", "17l_cp936_euro.csv", "21_title_rows.csv", "22d_whole_line_quoted.csv",
    "24_iso_date_cells.xlsx", "35_us_orders_dmy.csv", "41_rejected_request_canceled.csv", "44_money_thousand.csv",
    "45_space_after_comma.csv", "50_styled_last_row.xlsx", "51_styled_last_column.xlsx", "55_numeric_cells.xlsx",
    "60a_guessed_first.csv", "60d_right_after_01c.csv",
}  # fmt: skip


@pytest.mark.parametrize(("name", "instant"), TIMES.items())
def test_times_in_many_forms(name, instant):
    read = reading(CASES / name, SHOP)
    assert [seen.since for seen in read.sightings] == [instant, instant]
    assert read.date_order_certain


@pytest.mark.parametrize("name", sorted(PLAIN - {"35_us_orders_dmy.csv"}))
def test_nothing_is_refused_and_nothing_unknown(name):
    read = reading(CASES / name, SHOP, now_of(name))
    assert (read.refused, read.unknown, read.rows) == ([], [], 2)
    assert [seen.external_id for seen in read.sightings] == [f"{FIRST}1", f"{FIRST}2"]
    assert [seen.order_id for seen in read.sightings] == ["576981590830166131", "576981590830166132"]


def seen(name):
    return reading(CASES / name, SHOP).sightings


def test_sheets_that_are_left_out_are_named():
    read = reading(CASES / "02_hidden_old_sheet_first.xlsx", SHOP)
    assert [(sheet.name, sheet.kind, sheet.read) for sheet in read.sheets] == [
        ("old", "returns", False), ("returns", "returns", True),
    ]  # fmt: skip
    assert [sheet.rows for sheet in reading(CASES / "03_two_visible_sheets.xlsx", SHOP).sheets] == [1, 2]


@pytest.mark.parametrize(
    ("name", "encoding", "product", "words"),
    [
        ("17_cp1252.csv", "cp1252", "Vestido algodón niña", "não serviu, é pequeno"),
        ("17b_cp874.csv", "cp874", "เดรสสีแดง", "ไซส์เล็กไป"),
        ("17f_utf16le_nobom.csv", "utf-16-le", "Wide leg pants", "too small"),
        ("17l_cp936_euro.csv", "gb18030", "红色连衣裙", "比尺码表小一号"),
    ],
)
def test_encodings(name, encoding, product, words):
    read = reading(CASES / name, SHOP)
    assert (read.encoding, read.encoding_guessed) == (encoding, False)
    assert (read.sightings[0].product, read.sightings[0].words) == (product, words)


def test_a_thai_status_is_known_in_a_thai_page():
    assert [one.outcome for one in seen("17b_cp874.csv")] == [None, "refunded"]


@pytest.mark.parametrize(
    ("name", "amounts"),
    [
        ("17l_cp936_euro.csv", ["8.99 EUR", "8.99 EUR"]),
        ("44_money_thousand.csv", ["1234 USD", "1234.00 USD"]),
        ("44c_money_jp_mx.csv", ["1234 JPY", "99.00 MXN", "-8.99 USD"]),
        ("55_numeric_cells.xlsx", ["8.99 USD", "8.99 USD"]),
    ],
)
def test_money(name, amounts):
    assert [f"{one.money.amount} {one.money.currency}" for one in seen(name)] == amounts


def test_quantities_of_a_data_frame():
    assert [one.lines[0].quantity for one in seen("32_quantity_float.csv")] == [1, 2, 1000]
    assert [one.lines[0].quantity for one in seen("55_numeric_cells.xlsx")] == [2, 1]


def test_an_error_value_is_no_order_id():
    assert [(one.order_id, one.stage) for one in seen("16c_error_cells.xlsx")] == [
        ("576981590830166131", "check"), (None, "decide"),
    ]  # fmt: skip


def test_what_the_buyer_called_off_is_withdrawn():
    assert [one.outcome for one in seen("41_rejected_request_canceled.csv")] == ["withdrawn", "rejected"]


def test_date_cells_in_iso_form():
    assert [one.since.hour for one in seen("24_iso_date_cells.xlsx")] == [10, 18]


@pytest.mark.parametrize(
    ("name", "order", "certain"),
    [("35_us_orders_dmy.csv", "MDY", False), ("60a_guessed_first.csv", "DMY", False),
     ("60b_then_certain.csv", "MDY", True), ("60d_right_after_01c.csv", "DMY", True)],
)  # fmt: skip
def test_a_guessed_order_is_told(name, order, certain):
    read = reading(CASES / name, SHOP, now_of(name))
    assert (read.date_order, read.date_order_certain) == (order, certain)


def test_a_row_of_the_future_is_refused_with_its_date():
    (row,) = reading(CASES / "01f_dmy_future.csv", SHOP, EARLIER).refused
    assert render(row.why) == 'Its Time Requested "13/12/2026 10:15:00" lies in the future.'


def test_a_look_knows_what_a_reading_would_refuse_and_counts_all_sheets():
    assert recognise(CASES / "38d_no_time_column.csv") is None
    assert recognise(CASES / "03_two_visible_sheets.xlsx") == ("returns", 3)
