"""The XLSX reader against python-calamine: the same workbook, the same cells.

Generated workbooks (sparse rows, shared, inline, formula and rich texts, numbers, truth values, errors, dates of both
systems, cells without a reference, gaps, several sheets) and the exports of the shape that Seller Center, Excel and WPS
write. Where the two may differ by intent it is said: a text is trimmed here, an error value is blank, a number is given
as it is printed.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import python_calamine as calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.builders import letters
from workbench.intake.printed import CELL
from workbench.intake.sheet_xml import unescaped
from workbench.intake.table import Hints
from workbench.intake.xlsx_file import open_xlsx

HERE = Path(__file__).parent
WIDTH = 6
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"], exclude_characters="\ufeff\ufffe\uffff"),
    min_size=1, max_size=12,
)  # fmt: skip
_USUAL = ("403586091390996031", "20/11/2026 10:15:00", "a & b <c>", "two\nlines", "_x0041_", "=1+1")
_words = st.one_of(_texts, st.sampled_from(_USUAL))
_floats = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6))
_cells = st.one_of(
    st.tuples(st.sampled_from(["inline", "shared", "formula", "runs", "rich"]), _words),
    st.tuples(st.just("number"), st.one_of(st.integers(-(10**9), 10**14), _floats)),
    st.tuples(st.just("truth"), st.booleans()),
    st.tuples(st.just("error"), st.sampled_from(["#N/A", "#NAME?", "#DIV/0!"])),
    st.tuples(st.just("empty"), st.just("")),
    st.none(),
)  # fmt: skip
#: The last column holds dates, in days and full seconds.
_dates = st.tuples(st.just("date"), st.integers(40_000 * 86_400, 50_000 * 86_400).map(lambda second: second / 86_400))
_row = st.tuples(st.lists(_cells, min_size=WIDTH - 1, max_size=WIDTH - 1), _dates).map(lambda row: [*row[0], row[1]])
_rows = st.lists(_row, min_size=1, max_size=6)


def cell(reference, what, value, shared):
    match what:
        case "inline":
            return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case "runs":
            half = len(value) // 2
            parts = "".join(
                f'<r><t xml:space="preserve">{escape(part)}</t></r>' for part in (value[:half], value[half:])
            )
            return f'<c r="{reference}" t="inlineStr"><is>{parts}</is></c>'
        case "shared":
            if value not in shared:
                shared.append(value)
            return f'<c r="{reference}" s="0" t="s"><v>{shared.index(value)}</v></c>'
        case "formula":
            return f'<c r="{reference}" t="str"><f>A1</f><v>{escape(value)}</v></c>'
        case "rich":
            whole = f"\0{value}"
            if whole not in shared:
                shared.append(whole)
            return f'<c r="{reference}" t="s"><v>{shared.index(whole)}</v></c>'
        case "date":
            return f'<c r="{reference}" s="1"><v>{value!r}</v></c>'
        case "number":
            return f'<c r="{reference}"><v>{value!r}</v></c>'
        case "truth":
            return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
        case "error":
            return f'<c r="{reference}" t="e"><v>{value}</v></c>'
        case _:
            return f'<c r="{reference}" s="0"/>'


def item(text):
    """A shared string; one that begins with NUL in two runs, with a hint how it is spoken."""
    if not text.startswith("\0"):
        return f'<si><t xml:space="preserve">{escape(text)}</t></si>'
    half = (len(text) + 1) // 2
    runs = (f'<r><rPr><b/></rPr><t xml:space="preserve">{escape(part)}</t></r>' for part in (text[1:half], text[half:]))
    return f'<si>{"".join(runs)}<rPh sb="0" eb="1"><t>hint</t></rPh></si>'


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def book(path, sheets, gaps, bare=False, mac=False):
    """A workbook of these sheets; `gaps` are rows left out before each row. `bare`: a full row has no references.
    `mac`: its days are counted from 1904."""
    shared, xml = [], []
    for rows in sheets:
        out, number = [], 1
        head = "".join(cell(f"{letters(at)}1", "inline", f"h{at}", shared) for at in range(WIDTH))
        out.append(f'<row r="1">{head}</row>')
        for row, gap in zip(rows, gaps, strict=False):
            number += 1 + gap
            inside = "".join(cell(f"{letters(at)}{number}", *one, shared) for at, one in enumerate(row) if one)
            if bare and all(row):
                inside = re.sub(r' r="[A-Z]+\d+"', "", inside)
            out.append(f'<row r="{number}">{inside}</row>')
        xml.append(f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(out)}</sheetData></worksheet>')
    names = range(1, len(xml) + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in names
    )
    links += f'<Relationship Id="s" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="y" Type="{_LINKS}/styles" Target="styles.xml"/>'
    items = "".join(map(item, shared))
    system = '<workbookPr date1904="1"/>' if mac else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="w" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{system}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{items}</sst>',
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for n, content in zip(names, xml, strict=True):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", content)
    return path


def ours(path, known):
    """Each sheet: the rows by number below the header, as texts."""
    with open_xlsx(path, Hints(known=known)) as opened:
        found = []
        for table in opened.tables():
            wide = range(len(table.header))
            times = [WIDTH - 1] if table.header[0] == "h0" else []
            rows = {number: cells for number, *cells in table.rows(wide, times, list)}
            found.append((table.name, table.header, rows))
        return found


def theirs(path, name):
    """The grid of a sheet, from its first cell on."""
    sheet = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name)
    return sheet.to_python(skip_empty_area=False)


def same(text, value):
    if isinstance(value, bool):
        return text == str(int(value))
    if isinstance(value, int | float):
        return text != "" and float(text) == float(value)
    if isinstance(value, date):
        value = value if isinstance(value, datetime) else datetime.combine(value, time())
        return abs(datetime.fromisoformat(text.removeprefix(CELL)) - value) < timedelta(seconds=1)
    value = str(value)
    return text == unescaped(value).strip() or text == value.strip() or (text == "" and value.startswith("#"))


def compare(path, known):
    for name, header, rows in ours(path, known):
        grid = theirs(path, name)
        top = next(at for at, row in enumerate(grid) if [str(cell).strip() for cell in row[: len(header)]] == header)
        expected = {at + 1: row for at, row in enumerate(grid) if at > top}
        for number, row in expected.items():
            mine = rows.get(number, [""] * len(header))
            assert all(same(text, value) for text, value in zip(mine, row, strict=False)), (name, number, mine, row)
        assert rows.keys() <= expected.keys()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_rows, min_size=1, max_size=2), st.lists(st.integers(0, 3), min_size=6, max_size=6), st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_generated_workbooks(tmp_path, sheets, gaps, bare, mac):
    compare(book(tmp_path / "book.xlsx", sheets, gaps, bare, mac), lambda cells: cells[0] == "h0")


@pytest.mark.parametrize(
    "path",
    [*sorted((HERE / "cases").glob("*.xlsx")), *sorted((HERE / "samples").glob("returns_th.xlsx"))],
    ids=lambda path: path.name,
)
def test_real_shapes(path):
    if path.name.startswith(("23", "50", "51")):
        pytest.skip("no header of ours; or a grid that reaches to the last cell of the sheet, which is not filled here")
    compare(path, lambda cells: cells[0] == "Return Order ID")
