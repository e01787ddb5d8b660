"""Row 1: the screens at the left with what is urgent in them, the date and the two clocks at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from textual import events
from textual.message import Message

from workbench.i18n import _
from workbench.output.words import city, clock, long_date
from workbench.ui.text import Line, Span, line_width
from workbench.ui.theme import palette_of
from workbench.ui.widgets.lines import Lines


class Tab(NamedTuple):
    """One screen in the header: its title, whether it is shown, and its urgent number with role (`!7`)."""

    title: str
    current: bool
    urgent: Span | None = None


def header_line(
    tabs: Sequence[Tab], now: datetime, shop: tzinfo, own: tzinfo, cells: int, plain: bool, *, stuck: bool = False
) -> Line:
    """The header in `cells`; `plain` (no colour) puts the current screen in brackets. `stuck`: nothing can be saved."""
    left: list[Span] = [Span(" ")]
    for tab in tabs:
        left += _tab(tab, plain)
    wide = cells >= 110
    right = [
        Span(long_date(now.astimezone(shop).date()), "quiet"),
        *_clock(now, shop, city(shop) if wide else _("shop")),
    ]
    if now.astimezone(own).utcoffset() != now.astimezone(shop).utcoffset():
        right += _clock(now, own, city(own) if wide else _("me"))
    if stuck:
        right = [Span(_("! nothing is saved"), "late_bold")]
    room = cells - line_width(left) - 2
    if line_width(right) > room and not stuck:
        right = _clock(now, shop, "")[1:]
    return [*left, Span(" " * max(room - line_width(right), 1)), *right]


def tab_at(tabs: Sequence[Tab], x: int, plain: bool) -> int | None:
    """Which tab stands at column `x` of the header."""
    end = 1
    for at, tab in enumerate(tabs):
        begin, end = end, end + line_width(_tab(tab, plain))
        if begin <= x < end - 1:
            return at
    return None


def _tab(tab: Tab, plain: bool) -> list[Span]:
    ground = "row" if tab.current else None
    before, after = ("[", "]") if tab.current and plain else (" ", " ")
    spans = [Span(before, "quiet", ground), Span(tab.title, "title" if tab.current else "quiet", ground)]
    if tab.urgent is not None:
        spans += [Span(" ", ground=ground), tab.urgent._replace(ground=ground)]
    return [*spans, Span(after, "quiet", ground), Span(" ")]


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
        at = tab_at(self.tabs, event.x, palette_of(self.app).no_colour)
        if at is not None:
            self.post_message(self.Chosen(at))
