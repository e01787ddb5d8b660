"""The trial of a rule over the shop's own requests, with what handling would be under it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from workbench.config.metric_rules import metrics
from workbench.core.tickets.handling import handling
from workbench.core.tickets.trial import Trial, rule, trial
from workbench.core.time import shop_day
from workbench.session.base import SessionBase

#: The window of handling time where the market says nothing.
_WINDOW = 60


class Tried(NamedTuple):
    """A trial, and the mean hours of handling as they are and as they would be."""

    trial: Trial
    now: Fraction | None
    then: Fraction | None


def tried(session: SessionBase, expression: str, first: date, last: date) -> Tried:
    """The rule over the requests of the days `first` to `last`, both in."""
    zone, settings = session.zone, session.settings
    today = shop_day(session.now(), zone)
    test = rule(expression, today, zone)
    tickets = session.desk("tickets").all(archived=True)
    found = trial(
        tickets, test, first, last, zone, settings.shop.currency, settings.rule.minutes, settings.rule.hour
    )  # fmt: skip
    about = next((each for each in metrics(settings, today=today) if each.own == "handling"), None)
    window, automatic = (about.window or _WINDOW, about.time_outs) if about is not None else (_WINDOW, False)
    now = handling(tickets, today, window, zone, automatic=automatic)
    matched = {ticket.id for ticket in found.matched}
    then = handling(tickets, today, window, zone, automatic=automatic, approved=lambda ticket: ticket.id in matched)
    return Tried(found, now.mean, then.mean)
