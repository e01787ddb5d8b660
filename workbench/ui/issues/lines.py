"""What the Log says of a day, as lines: the sentence, the clock, the days before, the last seven days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from workbench.core.issues.model import Pair
from workbench.core.issues.names import TypeBook
from workbench.core.issues.tally import Tally
from workbench.core.saying import say
from workbench.i18n import _, language, n_, render
from workbench.output.issues.report import change
from workbench.session.issues.desk import EVENING_TIME
from workbench.ui.text import Line, Span, cut, fit, shorten

_WEEKDAYS = (
    say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"), say("Sunday"),
)  # fmt: skip
#: How far back the days before today are summed up, and what a week is compared over.
BEFORE = timedelta(days=7)


def margin() -> int:
    """The cells of the margin in which days stand."""
    return 8 if language() == "zh" else 11


def sentence(count: int, none: bool, normal: int | None, streak: int, logged: bool) -> Line:
    """`6 issues today, 7 is normal. 13th evening in a row.`"""
    if count:
        first = n_("{n} issue today", "{n} issues today", count).format(n=count)
    else:
        first = _("Nothing wrong today") if none else _("No issues yet today")
    usual = _("{first}.") if normal is None else _("{first}, {normal} is normal.")
    line = [Span(usual.format(first=first, normal=normal), "title")]
    if streak > 1 and logged:
        line.append(Span(_(" {nth} evening in a row.").format(nth=_ordinal(streak))))
    elif streak > 1:
        line.append(Span(n_(" {n} evening in a row.", " {n} evenings in a row.", streak).format(n=streak)))
    return line


def _ordinal(n: int) -> str:
    if language() != "en":
        return str(n)
    return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def evening_clock(spent: timedelta) -> Line:
    """`11 of 15 min left`; it never turns red."""
    return minutes_left(spent, EVENING_TIME)


def minutes_left(spent: timedelta, whole: timedelta) -> Line:
    """The clock of a time that one gives oneself."""
    of = whole // timedelta(minutes=1)
    left = of - spent // timedelta(minutes=1)
    if left <= 0:
        return [Span(n_("{n} minute: enough for today.", "{n} minutes: enough for today.", of).format(n=of), "quiet")]
    before, after = _("{left} of {n} min left").format(left="\0", n=of).split("\0")
    return [*([Span(before, "quiet")] if before else []), Span(str(left)), Span(after, "quiet")]


def days_before(tally: Tally, today: date, types: TypeBook, cells: int) -> list[Line]:
    """`Monday     11 issues, 3 of them PANTS-BLK-L size`, a line for each day that was logged."""
    lines: list[Line] = []
    for ago in range(1, BEFORE.days):
        day = today - timedelta(days=ago)
        if tally.logged(day):
            name = "  " + fit(render(_WEEKDAYS[day.weekday()]), margin())
            lines.append(shorten([Span(name, "quiet"), Span(_summed(tally.counts(day), types), "quiet")], cells - 1))
    return lines


def _summed(counts: Counter[Pair], types: TypeBook) -> str:
    total = sum(counts.values())
    if not total:
        return _("nothing wrong")
    said = n_("{n} issue", "{n} issues", total).format(n=total)
    (sku, type), most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    what = f"{cut(sku, 24)} {type_word(types, type)}"
    if most == total:
        return _("{issues}, {what}").format(issues=said, what=what)
    if most == 1:
        return said
    return _("{issues}, {n} of them {what}").format(issues=said, n=most, what=what)


def type_word(types: TypeBook, type: str) -> str:
    """The name of a type inside a line: `damaged in transit`."""
    name = types.name(type, language())
    return name[:1].lower() + name[1:] if type in types.types else name


def short_word(types: TypeBook, type: str) -> str:
    """The short name of a type."""
    known = types.types.get(type)
    return (known.short.get(language()) or known.short.get("en") or type) if known else type


def seven_days(
    tally: Tally, today: date, types: TypeBook, rising: Collection[Pair], cells: int, rows: int
) -> list[Line]:
    """SKU, type, number and change of the last seven days against the seven before, the most frequent first."""
    now, before = tally.counts(today - timedelta(days=6), 7), tally.counts(today - timedelta(days=13), 7)
    text = _("Seven days: {n}, before: {before}").format(n=sum(now.values()), before=sum(before.values()))
    return [[Span(text, "quiet")], [], *_pairs(now, before, types, rising, cells, max(rows - 2, 0))]


def _pairs(
    now: Counter[Pair], before: Counter[Pair], types: TypeBook, rising: Collection[Pair], cells: int, rows: int
) -> Iterator[Line]:
    name = min(13, max(cells - 21, 6))
    word = min(max(cells - name - 8, 7), 14)
    for pair, count in sorted(now.items(), key=lambda item: (-item[1], item[0]))[:rows]:
        up = pair in rising
        full = type_word(types, pair[1])
        yield [
            Span(fit(pair[0], name)),
            Span(" " + fit(full if len(full) < word else short_word(types, pair[1]), word), "quiet"),
            Span(fit(str(count), 3, right=True), "title" if count > 2 else "strong"),
            Span(fit(change(count - before[pair]), 4, right=True), "soon_bold" if up else "quiet"),
        ]
