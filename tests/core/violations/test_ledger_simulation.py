"""Random ledgers against a simulation that knows nothing of events: it asks of each violation, at each second, whether
its points are in force. The seconds it is asked about are all the boundaries, and the ones beside them."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from points_support import climbing, counting_down, filing, shop

from workbench.core.violations.ledger import ledger
from workbench.core.violations.model import ScoreStatement, Violation
from workbench.core.violations.policy import Validity

ZONES = ("America/Los_Angeles", "Asia/Bangkok", "Europe/London")
CHANGES_ON = date(2026, 3, 8)
VALIDITY = (Validity(days=180), Validity(days=90, effective=CHANGES_ON))
LIMIT = 48
FIRST, LAST = datetime(2025, 9, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)


def midnight(day, zone):
    """00:00 by the clock on the wall, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


def instant(seconds):
    return datetime.fromtimestamp(seconds, UTC)


def life(entry, zone):
    """From which second to before which the points of a violation are in force."""
    begin = int(entry.issued_at.timestamp())
    day = datetime.fromtimestamp(begin, ZoneInfo(zone)).date()
    days = 90 if day >= CHANGES_ON else 180
    if entry.issued_day_only:
        return begin, midnight(day + timedelta(days=days + 1), zone)
    return begin, begin + days * 24 * 3600


def in_force(entries, zone, second):
    return sum(e.points for e in entries if not e.void and life(e, zone)[0] <= second < life(e, zone)[1])


@st.composite
def ledgers(draw):
    """A zone, violations close to each other so that boundaries meet, and the seconds to look at."""
    zone = draw(st.sampled_from(ZONES))
    few = draw(st.lists(st.integers(int(FIRST.timestamp()), int(LAST.timestamp())), min_size=1, max_size=3))
    near = st.sampled_from([-1, 0, 0, 1, 86400, 90 * 86400, 180 * 86400, -3600, 3600])
    entries = []
    for id in range(1, draw(st.integers(0, 8)) + 1):
        begin = draw(st.sampled_from(few)) + draw(near)
        day_only = draw(st.booleans())
        if day_only:
            begin = midnight(datetime.fromtimestamp(begin, ZoneInfo(zone)).date(), zone)
        decided = instant(begin + draw(st.integers(0, 40 * 86400)))
        result = draw(st.sampled_from([None, None, "accepted", "rejected"]))
        entries.append(
            Violation(
                id=id,
                points=draw(st.integers(0, 24)),
                issued_at=instant(begin),
                issued_day_only=day_only,
                appeals=(filing(instant(begin), result, decided),) if result else (),
            )
        )
    edges = {edge for entry in entries for edge in life(entry, zone)} | set(few)
    return zone, entries, sorted({edge + beside for edge in edges for beside in (-1, 0, 1)})


def found_at(entries, zone, second, rules=None, statements=()):
    rules = rules or climbing(validity=VALIDITY)
    return ledger(entries, statements, rules, shop(zone), instant(second))


def on_curve(found, second):
    ats = [level.at for level in found.forecast]
    return found.forecast[bisect_right(ats, instant(second)) - 1].points


@given(ledgers())
def test_points_and_forecast_are_what_the_simulation_counts(drawn):
    zone, entries, seconds = drawn
    for on in seconds[:: max(1, len(seconds) // 6)]:
        found = found_at(entries, zone, on)
        assert found.points == in_force(entries, zone, on)
        for later in seconds:
            if later >= on:
                assert on_curve(found, later) == in_force(entries, zone, later)


@given(ledgers())
def test_the_forecast_has_one_entry_a_change_and_ends_with_the_last_point(drawn):
    zone, entries, seconds = drawn
    found = found_at(entries, zone, seconds[0])
    ats, levels = [level.at for level in found.forecast], [level.points for level in found.forecast]
    assert ats[0] == instant(seconds[0])
    assert ats == sorted(set(ats))
    assert all(before != after for before, after in pairwise(levels))
    assert levels[-1] == 0
    ends = [life(entry, zone)[1] for entry in entries if entry.points and not entry.void]
    if ends and max(ends) > seconds[0]:
        assert ats[-1] == instant(max(ends))


@given(ledgers())
def test_revoked_from_the_first_second_at_which_the_simulation_reaches_the_limit(drawn):
    zone, entries, seconds = drawn
    over = [second for second in seconds if in_force(entries, zone, second) >= LIMIT]
    for on in seconds[:: max(1, len(seconds) // 6)]:
        found = found_at(entries, zone, on)
        first = min((second for second in over if second <= on), default=None)
        assert found.revoked == (first is not None)
        assert found.revoked_at == (None if first is None else instant(first))


@given(ledgers(), st.data())
def test_voiding_restores_the_exact_earlier_ledger(drawn, data):
    zone, entries, seconds = drawn
    extra = Violation(
        id=99,
        points=data.draw(st.integers(1, 48)),
        issued_at=instant(data.draw(st.sampled_from(seconds))),
    )
    decided = extra.issued_at + timedelta(seconds=data.draw(st.integers(0, 10**7)))
    gone = msgspec.structs.replace(extra, appeals=(filing(extra.issued_at, "accepted", decided),))
    for on in seconds[:: max(1, len(seconds) // 6)]:
        before = found_at(entries, zone, on)
        assert found_at([*entries, gone], zone, on) == before
        assert found_at(list(reversed(entries)), zone, on) == before


def score(entries, statements, zone, second):
    """The score by counting: the latest statement, less what it does not hold yet, plus what has come back since."""
    said = max((s for s in statements if s.at <= instant(second)), key=lambda s: (s.at, s.id), default=None)
    if said is None:
        return max(0, min(1000, 200 - in_force(entries, zone, second)))
    since, total = int(said.at.timestamp()), said.score
    for entry in entries:
        begin, end = life(entry, zone)
        if entry.void:
            held = begin <= since < end and entry.appeals[-1].decided_at >= said.at
            total += entry.points if held else 0
        elif begin > since:
            total -= entry.points if begin <= second < end else 0
        elif since < end <= second:
            total += entry.points
    return max(0, min(1000, total))


@given(ledgers(), st.data())
def test_a_score_is_what_the_simulation_counts(drawn, data):
    zone, entries, seconds = drawn
    rules = counting_down(validity=VALIDITY)
    at = st.sampled_from(seconds).map(instant)
    said = data.draw(st.lists(st.tuples(st.integers(0, 1000), at), max_size=3))
    statements = [ScoreStatement(id, *pair) for id, pair in enumerate(said)]
    for on in seconds[:: max(1, len(seconds) // 6)]:
        found = found_at(entries, zone, on, rules, statements)
        assert found.points == score(entries, statements, zone, on)
        assert found.assumed == (not any(statement.at <= instant(on) for statement in statements))
        for later in seconds:
            if later >= on:
                assert on_curve(found, later) == score(entries, statements, zone, later)
