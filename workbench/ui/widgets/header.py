"""Row 1: the screens at the left with what is urgent in them, the date and the two clocks at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

import msgspec
from textual import events
from textual.message import Message

from workbench.i18n import _
from workbench.output.cities import city
from workbench.output.words import clock, long_date
from workbench.ui.text import Line, Span, line_width
from workbench.ui.theme import palette_of
from workbench.ui.widgets.lines import Lines


class Tab(msgspec.Struct, frozen=True):
    """One screen in the header: its title, whether it is shown, and its urgent number with role (`!7`)."""

    title: str
    current: bool
    urgent: Span | None = None


#: From this width on cities are named, and titles stand a blank further apart.
WIDE = 110


def header_line(
    tabs: Sequence[Tab], now: datetime, shop: tzinfo, own: tzinfo, cells: int, plain: bool, *, stuck: bool = False
) -> Line:
    """The header in `cells`; `plain` (no colour) puts the current screen in brackets.

    All screens stand in it; at the right the date gives way first, then the seller's own time, then the shop's; `stuck`
    (nothing can be saved) stands in the place of all three.
    """
    left = [span for spans in _left(tabs, cells, plain) for span in spans]
    room = cells - line_width(left) - 2
    shown = _stuck() if stuck else _right(now, shop, own, cells)
    right = next(line for line in shown if not line or line_width(line) + 1 <= room)
    return [*left, Span(" " * max(room - line_width(right), 0)), *right]


def _stuck() -> Iterator[Line]:
    yield [Span(_("! nothing is saved"), "late_bold")]
    yield [Span("!", "late_bold")]
    yield []


def _right(now: datetime, shop: tzinfo, own: tzinfo, cells: int) -> Iterator[Line]:
    """What can stand at the right, the most first."""
    wide = cells >= WIDE
    at_shop = _clock(now, shop, city(shop) if wide else _("shop"))
    at_own = _clock(now, own, city(own) if wide else _("me"))
    if now.astimezone(own).utcoffset() == now.astimezone(shop).utcoffset():
        at_own = []
    yield [Span(long_date(now.astimezone(shop).date()), "quiet"), *at_shop, *at_own]
    yield [*at_shop, *at_own][1:]
    yield at_shop[1:]
    yield _clock(now, shop, "")[1:]
    yield []


def _left(tabs: Sequence[Tab], cells: int, plain: bool) -> list[list[Span]]:
    """The blank before the titles, then each title as it stands."""
    gap = 1 if cells >= WIDE else 0
    found = [[Span(" ")], *(_tab(tab, plain, gap) for tab in tabs)]
    if sum(map(line_width, found)) < cells:
        return found
    # Too narrow for the edges of the titles.
    return [[Span(" ")], *([*_tab(tab, plain, 0)[1:-1], Span(" ")] for tab in tabs)]


def tab_at(tabs: Sequence[Tab], x: int, cells: int, plain: bool) -> int | None:
    """Which tab stands at column `x` of the header."""
    end = 1
    for at, spans in enumerate(_left(tabs, cells, plain)[1:]):
        begin, end = end, end + line_width(spans)
        if begin <= x < end:
            return at
    return None


def _tab(tab: Tab, plain: bool, gap: int) -> list[Span]:
    ground = "row" if tab.current else None
    before, after = ("[", "]") if tab.current and plain else (" ", " ")
    spans = [Span(before, "quiet", ground), Span(tab.title, "title" if tab.current else "quiet", ground)]
    if tab.urgent is not None:
        spans += [Span(" ", ground=ground), tab.urgent._replace(ground=ground)]
    return [*spans, Span(after, "quiet", ground), *([Span(" " * gap)] if gap else [])]


def _clock(now: datetime, zone: tzinfo, name: str) -> list[Span]:
    return [Span("   "), Span(clock(now, zone)), Span(f" {name}" if name else "", "quiet")]


class Header(Lines):
    """The header; the screen says what it shows."""

    DEFAULT_CSS = "Header { dock: top; height: 1; }"
    tabs: Sequence[Tab] = ()

    class Chosen(Message):
        """The tab at this place was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def on_click(self, event: events.Click) -> None:
        at = tab_at(self.tabs, event.x, self.size.width, palette_of(self.app).no_colour)
        if at is not None:
            self.post_message(self.Chosen(at))
