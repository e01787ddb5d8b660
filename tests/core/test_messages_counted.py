"""What is measured of messages, against counting one by one over random days, daylight saving among them; and the daily
tally gives the same rate as the cases themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import count as numbers
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.factories import BANGKOK, policy, rule
from workbench.core.policy import MessagePolicy
from workbench.core.rates import parse_target
from workbench.core.tickets.messages import measure, rate_of, rounds_told, tallied, untallied
from workbench.core.tickets.model import Deadline, Round, Ticket
from workbench.core.time import midnight, shop_day

NOW = {"US": datetime(2026, 11, 12, 17, 30, tzinfo=UTC), "TH": datetime(2026, 11, 24, 2, 0, tzinfo=UTC)}
HOURS = {"US": 24, "TH": 12}
_MINUTE = timedelta(minutes=1)


#: The clocks there went back on 1 November 2026.
ZONES = {"US": ZoneInfo("America/New_York"), "TH": BANGKOK}


def rules(market, automatic="waits", days=30, target=">= 85%"):
    window = rule("reply", f"{HOURS[market]}h", ["message"], due_kind="rate", on_timeout="counted")
    counted = MessagePolicy(days=days, automatic=automatic, target=parse_target(target))
    return policy(window, zone=ZONES[market], market=market, of_messages=lambda: counted)


@some.composite
def cases(draw, now):
    """Message cases of the last weeks, with one or two rounds, answered or not, open or closed."""
    found = []
    for number in range(draw(some.integers(0, 14))):
        begun = now - draw(some.integers(0, 46 * 24 * 60)) * _MINUTE
        rounds, at = [], begun
        for _ in range(draw(some.integers(1, 2))):
            wait = draw(some.sampled_from((1, 5, 59, 60, 719, 720, 721, 1439, 1440, 1441, 3000))) * _MINUTE
            answered = at + wait if draw(some.booleans()) and at + wait <= now else None
            rounds.append(Round(at, answered))
            if answered is None or answered + 90 * _MINUTE > now:
                break
            at = answered + 90 * _MINUTE
        last = rounds[-1].answered_at or rounds[-1].begun_at
        closed = draw(some.booleans())
        found.append(
            Ticket(
                id=number + 1, kind="message", stage="closed" if closed else "reply", market="US", opened_at=begun,
                stage_since=begun,
                closed_at=min(now, last + draw(some.integers(0, 1500)) * _MINUTE) if closed else None,
                deadline=Deadline(""), rounds=tuple(rounds), automatic=draw(some.booleans()),
                channel=draw(some.sampled_from((None, "chat", "live"))),
                content=draw(some.sampled_from((None, "live8", "vid"))),
            )
        )  # fmt: skip
    return found


def one_by_one(tickets, market, now, automatic, zone, days):
    """(day, in time?) of each round that counts."""
    found = []
    for case in tickets:
        for each in case.rounds:
            until = each.begun_at + timedelta(hours=HOURS[market])
            if each.answered_at is None and case.automatic and automatic != "waits":
                good = True if automatic == "answered" else None
            elif each.answered_at is not None and each.answered_at < until:
                good = True
            elif each.answered_at is None and case.closed_at is not None and case.closed_at < until:
                good = None
            else:
                good = False if now >= until else None
            day = each.begun_at.astimezone(zone).date()
            if good is not None and (now.astimezone(zone).date() - day).days < days:
                found.append((day, good))
    return found


def most(ok):
    """The first k from 0 on with which it is no longer at the target, less one; None where that never comes."""
    return next((k - 1 for k in range(3000) if not ok(k)), None)


@pytest.mark.parametrize("market", ["US", "TH"])
@settings(max_examples=50)
@given(data=some.data())
def test_the_rate_is_what_one_counts_by_hand(market, data):
    now = NOW[market]
    automatic = data.draw(some.sampled_from(("waits", "answered", "excluded")))
    days = data.draw(some.sampled_from((7, 30)))
    target = data.draw(some.sampled_from((">= 85%", "> 90%", ">= 50%", ">= 100%")))
    held, zone = rules(market, automatic, days, target), ZONES[market]
    tickets = data.draw(cases(now))
    counted = one_by_one(tickets, market, now, automatic, zone, days)
    good, total = sum(well for _day, well in counted), len(counted)
    share = Fraction(target.split()[1].rstrip("%")) / 100

    def met(a, n):
        return n > 0 and (Fraction(a, n) > share if target.startswith("> ") else Fraction(a, n) >= share)

    found = measure(tickets, held, now).window
    assert (found.good, found.total) == (good, total)
    assert found.rate == (Fraction(good, total) if total else None)
    if not met(good, total):
        assert found.misses_left == 0
        reachable = next((m for m in range(2000) if met(good + m, total + m)), None)
        assert found.needed == reachable
    else:
        assert found.misses_left == most(lambda k: met(good, total + k))
        assert found.needed == 0
    missed = [day for day, well in counted if not well]
    assert found.forgives_at == (midnight(min(missed) + timedelta(days=days), zone) if missed else None)
    recovers = None
    if total and not met(good, total):
        today = now.astimezone(zone).date()
        for ahead in numbers(1):
            first = today + timedelta(days=ahead - days + 1)
            left = [well for day, well in counted if day >= first]
            if met(sum(left), len(left)):
                recovers = datetime.combine(today + timedelta(days=ahead), datetime.min.time(), zone).astimezone(UTC)
            if recovers or not left:
                break
    assert found.recovers_at == recovers
    # The same from the tally of the closed ones and the others themselves.
    kept: dict[date, dict[str, int]] = {}
    for case in (each for each in tickets if each.closed_at is not None):
        for day, name, number in tallied(case, zone):
            counts = kept.setdefault(day, {})
            counts[name] = counts.get(name, 0) + number
    others = rounds_told((each for each in tickets if each.closed_at is None), held, now)
    back = untallied(kept, held, now)
    assert back is not None
    assert rate_of(others, held, now, back) == found


@settings(max_examples=50)
@given(data=some.data())
def test_counts_waits_and_shares_are_what_one_counts_by_hand(data):
    now, zone = NOW["US"], ZONES["US"]
    tickets = data.draw(cases(now))
    first = shop_day(now, zone) - timedelta(days=data.draw(some.integers(0, 40)))
    last = first + timedelta(days=data.draw(some.integers(0, 20)))
    content = data.draw(some.sampled_from((None, "live8", "#LIVE8")))
    found = measure(tickets, rules("US"), now, first, last, content)
    chosen = [
        (case, each)
        for case in tickets
        for each in case.rounds
        if first <= each.begun_at.astimezone(zone).date() <= last and (content is None or case.content == "live8")
    ]
    waits = sorted((each.answered_at - each.begun_at) / _MINUTE for _case, each in chosen if each.answered_at)
    assert len(found.told) == len(chosen)
    if waits:
        middle = (waits[(len(waits) - 1) // 2] + waits[len(waits) // 2]) / 2
        assert float(found.median) == pytest.approx(middle, abs=0.051)
        assert float(found.p90) == pytest.approx(waits[-(-9 * len(waits) // 10) - 1], abs=0.051)
    else:
        assert found.median is found.p90 is None
    for each in found.within:
        so_far = [
            wait
            for case, one in chosen
            for wait in [((one.answered_at or now) - one.begun_at) / _MINUTE]
            if one.answered_at or (wait >= each.minutes and not left(case, one))
        ]
        answered = [wait for wait in waits if wait < each.minutes]
        assert each.count == len(answered)
        assert each.share == (Fraction(len(answered), len(so_far)) if so_far else None)


def left(case, each):
    """Closed unanswered in time: it neither answered nor waits."""
    return case.closed_at is not None and case.closed_at < each.begun_at + timedelta(hours=24)
