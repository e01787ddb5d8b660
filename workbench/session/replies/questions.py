"""What buyers ask, by product and type: the lines of the log, and the messages that no line names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from workbench.core.replies.model import Reply
from workbench.core.replies.ranking import Occasion, ranked
from workbench.core.tickets.model import Ticket
from workbench.core.time import shop_day
from workbench.session.base import SessionBase


class AskedOften(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked so often. `automatic`: a card answered; `automatic_failed`: a person had to write as well.

    `reply` is the key of the reply for this type, None where there is none yet.
    """

    sku: str | None
    type: str | None
    count: int
    automatic: int
    automatic_failed: int
    reply: str | None


def questions(session: SessionBase, weeks: int) -> list[AskedOften]:
    """The questions of the 7 x `weeks` shop days to today: by count, then SKU, then type."""
    zone, now = session.zone, session.now()
    today = shop_day(now, zone)
    first = today - timedelta(days=7 * weeks - 1)
    counts: dict[tuple[str | None, str | None], list[int]] = {}
    archived = first < today - timedelta(days=14)
    tickets = {ticket.id: ticket for ticket in session.desk("tickets").all(archived) if ticket.kind == "message"}
    named: set[int] = set()
    for issue in session.desk("issues").issues(first, today):
        if issue.none or issue.sku is None:
            continue
        if issue.ticket is not None:
            named.add(issue.ticket)
        _count(counts, (issue.sku, issue.type), issue.count, tickets.get(issue.ticket or 0))
    for ticket in tickets.values():
        if ticket.id not in named and first <= shop_day(ticket.opened_at, zone) <= today:
            _count(counts, (ticket.sku, _type(session, ticket)), 1, ticket)
    found = [
        AskedOften(
            sku=sku,
            type=type,
            count=count,
            automatic=automatic,
            automatic_failed=failed,
            reply=_answer(session.desk("replies").all(), type, session) if type else None,
        )
        for (sku, type), (count, automatic, failed) in counts.items()
    ]
    return sorted(found, key=lambda each: (-each.count, each.sku or "", each.type or ""))


def _count(
    counts: dict[tuple[str | None, str | None], list[int]],
    pair: tuple[str | None, str | None],
    count: int,
    ticket: Ticket | None,
) -> None:
    each = counts.setdefault(pair, [0, 0, 0])
    each[0] += count
    if ticket is not None and ticket.automatic:
        each[1] += 1
        each[2] += any(round.answered_at is not None for round in ticket.rounds)


def _type(session: SessionBase, ticket: Ticket) -> str | None:
    """The type that was said of a case, else the first of the reply that answered it."""
    if ticket.cause:
        return ticket.cause
    for event in ticket.timeline:
        if event.what == "answer" and event.source:
            key = event.source.rpartition(" ")[0].casefold()
            replies: list[Reply] = session.desk("replies").all()
            reply = next((each for each in replies if each.key.casefold() == key), None)
            if reply is not None and reply.purpose.types:
                return reply.purpose.types[0]
    return None


def _answer(replies: Iterable[Reply], type: str, session: SessionBase) -> str | None:
    """The key of the best reply that is for this type, for messages."""
    fitting = [reply for reply in replies if type in reply.purpose.types]
    today = shop_day(session.now(), session.zone)
    context = Occasion(market=session.policy.market, kind="message", type=type)
    found = [each for each in ranked(fitting, context, today) if not each.other]
    return found[0].reply.key if found else None
