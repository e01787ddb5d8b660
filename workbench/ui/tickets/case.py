"""A new case while it is written, as a line or as a form: what it will be, and the one call that saves it.

`Values` are what the desk takes: a kind (or None), the fields that are known, and nothing that is not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workbench.core.alike import alike
from workbench.core.saying import Saying, say
from workbench.core.tickets import moves
from workbench.core.tickets.line import CaseLine, parse_line
from workbench.core.tickets.model import Ticket
from workbench.i18n import _
from workbench.output.marks import SOON
from workbench.output.reasons import why
from workbench.output.words import due_point, full_point
from workbench.session import Done, Session
from workbench.ui.sheets.oneline import Unsure
from workbench.ui.text import Line, Span

Values = dict[str, Any]
#: The fields of the ticket itself, in the order in which they are kept.
_OWN = (
    "sku", "product", "order_id", "money", "buyer", "words", "reason", "note", "external_id",
    "channel", "content", "automatic",
)  # fmt: skip


def parsed(session: Session, text: str) -> CaseLine:
    """What a line says now."""
    currency, rule = session.policy.currency, session.tickets.first_rule
    return parse_line(text, session.now(), session.zone, skus=known(session), currency=currency, rule=rule)


def known(session: Session) -> Mapping[str, str | None]:
    """The known SKUs with the names of their products."""
    return session.log.skus().products()


def values_of(line: CaseLine) -> Values:
    """What a line says, as the desk takes it."""
    return {
        "kind": line.kind, "opened_at": line.since, "due": line.due, "tags": line.tags, "sku": line.sku,
        "order_id": line.order_id, "money": line.money, "buyer": line.buyer, "words": line.words,
        "channel": line.channel, "content": line.content, "automatic": line.automatic or None,
    }  # fmt: skip


def own(session: Session, values: Values) -> Values:
    """The fields of the ticket itself; the product of a known SKU by its name."""
    product = session.log.skus().product(values.get("sku") or "")
    if product is not None and not values.get("product"):
        values = values | {"product": product}
    return {name: values[name] for name in _OWN if values.get(name) is not None}


def save(session: Session, values: Values) -> Done:
    """Add the case."""
    return session.tickets.add(
        kind=values["kind"], stage=values.get("stage"), opened_at=values.get("opened_at"), due=values.get("due"),
        tags=values.get("tags"), **own(session, values),
    )  # fmt: skip


def save_all(session: Session, cases: Sequence[Values]) -> Done:
    """Add several cases as one action."""
    return session.tickets.add_many([
        {name: values.get(name) for name in ("kind", "stage", "opened_at", "due", "tags")} | own(session, values)
        for values in cases
    ])  # fmt: skip


def doubt(session: Session, line: CaseLine) -> Saying | None:
    """What is said where the SKU is unknown and may be meant as a known one."""
    found = near(session, line.sku) if line.sku else ()
    if not found:
        return None
    return say('"{text}" is not a known SKU. Did you mean: {skus}?', text=line.sku, skus=", ".join(found))


def in_doubt(session: Session, line: CaseLine, text: str, kept: Collection[str]) -> Unsure | None:
    """The SKU of a line, where it is unknown and may be meant as a known one."""
    piece = next((piece for piece in line.pieces if piece.what == "sku"), None)
    found = near(session, line.sku) if piece and line.sku and line.sku not in kept else ()
    if piece is None or line.sku is None or not found:
        return None
    return Unsure(line.sku, found, text[: piece.begin] + found[0] + text[piece.end :])


def near(session: Session, sku: str) -> tuple[str, ...]:
    """The known SKUs that an unknown one may be meant as."""
    skus = session.log.skus()
    return () if skus.spelled(sku) else alike(sku, skus.products().items())


def preview(session: Session, values: Values) -> Ticket:
    """What the case would be; nothing is saved."""
    now, policy = session.now(), session.policy
    ticket = moves.open_ticket(
        policy, id=0, kind=values["kind"], stage=values.get("stage"), opened_at=values.get("opened_at") or now,
        **own(session, values),
    )  # fmt: skip
    due = session.tickets.meant_due(ticket, values.get("due"))
    return ticket if due is None else moves.state_due(ticket, due, now, policy)


def reason(session: Session, ticket: Ticket, values: Values) -> Line:
    """Why it is due then: from when on, and the sum of the rule; that no deadline is known where none is."""
    if ticket.deadline.at is None:
        return [Span(_("no deadline is known for it"), "quiet")]
    if values.get("due") is not None:
        later = session.tickets.later_than_rule(ticket)
        if later is None:
            return [Span(_("as you say"), "quiet")]
        point = due_point(later, session.now(), session.zone)
        return [
            Span(f"{SOON} ", "soon"),
            Span(_("later than the rule, which says {point}").format(point=point), "soon"),
        ]
    since = _("from now on")
    if values.get("opened_at") is not None:
        since = _("from {point}").format(point=full_point(ticket.opened_at, session.zone))
    sums = why(ticket, session.policy, session.now(), session.zone)[1:-1]
    parts = [part.left + (f" ({part.right})" if part.right else "") for part in sums]
    text = _("{since}, {sum}").format(since=since, sum=_(", ").join(parts)) if parts else since
    return [Span(text, "quiet")]
