"""An issue as a form, for those who prefer one: a field a row, Tab to the next, Enter saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.issues.cells import count_of, ticket_of
from workbench.core.issues.days import parse_day
from workbench.core.issues.model import Draft, Issue
from workbench.core.saying import Misuse, Told, say
from workbench.i18n import _, language
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.screens.log.readback import day_name
from workbench.ui.sheets.base import Sheet, told
from workbench.ui.text import Line, Span, clean, width
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

_MARGIN = 11
_FIELDS = ("sku", "type", "words", "count", "ticket", "day")


class FormSheet(Sheet[Done]):
    """What the line says already stands in the fields; `issue` is the one that is edited."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line")
    AUTO_FOCUS = "#field-sku Typed"
    keys = ("sheet.accept", "line.complete", "sheet.leave")

    def __init__(self, line: str, issue: Issue | None) -> None:
        super().__init__()
        self._line = line
        self._issue = issue
        self._words: tuple[str, str] = ("", "")

    def body(self) -> Iterable[Widget]:
        log = self.session.log
        reading = log.read(self._line, self._issue.day if self._issue else None)
        words = reading.words
        if self._issue is not None and clean(self._issue.words) == words:
            words = self._issue.words
        self._words = clean(words), words
        values = {
            "sku": reading.sku or "",
            "type": log.types.spellings(reading.type, language())[0] if reading.type else "",
            "words": words,
            "count": str(reading.count),
            "ticket": f"T-{reading.ticket}" if reading.ticket is not None else "",
            "day": day_name(reading.day, log.today) if reading.day == log.today else reading.day.isoformat(),
        }
        names = {"sku": _("SKU"), "type": _("Type"), "words": _("Words"), "count": _("Count"), "ticket": _("Ticket"),
                 "day": _("Day")}  # fmt: skip
        title = _("Log an issue") if self._issue is None else self._issue.ref
        yield Lines([[Span(f"  {title}", "title")], []], ground="sheet")
        for field in _FIELDS:
            label = "  " + names[field] + " " * (_MARGIN - width(names[field]))
            yield Entry([Span(label, "quiet")], values[field], id=f"field-{field}")
        yield Lines(id="read", ground="sheet")

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("save"), "line.complete": say("complete, next field")})

    def _value(self, field: str) -> str:
        return self.query_one(f"#field-{field}", Entry).value

    @property
    def draft(self) -> Draft:
        """What the fields say; `Misuse` names the one that is wrong."""
        log = self.session.log
        sku, type = self._value("sku").strip(), self._value("type").strip()
        if not sku:
            raise Misuse(say("The SKU is missing."))
        meant = log.types.meant(type)
        if len(meant) != 1:
            found = [id for id, _name in log.types.search(type, language())][:6] if type else list(log.types.types)[:6]
            names = log.types.listed(meant or found or list(log.types.types)[:6], language())
            raise Misuse(say("Write one of these as the type: {types}.", types=names))
        count = count_of(self._value("count"))
        if not count:
            raise Misuse(say("The count is a number from 1 on."))
        ticket = ticket_of(self._value("ticket"))
        if ticket is None and self._value("ticket").strip():
            raise Misuse(say("The ticket is written like T-7, or left out."))
        spelled = log.skus().spelled(sku)
        shown, exact = self._words
        words = self._value("words")
        return Draft(
            day=parse_day(self._value("day").strip(), log.today), sku=spelled[0] if len(spelled) == 1 else sku,
            type=meant[0], words=exact if words == shown else words, count=count, ticket=ticket,
        )  # fmt: skip

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        log, issue = self.session.log, self._issue
        try:
            draft = self.draft
        except Told as error:
            self._refused(error)
            return
        deed = (lambda: log.add(draft)) if issue is None else (lambda: log.replace(issue.id, draft))
        self.bench.do(deed, self._saved, self._refused)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self.dismiss(done)

    def _refused(self, error: Told) -> None:
        self._say([[], *told(error, self.cells)])

    def _say(self, lines: list[Line]) -> None:
        self.query_one("#read", Lines).show(lines)

    def action_line_complete(self) -> None:
        """Complete the field, and go to the next."""
        entry = next((each for each in self.query(Entry) if each.typed.has_focus), None)
        if entry is None:
            return
        log, text = self.session.log, entry.value.strip()
        if text and entry.id == "field-sku" and not log.skus().spelled(text):
            found = log.completer().skus.search(text, 1)
            entry.typed.value = clean(found[0]) if found else entry.value
        elif text and entry.id == "field-type" and not log.types.meant(text):
            kinds = log.types.search(text, language())
            entry.typed.value = kinds[0][1] if kinds else entry.value
        fields = list(self.query(Entry))
        fields[(fields.index(entry) + 1) % len(fields)].typed.focus()

    def action_sheet_down(self) -> None:
        self.focus_next("Typed")

    def action_sheet_up(self) -> None:
        self.focus_previous("Typed")
