"""What Today says, as lines: the sentence, the rest of the day, the shop, the case under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import Turn
from workbench.core.time import due_day
from workbench.i18n import _, language, n_
from workbench.output.words import Group, amount, due_clock, due_point, group_name, in_time, point, todo
from workbench.ui.text import Line, Span, line_width, shorten, width

#: A file older than this is said to be old.
OLD = timedelta(hours=12)


def sentence(sizes: Mapping[Group, int], upcoming: Ticket | None, loud: bool, now: datetime, zone: tzinfo) -> Line:
    """`2 overdue, 5 more today. Next at 09:47, in 47 minutes.`"""
    late, today = sizes.get("overdue", 0), sizes.get("today", 0)
    due = upcoming.deadline.at if upcoming else None
    if late:
        more = _(", {n} more today.").format(n=today) if today else _(", nothing more today.")
        text = n_("{n} overdue", "{n} overdue", late).format(n=late)
        line = [Span(text, "late_bold" if loud else "soon_bold"), Span(more, "title")]
    elif today:
        line = [Span(n_("{n} due today.", "{n} due today.", today).format(n=today), "title")]
    else:
        return [Span(_("All clear for today."), "title"), Span(_following(due, now, zone))]
    if due is not None and today:
        line.append(Span(_(" Next at {time}, {left}.").format(time=due_clock(due, zone), left=in_time(due - now))))
    return line


def _following(due: datetime | None, now: datetime, zone: tzinfo) -> str:
    if due is None:
        return _(" Nothing is due.")
    day, today = due_day(due, zone), now.astimezone(zone).date()
    if (day - today).days == 1:
        return _(" Next is tomorrow at {time}.").format(time=due_clock(due, zone))
    return _(" Next is {point}.").format(point=due_point(due, now, zone))


def freshness(as_of: datetime | None, now: datetime, zone: tzinfo) -> Line:
    """`Data of 08:52`, in grey; `Last import Sun 09:12.`, in amber, where the newest file is old."""
    if as_of is None:
        return []
    when = point(as_of, now, zone)
    if now - as_of > OLD:
        return [Span("   " + _("Last import {point}.").format(point=when), "soon")]
    return [Span("   " + _("Data of {point}.").format(point=when), "quiet")]


def with_freshness(sentence: Line, fresh: Line, cells: int) -> Line:
    """Both in so many cells: old data is said at the cost of what comes next, grey only where there is room."""
    if line_width([*sentence, *fresh]) <= cells or not fresh:
        return [*sentence, *fresh]
    return [*sentence[:-1], *fresh] if fresh[0].role == "soon" and len(sentence) > 1 else sentence


def waiting(turns: Mapping[Turn, int]) -> str:
    """`buyer 3, carrier 2, platform 1`"""
    names: dict[Turn, str] = {"buyer": _("buyer"), "carrier": _("carrier"), "platform": _("platform")}
    return _(", ").join(f"{name} {turns[turn]}" for turn, name in names.items() if turns.get(turn))


def turns_of(tickets: Sequence[Ticket]) -> Counter[Turn]:
    """How many cases wait for whom."""
    return Counter(ticket.turn for ticket in tickets if ticket.turn not in (None, "seller"))


def waiting_line(turns: Mapping[Turn, int]) -> Line:
    """The waiting cases as one line of the agenda."""
    margin = 8 if language() == "zh" else 10
    name = group_name("waiting")
    left = Span("  " + name + " " * (margin + 1 - width(name)), "quiet")
    return [left, Span(f"\u25e6 {sum(turns.values())}   {waiting(turns)}", "quiet")]


def then_line(sizes: Mapping[Group, int], turns: Mapping[Turn, int], hidden: int, cells: int) -> list[Line]:
    """What is not listed when narrow: `and 12 more`, then tomorrow, later and waiting in one line."""
    margin = 9 if language() == "zh" else 11
    blank = " " * (margin + 2)
    lines: list[Line] = []
    if hidden:
        lines.append([Span(blank + n_("and {n} more", "and {n} more", hidden).format(n=hidden), "quiet")])
    texts: dict[Group, str] = {
        "tomorrow": _("{n} tomorrow"), "later": _("{n} later"), "no_date": _("{n} without a date"),
        "snoozed": _("{n} snoozed"),
    }  # fmt: skip
    found = [Span(text.format(n=sizes[group]) + "    ") for group, text in texts.items() if sizes.get(group)]
    if turns:
        found.append(Span(_("waiting: {turns}").format(turns=waiting(turns)), "quiet"))
    if found:
        label = _("Then")
        lines.append(shorten([Span("  " + label + " " * (margin - width(label)), "quiet"), *found], cells - 1))
    return lines


def strip_lines(ticket: Ticket, what: str, now: datetime, zone: tzinfo, cells: int) -> list[Line]:
    """The case under the cursor in five rows."""
    parts = [
        Span(todo(ticket), "title"), Span(ticket.sku or ""), Span(ticket.product or "", "quiet"),
        Span(amount(ticket.money)), Span(ticket.ref, "quiet"),
    ]  # fmt: skip
    first: list[Span] = []
    for part in parts:
        if part.text:
            first += [Span("   " if first else "  "), part]
    words = [Span(_('"{words}"').format(words=ticket.words))] if ticket.words else []
    since = _("since {point}").format(point=point(ticket.stage_since, now, zone))
    rest = [Span(text, "quiet") for text in (ticket.buyer, ticket.reason, since) if text]
    third: list[Span] = []
    for part in (*words, *rest):
        third += [Span("   " if third else "  "), part]
    return [[], shorten(first, cells - 2), shorten([Span(f"  {what}")], cells - 2), shorten(third, cells - 2), []]
