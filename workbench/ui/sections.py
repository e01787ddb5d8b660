"""The sections of a detail: their labels in a grey margin, so that all content begins at the same column."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.i18n import language
from workbench.ui.text import Line, Span, fit


def margin() -> int:
    """The cells of a label in the language of the moment."""
    return 9 if language() == "zh" else 10


def section(label: str, lines: Sequence[Line], cells: int | None = None) -> list[Line]:
    """Lines with their label before the first; `cells` where the margin is another one."""
    room = margin() if cells is None else cells
    return [[Span("  " + fit(label if at == 0 else "", room), "quiet"), *line] for at, line in enumerate(lines)]
