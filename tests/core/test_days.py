"""What counts as cleared, late, an evening at zero and in time; the closed forms against counting by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, NOW, at, seen, ticket
from workbench.core.tickets import merge, moves
from workbench.core.tickets.days import Cleared, Clock, OnTime, clocks, days, evenings, on_time
from workbench.core.tickets.merge import FileSource

DAY = timedelta(days=1)
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


def act(case, action, when, rules=FULL):
    return moves.act(case, action, None, at(when), rules)


def told(*tickets, first=date(2026, 11, 1), told_from=date(2026, 11, 1), now=NOW):
    return days(tickets, now, BANGKOK, 90, first, told_from)


def test_a_deed_is_cleared_on_its_day_in_time_or_late():
    in_time = act(ticket(opened="2026-11-20T15:00"), "approve", "2026-11-23T14:59:59")
    late = act(ticket(opened="2026-11-20T15:00", id=2), "reject", "2026-11-23T15:00")
    today = act(ticket(opened="2026-11-23T10:00", id=3), "approve", "2026-11-24T00:00")
    found = told(in_time, late, today)
    assert (found.yesterday, found.today) == (Cleared(2, 1), Cleared(1, 0))
    assert (found.month.in_time, found.month.late) == (2, 1)


def test_every_stage_on_the_way_counts_with_the_deadline_it_had():
    case = act(ticket("reshipment", opened="2026-11-20T10:00"), "approve", "2026-11-23T09:00")
    case = act(case, "sent", "2026-11-23T12:00")
    assert [(clock.stage, clock.due) for clock in clocks(case)] == [
        ("decide", at("2026-11-22T10:00")),
        ("send", at("2026-11-25T09:00")),
    ]
    assert told(case).yesterday == Cleared(2, 1)


def test_time_and_an_open_deadline_that_is_past_are_late():
    by_time = act(ticket(opened="2026-11-20T15:00"), "timeout", "2026-11-23T16:00")
    running = ticket(opened="2026-11-19T15:00", id=2)
    found = told(by_time, running)
    assert (found.month.in_time, found.month.late) == (0, 2)
    assert (found.yesterday, found.today) == (Cleared(1, 1), Cleared(0, 0))


@pytest.mark.parametrize("action", ["withdrawn", "disputed", "ask_proof"])
def test_what_somebody_else_ended_before_the_deadline_says_nothing(action):
    found = told(act(ticket(opened="2026-11-23T10:00"), action, "2026-11-23T12:00"))
    assert found.month is None
    assert found.yesterday == Cleared(0 if action == "ask_proof" else 1, 0)
    if action != "ask_proof":
        assert told(act(ticket(opened="2026-11-20T10:00"), action, "2026-11-23T12:00")).month.late == 1


@pytest.mark.parametrize(
    ("kind", "stage"), [("message", "reply"), ("refund_only", "appeal"), ("other", "check"), ("other", "decide")]
)
def test_rates_rights_and_guesses_are_not_in_the_rate(kind, stage):
    case = moves.close(ticket(kind, stage, "2026-11-23T10:00"), "other", at("2026-11-23T12:00"), FULL)
    assert told(case).month is None
    assert told(case).yesterday == Cleared(1, 0)


@pytest.mark.parametrize(
    ("own", "counts"), [("2026-11-23T14:59", (1, 0, 0)), ("2026-11-23T15:00", (0, 0, 1))]
)  # fmt: skip
@pytest.mark.parametrize("to", ["closed", "buyer_ship"])
def test_a_file_shows_in_time_or_nothing(own, counts, to):
    case = ticket("return_refund", opened="2026-11-20T15:00", external_id="403586091390996030")
    sighting = seen(to, kind="return_refund", since="2026-11-20T15:00")
    after, _ = merge.merged(case, sighting, FileSource("returns.csv", at(own), NOW), FULL)
    assert after.stage == to
    sure = act(ticket(opened="2026-11-23T10:00", id=2), "approve", "2026-11-23T11:00")
    found = told(after, sure).month
    assert (found.in_time - 1, found.late, found.unknown) == counts


def test_the_month_is_the_shops_and_the_late_belong_to_the_month_of_their_deadline():
    early = act(ticket(opened="2026-10-30T10:00"), "approve", "2026-10-31T23:59:59")
    first = act(ticket(opened="2026-10-30T10:00", id=2), "approve", "2026-11-01T00:00")
    missed = act(ticket(opened="2026-10-29T10:00", id=3), "approve", "2026-11-05T10:00")
    found = told(early, first, missed).month
    assert (found.month, found.in_time, found.late) == (date(2026, 11, 1), 1, 0)
    assert told(early, missed).month is None


def test_no_data_is_not_a_hundred_per_cent():
    found = told(first=None)
    assert (found.month, found.yesterday, found.evenings, found.at_least) == (None, None, None, False)
    assert told(first=TODAY).evenings is None
    assert told(first=YESTERDAY).evenings == 1


def test_a_first_import_says_nothing_about_the_month():
    source = FileSource("returns.csv", at("2026-11-24T08:52"), NOW)
    overdue = merge.created(seen(since="2026-11-19T15:00"), source, FULL, 1)
    over = merge.created(seen("closed", since="2026-11-12T10:00"), source, FULL, 2)
    assert overdue.deadline.at < NOW
    assert told(overdue, over, first=TODAY).month is None
    done = act(ticket(opened="2026-11-23T15:00", id=3), "approve", "2026-11-24T08:58")
    found = told(overdue, over, done, first=TODAY).month
    assert (found.in_time, found.late) == (1, 1)
    late = act(overdue, "approve", "2026-11-24T08:58")
    assert told(late, over, first=TODAY).month.late == 1


def test_evenings_stop_at_the_one_on_which_something_was_overdue():
    late = act(ticket(opened="2026-11-18T15:00"), "approve", "2026-11-21T09:00")  # due on Thursday the 19th
    assert told(late).evenings == 3  # the 21st, 22nd and 23rd
    at_midnight = act(ticket(opened="2026-11-18T15:00"), "approve", "2026-11-21T00:00")
    assert told(at_midnight).evenings == 4  # done at the end of the 20th, not after it
    assert told(ticket(opened="2026-11-20T15:00")).evenings == 0
    assert told(ticket(opened="2026-11-23T08:00")).evenings == 23  # overdue only today
    assert told(ticket(opened="2026-11-23T00:00")).evenings == 0  # due at this very midnight


def test_evenings_say_when_there_may_be_more():
    found = told(first=date(2026, 6, 1), told_from=date(2026, 11, 11))
    assert (found.evenings, found.at_least) == (13, True)
    late = act(ticket(opened="2026-11-18T15:00"), "approve", "2026-11-21T09:00")
    assert not told(late, first=date(2026, 6, 1), told_from=date(2026, 11, 11)).at_least
    assert not told(first=date(2026, 11, 11), told_from=date(2026, 11, 11)).at_least


_HOURS = st.integers(-24 * 12, 24 * 3)
_CLOCKS = st.lists(
    st.tuples(_HOURS, st.none() | _HOURS, st.sampled_from(["done", "time", "file", "left"])).map(
        lambda one: Clock(
            "decide",
            NOW + timedelta(hours=one[0]),
            "platform",
            None if one[1] is None else min(NOW, NOW + timedelta(hours=one[1])),
            one[2] if one[1] is not None else "done",
        )
    ),
    max_size=6,
)


@given(_CLOCKS)
def test_evenings_equal_looking_at_each_evening(found):
    begin, count = date(2026, 11, 10), 0
    for back in range(1, 20):
        evening = at((TODAY - (back - 1) * DAY).isoformat())
        open_late = [c for c in found if c.due <= evening and (c.at is None or c.at > evening)]
        if open_late or TODAY - back * DAY < begin:
            break
        count += 1
    assert evenings(found, NOW, BANGKOK, begin) == count


@given(_CLOCKS, st.integers(1, 100))
def test_the_closed_forms_equal_trying_it_out(found, percent):
    rate = on_time(found, NOW, BANGKOK, percent)
    verdicts = [clock.verdict(NOW) for clock in found]
    ended = [each for each, clock in zip(verdicts, found, strict=True) if clock.at is not None]
    if rate is None:
        assert not {"in_time", "late"} & set(ended)
        return
    assert (rate.in_time, rate.late) == (verdicts.count("in_time"), verdicts.count("late"))
    check_forms(rate)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 100))
def test_the_closed_forms_for_any_counts(in_time, late, percent):
    if in_time + late:
        check_forms(OnTime(month=TODAY, in_time=in_time, late=late, unknown=0, percent=percent))


def check_forms(rate):
    def fine(in_time, late):
        return 100 * in_time >= rate.percent * (in_time + late)

    misses = 0
    while fine(rate.in_time, rate.late + misses + 1):
        misses += 1
    assert rate.misses_left == misses
    needed = next((n for n in range(40_000) if fine(rate.in_time + n, rate.late)), None)
    assert rate.needed == needed
    assert (rate.rate >= rate.percent / 100 - 1e-12) == (needed == 0)
