"""A case in one line, by hand: what was understood is read back while typing, with the deadline it will have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.core.tickets import moves
from workbench.core.tickets.line import KIND_WORDS, CaseLine, parse_line, write_line
from workbench.core.tickets.model import Ticket
from workbench.core.tickets.stages import KINDS
from workbench.i18n import _, language, render
from workbench.output.sentences import why
from workbench.output.words import amount, full_point, todo
from workbench.session import Done, Session
from workbench.ui.sheets.oneline import OneLine, Reading, amber
from workbench.ui.text import Line, Span, width

_MARGIN = 11


def add(session: Session) -> OneLine:
    """A new case."""

    def read(text: str) -> Reading:
        line = _parse(session, text)
        if line.kind is None:
            saying = render(line.problem) if line.problem else ""
            return Reading(None, (), [[Span("  "), Span(saying, "soon" if text.strip() else "quiet")]])
        return Reading(line, (), _read_back(session, line))

    def deed(line: CaseLine) -> Done:
        return session.tickets.add(
            kind=line.kind or "other", opened_at=line.since, due=line.due, tags=line.tags, **_fields(session, line)
        )

    return OneLine(
        _("New case"), read, deed, placeholder=_("refund PANTS-BLK-M $24.90 the buyer's words"),
        known=lambda text: [(piece.begin, piece.end) for piece in _parse(session, text).pieces],
        complete=lambda text: _complete(session, text),
    )  # fmt: skip


def edit(session: Session, ticket: Ticket) -> OneLine:
    """A case corrected: only what differs from what the line said before is changed."""
    before = _parse(session, write_line(ticket))

    def changes(line: CaseLine) -> dict[str, Any]:
        old, new = _fields(session, before), _fields(session, line)
        found: dict[str, Any] = {name: new.get(name, "") for name in old | new if old.get(name) != new.get(name)}
        if line.kind != before.kind:
            found["kind"] = line.kind
        if line.tags != before.tags:
            found["tags"] = (*ticket.tags, *line.tags)
        return found | {name: at for name, at in (("opened_at", line.since), ("due", line.due)) if at is not None}

    def read(text: str) -> Reading:
        line = _parse(session, text)
        if line.kind is None:
            return Reading(None, (), [[Span("  "), *amber(render(line.problem) if line.problem else "")]])
        found = changes(line)
        names = ", ".join(sorted(found))
        said = _("changes: {names}").format(names=names) if found else _("nothing is changed yet")
        return Reading(found or None, (), [*_read_back(session, line)[:2], [Span("  " + said, "quiet")]])

    return OneLine(
        ticket.ref, read, lambda found: session.tickets.edit([ticket.id], **found), value=write_line(ticket),
        known=lambda text: [(piece.begin, piece.end) for piece in _parse(session, text).pieces],
        complete=lambda text: _complete(session, text),
    )  # fmt: skip


def _parse(session: Session, text: str) -> CaseLine:
    skus, currency = session.imports.known_skus(), session.policy.currency
    return parse_line(text, session.now(), session.zone, skus=skus, currency=currency)


def _fields(session: Session, line: CaseLine) -> dict[str, Any]:
    known = session.imports.known_skus().get(line.sku or "")
    found = {
        "sku": line.sku, "product": known.product if known else None, "order_id": line.order_id, "money": line.money,
        "buyer": line.buyer, "words": line.words,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def _read_back(session: Session, line: CaseLine) -> Sequence[Line]:
    assert line.kind is not None
    now, zone, policy = session.now(), session.zone, session.policy
    ticket = moves.open_ticket(
        policy, id=0, kind=line.kind, stage=None, opened_at=line.since or now, **_fields(session, line)
    )
    if line.due is not None:
        ticket = moves.state_due(ticket, line.due, now, policy)
    parts = [todo(ticket), amount(ticket.money), ticket.sku or "", ticket.product or "", ticket.order_id or ""]
    lines = [_labelled(_("Read as"), [Span("   ".join(part for part in parts if part))])]
    said = [_('"{words}"').format(words=line.words)] if line.words else []
    if said or line.buyer:
        lines.append(_labelled(_("Buyer"), [Span("   ".join([*said, *([line.buyer] if line.buyer else [])]))]))
    due = ticket.deadline.at
    if due is None:
        lines.append(_labelled(_("Due"), [Span(_("no deadline is known for it"), "quiet")]))
    else:
        sums = why(ticket, policy, now, zone)[1:-1]
        reasons = [part.left + (f" ({part.right})" if part.right else "") for part in sums]
        since = _("from {point}").format(point=full_point(ticket.opened_at, zone)) if line.since else _("from now on")
        text = _("{since}, {sum}").format(since=since, sum=_(", ").join(reasons)) if reasons else since
        reason = Span("   " + (text if line.due is None else _("as you say")), "quiet")
        lines.append(_labelled(_("Due"), [Span(full_point(due, zone), "strong"), reason]))
    hint = _("type  by 18:00  or  since Mon 20:15  to say otherwise")
    return [*lines, _labelled("", [Span(hint, "faint")])]


def _labelled(label: str, line: Line) -> Line:
    margin = _MARGIN - 1 if language() == "zh" else _MARGIN
    return [Span("  " + label + " " * (margin - width(label)), "quiet"), *line]


def _complete(session: Session, text: str) -> str | None:
    """The kind or the SKU that the last word begins."""
    head, blank, last = text.rpartition(" ")
    if not last:
        return None
    kinds = [word for kind in KINDS for word in KIND_WORDS[kind]]
    words = sorted(session.imports.known_skus()) if head.strip() else kinds
    found = next((word for word in words if word.casefold().startswith(last.casefold())), None)
    return f"{head}{blank}{found} " if found else None
