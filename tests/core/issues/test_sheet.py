"""A seller's own spreadsheet, in and out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.issues.samples import BOOK, IDS, NOON, TODAY, draft, issue, known, none_day
from workbench.core.issues.columns import HEADERS, columns
from workbench.core.issues.sheet import read_sheet, write_sheet
from workbench.core.issues.skus import Skus
from workbench.core.issues.tally import Tally
from workbench.core.saying import Refusal

FOUND = dict(HEADERS["en"])


def rows(*lines):
    return [dict(zip(HEADERS["en"].values(), line, strict=False)) for line in lines]


def sheet(*lines, logged=(), found=None, skus=None, **more):
    more = {"types": BOOK, "skus": skus or known(), "tally": Tally(logged), "today": TODAY, "language": "en"} | more
    return read_sheet(rows(*lines), found or FOUND, **more)


@pytest.mark.parametrize(
    ("headers", "want"),
    [
        (["Date", "Seller SKU", "Issue", "Qty", "Comment"], "day sku type count words"),
        (["\ufeff日期", " 货号 ", "问题类型", "次数", "买家原话", "工单"], "day sku type count words ticket"),
        (["DAY", "sku", "Type", "Notes", "Words", "Colour"], "day sku type - words -"),
        (["A", "B"], "- -"),
    ],
)
def test_columns_are_found_by_their_headers(headers, want):
    assert columns(headers) == {field: name for field, name in zip(want.split(), headers, strict=True) if field != "-"}


def test_a_chosen_column_goes_before_a_found_one():
    assert columns(["Day", "SKU", "Type", "X"], {"type": "x"}) == {"type": "X", "day": "Day", "sku": "SKU"}
    assert columns(["Date", "Day"], {"words": "Day"}) == {"words": "Day", "day": "Date"}
    with pytest.raises(Refusal) as refused:
        columns(["Day"], {"sku": "Item"})
    assert refused.value.saying.args == {"name": "Item", "names": "Day"}


def test_missing_columns_are_named():
    with pytest.raises(Refusal) as refused:
        sheet(found={"day": "Day"})
    assert (refused.value.saying.n, refused.value.saying.args["names"]) == (2, "SKU, Type")


@pytest.mark.parametrize(
    ("line", "want"),
    [
        (
            ("2026-11-02", "lamp", "Size", ' "x"\t=1+1 ', "2", "T-7"),
            draft("LAMP", words=' "x"\t=1+1 ', count=2, ticket=7),
        ),
        (("2026/11/2", "LAMP", "尺码", None, None, None), draft("LAMP")),
        (("2026年11月2日", "LAMP", "偏小", 12.0, 3.0, 7.0), draft("LAMP", words="12", count=3, ticket=7)),
        (("2026-11-02 23:59", " NEW ", " missing ", "w", "x4", "-"), draft("NEW", "missing_part", "w", count=4)),
        ((date(2026, 11, 2), 4711.0, "late", "w", 1, ""), draft("4711", "late", "w")),
        ((datetime.fromisoformat("2026-11-02T03:00"), "LAMP", "late", "w", "１", ""), draft("LAMP", "late", "w")),
    ],
)
def test_a_row_is_an_issue(line, want):
    (row,) = sheet(line).rows
    assert row.problem is None
    assert row.draft == draft(want.sku, want.type, want.words, date(2026, 11, 2), count=want.count, ticket=want.ticket)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("", "LAMP", "size", "w"), "is not a day"),
        (("yesterday", "LAMP", "size", "w"), "is not a day"),
        (("2026-02-30", "LAMP", "size", "w"), "is not a day"),
        ((46000, "LAMP", "size", "w"), "is not a day"),
        (("2026-11-25", "LAMP", "size", "w"), "is after today"),
        (("2026-11-02", "", "size", "w"), "The SKU is missing"),
        (("2026-11-02", "LAMP", "", "w"), "is not an issue type"),
        (("2026-11-02", "LAMP", "fit", "w"), "is not an issue type"),
        (("2026-11-02", "LAMP", "size", "w", "0"), "is not a count"),
        (("2026-11-02", "LAMP", "size", "w", "1.5"), "is not a count"),
        (("2026-11-02", "LAMP", "size", "w", "many"), "is not a count"),
    ],
)
def test_a_row_that_is_none_says_why(line, says):
    (row,) = sheet(line).rows
    assert row.draft is None
    assert says in row.problem.text


def test_rows_are_numbered_as_in_the_spreadsheet_and_empty_ones_passed_over():
    found = sheet(("2026-11-02", "LAMP", "size"), ("", None, "  "), ("2026-11-03", "LAMP", "late"))
    assert [row.number for row in found.rows] == [2, 4]


def test_unknown_types_are_counted_and_may_be_told():
    lines = [
        ("2026-11-02", "LAMP", "wobbly", "w"),
        ("2026-11-02", "LAMP", "Wobbly ", "v"),
        ("2026-11-02", "LAMP", "odd", "w"),
    ]
    found = sheet(*lines)
    assert (found.new, found.unknown_types) == ([], {"wobbly": 1, "Wobbly": 1, "odd": 1})
    found = sheet(*lines, meaning={"WOBBLY": "quality"})
    assert ([one.type for one in found.new], found.unknown_types) == (["quality", "quality"], {"odd": 1})


def test_what_the_log_has_already_is_known_once_each():
    logged = [issue(1, date(2026, 11, 2), "LAMP", words="w", ticket=7)]
    found = sheet(("2026-11-02", "LAMP", "size", "w"), ("2026-11-02", "LAMP", "size", "w"), logged=logged)
    assert [row.known for row in found.rows] == [True, False]
    assert len(found.new) == 1


@pytest.mark.parametrize(
    ("days", "first", "assumed"),
    [
        (["05/11/2026", "13/11/2026"], True, False),
        (["11/05/2026", "11/13/2026"], False, False),
        # 12 November is past, 11 December is to come.
        (["11/12/2026"], False, False),
        (["12/11/2026"], True, False),
        (["05/06/2026"], True, True),
        (["05/05/2026", "2026-11-02"], True, False),
    ],
)
def test_the_order_of_day_and_month_is_one_for_the_file(days, first, assumed):
    found = sheet(*[(day, "LAMP", "size", "w") for day in days])
    assert (found.day_first, found.assumed_order) == (first, assumed)
    assert all(row.problem is None for row in found.rows)


def test_contradicting_dates_are_refused_unless_the_order_is_told():
    lines = [("13/11/2026", "LAMP", "size"), ("11/13/2026", "LAMP", "size")]
    with pytest.raises(Refusal):
        sheet(*lines)
    assert [row.draft is not None for row in sheet(*lines, day_first=True).rows] == [True, False]


ISSUES = st.builds(
    lambda id, day, sku, type, words, count, ticket: issue(
        id, day, sku, type, words, minutes=0, count=count, ticket=ticket
    ),
    st.integers(1, 99),
    st.dates(date(2020, 1, 1), TODAY),
    st.sampled_from(["LAMP", "a b", "中文", "-1"]),
    st.sampled_from(IDS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(1, 999),
    st.none() | st.integers(1, 999),
)


@given(
    st.lists(ISSUES | st.builds(none_day, st.just(1), st.dates(date(2020, 1, 1), TODAY)), max_size=6),
    st.sampled_from(["en", "zh"]),
)
def test_what_is_exported_imports_as_the_same(issues, language):
    out = write_sheet(issues, types=BOOK, language=language)
    found = columns(HEADERS[language].values())
    back = read_sheet(out, found, types=BOOK, skus=Skus(), tally=Tally(), today=TODAY, language=language)
    assert back.new == [one.draft for one in issues]
    again = [one.issue(id, NOON) for id, one in enumerate(back.new)]
    back = read_sheet(out, found, types=BOOK, skus=Skus(), tally=Tally(again), today=TODAY, language=language)
    assert back.new == []


def test_the_export_keeps_the_columns_of_the_file():
    out = write_sheet(
        [issue(1, words="w")], types=BOOK, language="zh", found={"sku": "货号", "day": "Date", "type": "T"}
    )
    assert out == [{"货号": "PANTS-BLK-L", "Date": "2026-11-24", "T": "尺码"}]
