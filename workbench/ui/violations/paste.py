"""Several pasted violations: each line as it is read, as a table or as the entry line reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from workbench.core.violations.evidence import find_reason
from workbench.core.violations.line import read_line
from workbench.core.violations.paste import Pasted
from workbench.i18n import _, pick, render
from workbench.output.violations.words import count, day
from workbench.session import Session
from workbench.ui.sheets.base import Sheet
from workbench.ui.sheets.several import LinesWay, Read, SeveralSheet
from workbench.ui.text import Line, Span, fit


def several(session: Session, text: str, place: str, again: Callable[[str], Sheet[Any]]) -> SeveralSheet:
    """The sheet for what was pasted into the entry line of this place; `again` is the one that mends a line."""

    def mend(sheet: SeveralSheet) -> None:
        sheet.app.push_screen(again(sheet.rows[0].text), sheet.mended)

    return SeveralSheet(text, LinesWay(place, lambda text: _read(session, text), session.ledger.add_many, mend))


def _read(session: Session, text: str) -> Sequence[Read]:
    return [Read(row.text.strip(), row.draft, _said(session, row)) for row in read_pasted(session, text)]


def read_pasted(session: Session, text: str) -> list[Pasted]:
    """Every line: as a table or with its date in front, else as the entry line reads it."""
    desk = session.ledger
    rows = desk.read(text)
    return [row if row.draft is not None else _typed(session, row) for row in rows]


def _typed(session: Session, row: Pasted) -> Pasted:
    """A line that has its date behind, as it is typed; it must name its day."""
    desk = session.ledger
    typed = read_line(row.text, desk.rules, desk.shop, session.now())
    if typed.draft is None:
        return msgspec.structs.replace(row, problem=typed.problem) if typed.known else row
    if not typed.dated:
        return row
    return Pasted(row.row, row.text, typed.draft, remark=typed.remark)


def _said(session: Session, row: Pasted) -> Line:
    if row.draft is None:
        return [Span(render(row.problem) if row.problem else "", "soon")]
    known = find_reason(session.ledger.rules, row.draft.reason)
    draft, now, zone = row.draft, session.now(), session.zone
    line = [
        Span(fit(count(draft.points), 11), "strong"),
        Span(fit(day(draft.issued_at, now, zone), 13)), Span(pick(known.name) if known else draft.reason or ""),
    ]  # fmt: skip
    if row.remark is not None:
        line.append(Span("   " + render(row.remark), "soon"))
    elif draft.note:
        line.append(Span("   " + _('"{words}"').format(words=draft.note), "quiet"))
    return line
