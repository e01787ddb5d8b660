"""A plan of a big day: steps with begin and end, counted back from the day or by the calendar of its year.

Days are the shop's; the last day of a step is in it. A plan that is started late shows what is past, honestly.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from workbench.core.bigdays.events import fixed

State = Literal["coming", "open", "late", "done"]

_AROUND = re.compile(r"([+-])(\d{1,3})d")


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A step as the settings write it: `begins` and `ends` are `-21d` from the day, or `04-01` of its year."""

    id: str
    title: dict[str, str]
    begins: str
    ends: str
    wanted: dict[str, str] = {}


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan that was started: of which event, of which day."""

    id: int
    event: str
    name: dict[str, str]
    day: date
    started_at: datetime
    assumed: bool = False


class PlanStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step of a plan; `id` is the number of `S-7`. `wanted`: what is to be written down in `note`."""

    id: int
    plan: int
    key: str
    title: dict[str, str]
    begins: date
    ends: date
    wanted: dict[str, str] = {}
    note: str | None = None
    done_at: datetime | None = None
    told_at: datetime

    @property
    def ref(self) -> str:
        """The id as people write it."""
        return f"S-{self.id}"

    def state(self, today: date) -> State:
        """How it stands on a shop day."""
        if self.done_at is not None:
            return "done"
        if today < self.begins:
            return "coming"
        return "open" if today <= self.ends else "late"

    def moved(self, begins: date, now: datetime) -> PlanStep:
        """The step from another day on, as long as before; no other step follows it."""
        return msgspec.structs.replace(self, begins=begins, ends=begins + (self.ends - self.begins), told_at=now)


def around(text: str, day: date) -> date:
    """`-21d` counted from the day, `04-01` of its year. `ValueError` for anything else."""
    match = _AROUND.fullmatch(text.strip())
    if match is not None:
        days = int(match[2])
        return day + timedelta(days=days if match[1] == "+" else -days)
    found = fixed(text, day.year)
    if found is None:
        raise ValueError(text)
    return found


def laid_out(template: Template, id: int, plan: int, day: date, now: datetime) -> PlanStep:
    """The step of a plan, for the day of its event; one whose end lies before its begin lasts a day."""
    begins, ends = around(template.begins, day), around(template.ends, day)
    return PlanStep(
        id=id, plan=plan, key=template.id, title=template.title, begins=begins, ends=max(begins, ends),
        wanted=template.wanted, told_at=now,
    )  # fmt: skip
