"""Workbooks as they come, also with XML that other readers stumble over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.intake.builders import (
    ORDERS,
    RETURNS,
    TH,
    cell,
    letters,
    ordered,
    plain_rows,
    reading,
    records,
    refusal,
    returned,
    sheet,
    strings,
    xlsx_file,
)
from workbench.intake import sheet_xml
from workbench.intake.table import Hints
from workbench.intake.xlsx_file import open_xlsx

NOTE = "a < b & c > d\n早上好 \U0001f642"
TABLE = records(
    RETURNS,
    [
        returned(Buyer_Note=NOTE, Refund_Time=""),
        returned(Return_Order_ID="403586091390996032", SKU_ID="17294"),
        returned(Return_Order_ID="not an id"),
    ],
)


def cells(row):
    return [(at, text) for at, text in enumerate(row) if text]


def own_row_each(table):
    return "".join(
        f'<row r="{number}">{cell(at, number, text)}</row>'
        for number, row in enumerate(table, 1)
        for at, text in cells(row)
    )


def own_bare_row_each(table):
    return "".join(
        f"<row>{cell(at, number, text)}</row>" for number, row in enumerate(table, 1) for at, text in cells(row)
    )


def without_references(table):
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' if text else "<c/>" for text in row) + "</row>"
        for row in escaped(table)
    )


def with_row_numbers_only(table):
    return "".join(
        f'<row spans="1:25" r="{number}" >'
        + "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" if text else "<c></c>" for text in row)
        + "</row>"
        for number, row in enumerate(escaped(table), 1)
    )


def reference_last(table):
    return plain_rows(table).replace('" t="inlineStr">', '">').replace("<c r=", '<c  t="inlineStr" s="1"\n r=')


def formula_strings(table):
    return "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{letters(at)}{n}" t="str"><f>A1&amp;""</f><v>{text}</v></c>' for at, text in cells(row))
        + "</row>"
        for n, row in enumerate(escaped(table), 1)
    )


def runs_and_hints(table):
    return (
        plain_rows(table)
        .replace("<is><t>", '<is><r><rPr><b/></rPr><t xml:space="preserve">')
        .replace("</t></is>", '</t></r><rPh sb="0" eb="1"><t>hint</t></rPh></is>')
    )


def marked_up(table):
    plain = (
        plain_rows(table).replace("<is>", "<!-- <c>no</c> </row> --><is>").replace("</row>", "</row><?no </row> ?>\n")
    )
    return plain.replace("a &lt; b &amp; c &gt; d", "a <![CDATA[< b & c >]]> d")


def instructed(table):
    return plain_rows(table).replace("</row>", f"<?no {cell(0, 3, 'not a cell')} ?></row>")


def spaced(table):
    return plain_rows(table).replace("</c>", "</c >\n").replace("</row>", "</row >\n")


def escaped(table):
    return [[text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "&#10;") for text in row] for row in table]


@pytest.mark.parametrize(
    "rows",
    [plain_rows, own_row_each, own_bare_row_each, without_references, with_row_numbers_only, reference_last,
     formula_strings, runs_and_hints, marked_up, instructed, spaced],
)  # fmt: skip
def test_every_way_to_write_the_cells(tmp_path, rows):
    read = reading(xlsx_file(tmp_path, sheet(rows(TABLE))))
    first, second = read.sightings
    assert (first.external_id, first.words, second.lines[0].sku_id) == ("403586091390996031", NOTE, "17294")
    assert [refused.row for refused in read.refused] == [4]
    assert read.rows == 3


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ('<c r="A1"/><c><v>1</v></c><c/><c><v>1</v></c>', [1, 3]),
        ('<c r="A1" s="1"/><c r="C1" /><c s="1"><v>1</v></c><c r="F1"><v>1</v></c>', [3, 5]),
        ('<c r="A1"/><c r="B1"/></row><row r="1"><c><v>1</v></c>', [2]),
    ],
)
def test_a_cell_without_a_reference_counts_from_an_empty_one_too(row, columns):
    found = list(sheet_xml.rows([sheet(f'<row r="1">{row}</row>')], set()))
    assert [(number, [column for column, _, _ in cells]) for number, cells in found] == [(1, columns)]


def test_references_among_other_attributes_are_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.intake.xlsx_file._KEPT_DECODERS", 5)
    with open_xlsx(xlsx_file(tmp_path, sheet(reference_last(TABLE))), Hints(known=lambda _: True)) as book:
        (table,) = book.tables()
        assert len(list(table.rows(range(25), (), tuple))) == 3
        assert 0 < len(table._decoders) <= 5


@pytest.mark.parametrize("size", [1, 2, 7, 100])
@pytest.mark.parametrize("rows", [plain_rows, own_bare_row_each, runs_and_hints, marked_up, instructed, spaced])
def test_the_parts_may_come_in_pieces_of_any_size(tmp_path, monkeypatch, rows, size):
    monkeypatch.setattr("workbench.intake.workbook._CHUNK", size)
    first, second = reading(xlsx_file(tmp_path, sheet(rows(TABLE)))).sightings
    assert (first.words, second.lines[0].sku_id) == (NOTE, "17294")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("prefix", ["", "x:", "ns.1:"])
def test_prefixes_and_encodings(tmp_path, prefix, encoding):
    xml = sheet(plain_rows(TABLE, prefix), prefix=prefix)
    read = reading(xlsx_file(tmp_path, {"xl/worksheets/sheet1.xml": xml.encode(encoding)}))
    assert [seen.words for seen in read.sightings] == [NOTE, None]


def shared(table):
    """Sheet and strings; the strings in another order than the cells, some of them twice."""
    texts = sorted({text for row in table for text in row if text}, reverse=True)
    rows = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{letters(at)}{n}" s="3" t="s"><v>{texts.index(text)}</v></c>' for at, text in cells(row))
        + "</row>"
        for n, row in enumerate(table, 1)
    )
    return sheet(rows), strings(texts)


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/SharedStrings.xml", "xl\\sharedStrings.xml"])
def test_shared_strings(tmp_path, name):
    xml, texts = shared(TABLE)
    read = reading(xlsx_file(tmp_path, {"xl/worksheets/sheet1.xml": xml, name: texts}))
    assert [seen.words for seen in read.sightings] == [NOTE, None]
    assert len(read.refused) == 1


def test_shared_strings_with_runs_and_blanks(tmp_path):
    xml, texts = shared(TABLE)
    texts = texts.replace("<si><t>Wide leg pants</t></si>", "<si><r><t>Wide </t></r><r><t>leg pants</t></r></si>")
    read = reading(xlsx_file(tmp_path, {"xl/worksheets/sheet1.xml": xml, "xl/sharedStrings.xml": texts}))
    assert read.sightings[0].product == "Wide leg pants"


@pytest.mark.parametrize("index", ["999", "-1", "x", "", "9" * 40, "1.5"])
def test_a_string_that_is_not_there(tmp_path, index):
    xml, texts = shared(TABLE)
    last = xml.rindex("<v>")
    xml = f"{xml[:last]}<v>{index}</v>{xml[xml.index('</v>', last) + 4 :]}"
    path = xlsx_file(tmp_path, {"xl/worksheets/sheet1.xml": xml, "xl/sharedStrings.xml": texts})
    if index:
        assert "damaged" in refusal(path)
    else:
        assert reading(path).rows == 3


def test_the_sheet_may_be_any_and_others_stand_before_it(tmp_path):
    parts = {
        "xl/worksheets/sheet1.xml": sheet(""),
        "xl/worksheets/sheet2.xml": sheet(plain_rows([["How to read this file"], ["..."]])),
        "xl/worksheets/sheet10.xml": sheet(plain_rows(TABLE)),
    }
    assert reading(xlsx_file(tmp_path, parts)).rows == 3


def test_a_workbook_with_no_known_header(tmp_path):
    assert "How to read" in refusal(xlsx_file(tmp_path, sheet(plain_rows([["How to read", "this file"]]))))
    assert "is empty" in refusal(xlsx_file(tmp_path, sheet("")))
    empty = '<worksheet xmlns="x"><sheetData/></worksheet>'
    assert "is empty" in refusal(xlsx_file(tmp_path, empty))


def test_a_description_row_and_data_from_row_three(tmp_path):
    rows = [{name: f"About {name}" for name in ORDERS}, ordered(), ordered(Order_ID="5769x")]
    read = reading(xlsx_file(tmp_path, sheet(plain_rows(records(ORDERS, rows)))))
    assert (read.rows, len(read.sightings), [refused.row for refused in read.refused]) == (2, 1, [4])


def with_number(column, number, table=TABLE):
    table, row = [list(row) for row in table], 1
    at = RETURNS.index(column)
    table[row][at] = "NUMBER"
    return plain_rows(table).replace(
        cell(at, row + 1, "NUMBER"), f'<c r="{letters(at)}{row + 1}" s="7"><v>{number}</v></c>'
    )


@pytest.mark.parametrize(
    ("number", "old", "expected"),
    [
        ("46339.5", False, datetime(2026, 11, 13, 5, tzinfo=UTC)),
        ("46339.999988425923", False, datetime(2026, 11, 13, 16, 59, 59, tzinfo=UTC)),
        ("44877", True, datetime(2026, 11, 12, 17, tzinfo=UTC)),
    ],
)
def test_dates_as_numbers(tmp_path, number, old, expected):
    workbook = f'<workbook><workbookPr date1904="{int(old)}"/></workbook>'
    parts = {
        "xl/worksheets/sheet1.xml": sheet(with_number("Time Requested", number, TABLE[:2])),
        "xl/workbook.xml": workbook,
    }
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = xlsx_file(tmp_path, parts)
    assert reading(path, TH).sightings[0].since == expected


@pytest.mark.parametrize("number", ["-5", "0", "99999999", "1E5", "nan"])
def test_numbers_that_are_no_dates(tmp_path, number):
    read = reading(xlsx_file(tmp_path, sheet(with_number("Time Requested", number))))
    assert [refused.row for refused in read.refused] == [2, 4]


def test_numbers_where_text_is_usual(tmp_path):
    read = reading(xlsx_file(tmp_path, sheet(with_number("Return unit price", "23.050000000000001"))))
    assert str(read.sightings[0].money.amount) == "23.05"
    read = reading(xlsx_file(tmp_path, sheet(with_number("Return Quantity", "2"))))
    assert read.sightings[0].lines[0].quantity == 2


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("&#65;&#x42;C", "ABC"), ("&lt;b&gt; &quot;&apos;&amp;lt;", "<b> \"'&lt;"), ("_x000A_x_x0041_", "\nxA"),
        ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"), ("&unknown; & &;", "&unknown; & &;"), ("a\r\nb", "a\nb"),
        ("a\0b", "a\ufffdb"), ("\u0e01\0b", "\u0e01\ufffdb"),
    ],
)  # fmt: skip
def test_entities_and_escapes(tmp_path, xml, text):
    table = [list(row) for row in TABLE]
    table[1][RETURNS.index("Buyer Note")] = "*MARK*"
    rows = plain_rows(table).replace("*MARK*", f"*{xml}*")
    assert reading(xlsx_file(tmp_path, sheet(rows))).sightings[0].words == f"*{text}*"


def test_blank_rows_between_keep_the_numbers(tmp_path):
    rows = "".join(
        f'<row r="{row}">' + "".join(cell(at, row, text) for at, text in cells(TABLE[n])) + "</row>"
        for n, row in enumerate((3, 5, 900, 1000))
    )
    read = reading(xlsx_file(tmp_path, sheet(rows)))
    assert [refused.row for refused in read.refused] == [1000]
    assert read.rows == 3
