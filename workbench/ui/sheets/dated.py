"""The form of what begins and ends and is about products, such as a live or a campaign; no line says the same."""

from __future__ import annotations

from typing import ClassVar

from workbench.core.saying import say
from workbench.core.sku_list import parted
from workbench.ui.sheets.form import Answer, Back, FormSheet
from workbench.ui.sheets.values import time_answer


class DatedForm(FormSheet):
    """Reads its times, of which `starts_at` and `ends_at` are needed, and `skus`; all else is text."""

    keys = ("sheet.accept", "line.complete", "sheet.leave")
    #: The fields that are instants, and those of which a bare day means its 24:00.
    times: ClassVar[tuple[str, ...]] = ("starts_at", "ends_at")
    whole_days: ClassVar[tuple[str, ...]] = ()

    def read(self, name: str, text: str) -> Answer:
        if name == "skus":
            return Answer(parted(text))
        if name not in self.times:
            return Answer(text)
        needed = name in ("starts_at", "ends_at")
        found = time_answer(self.session, text, end=name in self.whole_days, needed=needed)
        starts = self.value("starts_at") if name == "ends_at" else None
        if found.value is not None and starts is not None and found.value <= starts:
            return Answer(None, (), say("It would end before it starts."))
        return found

    def action_form_line(self) -> None:
        """There is no line."""

    def back(self) -> Back:
        raise NotImplementedError
