"""How the days went and what is due by routine, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from workbench.i18n import _, n_

if TYPE_CHECKING:
    from workbench.core.tickets.days import Cleared, Days, OnTime


def cleared(count: Cleared) -> str:
    """`9 cleared, 1 late`."""
    text = n_("{n} cleared", "{n} cleared", count.count).format(n=count.count)
    if not count.late:
        return text
    return text + _(", ") + n_("{n} late", "{n} late", count.late).format(n=count.late)


def evenings(days: Days) -> str:
    """`6 evenings at zero`: in a row, with nothing overdue; empty where nothing is known."""
    n = days.evenings
    if n is None:
        return ""
    if days.at_least and n:
        return n_("at least {n} evening at zero", "at least {n} evenings at zero", n).format(n=n)
    return n_("{n} evening at zero", "{n} evenings at zero", n).format(n=n)


def on_time(rate: OnTime | None) -> str:
    """`96% in time this month, 2 more may be late`; rounded down."""
    if rate is None:
        return _("no data")
    text = _("{percent}% in time this month").format(percent=100 * rate.in_time // rate.total) + _(", ")
    if rate.needed is None:
        return text + _("{percent}% is out of reach").format(percent=rate.percent)
    if n := rate.needed:
        return text + n_(
            "{n} in time brings it back to {percent}%", "{n} in time bring it back to {percent}%", n
        ).format(n=n, percent=rate.percent)
    n = rate.misses_left
    if n == 0:
        return text + _("none may be late")
    return text + n_("{n} more may be late", "{n} more may be late", n).format(n=n)


def to_clear(now: int, left: int) -> str:
    """`5 to clear, 2 left over.`: what is to be cleared today, and of days before; empty where nothing is."""
    parts = [n_("{n} to clear", "{n} to clear", now).format(n=now)] if now else []
    if left:
        parts.append(n_("{n} left over", "{n} left over", left).format(n=left))
    return _(", ").join(parts) + _(".") if parts else ""


def lines(days: Days, routines: Iterable[str]) -> Iterator[str]:
    """The end of the brief: yesterday, today, the month, and the routines by name that are due."""
    if days.yesterday is not None:
        yield _("Yesterday: {text}").format(text=cleared(days.yesterday))
    parts = (cleared(days.today), evenings(days))
    yield _("Today: {text}").format(text=_(", ").join(part for part in parts if part))
    yield _("On time: {text}").format(text=on_time(days.month))
    if names := _(", ").join(routines):
        yield _("Routines: {names}").format(names=names)
