"""All about one ticket as lines: what by when, what if not, the thing, the words, the id, why, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.core.time import due_day
from workbench.i18n import _, language
from workbench.output.cities import own_due
from workbench.output.marks import CURSOR
from workbench.output.reasons import event, why
from workbench.output.sentences import asleep, consequence, headline
from workbench.output.tickets.messages import message_facts
from workbench.output.words import amount, countdown, due_clock, point, thing, time_left, todo, weekday, who
from workbench.ui.board import symbol
from workbench.ui.sections import margin, section, summed
from workbench.ui.text import Line, Span, headed, line_width, shorten, width, wrap


class TicketFacts(NamedTuple):
    """A ticket and what is to know around it."""

    ticket: Ticket
    now: datetime
    zone: tzinfo
    #: The zone in which the seller lives.
    own: tzinfo
    policy: Policy
    soon: timedelta
    #: The other tickets of the same order.
    others: Sequence[Ticket]
    #: The key that copies and the key that explains.
    copy: str
    why: str


def head(facts: TicketFacts, cells: int, focused: bool) -> list[Line]:
    """What by when with the time that is left, then the consequence of doing nothing."""
    ticket, now, zone = facts.ticket, facts.now, facts.zone
    mark, role = symbol(ticket, now, facts.soon)
    due = ticket.deadline.at
    words = (time_left(due - now), countdown(due - now)) if due else ("",)
    rights = [[Span(f"{mark} {text}".rstrip(), role)] for text in words]
    title = [Span(f"{CURSOR} " if focused else "  ", "accent_bold"), Span(headline(ticket, now, zone), "title")]
    what = consequence(ticket, now, zone, appealable=facts.policy.appealable(ticket.kind))
    return [headed(title, ticket.ref, rights, cells - 2), *([Span("  "), Span(line)] for line in wrap(what, cells - 4))]


def whole(facts: TicketFacts, cells: int, focused: bool) -> list[Line]:
    """The detail in full, in `cells`; empty fields are left out."""
    ticket = facts.ticket
    lines: list[Line] = [[], *head(facts, cells, focused)]
    if put_off := asleep(ticket, facts.now, facts.zone):
        lines += [[Span("  "), Span(text, "quiet")] for text in wrap(put_off, cells - 4)]
    lines.append([])
    room = cells - 4 - margin()
    lines += section(_("Item"), _item(ticket, room))
    if ticket.raw_status and ticket.stage == "check":
        lines += section(_("Status"), [[Span(text)] for text in wrap(ticket.raw_status, room)])
    if ticket.reason:
        lines += section(_("Reason"), [[Span(text)] for text in wrap(ticket.reason, room)])
    lines += section(_("Buyer"), _buyer(ticket, room))
    lines += section(_("Order"), _ids(facts))
    for label, text in message_facts(ticket, facts.policy, facts.now, facts.zone):
        lines += section(label, [[Span(row)] for row in wrap(text, room)])
    for label, part in (
        (_("Why"), _sum(facts, room)),
        (_("Timeline"), _timeline(facts, room)),
        (_("Note"), [[Span(text)] for text in wrap(ticket.note, room)] if ticket.note else []),
        (_("Tags"), [[Span(_(", ").join(ticket.tags))]] if ticket.tags else []),
        (_("Lines"), _lines(ticket) if len(ticket.lines) > 1 else []),
        (_("Related"), [[Span(other.ref), Span(f"  {todo(other)}", "quiet")] for other in facts.others]),
    ):
        if part:
            lines += [[], *section(label, part)]
    return lines


def short(facts: TicketFacts, cells: int, focused: bool) -> list[Line]:
    """The detail in eight rows, for a narrow screen."""
    ticket, room = facts.ticket, cells - 4
    top = head(facts, cells, focused)
    lines: list[Line] = [[], *top[:3], *([] if len(top) > 2 else [[]])]
    parts = [Span(thing(ticket)), Span(_quantity(ticket), "quiet")]
    if ticket.product and ticket.sku:
        parts.append(Span(f"   {ticket.product}", "quiet"))
    if ticket.order_id:
        parts += [Span(f"   {ticket.order_id}"), Span(f"   {facts.copy}", "bold"), Span(" " + _("copy"), "quiet")]
    lines.append([Span("  "), *shorten(parts, room)])
    if ticket.words:
        lines.append([Span("  "), *shorten([Span(quoted(ticket.words))], room)])
    about = "  ".join(part for part in (asleep(ticket, facts.now, facts.zone), ticket.buyer, ticket.reason) if part)
    if about:
        lines.append([Span("  "), *shorten([Span(about, "quiet")], room)])
    if line := _sum_in_a_line(facts, room):
        lines.append([Span("  "), *shorten(line, room)])
    return lines


def quoted(words: str) -> str:
    """Somebody's words in quotation marks."""
    return _('"{words}"').format(words=words)


