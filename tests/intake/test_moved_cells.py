"""Cells that were moved, in files of every kind: a row that may be shifted is refused or told, never read as it stands.

A tool that writes no quotation marks, a cell deleted with *shift left*, a header without its column, merged cells, a
formula that nobody reckoned: each gives rows whose cells stand in other columns, or that hold nothing where they held
something.
"""

from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake import selling
from tests.intake.builders import NOW, ORDERS, RETURNS, US, ordered, plain_rows, returned, sheet, xlsx_file
from workbench.i18n import render
from workbench.intake import RefusedFile, read

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _table(header, rows):
    return [header, *[[row.get(name, "") for name in header] for row in rows]]


KINDS = {
    "returns": _table(
        RETURNS,
        [
            returned(Return_Order_ID=f"40358609139099603{at}", Order_ID=f"57698159083016613{at}", Buyer_Note="small")
            for at in range(4)
        ],
    ),
    "orders": _table(ORDERS, [ordered(Order_ID=f"57695128074305095{at}") for at in range(4)]),
    "settlement": [selling.SEA, *[selling.sea_order(at) for at in range(4)]],
    "lives": [
        selling.LIVES,
        *[
            selling.row(
                selling.LIVES, live_title=f"Live {at}", live_id=f"74236519871234567{at}", creator_name="a",
                product_id="1729462819482191117", live_start_time=f"2026-11-{13 + at} 19:00:00", impressions="12",
                ctor="2.00%", tap_through_rate="3.00%", refunds="$1.00",
            )
            for at in range(4)
        ],
    ],
}  # fmt: skip


def put(folder, table):
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    return path


def said(path):
    """What is read and, in words, what is told; None where the file is refused."""
    try:
        found = read(path, rules=US, now=NOW)
    except RefusedFile:
        return None
    told = [render(row.why) for row in found.refused] + [word.text for word in found.unknown] + found.nameless
    return [*found.sightings, *found.ships, *[each for desk in found.records.values() for each in desk]], told


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(st.data())
def test_a_cell_that_is_not_there(tmp_path, kind, data):
    """Everything behind it stands one column too far to the left, and the row is one cell short."""
    table = [list(row) for row in KINDS[kind]]
    del table[data.draw(st.integers(1, 4))][data.draw(st.integers(0, len(table[0]) - 1))]
    found = said(put(tmp_path, table))
    assert found is None or found[1]


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(st.data())
def test_a_header_without_its_column_and_a_column_without_its_header(tmp_path, kind, data):
    header, *rows = KINDS[kind]
    at = data.draw(st.integers(0, len(header) - 2))
    for spoiled in (
        [header, *[[*row[:at], *row[at + 1 :]] for row in rows]],
        [[*header[:at], *header[at + 1 :]], *rows],
    ):
        assert said(put(tmp_path, spoiled)) is None


@pytest.mark.parametrize("kind", ["settlement", "lives"])
@FEW
@given(st.data())
def test_a_blank_that_moves_amounts(tmp_path, kind, data):
    """Of figures that stand in every row one is missing: the cells behind it have moved to the right."""
    table = [list(row) for row in KINDS[kind]]
    at = data.draw(st.integers(8, len(table[0]) - 2))
    row = table[data.draw(st.integers(1, 4))]
    row.insert(at, "")
    row.pop()
    found = said(put(tmp_path, table))
    assert found is None or found[1]


