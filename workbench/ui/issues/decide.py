"""What was decided about a SKU and type, in one line: `new chart by Fri 27 Nov`."""

from __future__ import annotations

import re
from datetime import date

from workbench.core.issues.model import Pair
from workbench.core.issues.week import Week
from workbench.core.when import parse_when
from workbench.i18n import _
from workbench.output.words import long_date
from workbench.session import Session
from workbench.ui.issues.cell import decision_words
from workbench.ui.issues.lines import type_word
from workbench.ui.sheets.oneline import OneLine, Understood
from workbench.ui.text import Line, Span

#: `by` and the day behind it, or the day with 前 behind it, at the end of the line.
_BY = re.compile(r"(?P<text>.*?\S)[\s,\uff0c]+by\s+(?P<day>\S.*)", re.IGNORECASE | re.DOTALL)
_BEFORE = re.compile("(?P<text>.*?\\S)[\\s,\uff0c]+(?P<day>\\S+?)\\s?(?:\u4e4b|\u4ee5)?\u524d")


def decide(session: Session, pair: Pair, week: Week) -> OneLine:
    """The sheet, about the number of this week."""
    log = session.log
    sku, type = pair

    def read(text: str) -> Understood:
        words, by = split(session, text)
        if not words:
            return Understood(None, [Span(_("such as: new chart by Fri 27 Nov"), "quiet")], below)
        tail = [Span(_("by {day}").format(day=long_date(by)), "quiet")] if by else [Span(_("without a day"), "quiet")]
        return Understood((words, by), tail, below)

    before = log.decisions(pair)[:2]
    below: list[Line] = [[Span("  " + _("so far: {decision}").format(decision=decision_words(each)), "quiet")]
                         for each in before]  # fmt: skip
    prompt = f"{sku} {type_word(log.types, type)}"
    return OneLine(prompt, read, lambda found: log.decide(sku, type, found[0], found[1], week))


def split(session: Session, text: str) -> tuple[str, date | None]:
    """The words, and the day at their end where there is one; what is no day belongs to the words."""
    text = text.strip()
    for pattern in (_BY, _BEFORE):
        found = pattern.fullmatch(text)
        by = _day(session, found["day"]) if found else None
        if found and by is not None:
            return found["text"].rstrip(" ,\uff0c"), by
    return text, None


def _day(session: Session, text: str) -> date | None:
    """The day, also with its weekday in front (`Fri 27 Nov`)."""
    now, zone = session.now(), session.zone
    weekday, _blank, rest = text.partition(" ")
    at = parse_when(text, now, zone)
    if at is None and rest and parse_when(weekday, now, zone) is not None:
        at = parse_when(rest, now, zone)
    return None if at is None else at.astimezone(zone).date()
