"""Several lines pasted into the line of the Log."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.core.issues.model import IssueDraft
from workbench.core.saying import say_n
from workbench.i18n import render
from workbench.session import Done
from workbench.session.issues.desk import LogDesk
from workbench.ui.issues.lines import type_word
from workbench.ui.issues.readback import day_name
from workbench.ui.sheets.several import LinesWay, Read, SeveralSheet, lines_of
from workbench.ui.text import Line, Span, clean, fit


def several(log: LogDesk, place: str, text: str, take: Callable[[Sequence[str]], None]) -> SeveralSheet:
    """The sheet; what cannot be read goes back into the line, which takes it."""

    def read(pasted: str) -> Sequence[Read]:
        return [one(line) for line in lines_of(pasted)]

    def one(line: str) -> Read:
        reading = log.read(line)
        if reading.draft is None:
            return Read(line, None, [Span(render(reading.problem) if reading.problem else "", "soon")])
        return Read(line, reading.draft, said(reading.draft, reading.new_sku))

    def said(draft: IssueDraft, new: bool) -> Line:
        often = f"   x{draft.count}" if draft.count > 1 else ""
        return [
            Span(fit(draft.sku or "", 18), "soon" if new else "strong"),
            Span(fit(type_word(log.types, draft.type or ""), 20)),
            Span(clean(draft.words)), Span(f"{often}   {day_name(draft.day, log.today)}", "quiet"),
        ]  # fmt: skip

    def save(drafts: Sequence[IssueDraft]) -> Done:
        return log.add_many(lambda: drafts, lambda n: say_n("{n} issue logged", "{n} issues logged", n))

    def mend(sheet: SeveralSheet) -> None:
        texts = [row.text for row in sheet.rows]
        sheet.dismiss(None)
        take(texts)

    return SeveralSheet(text, LinesWay(place, read, save, mend))
