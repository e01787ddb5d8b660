"""The preview of an import as lines: what was read, what it changes, and what that means for today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from workbench.core.kinds import Stage
from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.queue import ordered
from workbench.core.tickets.standing import state
from workbench.i18n import _, language, n_, render
from workbench.intake import FileReading, Unknown
from workbench.output.cities import city
from workbench.output.reasons import market_word
from workbench.output.sentences import headline
from workbench.output.words import STAGES, countdown, thing, todo
from workbench.session.imports.desk import Change, ImportPlan
from workbench.session.imports.told import doubts, strange
from workbench.ui.board import parts, sizes, symbol
from workbench.ui.text import Line, Span, fit, line_width, shorten, width, wrap

_STATES: tuple[Stage, ...] = ("decide", "evidence", "inspect", "send", "appeal", "reply", "check")


def preview(plans: Sequence[ImportPlan], now: datetime, zone: tzinfo, policy: Policy, soon: timedelta, cells: int,
            tickets: Iterable[Ticket]) -> list[Line]:  # fmt: skip
    """What the files say and do; `tickets` are those that are open now."""
    lines: list[Line] = []
    for plan in plans:
        lines += _read_as(plan, policy, cells, named=len(plans) > 1)
    good = [plan for plan in plans if plan.good]
    if not good:
        return lines
    changes = [change for plan in good for change in plan.changes]
    counts = sum((plan.effects for plan in good), Counter[str]())
    fresh = [change.after for change in changes if change.effect == "new"]
    ended = counts["closed"]
    refused = [row for plan in good if plan.reading for row in plan.reading.refused]
    unknown = [word for plan in good if plan.reading for word in plan.reading.unknown]
    missing = [ticket for plan in good for ticket in plan.missing]
    corrected = sum(change.corrected for change in changes)
    tickets = list(tickets)
    covered = sum(change.before is not None and change.before.stage != "closed" for change in changes)
    of_open = _("of your {n} open cases are in it").format(n=f"{len(tickets):,}")
    over = n_("{n} of them ends", "{n} of them end", ended).format(n=ended) if ended else ""
    words = _(", ").join(map(_said, unknown[:3]))
    rows = [
        (_("New"), counts["new"], _of_what(fresh), "bold"),
        (_("Moved on"), counts["updated"] + ended, over, "bold"),
        (_("Corrected"), corrected, _("they began at another time than was believed"), "bold"),
        (_("Kept yours"), counts["kept_local"], _("your own deadline or close stays"), "bold"),
        (_("Missing"), len(missing), _(", ").join(ticket.ref for ticket in missing[:8]), "soon_bold"),
        (_("Same"), counts["unchanged"], "", "text"),
        (_("Refused"), len(refused), _(", ").join(_row(row.row, render(row.why)) for row in refused[:3]), "soon_bold"),
        (_("Unknown"), sum(word.rows for word in unknown), words, "soon_bold"),
    ]
    rows.append((_("Covered"), covered, of_open, "text"))
    ships = sum((plan.ship_counts for plan in good), Counter[str]())
    over = _("{new} new, {sent} sent, {cancelled} cancelled").format(
        new=ships["new"], sent=ships["sent"], cancelled=ships["cancelled"]
    )
    rows.append((_("To ship"), ships["new"] + ships["sent"] + ships["cancelled"], over, "bold"))
    rows.append((_("Not in it"), ships["missing"], _("orders to ship that it should show: sent?"), "soon_bold"))
    lines.append([])
    room = max(5, *(len(f"{count:,}") for _name, count, _text, _role in rows))
    for label, count, text, role in rows:
        if count:
            number = Span(fit(f"{count:,}", room, right=True) + "  ", role)
            lines.append(shorten([_label(label), number, Span(text)], cells + 2))
    # What belongs to other desks moves no case.
    of_cases = changes or ships or any(plan.reading and plan.reading.sightings for plan in good)
    return [*lines, [], *_after_it(changes, tickets, now, zone, soon, cells)] if of_cases else lines


def every_change(plans: Sequence[ImportPlan], now: datetime, zone: tzinfo, cells: int) -> list[Line]:
    """What was not read or not understood, each row and each word; then each change, before and after."""
    lines: list[Line] = []
    for plan in plans:
        for why in _not_read(plan, named=len(plans) > 1):
            marks = ["  ! ", *["    "] * len(why)]
            rows = wrap(why, cells - 2)
            lines += [[Span(mark, "soon_bold"), Span(row, "soon")] for mark, row in zip(marks, rows, strict=False)]
    for plan in plans:
        for change in plan.changes:
            if change.effect == "unchanged":
                continue
            after = change.after
            name = after.ref if change.before else after.external_id or after.order_id or ""
            front = [Span("  " + fit(name, 20) + "  ", "quiet"), Span(fit(thing(after), 13) + "  ")]
            lines.append(shorten([*front, *_change(change, now, zone)], cells + 2))
    return lines or [[Span("  " + _("Nothing changes."), "quiet")]]


def _not_read(plan: ImportPlan, *, named: bool) -> Iterable[str]:
    name = f"{plan.path.name}: " if named else ""
    if plan.error is not None:
        yield name + render(plan.error)
    if plan.reading is None:
        return
    for row in plan.reading.refused:
        sheet = f"{row.sheet}: " if row.sheet else ""
        yield name + sheet + _("row {n}: {why}").format(n=row.row, why=render(row.why))
    for word in plan.reading.unknown:
        yield name + render(strange(word))


def _change(change: Change, now: datetime, zone: tzinfo) -> list[Span]:
    after = headline(change.after, now, zone)
    if change.before is None:
        return [Span(_("new") + "  ", "quiet"), Span(after)]
    if change.effect == "kept_local":
        return [Span(todo(change.before)), Span("  " + _("stays as it is"), "quiet")]
    return [Span(todo(change.before), "quiet"), Span(_(", now {what}").format(what=after))]


def _label(text: str) -> Span:
    margin = 11 if language() == "zh" else 13
    return Span("  " + text + " " * (margin - width(text)), "quiet")


def _read_as(plan: ImportPlan, policy: Policy, cells: int, *, named: bool) -> list[Line]:
    name = [Span(f"  {plan.path.name}", "bold")]
    if plan.error is not None or plan.reading is None:
        rows = wrap(render(plan.error) if plan.error else "", cells - 2)
        marks = ["  ! ", *["    "] * len(rows)]
        told: list[Line] = [
            [Span(mark, "soon_bold"), Span(row, "soon")] for mark, row in zip(marks, rows, strict=False)
        ]
        return [name, *told] if named else told
    line = [_label(_("Read as")), Span(read_as(plan.reading.kind, plan.reading.rows)), *_dates(plan.reading)]
    where = _("{market}, {city} time").format(
        market=market_word(policy.market) or policy.market, city=city(policy.export_zone)
    )
    read: list[Line] = [[*line, Span("   " + where, "quiet")]]
    if line_width(read[0]) > cells + 2:  # whose rules apply is never cut
        read = [shorten(line, cells + 2), [_label(""), Span(where, "quiet")]]
    return [*([name] if named else []), *read, *_known_of(plan.reading, cells)]


def _known_of(reading: FileReading, cells: int) -> Iterable[Line]:
    """What else is known of the file: its sheets, its currencies, and in amber what was guessed or left out."""
    sheets = [sheet for sheet in reading.sheets if sheet.read]
    if len(sheets) > 1:
        names = _(", ").join(f"{sheet.name} {sheet.rows:,}" for sheet in sheets)
        yield shorten([_label(_("Sheets")), Span(names)], cells + 2)
    if len(reading.currencies) > 1:
        yield [_label(_("Amounts")), Span(_(", ").join(reading.currencies))]
    for doubt in doubts(reading, order=reading.date_order == "YMD"):
        for row in wrap(render(doubt), cells - 14):
            yield [_label(""), Span(row, "soon")]


def read_as(kind: str, rows: int | None) -> str:
    """`returns, 412 rows`"""
    from workbench.intake.kinds import named

    layout = named(kind)
    name = render(layout.name) if layout is not None else kind
    if rows is None:
        return name
    return _("{kind}, {rows}").format(kind=name, rows=n_("{n} row", "{n} rows", rows).format(n=f"{rows:,}"))


def _dates(reading: FileReading) -> list[Span]:
    if not reading.rows:
        return []
    order = {
        "DMY": _("dates day first"), "MDY": _("dates month first"), "YMD": _("dates year first")
    }[reading.date_order]  # fmt: skip
    example = f" ({reading.date_example})" if reading.date_example else ""
    if reading.date_order_certain:
        return [Span(f"   {order}{example}", "quiet")]
    return [Span("   "), Span(_("{order}, a guess").format(order=f"{order}{example}"), "soon")]


def _of_what(tickets: Sequence[Ticket]) -> str:
    """`12 to decide, 4 to inspect, 2 waiting`"""
    stages = Counter(ticket.stage for ticket in tickets)
    found = [f"{stages[stage]:,} {render(STAGES[stage])}" for stage in _STATES if stages[stage]]
    closed = stages["closed"]
    waiting = sum(stages.values()) - closed - sum(stages[stage] for stage in _STATES)
    if waiting:
        found.append(_("{n} waiting").format(n=f"{waiting:,}"))
    if closed:
        found.append(_("{n} over already").format(n=f"{closed:,}"))
    return _(", ").join(found)


def _row(number: int, why: str) -> str:
    return _("row {n}: {why}").format(n=number, why=why.rstrip("."))


def _said(word: Unknown) -> str:
    if not word.text:
        return _("no {column}").format(column=word.column)
    said = _('"{words}" in {column}') if word.column else _('"{words}"')
    return said.format(words=word.text, column=word.column)


def _after_it(
    changes: Iterable[Change], tickets: Iterable[Ticket], now: datetime, zone: tzinfo, soon: timedelta, cells: int
) -> list[Line]:
    """What the file means for today: the line that matters."""
    before = list(tickets)
    after = {ticket.id: ticket for ticket in before}
    fresh: list[Ticket] = []
    for change in changes:
        after[change.after.id] = change.after
        if change.before is None and change.after.stage != "closed":
            fresh.append(change.after)
    open_after = ordered((ticket for ticket in after.values() if ticket.stage != "closed"), now, zone)
    late, today = _due(open_after, now, zone)
    was_late, was_today = _due(ordered(before, now, zone), now, zone)
    text = _("{late} overdue, {today} due today").format(late=f"{late:,}", today=f"{today:,}")
    now_text = _("now {late} and {today}").format(late=f"{was_late:,}", today=f"{was_today:,}")
    lines: list[Line] = [[_label(_("After it")), Span(text, "title"), Span(f"   {now_text}", "quiet")]]
    first = _first(fresh, now, zone)
    if first is not None and first.deadline.at is not None:
        mark, role = symbol(first, now, soon)
        lines.append(shorten([
            _label(""), Span(_("first new one:") + " "), Span(f"{mark} {countdown(first.deadline.at - now)}", role),
            Span(f"  {todo(first)}  {thing(first)}"),
        ], cells + 2))  # fmt: skip
    return lines


def first_new(changes: Iterable[Change], now: datetime, zone: tzinfo) -> Ticket | None:
    """The new case that is the seller's to do first; None where none is his."""
    fresh = (change.after for change in changes if change.before is None and change.after.stage != "closed")
    return _first(fresh, now, zone)


def _first(fresh: Iterable[Ticket], now: datetime, zone: tzinfo) -> Ticket | None:
    return next((ticket for ticket in ordered(fresh, now, zone) if state(ticket, now) in ("overdue", "due")), None)


def _due(tickets: Sequence[Ticket], now: datetime, zone: tzinfo) -> tuple[int, int]:
    found = sizes(parts(tickets, now, zone), len(tickets))
    return found.get("overdue", 0), found.get("today", 0)