def test_rows_that_end_where_their_words_do_are_no_fault(tmp_path):
    """A program leaves out what is blank at the end of each row, here of different length."""
    rows = [returned(Return_Order_ID=f"40358609139099603{at}", Buyer_Note="small" if at else "") for at in range(3)]
    table = _table(RETURNS, rows)
    for row in table[1:]:
        while not row[-1]:
            row.pop()
    found, told = said(put(tmp_path, table))
    assert (len(found), told) == (3, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_without_a_name_is_told(tmp_path, kind):
    header, *rows = KINDS[kind]
    at = next(at for at in range(len(header) - 2, 0, -1) if rows[0][at] and header[at] not in _NEEDED)
    table = [[*header[:at], "", *header[at + 1 :]], *rows]
    found = read(put(tmp_path, table), rules=US, now=NOW)
    assert len(found.nameless) == 1
    blank = [[*row[:at], "", *row[at:]] for row in KINDS[kind]]
    assert read(put(tmp_path, blank), rules=US, now=NOW).nameless == []


_NEEDED = {"Return Status", "Order/adjustment ID", "Total settlement amount", "LIVE ID", "Creator name", "Created Time"}


@pytest.mark.parametrize("word", ["", "Perlu dikirim", "Awaiting payment"])
def test_an_order_status_that_nobody_knows_is_told(tmp_path, word):
    """An order to hand over is known by this word: in another language none would be shown."""
    row = ordered(Order_Status=word) | {"Cancelation/Return Type": ""}
    found = read(put(tmp_path, _table(ORDERS, [row])), rules=US, now=NOW)
    assert [(each.text, each.column, each.rows) for each in found.unknown] == [(word, "Order Status", 1)]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Order Substatus", "Menunggu"),
        ("Cancel By", "Pembeli"),
        ("Created Time", ""),
        ("Created Time", "yesterday"),
        ("Order Amount", "free"),
    ],
)
def test_what_an_order_to_ship_goes_by_is_told_where_nobody_can_read_it(tmp_path, column, cell):
    row = ordered(Order_Substatus="Awaiting shipment") | {"Cancelation/Return Type": "", column: cell}
    found = read(put(tmp_path, _table(ORDERS, [row])), rules=US, now=NOW)
    assert [(each.text, each.column, each.rows) for each in found.unknown] == [(cell, column, 1)]


@pytest.mark.parametrize("word", ["Unpaid", "On hold", "Partially shipping", "SHIPPED", "completed"])
def test_an_order_status_that_needs_nothing_is_not_told(tmp_path, word):
    found = read(put(tmp_path, _table(ORDERS, [ordered(Order_Status=word)])), rules=US, now=NOW)
    assert (found.unknown, found.ships) == ([], [])


