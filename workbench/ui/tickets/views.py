"""The line above the list: the saved views on digits with their counts, or the filter in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.config import Settings
from workbench.i18n import _, pick
from workbench.ui.text import Line, Span, line_width, shorten


class Saved(NamedTuple):
    """A saved view: the digit that opens it, its name in the language of the moment, its filter."""

    digit: int
    name: str
    expression: str


def saved_views(settings: Settings) -> list[Saved]:
    """All, and the seller's own views."""
    own = [Saved(view.digit, pick(view.name), view.filter) for view in settings.views]
    return [Saved(0, _("All"), ""), *sorted(own)]


def views_line(views: Sequence[Saved], counts: Mapping[int, int], current: int | None, cells: int) -> Line:
    """`0 All 19   1 Mine 13`, the current one with accent digit and strong name, and always shown. Of the others
    those are left out, from the right, for which there is no room: their digits stand there alone."""
    parts = [_part(view, counts, view.digit == current) for view in views]
    for shown in range(len(views), -1, -1):
        line: list[Span] = [Span(" ")]
        for at, (view, part) in enumerate(zip(views, parts, strict=True)):
            if at < shown or view.digit == current:
                line += [Span("   " if len(line) > 1 else " "), *part]
            else:
                line.append(Span(("   " if at == shown else " ") + str(view.digit), "faint"))
        if line_width(line) <= cells - 1:
            return line
    alone = [part for view, part in zip(views, parts, strict=True) if view.digit == current]
    return shorten([Span("  "), *(span for part in alone for span in part)], cells - 1)


def _part(view: Saved, counts: Mapping[int, int], here: bool) -> Line:
    number = f" {counts[view.digit]}" if view.digit in counts else ""
    return [
        Span(str(view.digit), "accent_bold" if here else "faint"),
        Span(f" {view.name}", "title" if here else "quiet"),
        Span(number, "quiet" if here else "faint"),
    ]
