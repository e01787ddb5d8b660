"""Help: the keys of this screen as they are bound now, in one or two columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from workbench.i18n import _, render
from workbench.ui.commands import key_name, keys_of, of, scopes
from workbench.ui.room import Command
from workbench.ui.sheets.scroll import ScrollSheet
from workbench.ui.text import Line, Span, cut, fit, width
from workbench.ui.widgets.lines import Lines

_KEYS = 14
#: Below this width the keys stand in one column.
_TWO = 146


class HelpSheet(ScrollSheet):
    """The keys of some scopes, then those of lists and those that work everywhere."""

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__()
        self._scopes = (*scopes, "list", "app")

    def body(self) -> Iterable[Widget]:
        yield Lines([[Span("  " + _("The keys of this screen"), "title")], []], ground="sheet")
        yield from super().body()

    def lines(self) -> Sequence[Line]:
        found: list[Line] = []
        columns = 2 if self.cells >= _TWO else 1
        room = (self.cells - (columns - 1) * 3) // columns
        for scope in self._scopes:
            if found:
                found.append([])
            found.append([Span("  " + render(scopes()[scope]), "quiet")])
            cells = [self._cell(keys, text, room) for keys, text in self._rows(scope)]
            rows = -(-len(cells) // columns)
            for row in range(rows):
                line: list[Span] = [Span("  ")]
                for at in range(row, len(cells), rows):
                    line += [*cells[at], Span("   ")]
                found.append(line)
        return found

    def _rows(self, scope: str) -> list[tuple[str, str]]:
        """(keys, help) of a scope; commands with the same help stand in one row."""
        rows: dict[str, list[str]] = {}
        for command in of(scope):
            rows.setdefault(render(command.help), []).extend(self._keys(command))
        return [(_few(keys), text) for text, keys in rows.items() if keys]

    def _keys(self, command: Command) -> list[str]:
        return [key_name(key) for key in keys_of(command, self.bench.keymap) if key]

    def _cell(self, keys: str, text: str, room: int) -> list[Span]:
        column = max(_KEYS, width(keys) + 1)
        return [Span(fit(keys, column), "bold"), Span(fit(cut(text, room - column), room - column))]


def _few(keys: list[str]) -> str:
    return " ".join(keys) if len(keys) <= 4 else f"{keys[0]} .. {keys[-1]}"
