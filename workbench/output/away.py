"""If the seller is away until an instant: what lapses and what avoids it, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from workbench.core.agenda import Telling, Way
from workbench.core.away import Away, Lapse
from workbench.core.saying import Saying, say
from workbench.core.time import iso
from workbench.i18n import _, n_, render
from workbench.output.agenda import stake
from workbench.output.cells import clean, cut
from workbench.output.json import money
from workbench.output.tickets.table import table
from workbench.output.words import amount, full_due, full_point, long_date

#: The seller's own actions, as something to be done; `appeal` is the one of a violation.
_DO: dict[str, Saying] = {
    "approve": say("approve"), "reject": say("reject"), "prove": say("send the proof"), "accept": say("accept"),
    "sent": say("send it"), "file": say("file the appeal"), "waive": say("let it go"), "answer": say("answer"),
    "contacted": say("write to the buyer"), "report": say("report it"),
    "cannot_ship": say("cancel it"), "set": say("look up its stage"), "appeal": say("file the appeal"),
}  # fmt: skip


def document(found: Away, zone: tzinfo) -> dict[str, Any]:
    """The interface's own shape; `ways`, `unavoidable`, `no_deadline` and `waiting` beside what it promises."""
    return {
        "until": iso(found.until, zone),
        "lapses": [
            {
                "id": lapse.ref,
                "due_at": iso(lapse.due_at, zone),
                "due_kind": lapse.due.kind,
                "on_timeout": lapse.told.on_timeout,
                "money": money(lapse.told.money),
                "points": lapse.told.points,
            }
            for lapse in found.lapses
        ],
        "avoid": [{"id": lapse.ref, "actions": lapse.actions, "ways": lapse.ways} for lapse in found.avoidable],
        "money": [money(each) for each in found.money],
        "points": found.points,
        "unavoidable": [lapse.ref for lapse in found.lost],
        "no_deadline": [told.ref for told in found.unknown],
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
        names = _(", ").join(told.ref for told in found.unknown)
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
    parts = (text, *(amount(each) for each in found.money), points)
    return _(", ").join(part for part in parts if part) + _(".")


def _until(until: datetime, zone: tzinfo) -> str:
    """When the seller is back; a day alone is its 00:00."""
    local = until.astimezone(zone)
    if local.hour or local.minute or local.second:
        return full_point(until, zone)
    return long_date(local.date())


def _row(lapse: Lapse, now: datetime, zone: tzinfo) -> tuple[str, ...]:
    due = full_due(lapse.due_at, zone)
    late = "! " if lapse.due_at <= now else ""
    return (
        lapse.ref,
        late + due,
        render(lapse.told.what),
        cut(clean(about(lapse.told)), 24),
        stake(lapse.told),
        ways(lapse),
    )


def about(told: Telling) -> str:
    """What it is about, in one cell; unsafe to print as it is."""
    return told.thing if told.thing != told.ref else told.reason


def ways(lapse: Lapse) -> str:
    """What avoids it: `approve or reject`; empty where nothing does."""
    return _(" or ").join(_way(way) for way in lapse.ways)


def _way(way: Way) -> str:
    return _(" and ").join(render(_DO[name]) for name in way)
