"""The sections of a detail: their labels in a grey margin, so that all content begins at the same column."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.i18n import language
from workbench.output.reasons import WhyLine
from workbench.ui.text import Line, Span, fit, width, wrap

#: The fewest cells that are left for the words beside a time.
_NARROWEST = 12


def margin() -> int:
    """The cells of a label in the language of the moment."""
    return 9 if language() == "zh" else 10


def section(label: str, lines: Sequence[Line], cells: int | None = None) -> list[Line]:
    """Lines with their label before the first; `cells` where the margin is another one."""
    room = margin() if cells is None else cells
    return [[Span("  " + fit(label if at == 0 else "", room), "quiet"), *line] for at, line in enumerate(lines)]


def summed(found: Sequence[WhyLine], cells: int) -> list[Line]:
    """Start, plus, result in two columns of `cells`: a time is never cut, what is at its right wraps."""
    # What has nothing at its right, such as the days that do not count in a week of holidays, takes the whole row.
    room = min(max((width(line.left) for line in found if line.right), default=0) + 2, cells - _NARROWEST)
    lines: list[Line] = []
    for line in found:
        if not line.right:
            lines += [[Span(text)] for text in wrap(line.left, cells)]
            continue
        role, left = "strong" if line.strong else "text", line.left
        if width(left) >= room:
            lines.append([Span(left, role)])
            left = ""
        for text in wrap(line.right, cells - room):
            lines.append([Span(fit(left, room), role), Span(text, "quiet")])
            left = ""
    return lines
