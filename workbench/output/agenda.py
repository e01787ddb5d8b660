"""The lines of the agenda in words, of whatever domain they are, and as a plain table for the verbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from workbench.core.agenda import Agenda, Due, Group, Telling
from workbench.core.saying import Saying, say
from workbench.i18n import _, p_, render
from workbench.output.cells import clean, cut
from workbench.output.marks import LATE
from workbench.output.words import amount, countdown, due_point, point

GROUPS: dict[Group, Saying] = {
    "overdue": say("Overdue"), "today": say("Today"), "left_over": say("Left over"), "to_clear": say("To clear"),
    "ask": say("Questions"), "tomorrow": say("Tomorrow"), "no_date": say("No date"), "later": say("Later"),
    "asleep": say("Snoozed"), "waiting": say("Waiting"),
}  # fmt: skip


def left(due: Due, now: datetime) -> str:
    """The countdown; `now` where it may be past and may not. Empty where there is none, and of a question."""
    if due.at is None or due.asks_since is not None:
        return ""
    return _("now") if due.late_from is not None and due.at <= now < due.late_from else countdown(due.at - now)


def when(due: Due, now: datetime, zone: tzinfo) -> str:
    """By when; of a question, since when."""
    if due.asks_since is not None:
        said, blank, minute = point(due.asks_since, now, zone).partition(" ")
        if ":" in said:
            return _("today")
        # Of a day far away there is no minute, and the word has no room.
        return _("since {point}").format(point=said) if ":" in minute else said + blank + minute
    return due_point(due.at, now, zone) if due.at else ""


def headline(due: Due, now: datetime, zone: tzinfo) -> str:
    """What by when: `Decide refund by 09:47`."""
    what = clean(render(due.tell().what))
    if due.at is None or due.asks_since is not None:
        return what
    return _("{todo} by {point}").format(todo=what, point=due_point(due.at, now, zone))


def stake(told: Telling) -> str:
    """What is at stake: the money, else what stands in its place."""
    return amount(told.money) if told.money is not None else render(told.stake) if told.stake is not None else ""


def agenda_table(agenda: Agenda, dues: Sequence[Due], *, to_terminal: bool) -> Iterator[str]:
    """These lines as a table: id, group, time left, due, to do, what it is about, what is at stake, the words."""
    from workbench.output.tickets.table import line_limit, table

    heads: tuple[str, ...] = (
        _("id"), _("when"), p_("time", "left"), _("due"), _("to do"), _("about"), _("amount"), _("words"),
    )  # fmt: skip
    rows = [_row(due, agenda) for due in dues]
    limit = line_limit(to_terminal)
    if limit is not None and limit < 110:
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    return table(heads, rows, frozenset((2, 3, 6)), limit)


def _row(due: Due, agenda: Agenda) -> tuple[str, ...]:
    told, group = due.tell(), agenda.group(due)
    return (
        clean(told.ref),
        (f"{LATE} " if group == "overdue" else "") + render(GROUPS[group]),
        left(due, agenda.now),
        when(due, agenda.now, agenda.zone),
        clean(render(told.what)),
        cut(clean(told.thing or told.name), 24),
        stake(told),
        cut(clean(told.words or told.reason), 60),
    )
