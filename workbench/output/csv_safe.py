"""A CSV that no spreadsheet runs as a program, and that reads back as exactly what was written.

A cell that a spreadsheet could take for a formula gets an apostrophe in front: one that begins, perhaps behind
blanks, with `=`, `+`, `-` or `@` (also full-width), or with a tab or a line break. A cell that has apostrophes before
such a beginning already gets one more. So taking away one apostrophe there, as `plain` does, is exactly the way back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile("'*(?:[\t\r\n]|\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20])")


def neutral(text: str) -> str:
    """`text` as a cell that is only text."""
    return "'" + text if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text of which `neutral` made the cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def encode(headers: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """The file: UTF-8 with the mark by which spreadsheets know it, commas, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
