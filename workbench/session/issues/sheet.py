"""A seller's own spreadsheet brought into the log: first a plan that saves nothing, then one step of undo; and back.

What the log has already is not added again, so the same file twice changes nothing. In a file that has our own headers
the apostrophes are taken away with which our export keeps cells from being run (`output.csv_safe`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from workbench.core.issues.columns import HEADERS, NEEDED, Field
from workbench.core.issues.columns import columns as columns_of
from workbench.core.issues.days import far
from workbench.core.issues.model import Issue, IssueDraft
from workbench.core.issues.sheet import ReadSheet, SheetRow, read_sheet, write_sheet
from workbench.core.issues.tally import Tally
from workbench.core.saying import Refusal, say, say_n
from workbench.i18n import language
from workbench.intake.own_sheet import Cells, read_own
from workbench.output import csv_safe
from workbench.session.base import Done
from workbench.session.issues.desk import LogDesk


class SheetPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a spreadsheet would add. `found` is the header of each field, `missing` what must be asked for first.

    Only without anything missing there is a `sheet`: its rows as issues.
    """

    path: Path
    headers: list[str]
    found: dict[Field, str]
    missing: list[Field]
    rows: list[Cells]
    meaning: dict[str, str]
    day_first: bool | None
    sheet: ReadSheet | None = None

    @property
    def refused(self) -> list[SheetRow]:
        """The rows that are no issue, with the reason."""
        return [] if self.sheet is None else [row for row in self.sheet.rows if row.draft is None]

    @property
    def known(self) -> int:
        """How many rows the log has already."""
        return 0 if self.sheet is None else sum(row.known for row in self.sheet.rows)

    @property
    def unknown_types(self) -> Counter[str]:
        """The words that are no issue type, with the number of rows."""
        return Counter() if self.sheet is None else self.sheet.unknown_types


def preview(
    desk: LogDesk, path: Path, *, columns: Mapping[Field, str] | None = None, meaning: Mapping[str, str] | None = None,
    day_first: bool | None = None,
) -> SheetPlan:  # fmt: skip
    """What a spreadsheet would add to the log as it is now; nothing is saved. `columns` and `meaning` answer what had
    to be asked. Raises `RefusedFile` and `Refusal`."""
    chosen = columns or {}
    own = read_own(path, wanted=lambda headers: _columns(headers, chosen), needed=NEEDED, days=("day",))
    found = columns_of(own.headers, chosen)
    rows = own.rows
    if set(own.headers) in (set(HEADERS["en"].values()), set(HEADERS["zh"].values())):
        rows = [{header: csv_safe.plain(cell) for header, cell in row.items()} for row in rows]
    plan = SheetPlan(
        path=path, headers=own.headers, found=found, missing=[field for field in NEEDED if field not in found],
        rows=rows, meaning=dict(meaning or {}), day_first=day_first,
    )  # fmt: skip
    return plan if plan.missing else msgspec.structs.replace(plan, sheet=_sheet(desk, plan))


def bring_in(desk: LogDesk, plan: SheetPlan) -> Done:
    """Save what of the plan is new on the newest state, as one action."""
    if plan.missing:
        raise Refusal(say("Columns are missing. Say which ones they are, then import again."))

    def drafts() -> Sequence[IssueDraft]:
        return _sheet(desk, plan).new

    name = plan.path.name
    return desk.add_many(
        drafts, lambda n: say_n("{file} imported, {n} issue", "{file} imported, {n} issues", n, file=name)
    )


def exported(desk: LogDesk, issues: Sequence[Issue]) -> bytes:
    """The issues as a CSV that imports as exactly these."""
    headers = HEADERS[language()]
    rows = write_sheet(issues, types=desk.types, language=language())
    return csv_safe.encode(list(headers.values()), (list(row.values()) for row in rows))


def _columns(headers: Sequence[str], chosen: Mapping[Field, str]) -> Mapping[Field, str]:
    """What is found in headers that are only looked at: a chosen one may be in another sheet."""
    try:
        return columns_of(headers, chosen)
    except Refusal:
        return {}


def _sheet(desk: LogDesk, plan: SheetPlan) -> ReadSheet:
    # A tally of its own: the desk's may be asked by another thread while this one saves.
    found = read_sheet(
        plan.rows, plan.found, types=desk.types, skus=desk.skus(), tally=Tally(desk.issues()), today=desk.today,
        language=language(), meaning=plan.meaning, day_first=plan.day_first,
    )  # fmt: skip
    return msgspec.structs.replace(found, rows=tuple(_near(row, desk.today) for row in found.rows))


def _near(row: SheetRow, today: date) -> SheetRow:
    if row.draft is None or not far(row.draft.day, today):
        return row
    problem = say('"{day}" is too far away to be meant. Check the year.', day=row.draft.day.isoformat())
    return SheetRow(number=row.number, problem=problem)
