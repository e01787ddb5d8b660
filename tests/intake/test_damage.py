"""Generated damage: a good export, spoiled at any place as programs and broken downloads spoil it.

The oracle is one sentence: told or refused or right, never silent. Every row of the good file is looked for in what was
read: it is there as it was, or its number is among the refused, or the file was refused, or what is unknown of it was
told.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.builders import NOW, RETURNS, US, csv_text, plain_rows, sheet, xlsx_file
from workbench.intake import RefusedFile, read

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp874", "cp1258")
_AROUND = ("'{}", '="{}"', "{}\t", "\u200b{}", "\ufeff{}", " {} ", "\u202a{}\u202c")
_DAYS = st.tuples(st.integers(1, 12), st.integers(1, 11))
_TEXT = st.sampled_from(["too small", "早上好", "nửa kích cỡ", 'says "no"', "two\nlines", "a, b; c", "", "5 inch"])
_STATUS = st.sampled_from(["To process", "In process", "Completed", "Refund rejected", "Canceled"])


_FEW = st.integers(2, 6)


@st.composite
def exports(draw, rows=_FEW):
    """Rows of a good export, all of the last days, with a day above 12 among them."""
    found = []
    for number in range(draw(rows)):
        when = NOW - timedelta(days=draw(st.integers(1, 25)), minutes=draw(st.integers(0, 1400)))
        found.append({
            "Return Order ID": str(403586091390996031 + 97 * number), "Order ID": str(576981590830166131 + 89 * number),
            "Order Amount": "$8.99", "SKU ID": str(172946281948219937 + 7 * number), "Seller SKU": f"SKU-{number}",
            "Product Name": draw(_TEXT) or "Pants", "SKU Name": "Black, L", "Buyer Username": f"buyer_{number}",
            "Return Type": draw(st.sampled_from(["Refund only", "Return and refund"])),
            "Time Requested": f"{when:%d/%m/%Y %H:%M:%S}", "Return Reason": "Missing parts",
            "Return unit price": f"${draw(st.integers(1, 90))}.{draw(st.integers(10, 99))}", "Return Quantity": "1",
            "Return Status": draw(_STATUS), "Buyer Note": draw(_TEXT),
        })  # fmt: skip
    found[0]["Time Requested"] = "13/11/2026 10:15:00"
    return found


def said(path):
    """What is read: for each return what matters of it; and what is told. None where the file is refused."""
    try:
        reading = read(path, rules=US, now=NOW)
    except RefusedFile:
        return None
    found = {
        seen.external_id: (seen.kind, seen.stage, seen.outcome, seen.since, seen.order_id, seen.money)
        for seen in reading.sightings
    }
    told = bool(reading.unknown) or not reading.date_order_certain or reading.encoding_guessed
    return found, len(reading.refused), told, reading.rows


def check(path, whole, rows):
    """Nothing is read wrongly in silence, and every row is accounted for."""
    result = said(path)
    if result is None:
        return
    found, refused, told, counted = result
    wrong = {id: value for id, value in found.items() if whole.get(id) != value}
    assert not wrong or told, f"read wrongly, and nothing told: {wrong}"
    missing = whole.keys() - found.keys()
    assert len(missing) <= refused + (rows - counted if counted < rows else 0) or told
    if missing and not told:
        assert refused, f"vanished: {missing}"


def good(folder, rows):
    path = folder / "good.csv"
    path.write_bytes(csv_text(RETURNS, rows).encode("utf-8-sig"))
    return said(path)[0]


def put(folder, content):
    path = folder / "spoiled.csv"
    path.write_bytes(content)
    return path


@EXAMPLES
@given(exports(), st.data())
def test_cut_off_anywhere_in_the_last_row(tmp_path, rows, data):
    """A download that broke off: inside the last row, at any byte."""
    whole, raw = good(tmp_path, rows), csv_text(RETURNS, rows).encode("utf-8-sig")
    last = csv_text(RETURNS, rows[-1:]).encode().split(b"\r\n", 1)[1]
    # Behind the last separator only the note is shorter, and nobody can see that.
    keep = data.draw(st.integers(1, last.rindex(b",")))
    cut = raw[: len(raw) - len(last) + keep]
    result = said(put(tmp_path, cut))
    if result is not None:
        found, refused, _, counted = result
        assert found == {id: whole[id] for id in found}
        assert (refused, counted) == (1, len(rows))


@EXAMPLES
@given(exports(), st.data())
def test_a_comma_too_many_anywhere(tmp_path, rows, data):
    """A tool that writes no quotation marks: a comma in a cell shifts all behind it."""
    whole = good(tmp_path, rows)
    spoiled, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(RETURNS) - 2))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(RETURNS)
    for number, row in enumerate(rows):
        cells = [row.get(name, "") for name in RETURNS]
        if number == spoiled:
            cells.insert(column, "some of it")
        writer.writerow(cells)
    check(put(tmp_path, text.getvalue().encode()), whole, len(rows))


@EXAMPLES
@given(exports(), st.data())
def test_a_cell_too_few_anywhere_before_the_status(tmp_path, rows, data):
    whole = good(tmp_path, rows)
    spoiled = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, RETURNS.index("Return Status")))
    table = [[row.get(name, "") for name in RETURNS] for row in rows]
    del table[spoiled][column]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([RETURNS, *table])
    check(put(tmp_path, text.getvalue().encode()), whole, len(rows))


@EXAMPLES
@given(exports(st.integers(3, 8)), st.data())
def test_a_quotation_mark_opened_anywhere(tmp_path, rows, data):
    """A quotation mark at the beginning of a cell that is never closed, or by another one far below."""
    whole = good(tmp_path, rows)
    lines = csv_text(RETURNS, [row | {"Buyer Note": "small", "Product Name": "Pants"} for row in rows]).split("\r\n")
    line = data.draw(st.integers(1, len(rows)))
    cells = next(csv.reader([lines[line]]))
    column = data.draw(st.integers(0, len(cells) - 1))
    plain = ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)
    before = ",".join(f'"{cell}"' if "," in cell else cell for cell in cells[:column])
    at = len(before) + (1 if column else 0)
    lines[line] = plain[:at] + '"' + plain[at:].lstrip('"')
    result = said(put(tmp_path, "\r\n".join(lines).encode()))
    if result is not None:
        found, refused, told, counted = result
        assert counted == len(rows)
        assert {id: value for id, value in found.items() if whole[id] != value} == {} or told
        assert len(whole) - len(found) <= refused


@EXAMPLES
@given(exports(), st.sampled_from(_ENCODINGS))
def test_written_again_in_another_encoding(tmp_path, rows, encoding):
    whole = good(tmp_path, rows)
    content = csv_text(RETURNS, rows).encode(encoding, "replace")
    found = said(put(tmp_path, content))
    assert found is not None
    assert found[0] == whole  # ids, times, stages and money are plain letters in every page


@EXAMPLES
@given(exports(st.integers(3, 8)), st.data())
def test_half_converted_dates(tmp_path, rows, data):
    """A spreadsheet takes the texts that it can for dates, month first, and leaves the others."""
    whole = good(tmp_path, rows)
    as_cells = data.draw(st.booleans())
    table = [[row.get(name, "") for name in RETURNS] for row in rows]
    at, marks = RETURNS.index("Time Requested"), {}
    for number, cells in enumerate(table):
        day, month, rest = cells[at].split("/")
        if int(day) <= 12:
            year, clock = rest.split(" ")
            iso = f"{year}-{day}-{month} {clock}"  # day and month swapped
            cells[at] = iso
            marks[number] = iso
    if as_cells:
        xml = plain_rows([RETURNS, *table])
        for iso in set(marks.values()):
            xml = xml.replace(f't="inlineStr"><is><t>{iso}</t></is></c>', f't="d"><v>{iso.replace(" ", "T")}</v></c>')
        path = xlsx_file(tmp_path, sheet(xml))
    else:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([RETURNS, *table])
        path = put(tmp_path, text.getvalue().encode())
    if marks:
        assert said(path) is None  # the thirteenth stayed as it was
    else:
        check(path, whole, len(rows))


@EXAMPLES
@given(
    st.lists(
        st.integers(1, 12).flatmap(lambda day: st.tuples(st.just(day), st.integers(1, 11))), min_size=1, max_size=6
    )
)
def test_dates_that_were_all_swapped_are_told(tmp_path, days):
    """All days up to the twelfth: nothing in the file shows the swap."""
    rows = [
        {"Return Order ID": str(403586091390996031 + n), "Return Type": "Refund only", "Return Status": "To process",
         "Time Requested": f"2026-{day:02}-{month:02} 10:15:00"}
        for n, (day, month) in enumerate(days)
    ]  # fmt: skip
    table = [RETURNS, *[[row.get(name, "") for name in RETURNS] for row in rows]]
    xml = plain_rows(table)
    for row in rows:
        iso = row["Time Requested"]
        xml = xml.replace(f't="inlineStr"><is><t>{iso}</t></is></c>', f't="d"><v>{iso.replace(" ", "T")}</v></c>')
    result = said(xlsx_file(tmp_path, sheet(xml)))
    if result is not None:
        _, refused, told, _ = result
        ahead = any(f"2026-{month:02}-{day:02}" > "2026-11-22" for day, month in days)
        assert told or refused or ahead


@pytest.mark.parametrize("how", ["float", "javascript", "spreadsheet", "grouped", "scientific"])
@EXAMPLES
@given(exports(st.integers(3, 8)))
def test_ids_that_went_through_numbers(tmp_path, how, rows):
    spoil = {
        "float": lambda id: f"{id}.0",
        "javascript": _javascript,
        "spreadsheet": lambda id: id[:15] + "0" * (len(id) - 15),
        "grouped": lambda id: f"{int(id):,}",
        "scientific": lambda id: f"{float(id):.2E}",
    }[how]
    changed = [row | {name: spoil(row[name]) for name in ("Return Order ID", "Order ID", "SKU ID")} for row in rows]
    assert said(put(tmp_path, csv_text(RETURNS, changed).encode())) is None


def _javascript(id):
    return format(int(Decimal(repr(float(id)))), "d")


@EXAMPLES
@given(
    exports(st.integers(3, 8)),
    st.sampled_from(_AROUND),
)
def test_ids_with_something_around_them(tmp_path, rows, form):
    whole = good(tmp_path, rows)
    changed = [
        row | {name: form.format(row[name]) for name in ("Return Order ID", "Order ID", "SKU ID")} for row in rows
    ]
    assert said(put(tmp_path, csv_text(RETURNS, changed).encode()))[0] == whole


@EXAMPLES
@given(exports(st.integers(2, 8)), st.integers(0, 28), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_title_rows_delimiters_and_whole_lines_in_quotes(tmp_path, rows, titles, delimiter, quoted):
    whole = good(tmp_path, rows)
    rows = [{name: cell.replace("\n", " ") for name, cell in row.items()} for row in rows]
    text = csv_text(RETURNS, rows, delimiter)
    if quoted:
        lines = text.split("\r\n")
        text = "\r\n".join('"' + line.replace('"', '""') + '"' if line else "" for line in lines)
    assert said(put(tmp_path, ("Report\r\n" * titles + text).encode()))[0] == whole


@EXAMPLES
@given(exports(st.integers(2, 6)), exports(st.integers(2, 6)), st.booleans())
def test_two_sheets_are_both_read_and_a_case_counts_once(tmp_path, first, second, hidden):
    table = [[RETURNS, *[[row.get(name, "") for name in RETURNS] for row in rows]] for rows in (first, second)]
    state = ' state="hidden"' if hidden else ""
    parts = {
        "xl/worksheets/sheet1.xml": sheet(plain_rows(table[0])),
        "xl/worksheets/sheet2.xml": sheet(plain_rows(table[1])),
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    }
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        listed = f'<sheet name="one" r:id="a"{state}/><sheet name="two" r:id="b"/>'
        book.writestr("xl/workbook.xml", f"<workbook><sheets>{listed}</sheets></workbook>")
        for name, xml in parts.items():
            book.writestr(name, xml)
    reading = read(path, rules=US, now=NOW)
    ids = {row["Return Order ID"] for row in (second if hidden else [*first, *second])}
    assert {seen.external_id for seen in reading.sightings} == ids
    assert len(reading.sightings) == len(ids)
    assert [sheet.read for sheet in reading.sheets] == [not hidden, True]
    lines = sum(len(seen.lines) for seen in reading.sightings)
    assert reading.rows == lines + reading.repeated + len(reading.refused)
