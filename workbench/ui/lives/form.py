"""A live as a form: when, where, which products; one of a creator names the creator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workbench.core.lives.model import Live
from workbench.core.saying import say
from workbench.i18n import _
from workbench.session import Done, Session
from workbench.ui.sheets.dated import DatedForm
from workbench.ui.sheets.form import Field
from workbench.ui.sheets.values import time_text

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
        Field("note", say("Note")),
    )

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

    def save(self, values: Mapping[str, Any]) -> Done:
        desk = self.session.desk("lives")
        if self._live is None:
            done: Done = desk.add(**values)
            return done
        changed: Done = desk.edit(self._live.id, **values)
        return changed