def _quantity(ticket: Ticket) -> str:
    count = sum(line.quantity or 0 for line in ticket.lines)
    return f" x{count}" if count else ""


def _item(ticket: Ticket, room: int) -> list[Line]:
    first: list[Span] = [Span(thing(ticket)), Span(_quantity(ticket), "quiet")]
    if ticket.money:
        gap = "   " if line_width(first) else ""
        first.append(Span(gap + amount(ticket.money)))
    lines: list[Line] = [shorten(first, room)] if line_width(first) else []
    if ticket.product and ticket.sku:
        lines += [[Span(text, "quiet")] for text in wrap(ticket.product, room)]
    return lines


def _buyer(ticket: Ticket, room: int) -> list[Line]:
    lines: list[Line] = [[Span(text)] for text in wrap(quoted(ticket.words), room)] if ticket.words else []
    if ticket.buyer:
        lines += [[Span(text, "quiet")] for text in wrap(ticket.buyer, room)]
    return lines


def _ids(facts: TicketFacts) -> list[Line]:
    ticket = facts.ticket
    lines: list[Line] = []
    if ticket.order_id:
        lines.append([Span(ticket.order_id), Span(f"   {facts.copy}", "bold"), Span(" " + _("copy"), "quiet")])
    if ticket.external_id and ticket.external_id != ticket.order_id:
        lines.append([Span(ticket.external_id, "quiet")])
    if ticket.tracking:
        lines.append([Span(ticket.tracking, "quiet")])
    return lines


def _sum(facts: TicketFacts, cells: int) -> list[Line]:
    """Start, plus, result, and the deadline where the seller lives."""
    own = _own(facts)
    lines = summed(why(facts.ticket, facts.policy, facts.now, facts.zone), cells)
    return [*lines, *([Span(text, "quiet")] for text in wrap(own, cells) if own)]


def _own(facts: TicketFacts) -> str:
    """The deadline where the seller lives, if its clock differs there."""
    due = facts.ticket.deadline.at
    return "" if due is None else own_due(due, facts.zone, facts.own)


def _sum_in_a_line(facts: TicketFacts, room: int) -> Line:
    """Start, plus, result; where there is room also on the seller's own clock."""
    ticket, now, zone = facts.ticket, facts.now, facts.zone
    due = ticket.deadline.at
    found = why(ticket, facts.policy, now, zone)
    if due is None or not found:
        return []
    key = [Span(f"   {facts.why}", "bold"), Span(" " + _("why"), "quiet")]
    line: list[Span] = [Span(f"{weekday(due_day(due, zone))} {due_clock(due, zone)}", "strong")]
    if len(found) == 1:
        line += [Span(f"   {found[0].right}", "quiet")]
    else:
        start = point(ticket.deadline.steps[0].at, now, zone)
        plus = found[1]
        source = f", {plus.right}" if plus.right.endswith(")") else f" ({plus.right})"
        line = [Span(f"{start} {plus.left}"), Span(source, "quiet"), Span(" = "), *line]
    there = f"{weekday(due_day(due, facts.own))} " if due_day(due, facts.own) != due_day(due, zone) else ""
    own = [Span("   " + _("{point} me").format(point=there + due_clock(due, facts.own)), "quiet")]
    fits = _own(facts) and line_width([*line, *own, *key]) <= room
    return [*line, *(own if fits else ()), *key]


def _timeline(facts: TicketFacts, room: int) -> list[Line]:
    times = 10 if language() == "zh" else 9
    lines: list[Line] = []
    for entry in facts.ticket.timeline:
        when = point(entry.at, facts.now, facts.zone)
        by = who(entry)
        front = " " * (times - width(when)) + when + "  " + by + " " * max(7 - width(by), 1)
        for at, text in enumerate(wrap(event(entry, facts.ticket.kind), room - width(front))):
            lines.append([Span(front if at == 0 else " " * width(front), "quiet"), Span(text)])
    return lines


def _lines(ticket: Ticket) -> list[Line]:
    return [
        [
            Span(line.sku or line.sku_id or line.product or ""),
            Span(f" x{line.quantity}" if line.quantity else "", "quiet"),
            Span(f"   {line.price}" if line.price else "", "quiet"),
        ]
        for line in ticket.lines
    ]


def nothing() -> list[Line]:
    """The detail of an empty list."""
    return [[], [Span("  "), Span(_("No case here."), "quiet")]]
