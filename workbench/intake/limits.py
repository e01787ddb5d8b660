"""How large a file may be, and the sentences for one that is larger.

Every figure here protects the memory of this machine against a file that was damaged or made to harm; a real export
is far below all of them.
"""

from __future__ import annotations

from workbench.core.saying import Saying, say
from workbench.intake.model import RefusedFile

#: Unpacked bytes of a file: of a CSV its size, of an XLSX what was actually inflated.
MAX_BYTES = 200_000_000
MAX_COLUMNS = 300
#: Data rows; the header and a description row stand above them.
MAX_ROWS = 1_000_000
LAST_ROW = MAX_ROWS + 2

#: Characters of one line of a CSV or one row of a sheet; a row of 300 columns with long notes is a tenth of it.
MAX_LINE = 4_000_000
#: Characters that are kept of any one text.
MAX_TEXT = 10_000
#: Entries of a ZIP archive; a workbook has some dozen.
MAX_ENTRIES = 10_000

_SMALLER = say("Export a shorter period in Seller Center and import that.")


def too_large() -> RefusedFile:
    """More than 200 MB."""
    return _refused(say("The file holds more than {limit} MB.", limit=MAX_BYTES // 1_000_000))


def too_many_rows() -> RefusedFile:
    """More than a million rows, or a cell far below."""
    return _refused(say("The file has more than {limit} rows.", limit=f"{MAX_ROWS:,}"))


def too_many_columns() -> RefusedFile:
    """More than 300 columns, or a cell far to the right."""
    return RefusedFile(
        say("The file has more than {limit} columns, no Seller Center export has. Export it again.", limit=MAX_COLUMNS)
    )


def damaged(why: Saying) -> RefusedFile:
    """The file is broken; `why` says where."""
    return RefusedFile(say("The file is damaged: {why} Download it again from Seller Center.", why=why))


def _refused(what: Saying) -> RefusedFile:
    return RefusedFile(say("{what} {smaller}", what=what, smaller=_SMALLER))
