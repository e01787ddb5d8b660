"""What the fields of the plan's forms share: times, read and written back."""

from __future__ import annotations

from datetime import datetime

from workbench.core.saying import say
from workbench.core.when import parse_due, parse_when
from workbench.output.words import full_due, full_point
from workbench.session import Session
from workbench.ui.sheets.form import Answer
from workbench.ui.text import Span

_NO_TIME = say("not a time; such as: Fri 20:00, tomorrow, 12 Dec 18:00")


def time_answer(session: Session, text: str, *, end: bool = False, needed: bool = False) -> Answer:
    """An instant; of a bare day its 00:00, or (`end`) its 24:00."""
    if not text:
        return Answer(None, (), say("needed") if needed else None)
    at = (parse_due if end else parse_when)(text, session.now(), session.zone)
    if at is None:
        return Answer(None, (), _NO_TIME)
    shown = full_due(at, session.zone) if end else full_point(at, session.zone)
    return Answer(at.replace(second=0, microsecond=0), [Span(shown, "quiet")])


def time_text(at: datetime | None, session: Session) -> str:
    """An instant as it can be typed again."""
    return "" if at is None else f"{at.astimezone(session.zone):%Y-%m-%d %H:%M}"
