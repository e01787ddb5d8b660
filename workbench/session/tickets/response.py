"""How soon buyers are answered: the rate of the window that ends today, over live and archived cases alike.

What is live is counted from itself, what is archived from the daily tally. Only where that does not hold it, before its
first save or under a rule of less than an hour, the months of the window are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from workbench.core.rates import Counted, RateReading
from workbench.core.tickets.messages import ToldRound, rate_of, rounds_told, untallied
from workbench.core.tickets.model import Ticket
from workbench.session import tally
from workbench.session.base import SessionBase
from workbench.session.records import Records
from workbench.session.tickets.tables import TABLE, TICKETS
from workbench.storage.errors import Damaged


def response(session: SessionBase, live: Sequence[ToldRound] | None = None) -> RateReading:
    """The rate; `live` are the rounds of the live cases where they are at hand."""
    policy, now = session.policy, session.now()
    told = live if live is not None else tuple(rounds_told(session.desk("tickets").all(), policy, now))
    return rate_of(told, policy, now, _archived(session, now))


def _archived(session: SessionBase, now: datetime) -> Iterable[Counted]:
    found = tally.archived(session, TABLE)
    counted = None if found is None else untallied(found, session.policy, now)
    return _read(session, now) if counted is None else counted


def _read(session: SessionBase, now: datetime) -> Iterable[Counted]:
    """The rounds of the archived cases that may reach into the window."""
    at = now - timedelta(days=session.policy.messages.days + 1)
    months = {f"{moment.astimezone(UTC):%Y-%m}" for moment in (at + timedelta(days=n) for n in range((now - at).days))}
    months.add(f"{now.astimezone(UTC):%Y-%m}")
    try:
        tickets = Records(session.store, TICKETS, Ticket).archived(months).values()
    except Damaged as damaged:
        session.store.notices.append(damaged.saying)
        return ()
    return [
        Counted(each.round.begun_at, each.verdict == "in_time")
        for each in rounds_told(tickets, session.policy, now)
        if each.verdict in ("in_time", "late")
    ]
