"""A workbook of one sheet, every cell of it text: nothing in it can be a formula, and no spreadsheet rounds an id.

The bytes depend on the cells alone. What XML cannot hold (control characters) is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: `_x0041_` means a character to a spreadsheet; its underline is written so that it stays what it is.
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: The first moment that an archive can hold: an export of the same data is the same file.
_WHEN = (1980, 1, 1, 0, 0, 0)

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def encode(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file: the headers in the first row, below them the rows."""
    table = "".join(_row(number, cells) for number, cells in enumerate((headers, *rows), 1))
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{table}</sheetData></worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), _HEAD + part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(_cell(f"{_letters(at)}{number}", text) for at, text in enumerate(cells))}</row>'


def _cell(name: str, text: str) -> str:
    if not text:
        return ""
    held = escape(_CODED.sub("_x005F_", _UNFIT.sub("", text)), {"\r": "_x000D_"})
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{held}</t></is></c>'


def _letters(column: int) -> str:
    """`A` of 0, `AA` of 26."""
    text = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
