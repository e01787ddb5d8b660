"""A case in one line, by hand: what was understood is read back while typing, with the deadline it will have.

What a form holds that no line can say stands beside the line, is read back with it, and is saved with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from workbench.core.kinds import KINDS
from workbench.core.tickets.line import KIND_WORDS, CaseLine, write_line
from workbench.core.tickets.model import Ticket
from workbench.i18n import _, render
from workbench.output.channels import channel
from workbench.output.words import FIELDS, amount, edited, full_due, thing, todo
from workbench.session import Done, Session
from workbench.ui.commands import bindings
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.form import Back
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.sheets.several import LinesWay, Read, SeveralSheet, lines_of
from workbench.ui.text import Line, Span, fit
from workbench.ui.tickets import case
from workbench.ui.tickets.case_fields import read_texts
from workbench.ui.widgets.entry import Entry


class NewCaseSheet(OneLine):
    """A new case. `as_form`: the form rises at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("case")

    def __init__(self, session: Session, *, as_form: bool = False, value: str = "") -> None:
        super().__init__(
            _("New case"), self._meaning, lambda values: case.save(session, values), value=value,
            several=lambda text: several(session, text, self.place),
            placeholder=_("refund PANTS-BLK-M $24.90 the buyer's words"),
            known=lambda text: [(piece.begin, piece.end) for piece in case.parsed(session, text).pieces],
            complete=lambda text: _complete(session, text),
        )  # fmt: skip
        self._as_form = as_form
        #: What the form says beside the line, as it is typed there. What the line says as well, it says.
        self._beside: Mapping[str, str] = {}

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]
        """Those of a line, and the form."""
        return ("sheet.accept", "line.complete", "ticket.form", "sheet.leave")

    def on_mount(self) -> None:
        if self._as_form:
            self.action_ticket_form()

    def _meaning(self, text: str) -> Understood:
        line = case.parsed(self.session, text)
        values = case.values_of(line)
        beside = {name: typed for name, typed in self._beside.items() if not values.get(name)}
        said = "   ".join(f"{render(FIELDS[name])} {typed}" for name, typed in beside.items())
        also = [labelled(_("As well"), [Span(said, "quiet")])] if said else []
        if line.kind is None:
            saying = render(line.problem) if line.problem else ""
            return Understood(None, (), [[Span("  "), Span(saying, "soon" if text.strip() else "quiet")], *also])
        values |= read_texts(self.session, beside)
        doubt = case.in_doubt(self.session, line, text, self.kept)
        return Understood(values, (), [*_read_back(self.session, values), *(also or [_hint()])], doubt)

    def action_ticket_form(self) -> None:
        from workbench.ui.tickets.add_form import CaseForm

        self.app.push_screen(CaseForm(self.session, self.query_one(Entry).value, self._beside), self._formed)

    def _formed(self, result: Done | Back | None) -> None:
        if isinstance(result, Back):
            self._beside = result.beside
            self.query_one(Entry).put(result.line)
            self.draw()
        elif result is not None or not (self._beside or self.query_one(Entry).value.strip()):
            self.dismiss(result)


def several(session: Session, text: str, place: str) -> SeveralSheet:
    """The sheet for several cases that were pasted into the entry line of this place."""

    def mend(sheet: SeveralSheet) -> None:
        sheet.app.push_screen(NewCaseSheet(session, value=sheet.rows[0].text), sheet.mended)

    def read(pasted: str) -> list[Read]:
        return [_one(session, line) for line in lines_of(pasted)]

    return SeveralSheet(text, LinesWay(place, read, lambda values: case.save_all(session, values), mend))


def _one(session: Session, text: str) -> Read:
    line = case.parsed(session, text)
    wrong = line.problem or case.doubt(session, line)
    if wrong is not None:
        return Read(text, None, amber(render(wrong)))
    values = case.values_of(line)
    ticket = case.preview(session, values)
    due = ticket.deadline.at
    parts = [amount(ticket.money), thing(ticket), ticket.words or "", ticket.buyer or ""]
    said = [Span(fit(todo(ticket), 22), "strong"), Span(fit(full_due(due, session.zone) if due else "?", 20))]
    return Read(text, values, [*said, Span("   ".join(part for part in parts if part))])


def edit(session: Session, ticket: Ticket) -> OneLine:
    """A case corrected: only what differs from what the line said before is changed."""
    before = case.parsed(session, write_line(ticket))

    def changes(line: CaseLine) -> dict[str, Any]:
        old, new = (case.own(session, case.values_of(each)) for each in (before, line))
        found: dict[str, Any] = {name: new.get(name, "") for name in old | new if old.get(name) != new.get(name)}
        if line.kind != before.kind:
            found["kind"] = line.kind
        if line.tags != before.tags:
            found["tags"] = (*ticket.tags, *line.tags)
        return found | {name: at for name, at in (("opened_at", line.since), ("due", line.due)) if at is not None}

    def read(text: str) -> Understood:
        line = case.parsed(session, text)
        if line.kind is None:
            return Understood(None, (), [[Span("  "), *amber(render(line.problem) if line.problem else "")]])
        found = changes(line)
        names = edited(", ".join(found))
        said = _("changes: {names}").format(names=names) if found else _("nothing is changed yet")
        doubt = case.in_doubt(session, line, text, sheet.kept) if line.sku != before.sku else None
        return Understood(
            found or None, (), [*_read_back(session, case.values_of(line))[:2], [Span("  " + said, "quiet")]], doubt
        )

    sheet = OneLine(
        ticket.ref, read, lambda found: session.tickets.edit([ticket.id], **found), value=write_line(ticket),
        known=lambda text: [(piece.begin, piece.end) for piece in case.parsed(session, text).pieces],
        complete=lambda text: _complete(session, text),
    )  # fmt: skip
    return sheet


def _read_back(session: Session, values: case.Values) -> Sequence[Line]:
    ticket = case.preview(session, values)
    head = [channel(ticket.channel) if ticket.channel else "", f"#{ticket.content}" if ticket.content else ""]
    head += [_("a card answered")] if ticket.automatic else []
    parts = [todo(ticket), *head, amount(ticket.money), ticket.sku or "", ticket.product or "", ticket.order_id or ""]
    lines = [labelled(_("Read as"), [Span("   ".join(part for part in parts if part))])]
    said = [_('"{words}"').format(words=ticket.words)] if ticket.words else []
    if said or ticket.buyer:
        lines.append(labelled(_("Buyer"), [Span("   ".join([*said, *([ticket.buyer] if ticket.buyer else [])]))]))
    why, due = case.reason(session, ticket, values), ticket.deadline.at
    point = [] if due is None else [Span(full_due(due, session.zone), "strong"), Span("   ")]
    return [*lines, labelled(_("Due"), [*point, *why])]


def _hint() -> Line:
    return labelled("", [Span(_("type  by 18:00  or  since Mon 20:15  to say otherwise"), "quiet")])


def _complete(session: Session, text: str) -> str | None:
    """The kind or the SKU that the last word begins."""
    head, blank, last = text.rpartition(" ")
    if not last:
        return None
    kinds = [word for kind in KINDS for word in KIND_WORDS[kind]]
    words = sorted(case.known(session)) if head.strip() else kinds
    found = next((word for word in words if word.casefold().startswith(last.casefold())), None)
    return f"{head}{blank}{found} " if found else None
