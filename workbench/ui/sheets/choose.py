"""One of several answers: those that are offered, those that typing finds, and the one in force marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from workbench.core.spelling import plain
from workbench.i18n import _
from workbench.output.marks import CURSOR
from workbench.ui.sheets.base import Sheet
from workbench.ui.text import Line, Span, fit, wrap
from workbench.ui.widgets.choices import Choice, Choices
from workbench.ui.widgets.entry import Entry
from workbench.ui.widgets.lines import Lines

#: Edge, entry, a blank row, the keys.
_AROUND = 5


class Offer(NamedTuple):
    """An answer: what it is to the program, its name, what stands beside it."""

    value: str
    name: str
    beside: str = ""


class ChooseSheet(Sheet[str]):
    """Dismissed with the value once the `deed` has done it; what that refuses is said here."""

    drafts = False
    AUTO_FOCUS = "Typed"

    def __init__(
        self, prompt: str, offers: Sequence[Offer], given: str | None, deed: Callable[[str], None], *,
        proposed: str | None = None, told: Sequence[tuple[str, str]] = (),
        more: Callable[[str], Iterable[Offer]] | None = None,
    ) -> None:  # fmt: skip
        """`given` is the value in force; with neither that nor a `proposed` one nothing is marked at first, so that
        Enter alone decides nothing. `told` are texts above the answers with their roles, `more` finds what is not
        offered by what is typed."""
        super().__init__()
        self._prompt, self._offers, self._given, self._deed = prompt, offers, given, deed
        self._proposed, self._told, self._more = proposed or given, told, more
        self._shown: Sequence[Offer] = ()
        self._above = 0

    def body(self) -> Iterable[Widget]:
        prompt = [Span(f"  {self._prompt} ", "title"), Span(f"{CURSOR} ", "accent_bold")]
        yield Entry(prompt, "", _("a number, or a part of the name"))
        yield Lines(id="told", ground="sheet")
        yield Choices(id="answers", focusable=False)

    def draw(self) -> None:
        self.draw_keys()
        lines: list[Line] = [[Span("  " + row, role)] for text, role in self._told for row in wrap(text, self.cells)]
        self._above = len(lines)
        self.query_one("#told", Lines).show([*lines, []])
        self._list(self.query_one(Entry).value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)

    def _list(self, text: str) -> None:
        """A digit marks that answer, other text keeps the answers that hold it."""
        answers, words = self.query_one(Choices), plain(text).casefold().split()
        digit = len(words) == 1 and len(words[0]) == 1 and words[0].isdecimal()
        if digit:
            answers.mark(int(words[0]) - 1)
            return
        found = [each for each in self._offers if all(word in " ".join(each).casefold() for word in words)]
        if words and self._more is not None:
            known = {each.value for each in found}
            found += [each for each in self._more(" ".join(words)) if each.value not in known]
        at = next((at for at, each in enumerate(found) if each.value == self._proposed), 0)
        self._shown = found
        choices = [Choice(self._line(at, each)) for at, each in enumerate(found)]
        answers.show(choices, self.room - _AROUND - self._above, at)
        if not words and self._proposed is None:
            answers.cursor = -1

    def _line(self, at: int, offer: Offer) -> Line:
        mark = _("now") if offer.value == self._given else ""
        return [
            Span(f"{at + 1 if at < 9 else ' '}  ", "bold"), Span(fit(offer.name, 22)),
            Span(fit(offer.beside, 34), "quiet"), Span(mark, "quiet"),
        ]  # fmt: skip

    def action_sheet_down(self) -> None:
        self.query_one(Choices).move(1)

    def action_sheet_up(self) -> None:
        self.query_one(Choices).move(-1)

    def on_choices_taken(self) -> None:
        self._take()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def _take(self) -> None:
        at = self.query_one(Choices).cursor
        if 0 <= at < len(self._shown):
            value = self._shown[at].value
            self.do(lambda: self._deed(value), lambda _none: self._chosen(value))

    def _chosen(self, value: str) -> None:
        if self.is_mounted:
            self.dismiss(value)
