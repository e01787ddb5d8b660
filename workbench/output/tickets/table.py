"""Plain tables for the verbs: aligned by cells, fitted to the terminal, all columns into a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import repeat
from os import terminal_size

from workbench.core.tickets.model import Ticket
from workbench.i18n import _, p_, render
from workbench.output.cells import clean, cut, width
from workbench.output.words import STAGES, amount, due_point, group_name, group_of, left, thing, todo

#: Two blanks between columns.
_GAP = "  "


def _terminal() -> terminal_size:
    from shutil import get_terminal_size  # brings four ways to compress along, for which a pipe need not wait

    return get_terminal_size()


def screenful() -> int:
    """How many rows a terminal shows beside the prompt and the line that says how many more there are."""
    return max(5, _terminal().lines - 4)


def line_limit(to_terminal: bool) -> int | None:
    """How many cells a line may take; None for a pipe, which gets every column whole."""
    return _terminal().columns if to_terminal else None


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset(), limit: int | None = None
) -> Iterator[str]:
    """The rows under their heads, each column as wide as its widest cell; `limit` cuts the last column to the line."""
    columns = [_column(cells, at in right) for at, cells in enumerate(zip(heads, *rows, strict=True))]
    if limit is not None:
        room = limit - sum(width(column[0]) + len(_GAP) for column in columns[:-1])
        columns[-1] = [cut(text.rstrip(), max(4, room)) for text in columns[-1]]
    return (_GAP.join(cells).rstrip() for cells in zip(*columns, strict=True))


def _column(cells: Sequence[str], right: bool) -> list[str]:
    """The cells of one column, all equally wide; measured once, for a queue may have 10,000 rows."""
    fill = str.rjust if right else str.ljust
    if all(map(str.isascii, cells)):
        return list(map(fill, cells, repeat(max(map(len, cells)))))
    widths = list(map(width, cells))
    widest = max(widths)
    return [fill(text, widest - taken + len(text)) for text, taken in zip(cells, widths, strict=True)]


def queue_table(tickets: Sequence[Ticket], now: datetime, zone: tzinfo, *, to_terminal: bool) -> Iterator[str]:
    """Tickets as a table: id, group, time left, due, to do, SKU, amount, order, buyer's words."""
    heads: tuple[str, ...] = (
        _("id"),
        _("when"),
        p_("time", "left"),
        _("due"),
        _("to do"),
        _("SKU"),
        _("amount"),
        _("order"),
        _("words"),
    )
    names: dict[object, str] = {}
    rows = [_row(ticket, now, zone, names) for ticket in tickets]
    limit = line_limit(to_terminal)
    if limit is not None and limit < 110:
        heads, rows = heads[:7], [row[:7] for row in rows]
    return table(heads, rows, frozenset((2, 3, 6)), limit)


def behind_table(tickets: Sequence[Ticket], now: datetime, zone: tzinfo) -> Iterator[str]:
    """Tickets that the platform still shows in an earlier stage: id, due there, the stage there, SKU, amount, order."""
    rows = [
        (
            ticket.ref,
            "" if there.due_at is None else due_point(there.due_at, now, zone),
            render(STAGES[there.stage]),
            cut(clean(thing(ticket)), 24),
            amount(ticket.money),
            clean(ticket.order_id or ""),
        )
        for ticket in tickets
        if (there := ticket.there) is not None
    ]
    heads = (_("id"), _("due there"), _("stage there"), _("SKU"), _("amount"), _("order"))
    return table(heads, rows, frozenset((1, 4)))


def _row(ticket: Ticket, now: datetime, zone: tzinfo, names: dict[object, str]) -> tuple[str, ...]:
    """One row; `names` remembers the phrases that many rows share."""
    due, group = ticket.deadline.at, group_of(ticket, now, zone)
    if group not in names:
        names[group] = ("! " if group == "overdue" else "") + group_name(group)
    phrase = (ticket.kind, ticket.stage, ticket.outcome)
    if phrase not in names:
        names[phrase] = todo(ticket)
    return (
        ticket.ref,
        names[group],
        left(ticket, now),
        "" if due is None else due_point(due, now, zone),
        names[phrase],
        cut(clean(thing(ticket)), 24),
        amount(ticket.money),
        clean(ticket.order_id or ""),
        cut(clean(ticket.words or ticket.reason or ""), 60),
    )
