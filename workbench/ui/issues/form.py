"""An issue as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workbench.core.issues.cells import count_of, ticket_of
from workbench.core.issues.days import parse_day
from workbench.core.issues.model import Issue, IssueDraft
from workbench.core.issues.writing import written
from workbench.core.saying import Misuse, say
from workbench.i18n import _, language
from workbench.output.words import long_date
from workbench.session import Done, Session
from workbench.ui.issues.readback import day_name
from workbench.ui.sheets.form import Answer, Back, Field, FormSheet
from workbench.ui.text import Span, clean

#: How many SKUs are offered.
_OFFERED = 5


class IssueForm(FormSheet):
    """What the line says already stands in the fields; `issue` is the one that is edited."""

    fields: ClassVar[Sequence[Field]] = (
        Field("sku", say("SKU")), Field("type", say("Type"), picked=True), Field("words", say("Words")),
        Field("count", say("Count")), Field("ticket", say("Ticket")), Field("day", say("Day")),
    )  # fmt: skip

    def __init__(self, session: Session, line: str, issue: Issue | None) -> None:
        log = session.log
        reading = log.read(line, issue.day if issue else None)
        words = reading.words
        if issue is not None and clean(issue.words) == words:
            words = issue.words
        super().__init__(
            _("Log an issue") if issue is None else issue.ref,
            {
                "sku": reading.sku or "",
                "type": log.types.spellings(reading.type, language())[0] if reading.type else "",
                "words": words,
                "count": str(reading.count),
                "ticket": f"T-{reading.ticket}" if reading.ticket is not None else "",
                "day": day_name(reading.day, log.today) if reading.day == log.today else reading.day.isoformat(),
            },
        )
        self._issue = issue
        #: The words as they are shown, and as they are.
        self._words = clean(words).strip(), words

    def read(self, name: str, text: str) -> Answer:
        match name:
            case "sku":
                return self._sku(text)
            case "type":
                return self._type(text)
            case "count":
                count = count_of(text)
                return Answer(count) if count else Answer(wrong=say("The count is a number from 1 on."))
            case "ticket":
                ticket = ticket_of(text)
                wrong = say("The ticket is written like T-7, or left out.") if text and ticket is None else None
                return Answer(ticket, wrong=wrong)
            case "day":
                return self._day(text)
        shown, exact = self._words
        return Answer(exact if text == shown else text)

    def _sku(self, text: str) -> Answer:
        if not text:
            return Answer(wrong=say("The SKU is missing."))
        skus = self.session.log.skus()
        spelled = skus.spelled(text)
        if not spelled:
            return Answer(text, [Span(_("new SKU"), "soon")])
        product = skus.product(spelled[0])
        return Answer(spelled[0] if len(spelled) == 1 else text, [Span(product, "quiet")] if product else ())

    def _type(self, text: str) -> Answer:
        types = self.session.log.types
        meant = types.meant(text)
        if len(meant) == 1:
            return Answer(meant[0])
        found = [id for id, _name in types.search(text, language())][:6] if text else []
        names = types.listed(meant or found or list(types.types)[:6], language())
        return Answer(wrong=say("Write one of these as the type: {types}.", types=names))

    def _day(self, text: str) -> Answer:
        today = self.session.log.today
        try:
            day = parse_day(text, today)
        except Misuse as error:
            return Answer(wrong=error.saying)
        said = [Span(long_date(day), "quiet")]
        if day > today:
            said += [Span("   "), Span(_("this day is still to come"), "soon")]
        return Answer(day, said)

    def answers(self, name: str) -> Sequence[Sequence[str]]:
        types = self.session.log.types
        return [types.spellings(id, language()) for id in types.types] if name == "type" else ()

    def chosen(self, name: str, text: str) -> int:
        if name != "type":
            return -1
        types = self.session.log.types
        meant = types.meant(text)
        return list(types.types).index(meant[0]) if len(meant) == 1 else -1

    def fits(self, name: str, text: str) -> Sequence[str]:
        log = self.session.log
        if name == "type":
            return [spelling for _id, spelling in log.types.search(text, language())]
        if name == "sku" and text and not log.skus().spelled(text):
            return log.completer().skus.search(text, _OFFERED)
        return ()

    def meant(self, sku: str) -> Sequence[str]:
        known = self.session.log.skus()
        return () if known.spelled(sku) or (self._issue and sku == self._issue.sku) else known.alike(sku)

    def save(self, values: Mapping[str, Any]) -> Done:
        log, draft = self.session.log, IssueDraft(**values)
        return log.add(draft) if self._issue is None else log.replace(self._issue.id, draft)

    def back(self) -> Back:
        log = self.session.log
        values = {field.name: self.value(field.name) for field in self.fields}
        usual = self._issue.day if self._issue else log.today
        day = [values["day"].isoformat()] if values["day"] not in (None, usual) else []
        if values["sku"] and values["type"]:
            values["day"] = values["day"] or usual
            return Back(" ".join([*day, log.write(IssueDraft(**values))]), {})
        sku = [written(values["sku"])] if values["sku"] else []
        count = [f"x{values['count']}"] if values["count"] != 1 else []
        ticket = [f"@T-{values['ticket']}"] if values["ticket"] is not None else []
        parts = [*day, *sku, self.text("type"), *count, *ticket, self.text("words")]
        return Back(" ".join(part for part in parts if part), {})
