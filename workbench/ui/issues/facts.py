"""What the log says on Today: what rises, and yesterday against a normal day. Without a log it is not even loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from workbench.core.place import Place
from workbench.i18n import _, n_
from workbench.session.issues import ISSUES
from workbench.ui.room import Fact, Glance
from workbench.ui.text import Span, cut

#: How many of what rises are named.
_RISING = 3


def facts(glance: Glance) -> Iterator[Fact]:
    """Both, as far as there is a log."""
    if glance.session.store.table(ISSUES):
        yield from _rising(glance)
        yield from _yesterday(glance)


def _rising(glance: Glance) -> Iterator[Fact]:
    """`PANTS-BLK-L size +3`: the change against the seven days before; where it is no more than then, the number."""
    from workbench.output.issues.report import change
    from workbench.ui.issues.lines import short_word

    types = glance.session.log.types
    for rise in glance.board.brief.rising[:_RISING]:
        number = change(rise.change) if rise.change > 0 else f"x{rise.count}"
        words = Span(f"{cut(rise.sku, 20)} {short_word(types, rise.type)} ")
        yield Fact(40, _("Rising"), Place("issues", "week"), [words, Span(number, "soon_bold")])


def _yesterday(glance: Glance) -> Iterator[Fact]:
    """How many issues, and what is normal for a day; nothing where nothing was logged for it."""
    log = glance.session.log
    yesterday = log.today - timedelta(days=1)
    tally = log.tally(yesterday)
    if tally.logged(yesterday):
        n, usual = tally.counts(yesterday).total(), log.normal()
        normal = _(", {n} is normal").format(n=usual) if usual is not None else ""
        issues = n_("{n} issue", "{n} issues", n).format(n=n)
        yield Fact(60, _("Yesterday"), Place("issues", "day"), [Span(issues), Span(normal, "quiet")])
