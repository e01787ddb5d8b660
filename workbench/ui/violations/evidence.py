"""The evidence of a violation: items ticked off with Space, files attached by path, items of the seller's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from workbench.config.given import given_path
from workbench.core.saying import say
from workbench.core.violations.evidence import words
from workbench.core.violations.model import Evidence, Violation
from workbench.i18n import _, pick
from workbench.output.marks import CURSOR, DONE
from workbench.output.violations.words import reason
from workbench.session import Done
from workbench.ui.commands import bindings
from workbench.ui.sheets.choosing import ChoosingSheet
from workbench.ui.text import Line, Span, fit, shorten
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

_AROUND = 7
_WORDS = 44


class EvidenceSheet(ChoosingSheet[None]):
    """The checklist of one violation; it stays open until Esc, each tick is saved at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("evidence")
    AUTO_FOCUS = "#items"

    def __init__(self, id: int) -> None:
        super().__init__()
        self._number, self.subject = id, f"V-{id}"
        self._items: tuple[Evidence, ...] = ()
        self._asks: Literal["file", "item"] | None = None

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Fewer while a path or an item is typed."""
        if self._asks:
            return ("sheet.accept", "sheet.leave")
        return ("evidence.tick", "evidence.file", "evidence.add", "sheet.leave")

    def body(self) -> Iterable[Widget]:
        yield Lines(id="subject", ground="sheet")
        yield Choices(id="items")
        yield Entry([Span("  "), Span(f"{CURSOR} ", "accent_bold")], id="typed")

    def on_mount(self) -> None:
        self.query_one("#typed").display = False

    @property
    def violation(self) -> Violation:
        """The violation as it is now."""
        return self.session.ledger.get(self._number)

    def draw(self) -> None:
        self.draw_keys({"sheet.accept": say("save")} if self._asks else None)
        self._items = self.session.ledger.checklist(self.violation)
        self.query_one("#subject", Lines).show([self._subject(), self._question(), []])
        self.query_one(Choices).show([Choice(self._item(item)) for item in self._items], self.room - _AROUND)

    def _subject(self) -> Line:
        done = sum(item.done for item in self._items)
        title = _("Evidence for {ref}").format(ref=self.violation.ref)
        of = _("{n} of {all}").format(n=done, all=len(self._items))
        named = reason(self.violation, self.session.ledger.rules)
        return shorten([Span("  " + title, "title"), Span(f"  {of}"), Span(f"  {named}", "quiet")], self.cells + 2)

    def _question(self) -> Line:
        if self._asks == "file":
            return [Span("  " + _("Which file proves it? Type its path, paste it, or drop the file here."))]
        if self._asks == "item":
            return [Span("  " + _("What else proves it?"))]
        return [Span("  " + _("What is there?"))]

    def _item(self, item: Evidence) -> Line:
        rules = self.session.ledger.rules
        text = pick(words(self.violation, rules, item.item))
        line = [
            Span(f"[{DONE}] " if item.done else "[ ] ", "text" if item.done else "strong"),
            Span(fit(text, _WORDS) if item.path else text, "quiet" if item.done else "text"),
        ]
        if item.path is not None:
            size = _("{n:,} bytes").format(n=item.size or 0)
            line.append(Span(f"  {Path(item.path).name}  {size}  sha256 {(item.sha256 or '')[:12]}", "quiet"))
        return shorten(line, self.cells)

    @property
    def _marked(self) -> Evidence | None:
        at = self.query_one(Choices).cursor
        return self._items[at] if 0 <= at < len(self._items) else None

    def action_evidence_tick(self) -> None:
        item = self._marked
        if item is not None:
            desk, id = self.session.ledger, self._number
            self.do(lambda: desk.evidence(id, item.item, not item.done), self._saved)

    def action_sheet_accept(self) -> None:
        self.action_evidence_tick()

    def action_evidence_file(self) -> None:
        if self._marked is not None:
            self._ask("file")

    def action_evidence_add(self) -> None:
        self._ask("item")

    def action_sheet_leave(self) -> None:
        if self._asks:
            self._ask(None)
        else:
            self.dismiss(None)

    def _ask(self, what: Literal["file", "item"] | None) -> None:
        self._asks = what
        entry = self.query_one("#typed", Entry)
        entry.display = what is not None
        entry.typed.value = ""
        self.draw()
        (entry.typed if what else self.query_one(Choices)).focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        text, desk, id = event.value.strip(), self.session.ledger, self._number
        item = self._marked
        if not text:
            return
        if self._asks == "file" and item is not None:
            path = given_path(text)
            self.do(lambda: desk.evidence(id, item.item, True, path), self._saved)
        else:
            self.do(lambda: desk.evidence(id, text, True), self._saved)

    def _saved(self, done: Done) -> None:
        self.bench.saved(done)
        self._ask(None)
