"""A full page outside the screens: one block of lines in the middle of an empty terminal, and the app that shows it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual import events
from textual.app import ComposeResult

from workbench.ui.commands import action, keys_in_bar
from workbench.ui.face import Face, Result
from workbench.ui.keys import plain
from workbench.ui.text import Line, Span, fit, line_width, width, wrap
from workbench.ui.theme import DARK
from workbench.ui.widgets.lines import Page

#: The cells of the block, of what stands before the name of a way, and of that name.
BLOCK, INDENT, _NAME = 64, 9, 34


class Block(Page):
    """The page. What is too high for the terminal scrolls; a click on a way takes it."""

    DEFAULT_CSS = "Block { width: 64; max-width: 100%; }"

    def __init__(self, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__(ground="page")
        self._keymap = keymap or {}
        self._rows: list[Line] = []
        self._ways: dict[int, str] = {}

    def on_mount(self) -> None:
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    @property
    def cells(self) -> int:
        """The cells of a row: the last column of a narrow terminal stays empty."""
        return min(BLOCK, self.app.size.width - 1)

    def draw(self) -> None:
        """Show the page as it is now, in the language of the moment."""
        self._rows, self._ways = [], {}
        self.fill(self._rows)
        self.styles.height = max(min(len(self._rows), self.app.size.height), 1)
        self.show(self._rows)

    def fill(self, rows: list[Line]) -> None:
        """Write the page into `rows`."""
        raise NotImplementedError

    def said(self, text: str, role: str = "text", mark: str = "") -> Iterator[Line]:
        """A text in as many rows as it needs; with a `mark`, that stands before it."""
        for at, row in enumerate(wrap(text, self.cells - 3)):
            yield [Span(f"{'' if at else mark:2}", role), Span(row, role)]

    def way(self, id: str, text: str, remark: str = "") -> Line:
        """The row of a command: its key, what it is called, a remark where there is room. It is the next row."""
        self._ways[len(self._rows)] = action(id)
        ((key, _word),) = keys_in_bar(self._keymap, id)
        gap = " " * max(_NAME - width(text), 2)
        line = [Span("  "), Span(fit(key, INDENT - 2), "bold"), Span(text + gap), Span(remark, "quiet")]
        return line if line_width(line) <= self.cells else line[:3]

    async def on_click(self, event: events.Click) -> None:
        """A click on a way takes it."""
        if (taken := self._ways.get(event.y + self.scroll_offset.y)) is not None:
            await self.run_action(taken)


class OnePage(Face[Result]):
    """The app of one block; ends with what the block ends it with, with None where it was only left."""

    CSS = "Screen { align: center middle; background: $background; }"

    def __init__(self, block: Block, theme: str = DARK) -> None:
        super().__init__()
        self._block = block
        self.theme = theme if theme in self.available_themes else DARK

    def compose(self) -> ComposeResult:
        yield self._block

    def on_mount(self) -> None:
        self._block.focus()

    async def take(self, event: events.Event) -> None:
        """Full-width characters act as plain ones."""
        if isinstance(event, events.Key) and not event.is_forwarded and (found := plain(event.character)) is not None:
            event = events.Key(*found)
        await super().take(event)

    def action_help_quit(self) -> None:
        """Ctrl+c."""
        self.exit()


def at_home(path: Path) -> str:
    """A path as people write it: what lies in the home folder begins with `~`."""
    home = Path(os.path.expanduser("~"))  # `Path.home` raises where there is none
    return str("~" / path.relative_to(home)) if path.is_relative_to(home) else str(path)
