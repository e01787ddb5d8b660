"""If the seller is away until an instant: what lapses and what avoids it, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any

from workbench.core.away import Away, Lapse, Way
from workbench.core.saying import Saying, say
from workbench.core.tickets.model import Money, Ticket
from workbench.core.time import iso
from workbench.i18n import _, n_, render
from workbench.output.cells import clean, cut
from workbench.output.json import money
from workbench.output.tickets.table import table
from workbench.output.words import amount, full_due, full_point, long_date, thing, todo

#: The seller's own actions, as something to be done; `appeal` is the one of a violation.
_DO: dict[str, Saying] = {
    "approve": say("approve"), "reject": say("reject"), "prove": say("send the proof"), "accept": say("accept"),
    "sent": say("send it"), "file": say("file the appeal"), "waive": say("let it go"), "answer": say("answer"),
    "set": say("look up its stage"), "appeal": say("file the appeal"),
}  # fmt: skip


def document(found: Away, zone: tzinfo) -> dict[str, Any]:
    """The interface's own shape; `ways`, `unavoidable`, `no_deadline` and `waiting` beside what it promises."""
    return {
        "until": iso(found.until, zone),
        "lapses": [
            {
                "id": lapse.ref,
                "due_at": iso(lapse.due_at, zone),
                "due_kind": lapse.due_kind,
                "on_timeout": lapse.on_timeout,
                "money": money(lapse.money),
                "points": lapse.points,
            }
            for lapse in found.lapses
        ],
        "avoid": [{"id": lapse.ref, "actions": lapse.actions, "ways": lapse.ways} for lapse in found.avoidable],
        "money": [money(each) for each in _sums(found)],
        "points": found.points,
        "unavoidable": [lapse.ref for lapse in found.lost],
        "no_deadline": [ticket.ref for ticket in found.unknown],
        "waiting": found.waiting,
    }


def lines(found: Away, now: datetime, zone: tzinfo) -> Iterator[str]:
    """What lapses, what to do before leaving, and what nobody can know."""
    yield sentence(found, zone)
    if found.lapses:
        yield ""
        heads = (_("id"), _("due"), _("to do"), _("SKU"), _("at stake"), _("do before leaving"))
        yield from table(heads, [_row(lapse, now, zone) for lapse in found.lapses])
        yield ""
    yield from remarks(found)


def remarks(found: Away) -> Iterator[str]:
    """The smallest set of actions, and what nobody can know."""
    if n := sum(len(lapse.actions) for lapse in found.avoidable):
        yield n_("{n} action before leaving avoids it.", "{n} actions before leaving avoid it.", n).format(n=n)
    if found.lost:
        yield _("Acting now does not help: {ids}").format(ids=_(", ").join(lapse.ref for lapse in found.lost))
    if found.unknown:
        names = _(", ").join(ticket.ref for ticket in found.unknown)
        yield _("No deadline is known, look in Seller Center: {ids}").format(ids=names)
    if n := found.waiting:
        yield n_(
            "{n} case waits for others. What comes back in the meantime is not foreseen here.",
            "{n} cases wait for others. What comes back in the meantime is not foreseen here.",
            n,
        ).format(n=n)


def sentence(found: Away, zone: tzinfo) -> str:
    """What lapses, with money and points."""
    until = _until(found.until, zone)
    n = len(found.lapses)
    if not n:
        return _("Away until {until}: nothing lapses.").format(until=until)
    text = n_("Away until {until}: {n} lapses", "Away until {until}: {n} lapse", n).format(until=until, n=n)
    points = n_("{n} point", "{n} points", found.points).format(n=found.points) if found.points else ""
    parts = (text, *(amount(each) for each in _sums(found)), points)
    return _(", ").join(part for part in parts if part) + _(".")


def _until(until: datetime, zone: tzinfo) -> str:
    """Of a midnight the day before it, at whose end it is."""
    local = until.astimezone(zone)
    if local.hour or local.minute or local.second:
        return full_point(until, zone)
    return _("the end of {day}").format(day=long_date((local - timedelta(seconds=1)).date()))


def _sums(found: Away) -> list[Money]:
    return [Money(value, currency) for currency, value in found.money.items()]


def _row(lapse: Lapse, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    subject = lapse.subject
    due = full_due(lapse.due_at, zone)
    late = "! " if lapse.due_at <= now else ""
    if isinstance(subject, Ticket):
        what, name, stake = todo(subject), cut(clean(thing(subject)), 24), amount(lapse.money)
    else:
        what, name = _("Appeal violation"), cut(clean(subject.reason or ""), 24)
        stake = n_("{n} point", "{n} points", subject.points).format(n=subject.points)
    return lapse.ref, late + due, what, name, stake, ways(lapse)


def ways(lapse: Lapse) -> str:
    """What avoids it: `approve or reject`; empty where nothing does."""
    return _(" or ").join(_way(way) for way in lapse.ways)


def _way(way: Way) -> str:
    return _(" and ").join(render(_DO[name]) for name in way)
