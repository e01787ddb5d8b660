"""What Today says of the shop as facts: points, appeals, what rises, routines, how the days went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbench.core.tickets.model import Ticket
from workbench.i18n import _, n_, pick
from workbench.output.days import cleared, evenings, on_time
from workbench.output.words import short_date, thing
from workbench.session.routines.desk import Routine
from workbench.ui.text import Line, Span, cut, wrap
from workbench.ui.today.facts import Fact

if TYPE_CHECKING:
    from workbench.core.days import Days
    from workbench.core.issues.names import TypeBook
    from workbench.core.issues.week import Rise

#: How many of each are named.
_RISING, _STILL_OPEN = 3, 3


class Log(NamedTuple):
    """Yesterday in the evening log: how many issues, and what is normal for a day."""

    issues: int
    normal: int | None


def still_open(tickets: Sequence[Ticket]) -> Iterator[Fact]:
    """What was closed here but is still open on the platform."""
    for at, ticket in enumerate(tickets[:_STILL_OPEN]):
        line: Line = [Span(ticket.ref, "soon"), Span(f"  {cut(thing(ticket), 14)}", "text")]
        last = at == min(len(tickets), _STILL_OPEN) - 1
        more = len(tickets) - _STILL_OPEN
        tail = [Span(_("closed here only"), "quiet")] if last else []
        if last and more > 0:
            tail = [Span(_("{n} more").format(n=more) + "  ", "quiet"), *tail]
        yield Fact(_("Still open"), f"ticket:{ticket.id}", line, [tail] if tail else (), tail)


def rising(rises: Sequence[Rise], types: TypeBook) -> Iterator[Fact]:
    """`PANTS-BLK-L size +3`: the change against the seven days before; where it is no more than then, the number."""
    from workbench.output.issues.report import change
    from workbench.ui.issues.lines import short_word

    for rise in rises[:_RISING]:
        number = change(rise.change) if rise.change > 0 else f"x{rise.count}"
        words = Span(f"{cut(rise.sku, 20)} {short_word(types, rise.type)} ")
        yield Fact(_("Rising"), "week", [words, Span(number, "soon_bold")])


def routines(all: Sequence[Routine], cells: int, wide: bool) -> Iterator[Fact]:
    """Each with whether it is done; so many cells are for a row of its own."""
    for routine in all:
        role = "text" if routine.due else "quiet"
        text = pick(routine.name)
        if routine.rules_age is not None and wide:
            text = _("{name} ({n} days old)").format(name=text, n=routine.rules_age)
        rows = wrap(text, cells - 4) if wide else [text]
        first = [Span("[ ] " if routine.due else "[\u2713] ", role), Span(rows[0], role)]
        more = [[Span(f"    {row}", role)] for row in rows[1:]]
        yield Fact(_("Routines"), f"routine:{routine.id}", first, more, done=not routine.due)


def past(days: Days | None, log: Log | None, cells: int, wide: bool) -> Iterator[Fact]:
    """Yesterday against a normal day, what was cleared, the month's rate; empty until it is reckoned."""
    found: list[Line] = []
    if log is not None:
        issues = n_("{n} issue", "{n} issues", log.issues).format(n=log.issues)
        normal = _(", {n} is normal").format(n=log.normal) if log.normal is not None else ""
        found.append([Span(issues), Span(normal, "quiet")])
    if days is not None and days.yesterday is not None:
        found.append([Span(cleared(days.yesterday))])
    if found:
        yield Fact(_("Yesterday"), "day" if log else "closed", found[0], found[1:], found[1] if found[1:] else ())
    if days is None:
        return
    streak = [Span(evenings(days), "quiet")] if evenings(days) else []
    n = days.today.count
    today = [Span(n_("{n} today", "{n} today", n).format(n=n))]
    yield Fact(_("Cleared"), "closed", today, [streak] if streak else (), streak)
    short = days.month is not None and days.month.needed != 0
    role = "soon" if short else "text" if days.month is not None else "quiet"
    rows = wrap(on_time(days.month), cells) if wide else [on_time(days.month)]
    yield Fact(_("On time"), "closed", [Span(rows[0], role)], [[Span(row, role)] for row in rows[1:]])


def done_until(routine: Routine) -> str:
    """When a routine that is done is due again."""
    return _('"{name}" is done; it comes up again on {day}.').format(
        name=pick(routine.name), day=short_date(routine.next)
    )
