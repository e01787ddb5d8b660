"""What Today says, as lines: the sentence, the rest of the day, the shop, the case under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from workbench.core.agenda import Agenda, Due, Group, Telling
from workbench.core.time import due_day
from workbench.core.turns import Turn
from workbench.i18n import _, language, n_, render
from workbench.output.agenda import GROUPS, stake, when
from workbench.output.days import to_clear
from workbench.output.marks import WAITS
from workbench.output.words import amount, due_clock, due_point, group_name, in_time, point, short_date, weekday
from workbench.ui.text import Line, Span, fit, line_width, shorten, tight, width, wrap

#: A file older than this is said to be old.
OLD = timedelta(hours=12)


def sentence(agenda: Agenda, loud: bool, ship: int = 0, cells: int = 200) -> Line:
    """`2 overdue, 4 more cases today. 5 to clear, 2 left over. Next at 09:47, in 47 minutes.`

    It counts cases, and beside them the orders to `ship`. All clear is said only where nothing of any domain is left.
    Where it does not fit into `cells`, in how many minutes goes first, then when the next is, then the rest.
    """
    now, zone, upcoming = agenda.now, agenda.zone, agenda.upcoming
    late, today = agenda.count("overdue", cases=True), agenda.count("today", cases=True)
    due = upcoming.at if upcoming else None
    if agenda.clear:
        return [Span(_("All clear for today."), "title"), Span(_following(due, now, zone))]
    if late:
        more = n_(", {n} more case today.", ", {n} more cases today.", today).format(n=today)
        text = n_("{n} overdue", "{n} overdue", late).format(n=late)
        line = [
            Span(text, "late_bold" if loud else "soon_bold"),
            Span(more if today else _(", nothing more today."), "title"),
        ]
    elif today:
        line = [Span(n_("{n} due today.", "{n} due today.", today).format(n=today), "title")]
    else:
        line = [Span(_("No case is due today."), "title")]
    if ship:
        line.append(Span(" " + n_("{n} order to ship.", "{n} orders to ship.", ship).format(n=ship)))
    now_, left = agenda.count("to_clear", cases=True), agenda.count("left_over", cases=True)
    if text := to_clear(now_, left):
        line.append(Span(" " + text))
    if due is not None and due_day(due, zone) == now.astimezone(zone).date():
        time = due_clock(due, zone)
        for text in (_(" Next at {time}, {left}.").format(time=time, left=in_time(due - now)),
                     _(" Next at {time}.").format(time=time)):  # fmt: skip
            if line_width(tight([*line, Span(text)])) <= cells:
                return [*line, Span(text)]
    while len(line) > 2 and line_width(tight(line)) > cells:  # what is late and due today is said in any width
        line.pop()
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


def waiting_line(turns: Mapping[Turn, int], later: Sequence[Due], zone: tzinfo) -> Line:
    """The waiting cases as one line of the agenda, and how many lines are `later` than those that are listed."""
    line = [Span("  " + fit(group_name("waiting" if turns else "later"), _margin() + 1), "quiet")]
    if turns:
        line.append(Span(f"{WAITS} {sum(turns.values())}   {waiting(turns)}", "quiet"))
    if later and later[0].at is not None:
        day = due_day(later[0].at, zone)
        text = _("later: {n} from {day} on") if turns else _("{n} from {day} on")
        gap = "     " if turns else ""
        line.append(Span(gap + text.format(n=len(later), day=f"{weekday(day)} {short_date(day)}"), "quiet"))
    return line


def folded(agenda: Agenda, hidden: Sequence[Due], turns: Mapping[Turn, int], cells: int) -> list[Line]:
    """What is not listed when narrow: `and 12 more` of today, what is to clear with the first of it, then the rest."""
    sizes = Counter(agenda.group(due) for due in hidden)
    lines: list[Line] = []
    if pressing := sizes["overdue"] + sizes["today"]:
        text = n_("and {n} more", "and {n} more", pressing).format(n=pressing)
        lines.append([Span(" " * (_margin() + 3)), Span(text, "quiet")])
    clear = [due for due in hidden if agenda.group(due) == "to_clear"]
    if clear:
        told = clear[0].tell()
        first = _("first {point} {what}").format(
            point=when(clear[0], agenda.now, agenda.zone), what=f"{render(told.what)} {told.thing or told.name}"
        )
        n = len(clear)
        text = n_("{n} more", "{n} more", n).format(n=n)
        lines.append(_fold(render(GROUPS["to_clear"]), [Span(text), Span(f"   {first}", "quiet")], cells))
    texts: dict[Group, str] = {
        "left_over": _("{n} left over"), "ask": _("? {n} to answer"), "tomorrow": _("{n} tomorrow"),
        "later": _("{n} later"), "no_date": _("{n} without a date"), "asleep": _("{n} snoozed"),
    }  # fmt: skip
    # Of those who wait the sum stands in for their names; what has no room at all is not told, for none is cut.
    found = [(text.format(n=sizes[group]),) for group, text in texts.items() if sizes[group]]
    names = (_("waiting: {turns}").format(turns=waiting(turns)), f"{WAITS} {sum(turns.values())}") if turns else ()
    line = _fold(_("Then"), [], cells)
    for forms in (*found, names):
        room = cells - 1 - line_width(line)
        text = next((form for form in forms if width(form) <= room), "")
        line = [*line, Span(text, "quiet" if forms is names else "text"), Span("   ")] if text else line
    return [*lines, line] if found or names else lines


def _margin() -> int:
    return 8 if language() == "zh" else 10


def _fold(name: str, line: Line, cells: int) -> Line:
    return shorten([Span("  " + fit(name, _margin() + 1), "quiet"), *line], cells - 1)


def consequence(due: Due, told: Telling, now: datetime) -> str:
    """What follows if nothing is done, or may have followed."""
    saying = told.too_late if due.late(now) and told.too_late is not None else told.otherwise
    if saying is not None:
        return render(saying)
    return _("No deadline is known for this stage. Look in Seller Center and set one.") if due.at is None else ""


def strip_lines(due: Due, group: Group, now: datetime, zone: tzinfo, cells: int, rows: int) -> list[Line]:
    """The line under the cursor in so many rows, five at least: what, what if not, the words, as far as they fit."""
    told = due.tell()
    parts = [
        Span(render(told.what), "title"), Span(told.thing), Span(told.name if told.name != told.thing else "", "quiet"),
        Span(stake(told)), Span("" if told.worth is None else amount(told.worth)),
        Span(told.ref if told.ref != told.thing else "", "quiet"),
    ]  # fmt: skip
    first: list[Span] = []
    for part in parts:
        if part.text:
            first += [Span("   " if first else "  "), part]
    what = [Span("  ")]
    if group == "left_over" and due.goal_at is not None:
        text = _("Left over since {point}.").format(point=due_point(due.goal_at, now, zone))
        what.append(Span(text + " ", "soon"))
    what.append(Span(consequence(due, told, now)))
    since = "" if told.since is None else _("since {point}").format(point=point(told.since, now, zone))
    rest = [Span(text, "quiet") for text in (told.by, told.reason, since) if text]
    words = _('"{words}"').format(words=told.words) if told.words else ""
    wrapped = wrap(words, cells - 4)[: max(rows - 5, 1)] if words else []
    found: list[Line] = [[], shorten(first, cells - 2), shorten(what, cells - 2)]
    joined = len(wrapped) <= 1
    last: list[Span] = []
    for part in (*(Span(row) for row in wrapped if joined), *rest):
        last += [Span("   " if last else "  "), part]
    if not joined:
        found += [[Span("  "), Span(row)] for row in wrapped]
    return [*found, shorten(last, cells - 2), []]
