"""A live as a form: when, where, which products; one of a creator names the creator and the deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workbench.core.lives.model import Live
from workbench.core.saying import Told, say
from workbench.core.sku_list import joined
from workbench.i18n import _
from workbench.session import Done, Session
from workbench.ui.sheets.dated import DatedForm
from workbench.ui.sheets.form import Answer, Field
from workbench.ui.sheets.values import time_text
from workbench.ui.text import Span

_TEXTS = ("account", "content", "creator", "note")


class LiveForm(DatedForm):
    """A new live, or (with one) that live corrected."""

    fields: ClassVar[Sequence[Field]] = (
        Field("starts_at", say("Starts")),
        Field("ends_at", say("Ends")),
        Field("account", say("Account")),
        Field("content", say("Content")),
        Field("skus", say("Products")),
        Field("creator", say("Creator")),
        Field("deal", say("Deal")),
        Field("note", say("Note")),
    )

    def __init__(self, session: Session, live: Live | None) -> None:
        self._live = live
        texts: dict[str, str] = {}
        if live is not None:
            texts = {name: getattr(live, name) or "" for name in _TEXTS}
            texts |= {
                "starts_at": time_text(live.starts_at, session), "ends_at": time_text(live.ends_at, session),
                "skus": joined(live.skus), "deal": "" if live.deal is None else f"D-{live.deal}",
            }  # fmt: skip
        super().__init__(_("New live") if live is None else live.ref, texts)

    def read(self, name: str, text: str) -> Answer:
        if name != "deal" or not text:
            return super().read(name, text)
        try:
            found = self.session.desk("creators").find(text)
        except Told as told:
            return Answer(None, (), told.saying)
        return Answer(found.id, [Span(found.handle or "", "quiet")])

    def complete(self, name: str, text: str) -> str | None:
        """The deal whose creator is typed."""
        if name != "deal" or not text or not self.session.store.table("deals"):
            return super().complete(name, text)
        open_ones = (each for each in self.session.desk("creators").all() if each.closed_at is None)
        return next(
            (each.ref for each in open_ones if (each.handle or "").casefold().startswith(text.casefold())), None
        )

    def save(self, values: Mapping[str, Any]) -> Done:
        desk = self.session.desk("lives")
        if self._live is None:
            done: Done = desk.add(**values)
            return done
        changed: Done = desk.edit(self._live.id, **values)
        return changed
