"""A new case as a form: everything that can be said of one by hand, with the deadline it will have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from workbench.core.tickets.stages import FIRST_STAGE
from workbench.i18n import _, render
from workbench.output.sentences import headline
from workbench.output.words import STAGES
from workbench.session import Done, Session
from workbench.ui.sheets.base import labelled
from workbench.ui.sheets.form import Answer, Back, Field, FormSheet
from workbench.ui.sheets.line import due_typed, remark
from workbench.ui.text import Line, Span, line_width
from workbench.ui.tickets import case
from workbench.ui.tickets.case_fields import FIELDS, answers, read_field, said_in, tags_in, written

#: How many SKUs and tags are offered.
_OFFERED = 5


class CaseForm(FormSheet):
    """What the line says already stands in the fields, and what was said `beside` it."""

    fields: ClassVar[Sequence[Field]] = FIELDS

    def __init__(self, session: Session, line: str, beside: Mapping[str, str]) -> None:
        super().__init__(_("New case"), {**beside, **said_in(session, line)})

    def read(self, name: str, text: str) -> Answer:
        found = read_field(self.session, name, text)
        if name == "due" and found.value is not None:
            values = {field.name: self.value(field.name) for field in FIELDS if field.name != "due"}
            if values["kind"]:
                ticket = case.preview(self.session, values)
                due = self.session.tickets.meant_due(ticket, found.value)
                said = remark(self.session, due, ticket.deadline.at) if due is not None else ()
                return found._replace(said=said or due_typed(self.session, text, [ticket])[1])
        if name == "tags" and not text and self._known_tags:
            in_use = _("in use: {tags}").format(tags=", ".join(self._known_tags[:8]))
            return found._replace(said=[Span(in_use, "quiet")])
        return found

    @cached_property
    def _known_tags(self) -> list[str]:
        return sorted({tag for ticket in self.session.tickets.queue() for tag in ticket.tags})

    def answers(self, name: str) -> Sequence[Sequence[str]]:
        return answers(name)

    def fits(self, name: str, text: str) -> Sequence[str]:
        if name == "sku" and text:
            begun, known = text.casefold(), sorted(case.known(self.session))
            found = [sku for sku in known if sku.casefold().startswith(begun)][:_OFFERED]
            return () if any(sku.casefold() == begun for sku in found) else found
        if name == "tags" and text:
            last = tags_in(text)[-1:]
            return [tag for tag in self._known_tags if last and tag.startswith(last[0]) and tag != last[0]][:_OFFERED]
        return super().fits(name, text)

    def complete(self, name: str, text: str) -> str | None:
        found = super().complete(name, text)
        return found if found is None or name != "tags" else " ".join([*tags_in(text)[:-1], found])

    def faint(self, name: str) -> str:
        match name:
            case "stage" if (kind := self.value("kind")) is not None:
                return render(STAGES[FIRST_STAGE[kind]])
            case "opened_at":
                return _("from now on")
            case "due":
                return _("as the rule says")
            case "product":
                return self.session.log.skus().product(self.value("sku") or "") or ""
        return ""

    def read_back(self, values: Mapping[str, Any]) -> Sequence[Line]:
        if values["kind"] is None:
            return [[]]
        ticket = case.preview(self.session, dict(values))
        title = headline(ticket, self.session.now(), self.session.zone)
        why = case.reason(self.session, ticket, dict(values))
        line = labelled(_("Read as"), [Span(title, "strong"), Span("   "), *why])
        if line_width(line) <= self.cells + 2:
            return [line]
        return [labelled(_("Read as"), [Span(title, "strong")]), labelled("", why)]

    def meant(self, sku: str) -> Sequence[str]:
        return case.near(self.session, sku)

    def save(self, values: Mapping[str, Any]) -> Done:
        return case.save(self.session, dict(values))

    def back(self) -> Back:
        typed = {field.name: text for field in FIELDS if (text := self.text(field.name))}
        line, said = written(self.session, typed)
        return Back(line, {name: text for name, text in typed.items() if name not in said})
