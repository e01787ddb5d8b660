"""The rows of the Log's list: what today's cases suggest, then the lines of today, the newest on top."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from workbench.core.issues.model import Issue
from workbench.core.issues.names import TypeBook
from workbench.core.issues.suggest import Suggestion
from workbench.i18n import _
from workbench.ui.issues.lines import margin, short_word, type_word
from workbench.ui.text import Span, width
from workbench.ui.widgets.table import Column, Table


def columns(ticket: int = 5) -> list[Column]:
    """The columns in the language of the moment, that of the `ticket` as wide as its longest id."""
    word = 9 if margin() == 8 else 13
    return [
        Column("cursor", 2),
        Column("group", margin()),
        Column("sku", 13),
        Column("type", word, gap=1),
        Column("words", 30 - ticket, gap=1, most=120),
        Column("count", 5, right=True),
        Column("ticket", ticket, gap=2, goes=1),
    ]


class DayTable(Table):
    """The list; the cursor is nowhere (-1) while the entry line has the say and nothing is marked."""

    def mark(self, row: int) -> None:
        """Put the mark on a row without telling anybody; -1 takes it away."""
        if row != self.cursor:
            self.cursor = row
            self.refresh()
            self.reveal()


class DayRows:
    """The rows; keys are `("case", number)` for a suggestion and `("line", number)` for a line of the log."""

    def __init__(
        self,
        suggested: Sequence[Suggestion],
        issues: Sequence[Issue],
        types: TypeBook,
        editing: Callable[[], int | None],
    ) -> None:
        self.suggested, self.issues = list(suggested), list(issues)
        self._types = types
        self._editing = editing

    def __len__(self) -> int:
        return len(self.suggested) + len(self.issues)

    def key(self, row: int) -> Hashable:
        """What the row is about."""
        suggestion, issue = self.at(row)
        return ("case", suggestion.ticket) if suggestion else ("line", issue.id if issue else 0)

    def at(self, row: int) -> tuple[Suggestion | None, Issue | None]:
        """The suggestion or the line of a row; neither for no row."""
        if 0 <= row < len(self.suggested):
            return self.suggested[row], None
        at = row - len(self.suggested)
        return None, self.issues[at] if 0 <= at < len(self.issues) else None

    @property
    def ticket_cells(self) -> int:
        """The cells of the longest ticket id."""
        ids = [*(each.ticket for each in self.suggested), *(each.ticket or 0 for each in self.issues)]
        return max(5, len(f"T-{max(ids, default=0)}"))

    def groups(self) -> list[tuple[str, str, int]]:
        """The margin names."""
        found = [(_("Suggested"), "quiet", 0)] if self.suggested else []
        return [*found, (_("Today"), "quiet", len(self.suggested))] if self.issues else found

    def cells(self, row: int, current: bool) -> dict[str, Span]:
        """The cells of a row."""
        suggestion, issue = self.at(row)
        if suggestion is not None:
            role = "text" if current else "quiet"
            return {
                "sku": Span(suggestion.sku, role),
                "type": Span(self._type(suggestion.type) if suggestion.type else "?", role),
                "words": Span(suggestion.words, role),
                "ticket": Span(f"T-{suggestion.ticket}", "quiet"),
            }
        assert issue is not None
        if issue.none:
            return {"sku": Span(_("nothing wrong"), "quiet")}
        edited = issue.id == self._editing()
        return {
            "sku": Span(issue.sku or "", "accent" if edited else "strong" if current else "text"),
            "type": Span(self._type(issue.type or ""), "text"),
            "words": Span(issue.words, "text"),
            "count": Span(f"x{issue.count}" if issue.count > 1 else ""),
            "ticket": Span(f"T-{issue.ticket}" if issue.ticket is not None else "", "quiet"),
        }

    def _type(self, id: str) -> str:
        name, room = type_word(self._types, id), 9 if margin() == 8 else 13
        return name if width(name) <= room else short_word(self._types, id)
