"""What a robot user sees and does."""

from __future__ import annotations

from contextlib import suppress

from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from workbench.ui.promotions.board import PlanBoard
from workbench.ui.widgets.choices import Choices
from workbench.ui.widgets.entry import Typed
from workbench.ui.widgets.lines import Lines, Page
from workbench.ui.widgets.table import Table

_DRAWN = (Lines, Page, Table, PlanBoard, Choices, Typed)


async def done(pilot: Pilot) -> None:
    """Everything that was begun is finished and drawn."""
    for _ in range(2):
        for worker in list(pilot.app.workers):
            with suppress(WorkerCancelled):  # a newer one of its group took its place
                await worker.wait()
        await pilot.pause()


async def until(pilot: Pilot, condition) -> None:
    """Until it holds: what a worker tells the app, which tells a screen, which tells a widget, takes its rounds."""
    for _ in range(50):
        await done(pilot)
        if condition():
            return
    assert condition()


async def press(pilot: Pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await done(pilot)


async def write(pilot: Pilot, text: str) -> None:
    """Paste a text, as a terminal does."""
    pilot.app.screen.focused.post_message(Paste(text))
    await done(pilot)


async def typed(pilot: Pilot, characters: str) -> None:
    """Characters as the terminal sends them (`press` knows no full-width ones)."""
    for character in characters:
        pilot.app.post_message(Key(_character_to_key(character), character))
        await done(pilot)


def rows(widget: Widget) -> list[str]:
    """The lines of one widget as they are drawn now."""
    return [widget.render_line(y).text for y in range(widget.size.height)]


def seen(app) -> str:
    """All text on the screen, the sheets on top of it last."""
    found = []
    for screen in app.screen_stack:
        for widget in screen.walk_children():
            if isinstance(widget, _DRAWN) and widget.display and widget.size:
                found += rows(widget)
    return "\n".join(found)


def row(app) -> str:
    """The row under the cursor."""
    table = app.frame.table
    return rows(table)[table._line_of[table.cursor] - table.scroll_offset.y]


def bar(app) -> str:
    return rows(app.frame.bar)[0].strip()
