"""A ticket in full, as lines of plain text: what by when, what if not, the thing, the words, the id, the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from workbench.core.policy import Policy
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.cells import clean, pad
from workbench.output.reasons import event, why
from workbench.output.sentences import asleep, consequence, headline
from workbench.output.tickets.messages import message_facts
from workbench.output.words import amount, full_point, who

_MARGIN = 10


def ticket_lines(ticket: Ticket, policy: Policy, now: datetime, zone: tzinfo) -> Iterator[str]:
    """The ticket for a person; empty fields are left out."""
    yield f"{headline(ticket, now, zone)}   {ticket.ref}"
    yield consequence(ticket, now, zone, appealable=policy.appealable(ticket.kind))
    if put_off := asleep(ticket, now, zone):
        yield put_off
    yield ""
    for name, text in (
        (_("Item"), "  ".join(part for part in (ticket.sku, ticket.product, amount(ticket.money)) if part)),
        (_("Reason"), ticket.reason),
        (_("Buyer"), "  ".join(part for part in (ticket.words, ticket.buyer) if part)),
        (_("Note"), ticket.note),
        (_("Order"), ticket.order_id),
        (_("Request"), ticket.external_id),
        (_("Tracking"), ticket.tracking),
        (_("Status"), ticket.raw_status if ticket.stage == "check" else None),
        (_("Tags"), " ".join(ticket.tags)),
        *message_facts(ticket, policy, now, zone),
    ):
        if text:
            yield pad(name, _MARGIN) + clean(text)
    for at, line in enumerate(why(ticket, policy, now, zone)):
        yield pad(_("Why") if at == 0 else "", _MARGIN) + clean(f"{line.left}   {line.right}".rstrip())
    for at, entry in enumerate(ticket.timeline):
        told = f"{full_point(entry.at, zone)}  {who(entry)}  {event(entry, ticket.kind)}"
        yield pad(_("Timeline") if at == 0 else "", _MARGIN) + clean(told)
