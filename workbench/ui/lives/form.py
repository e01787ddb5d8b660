"""A live as a form: when, where, which products; one of a creator names the creator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workbench.core.lives.model import Live
from workbench.core.saying import say
from workbench.i18n import _
from workbench.session import Done, Session
from workbench.ui.sheets.form import Answer, Back, Field, FormSheet
from workbench.ui.sheets.values import skus_in, time_answer, time_text

_TEXTS = ("account", "content", "creator", "note")


class LiveForm(FormSheet):
    """A new live, or (with one) that live corrected."""

    fields: ClassVar[Sequence[Field]] = (
        Field("starts_at", say("Starts")),
        Field("ends_at", say("Ends")),
        Field("account", say("Account")),
        Field("content", say("Content")),
        Field("skus", say("Products")),
        Field("creator", say("Creator")),
        Field("note", say("Note")),
    )
    keys = ("sheet.accept", "line.complete", "sheet.leave")

    def __init__(self, session: Session, live: Live | None) -> None:
        self._live = live
        texts: dict[str, str] = {}
        if live is not None:
            texts = {name: getattr(live, name) or "" for name in _TEXTS}
            texts |= {
                "starts_at": time_text(live.starts_at, session), "ends_at": time_text(live.ends_at, session),
                "skus": " ".join(live.skus),
            }  # fmt: skip
        super().__init__(_("New live") if live is None else live.ref, texts)

    def read(self, name: str, text: str) -> Answer:
        if name in ("starts_at", "ends_at"):
            found = time_answer(self.session, text, needed=True)
            starts = self.value("starts_at") if name == "ends_at" else None
            if found.value is not None and starts is not None and found.value <= starts:
                return Answer(None, (), say("It would end before it starts."))
            return found
        if name == "skus":
            return Answer(skus_in(text))
        return Answer(text)

    def save(self, values: Mapping[str, Any]) -> Done:
        desk = self.session.desk("lives")
        if self._live is None:
            done: Done = desk.add(**values)
            return done
        changed: Done = desk.edit(self._live.id, **values)
        return changed

    def action_form_line(self) -> None:
        """A live has no line."""

    def back(self) -> Back:
        raise NotImplementedError
