"""A spreadsheet of the seller's own: every kind of file, exact words, rows by their numbers, and what must be asked."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.builders import cell, letters, plain_rows, sheet, xlsx_file
from tests.output.samples import shop
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.intake import RefusedFile
from workbench.session.issues.sheet import bring_in, preview

ROWS = [
    ["Date", "SKU", "Reason", "Notes", "Qty"],
    ["2026-11-23", "LAMP", "Late", " two weeks\nlate ", "2"],
    ["", "", "", "", ""],
    ["2026-11-24", "MUG", "质量", "碎了", ""],
]


@pytest.fixture
def log(tmp_path):
    return shop(tmp_path).log


def put(folder, text, encoding="utf-8", name="own.csv"):
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def lines(plan):
    drafts = ((row.number, row.draft) for row in plan.sheet.rows)
    return [(number, each and (each.day.day, each.sku, each.type, each.words, each.count)) for number, each in drafts]


@pytest.mark.parametrize(
    ("separator", "encoding", "end", "front"),
    [(",", "utf-8", "\n", ""), (";", "utf-8-sig", "\r\n", ""), ("\t", "utf-16", "\r\n", ""), (",", "gb18030", "\n", ""),
     (";", "utf-8", "\n", "sep=;\n")],
)  # fmt: skip
def test_a_csv_as_any_spreadsheet_writes_it(log, tmp_path, separator, encoding, end, front):
    text = front + "".join(separator.join(f'"{cell}"' for cell in row) + end for row in ROWS)
    first = 2 if not front else 3
    assert lines(preview(log, put(tmp_path, text, encoding))) == [
        (first, (23, "LAMP", "late", " two weeks\nlate ", 2)), (first + 2, (24, "MUG", "quality", "碎了", 1)),
    ]  # fmt: skip


def test_an_xlsx_with_dates_as_numbers_on_a_later_sheet(log, tmp_path):
    rows = [["Date", "SKU", "Reason", "Notes", "Qty"], [46349, "LAMP", "Late", "=1+1", 2], [46349.9, "007", "size"]]
    cells = (
        "".join(
            cell(at, number, value) if isinstance(value, str) else f'<c r="{letters(at)}{number}"><v>{value}</v></c>'
            for at, value in enumerate(row)
        )
        for number, row in enumerate(rows, 1)
    )
    parts = {
        "xl/worksheets/sheet1.xml": sheet(plain_rows([["Shop", "2026"]])),
        "xl/worksheets/sheet2.xml": sheet("".join(f"<row>{row}</row>" for row in cells)),
    }
    file = xlsx_file(tmp_path, parts)
    assert lines(preview(log, file)) == [
        (2, (23, "LAMP", "late", "=1+1", 2)), (3, (23, "007", "size", "", 1)),
    ]  # fmt: skip


def test_rows_that_are_no_issue_are_named_and_the_rest_is_saved(log, tmp_path):
    rows = ["2026-11-23,LAMP,late,a", "soon,LAMP,late,b", "2026-11-25,LAMP,late,c", "1999-11-23,LAMP,late,d",
            "2026-11-23,,late,e", "2026-11-23,LAMP,mystery,f", "2026-11-22,,,,0"]  # fmt: skip
    plan = preview(log, put(tmp_path, "\n".join(["day,sku,type,words,count", *rows])))
    assert [row.number for row in plan.refused] == [3, 4, 5, 6, 7]
    assert all(row.problem is not None and render(row.problem) for row in plan.refused)
    assert plan.unknown_types == {"mystery": 1}
    assert render(bring_in(log, plan).saying) == "own.csv imported, 2 issues"
    assert [(issue.day.day, issue.none, issue.words) for issue in log.issues()] == [(22, True, ""), (23, False, "a")]
    assert bring_in(log, plan).ids == ()
    again = preview(log, put(tmp_path, "\n".join(["day,sku,type,words,count", *rows])), meaning={"Mystery": "other"})
    assert [(row.number, row.draft.type) for row in again.sheet.rows if row.draft and not row.known] == [(7, "other")]


def test_what_must_be_asked_is_asked_before_anything_is_read(log, tmp_path):
    file = put(tmp_path, "When,What,Why\n2026-11-24,LAMP,late\n")
    plan = preview(log, file)
    assert (plan.headers, plan.missing, plan.sheet) == (["When", "What", "Why"], ["day", "sku", "type"], None)
    with pytest.raises(Refusal):
        bring_in(log, plan)
    told = preview(log, file, columns={"day": "when", "sku": "What", "type": "Why"})
    assert lines(told) == [(2, (24, "LAMP", "late", "", 1))]
    with pytest.raises(Refusal):
        preview(log, file, columns={"day": "Nowhere"})


def test_an_apostrophe_of_another_program_is_a_word(log, tmp_path):
    """Only in a file with our own headers it is ours; there it is taken away even after another program saved it."""
    foreign = preview(log, put(tmp_path, "Date,SKU,Type,Comment\n2026-11-24,LAMP,late,'=x\n"))
    assert lines(foreign)[0][1][3] == "'=x"
    own = preview(log, put(tmp_path, "sep=;\nSKU;Day;Type;Words;Count;Ticket\nLAMP;2026-11-24;late;'=x;1;T-3\n"))
    assert (lines(own)[0][1][3], own.sheet.rows[0].draft.ticket) == ("=x", 3)


def test_the_order_of_day_and_month_is_one_for_the_file(log, tmp_path):
    text = "Date,SKU,Type\n{0}/{1}/2026,A,late\n"
    assert preview(log, put(tmp_path, text.format(11, 23))).sheet.rows[0].draft.day == date(2026, 11, 23)
    unclear = preview(log, put(tmp_path, text.format("01", "02")))
    assert (unclear.sheet.assumed_order, unclear.sheet.rows[0].draft.day) == (True, date(2026, 2, 1))
    told = preview(log, put(tmp_path, text.format("01", "02")), day_first=False)
    assert (told.sheet.assumed_order, told.sheet.rows[0].draft.day) == (False, date(2026, 1, 2))
    with pytest.raises(Refusal):
        preview(log, put(tmp_path, text.format(11, 23) + "23/11/2026,A,late\n"))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"<!doctype html>", b"\xd0\xcf\x11\xe0 old"]
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(log, tmp_path, content):
    file = tmp_path / "own.csv"
    file.write_bytes(content)
    for path in (file, tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(RefusedFile):
            preview(log, path)


def test_a_row_that_may_not_say_what_was_meant_refuses_the_file(log, tmp_path):
    """A comma in words without quotation marks, cells that were made one, a formula without a value."""
    comma = put(tmp_path, "Date,SKU,Reason\n2026-11-23,LAMP,Late\n2026-11-24,MUG,Late, two weeks\n")
    table = [row[:3] for row in (ROWS[0], ROWS[1], ROWS[3])]
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    made_one = xlsx_file(tmp_path, sheet(plain_rows(table)).replace("</sheetData>", merged), "one.xlsx")
    text = cell(1, 3, "MUG")
    formula = xlsx_file(tmp_path, sheet(plain_rows(table)).replace(text, '<c r="B3"><f>A1</f></c>'), "formula.xlsx")
    for path, why in ((comma, "more cells"), (made_one, "merged"), (formula, "formula")):
        with pytest.raises(RefusedFile) as refused:
            preview(log, path)
        assert "Row 3: " in (said := render(refused.value.saying))
        assert why in said