def workbook(folder, table, change, behind=""):
    """A workbook of the table whose XML is changed, with something behind its rows."""
    return xlsx_file(folder, change(sheet(plain_rows(table))).replace("</sheetData>", f"</sheetData>{behind}"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_a_formula_that_nobody_reckoned_is_told(tmp_path, kind, value):
    header, *rows = KINDS[kind]
    at = next(at for at in range(len(header) - 1, 0, -1) if rows[0][at] and header[at] in _READ)
    cell = plain_rows([[""] * at + [rows[0][at]]]).replace('1"', '2"')[len('<row r="2">') : -len("</row>")]
    path = workbook(tmp_path, [header, *rows], lambda xml: xml.replace(cell, _formula(cell, value), 1))
    found = read(path, rules=US, now=NOW)
    assert [row.row for row in found.refused] == [2]
    assert "formula" in render(found.refused[0].why)


_READ = {"Buyer Note", "Order Amount", "Customer payment", "Refunds"}


def _formula(cell, value, kind=""):
    return cell[: cell.index(" t=")] + f"{kind}><f>1+1</f>{value}</c>"


def test_a_formula_whose_value_is_blank_is_blank(tmp_path):
    cell = plain_rows([["small"]])[len('<row r="1">') : -len("</row>")].replace("A1", "Y2")
    table = KINDS["returns"]
    path = workbook(tmp_path, table, lambda xml: xml.replace(cell, _formula(cell, "<v></v>", ' t="str"')))
    assert [row.words for row in read(path, rules=US, now=NOW).sightings] == [None, "small", "small", "small"]


@pytest.mark.parametrize(
    ("ranges", "refused"),
    [
        (["B3:B4"], [4]), (["A2:A3", "B4:C4"], [3, 4]), (["A1:F1"], []), (["AA2:AB9"], []), (["A20:A90"], []),
        (["A2:A4", "B3:B5"], [3, 4, 5]), (["C2:XFD1048576"], [2, 3, 4, 5]), (["B2:B1048576"], [3, 4, 5]),
    ],
)  # fmt: skip
def test_rows_that_share_a_merged_cell_are_told(tmp_path, ranges, refused):
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    path = workbook(tmp_path, KINDS["returns"], lambda xml: xml, f'<mergeCells count="1">{cells}</mergeCells>')
    try:
        found = read(path, rules=US, now=NOW)
    except RefusedFile:
        assert len(refused) == 4
        return
    assert [row.row for row in found.refused] == refused


def test_amounts_of_another_currency_than_the_row_says_are_told(tmp_path):
    header, *rows = KINDS["settlement"]
    rows[1] = [f"€{cell}" if header[at] == "Total fees" else cell for at, cell in enumerate(rows[1])]
    found = read(put(tmp_path, [header, *rows]), rules=US, now=NOW)
    assert [(row.row, render(row.why)) for row in found.refused] == [(3, 'Its amount "€-10.00" is not in PHP.')]


@pytest.mark.parametrize("related", ["0", "12", "no"])
def test_a_related_order_that_is_none_is_told(tmp_path, related):
    header, *rows = KINDS["settlement"]
    rows[0] = [related if name == "Related order ID" else cell for name, cell in zip(header, rows[0], strict=True)]
    assert [row.row for row in read(put(tmp_path, [header, *rows]), rules=US, now=NOW).refused] == [2]


def test_costs_in_another_currency_are_told(tmp_path):
    found = read(put(tmp_path, [["sku", "goods"], ["A", "$5.00"], ["B", "€5.00"]]), rules=US, now=NOW)
    assert [(row.row, render(row.why)) for row in found.refused] == [(3, '"€5.00" cannot be read.')]


@pytest.mark.parametrize(("text", "right"), [("1.125", False), ("$1.125", False), ("1.1250", True), ("1,125.00", True)])
def test_a_cost_of_three_decimals_or_of_thousands_is_told(tmp_path, text, right):
    found = read(put(tmp_path, [["sku", "goods"], ["A", text], ["B", "5"]]), rules=US, now=NOW)
    assert [row.row for row in found.refused] == ([] if right else [2])


def test_a_sum_below_figures_of_creators_is_no_creator(tmp_path):
    rows = [selling.row(selling.CREATORS, creator_name=name, refunds="$1.00") for name in ("a", "b", "Total", "合计")]
    found = read(put(tmp_path, [selling.CREATORS, *rows]), rules=US, now=NOW)
    assert [row.row for row in found.refused] == [4, 5]
    assert len(found.records["creators"]) == 2


@pytest.mark.parametrize(("code", "foreign"), [("PHP", ["PHP"]), ("USD", []), ("", [])])
def test_a_column_of_currencies_says_that_of_its_amounts(tmp_path, code, foreign):
    header, *rows = KINDS["settlement"]
    rows = [[code if name == "Currency" else cell for name, cell in zip(header, row, strict=True)] for row in rows]
    found = read(put(tmp_path, [header, *rows]), rules=US, now=NOW)
    assert (found.foreign, found.currencies) == (foreign, [code or "USD"])


@pytest.mark.parametrize(("said", "code"), [("₱", "PHP"), ("php", "PHP"), ("Pesos", None), ("12.00", None)])
def test_a_currency_that_nobody_knows_is_none_of_the_market(tmp_path, said, code):
    header, *rows = KINDS["settlement"]
    rows[1] = [said if name == "Currency" else cell for name, cell in zip(header, rows[1], strict=True)]
    found = read(put(tmp_path, [header, *rows]), rules=US, now=NOW)
    assert [row.row for row in found.refused] == ([] if code else [3])
    assert {each.currency for each in found.records["profit"]} == {"PHP"}


def test_a_rate_that_nobody_can_read_is_told(tmp_path):
    cells = {"order_id": selling.order_id(1), "creator_username": "a", "time_created": "13/11/2026 10:00:00"}
    rows = [selling.row(selling.AFFILIATE, **cells, standard_commission_rate=rate) for rate in ("10%", "a tenth")]
    found = read(put(tmp_path, [selling.AFFILIATE, *rows]), rules=US, now=NOW)
    assert [(each.text, each.column) for each in found.unknown] == [("a tenth", "Standard commission rate")]
