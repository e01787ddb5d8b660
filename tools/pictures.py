"""Draw the pictures of the documents from the real program, on the invented shop at a frozen minute.

Run by `make pictures`. Every screen is drawn in both languages; a new one needs no line here. The same program gives
the same bytes, so a picture changes only when what it shows has changed.
"""

from __future__ import annotations

import asyncio
import csv
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.segment import Segment
from textual.events import Paste
from textual.pilot import Pilot

from tools.svg import picture
from workbench import i18n
from workbench.i18n import render
from workbench.session import Options
from workbench.session.demo import NOW, open_demo
from workbench.ui.app import Workbench
from workbench.ui.rooms import panes
from workbench.ui.theme import DARK, LIGHT

PICTURES = Path(__file__).resolve().parent.parent / "docs/pictures"
COLUMNS, ROWS = 120, 36
#: What a language adds to the name of a picture.
SUFFIXES = {"en": "", "zh": "-zh"}
_FILE = "returns_2026-11-24.csv"


class Scene(NamedTuple):
    """One picture: its name, the screen that opens, what is pressed then (`paste TEXT` is pasted), and the theme."""

    name: str
    pane: str
    keys: tuple[str, ...] = ()
    theme: str = DARK


#: To the case that shows most.
_THIRD = ("down", "down")
#: Every screen, then what happens on them.
SCENES: tuple[Scene, ...] = (
    *(Scene(pane.id, pane.id, _THIRD if pane.id == "queue" else ()) for pane in panes()),
    Scene("queue-light", "queue", _THIRD, LIGHT),
    Scene("act", "queue", (*_THIRD, "enter")),
    Scene("why", "queue", (*_THIRD, "w")),
    Scene("reply", "queue", ("3", "r")),
    Scene("import", "today", ("i", f"paste ~/Downloads/{_FILE}", "enter")),
    Scene("week", "log", ("f9",)),
    Scene("score", "ledger", ("f9", "down")),
    Scene("rule", "queue", ("equals_sign",)),
)


def path(scene: Scene, language: str) -> Path:
    """Where the picture of a scene is kept."""
    return PICTURES / f"{scene.name}{SUFFIXES[language]}.svg"


async def draw(scene: Scene, language: str) -> str:
    """The picture of a scene in a language."""
    before, spoken = os.environ.get("HOME"), i18n.language()
    with tempfile.TemporaryDirectory(prefix="workbench-pictures-") as folder:
        home = Path(folder)
        os.environ["HOME"] = folder
        i18n.use(language)
        try:
            (home / "Downloads").mkdir()
            (home / "data").mkdir()
            return await _draw(scene, home)
        finally:
            i18n.use(spoken)
            if before is not None:
                os.environ["HOME"] = before


async def _draw(scene: Scene, home: Path) -> str:
    session = open_demo(Options(data=home / "data", now=NOW))
    _write_export(home / "Downloads" / _FILE)

    class Started(Workbench):
        DEFAULT_MODE = scene.pane

    app = Started(session, own=ZoneInfo("Asia/Shanghai"), theme=scene.theme)
    async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
        await _settled(pilot)
        for key in scene.keys:
            if key.startswith("paste ") and app.screen.focused is not None:
                app.screen.focused.post_message(Paste(key.removeprefix("paste ")))
            else:
                await pilot.press(key)
            await _settled(pilot)
        title = next(render(pane.title) for pane in panes() if pane.id == scene.pane)
        return picture(_lines(app), COLUMNS, f"workbench: {title}")


async def _settled(pilot: Pilot[Any]) -> None:
    """Everything that was begun is finished and drawn."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def _lines(app: Workbench) -> Iterator[Sequence[Segment]]:
    """The screen with the sheets over it, line by line: what `App.export_screenshot` draws from."""
    console = Console(width=COLUMNS, height=ROWS, force_terminal=True, color_system="truecolor", legacy_windows=False)
    drawn = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)
    assert drawn is not None
    return iter(list(Segment.split_lines(part for part in console.render(drawn) if not part.control)))


_HEADER = (
    "Return Order ID", "Order ID", "Order Amount", "Order Status", "Seller SKU", "Product Name", "SKU Name",
    "Buyer Username", "Return Type", "Time Requested", "Return Reason", "Return unit price", "Return Quantity",
    "Return Logistics Tracking ID", "Return Status", "Return Sub Status", "Refund Time", "Buyer Note",
)  # fmt: skip
#: number of an invented case or None, SKU, price, type, hours ago, tracking, status, buyer's words
_ROWS: tuple[tuple[int | None, str, str, str, float, str, str, str], ...] = (
    (14, "PANTS-BLK-L", "249.00", "Return and refund", 87, "TH940019093786", "In process", "too short"),
    (17, "LAMP-WHT", "590.00", "Return and refund", 166, "TH940003423667", "Completed", ""),
    (None, "DRESS-RED-M", "420.00", "Refund only", 21.4, "", "To process", "not the colour in the video"),
    (None, "PANTS-BLK-M", "249.00", "Return and refund", 17.2, "", "To process", "too tight at the waist"),
    (None, "PANTS-BLK-L", "249.00", "Refund only", 9.1, "", "To process", "one size smaller than the chart"),
    (None, "MUG-SET-4", "360.00", "Refund only", 3.3, "", "To process", "one cup is chipped"),
    (None, "CHAIR-OAK", "1290.00", "Return and refund", 0.1, "", "To process", "a screw is missing"),
    (None, "TENT-2P", "2190.00", "Return and refund", 26, "", "In process", "the zip sticks"),
)


def _write_export(file: Path) -> None:
    """An invented returns export of this morning."""
    shop = NOW.astimezone(ZoneInfo("Asia/Bangkok"))
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_HEADER)
        for at, (case, sku, price, type, hours, tracking, status, words) in enumerate(_ROWS):
            number = 7919 * (case or 100 + at)
            asked = f"{shop - timedelta(hours=hours):%d/%m/%Y %H:%M:%S}"
            writer.writerow(
                (f"{403586091390996030 + number}\t", f"{576981590830166131 + number}\t", f"\u0e3f{price}", "Shipped",
                 sku, "", "", f"buyer_{at + 1}", type, f"{asked}\t", "Product doesn't match description",
                 f"\u0e3f{price}", 1, tracking, status, "", asked if status == "Completed" else "", words)
            )  # fmt: skip
    os.utime(file, (NOW.timestamp() - 240,) * 2)


def main() -> int:
    """Draw all pictures, or those whose names are given."""
    wanted = set(sys.argv[1:])
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        for language in SUFFIXES:
            if not wanted or scene.name in wanted:
                path(scene, language).write_text(asyncio.run(draw(scene, language)), encoding="utf-8")
                print(path(scene, language).name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
