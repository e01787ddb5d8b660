"""The one-line questions of a step: what it wanted written down, and on which day it begins."""

from __future__ import annotations

from workbench.core.bigdays.plan import PlanStep
from workbench.core.when import parse_when
from workbench.i18n import _, pick
from workbench.output.words import long_date
from workbench.session import Done, Session
from workbench.ui.sheets.oneline import OneLine, Understood, amber
from workbench.ui.text import Span


def note(session: Session, step: PlanStep, *, done: bool = False) -> OneLine:
    """What was wanted; with `done` the step is ticked off too, with or without it."""
    desk = session.desk("bigdays")
    wanted = pick(step.wanted) if step.wanted else ""

    def read(text: str) -> Understood:
        if not done and text.strip() == (step.note or ""):
            return Understood(None)
        tail = [Span(_("wanted: {what}").format(what=wanted), "quiet")] if wanted and not text else []
        return Understood((text.strip(),), tail)

    def deed(value: tuple[str]) -> Done:
        if done:
            found: Done = desk.done([step.id], value[0] or None)
        else:
            found = desk.note(step.id, value[0])
        return found

    prompt = _("Done: {what}").format(what=pick(step.title)) if done else _("Note on {what}").format(what=step.ref)
    return OneLine(prompt, read, deed, value=step.note or "")


def move(session: Session, step: PlanStep) -> OneLine:
    """The day on which it begins; it lasts as long as before, and no other step follows it."""
    desk, zone = session.desk("bigdays"), session.zone
    length = step.ends - step.begins

    def read(text: str) -> Understood:
        if not text.strip():
            return Understood(None, [Span(_("such as: Fri, 1 Dec, 2026-12-01"), "quiet")])
        at = parse_when(text, session.now(), zone)
        if at is None:
            return Understood(None, amber(_("not a day; such as: Fri, 1 Dec, 2026-12-01")))
        day = at.astimezone(zone).date()
        said = _("{first} to {last}").format(first=long_date(day), last=long_date(day + length))
        return Understood(day, [Span(said)])

    return OneLine(_("{what} begins on").format(what=step.ref), read, lambda day: desk.move(step.id, day))
