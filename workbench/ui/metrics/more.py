"""What else is known of a metric: the days of its misses, what is due now, what it opens and closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbench.core.metrics.gates import Opening
from workbench.core.metrics.standing import MetricStanding
from workbench.i18n import _, n_, pick
from workbench.output.metrics.text import line_words, open_words, opening_words
from workbench.output.words import short_date
from workbench.session import Session
from workbench.session.metrics.behind import behind
from workbench.session.metrics.gates import gates
from workbench.ui.board import Board

#: So many days with misses are named.
_DAYS = 3


def more_facts(session: Session, board: Board, found: MetricStanding) -> list[tuple[str, str]]:
    """Labels with what they say."""
    return [*_missed(session, found), *_now(board, found), *_opens(session, found)]


def _missed(session: Session, found: MetricStanding) -> Iterator[tuple[str, str]]:
    """`3 on 14 Nov, 5 on 19 Nov, 7 others`"""
    if found.own is None:
        return
    days = Counter(each.day for each in behind(session, found.metric) if each.bad)
    newest = sorted(days, reverse=True)[:_DAYS]
    if not newest:
        return
    told = [_("{n} on {day}").format(n=days[day], day=short_date(day)) for day in newest]
    others = sum(days.values()) - sum(days[day] for day in newest)
    if others:
        told.append(n_("{n} other", "{n} others", others).format(n=others))
    yield _("Missed"), _(", ").join(told)


def _now(board: Board, found: MetricStanding) -> Iterator[tuple[str, str]]:
    """What of it can still be met today."""
    if found.metric.own == "late" and (orders := board.brief.ship_today):
        yield _("Now"), n_("{n} order due today", "{n} orders due today", orders).format(n=orders)
    if found.metric.own == "response" and (waiting := board.brief.messages.waiting):
        yield _("Now"), n_("{n} message waits", "{n} messages wait", waiting).format(n=waiting)


def _opens(session: Session, found: MetricStanding) -> Iterator[tuple[str, str]]:
    """Its gates, with the points where they are asked as well, and until when; of the score the other rights, too."""
    openings = gates(session, [found])
    if found.metric.unit != "score":
        openings = openings[: len(found.metric.gates)]
    for at, each in enumerate(openings):
        yield "" if at else _("Opens"), _opening(session, each)


def _opening(session: Session, each: Opening) -> str:
    line = each.needs[0].line if len(each.needs) == 1 else None
    metric = each.needs[0].metric
    if line is None or metric is None:
        return opening_words(each, session.zone)
    state = open_words(each, session.zone)
    return _("{opens}, {line}: {state}").format(opens=pick(each.opens), line=line_words(line, metric.unit), state=state)
