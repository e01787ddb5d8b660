"""What is copied of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.tickets.model import Ticket
from workbench.i18n import _

if TYPE_CHECKING:
    from workbench.ui.bench import Bench


def copy(bench: Bench, ticket: Ticket) -> None:
    """Copy the id to paste into Seller Center."""
    bench.copy(ticket.order_id or ticket.external_id, _("{ref} has no order id.").format(ref=ticket.ref))
