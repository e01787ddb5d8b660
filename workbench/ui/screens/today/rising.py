"""What rises in the log, on Today: `PANTS-BLK-L size +3    LAMP-WHT damaged +2`."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.issues.names import TypeBook
from workbench.core.issues.week import Rise
from workbench.i18n import _, language
from workbench.output.report import change
from workbench.session import Session
from workbench.ui.screens.log.lines import short_word
from workbench.ui.text import Line, Span, cut, shorten, width

#: How many are named.
_NAMED_WIDE, _NAMED_NARROW = 3, 3
_MARGIN = 11


def beside(rises: Sequence[Rise], session: Session, cells: int) -> list[Line]:
    """A row for each at the right of the agenda, and an empty one behind them."""
    lines = [
        [_label("" if at else _("Rising"), _MARGIN), *shorten(_named(rise, session.log.types), cells - _MARGIN - 2)]
        for at, rise in enumerate(rises[:_NAMED_WIDE])
    ]
    return [*lines, []] if lines else []


def below(rises: Sequence[Rise], session: Session, cells: int) -> list[Line]:
    """All in one line below the agenda."""
    if not rises:
        return []
    line: list[Span] = [Span("  "), _label(_("Rising"), 9 if language() == "zh" else _MARGIN)]
    for at, rise in enumerate(rises[:_NAMED_NARROW]):
        line += [Span("    " if at else ""), *_named(rise, session.log.types)]
    return [shorten(line, cells - 1)]


def _label(label: str, margin: int) -> Span:
    return Span(label + " " * (margin - width(label)), "quiet")


def _named(rise: Rise, types: TypeBook) -> list[Span]:
    """The change against the seven days before; where it is no more than then, the number itself."""
    number = change(rise.change) if rise.change > 0 else f"x{rise.count}"
    return [Span(f"{cut(rise.sku, 20)} {short_word(types, rise.type)} "), Span(number, "soon_bold")]
