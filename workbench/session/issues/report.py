"""A week of the log with all that a report says of it: words, pictures, what to check, what was decided."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import timedelta

import msgspec

from workbench.core.issues.model import Decision, Issue
from workbench.core.issues.names import TypeBook
from workbench.core.issues.week import Week, WeekRow
from workbench.core.saying import Refusal
from workbench.core.tickets.model import Ticket
from workbench.i18n import language, pick
from workbench.output.anonymous import Mask
from workbench.output.issues.report import ReportLine, Section, TypeNames, WeekReport
from workbench.session.base import SessionBase

#: How many weeks a picture shows.
WEEKS = 6
#: How many older decisions are looked back on.
_LOOK_BACK = 3


def week_report(
    session: SessionBase, week: Week | None = None, *, anonymous: bool = False, content: str | None = None
) -> WeekReport:
    """The report of a week, of the last complete one where None; of one content, where it is named. With `anonymous`
    it names no order and no buyer."""
    log = session.desk("issues")
    chosen = week or log.last_week()
    rows = log.report(chosen, content)
    tally = log.tally(chosen.later(1 - WEEKS).monday, content)
    moved = log.moved(chosen)
    types = log.types
    tickets = _tickets(session, rows)
    mask = _mask(session, tickets.values()) if anonymous else None

    def text(words: str) -> str:
        return words if mask is None else mask(words)

    def decided(decision: Decision) -> Decision:
        return msgspec.structs.replace(decision, text=text(decision.text))

    def section(row: WeekRow) -> Section:
        pair, known = (row.sku, row.type), types.types.get(row.type)
        of_pair = [each for each in moved if each.decision.pair == pair][:_LOOK_BACK]
        return Section(
            row=row,
            type=types.name(row.type, language()),
            check=pick(known.check) if known else "",
            weeks=log.history([pair], chosen, WEEKS, content),
            lines=[
                ReportLine(day=issue.day, words=text(issue.words), count=issue.count)
                if anonymous
                else _line(issue, tickets.get(issue.ticket or 0))
                for issue in row.issues
            ],
            decided=[decided(each) for each in log.decisions(pair) if log.looked_at(each) == chosen],
            moved=[msgspec.structs.replace(each, decision=decided(each.decision)) for each in of_pair],
        )

    return WeekReport(
        week=chosen,
        content=content and content.removeprefix("#"),
        today=log.today,
        sections=[section(row) for row in rows],
        weeks=[tally.total(chosen.later(n).monday, 7) for n in range(1 - WEEKS, 1)],
        mean4=tally.total(chosen.monday - timedelta(days=28), 28) / 4,
        evenings=sum(tally.logged(chosen.monday + timedelta(days=n)) for n in range(7)),
        names={id: _names(types, id) for id in {row.type for row in rows}},
        anonymous=anonymous,
    )


def _names(types: TypeBook, id: str) -> TypeNames:
    known = types.types.get(id)
    return TypeNames(types.name(id, language()), pick(known.short) if known else id)


def _line(issue: Issue, ticket: Ticket | None) -> ReportLine:
    return ReportLine(
        day=issue.day,
        words=issue.words,
        count=issue.count,
        ticket=f"T-{issue.ticket}" if issue.ticket is not None else None,
        order=ticket.order_id if ticket else None,
        buyer=ticket.buyer if ticket else None,
    )


def _tickets(session: SessionBase, rows: Iterable[WeekRow]) -> dict[int, Ticket]:
    """The tickets that the lines name, those that are there."""
    found: dict[int, Ticket] = {}
    for id in {issue.ticket for row in rows for issue in row.issues if issue.ticket is not None}:
        # A number that was mistyped, or written before this directory: the line says all that is known.
        with contextlib.suppress(Refusal):
            found[id] = session.desk("tickets").get(id)
    return found


def _mask(session: SessionBase, named: Iterable[Ticket]) -> Mask:
    tickets = [*named, *session.desk("tickets").all()]
    return Mask(
        name for ticket in tickets for name in (ticket.buyer, ticket.order_id, ticket.external_id, ticket.tracking)
    )
