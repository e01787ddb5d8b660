"""Orders kept: what they add up to by shop day, against a count by hand, and which days files cover."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.orders.counts import Counts, FileSpan, RunningCounts, counted, covered, days_covered
from workbench.core.orders.model import Kept, newest

PACIFIC = ZoneInfo("America/Los_Angeles")
#: Over both switches of daylight saving in 2026.
SPRING, AUTUMN = datetime(2026, 3, 8, 10, tzinfo=UTC), datetime(2026, 11, 1, 9, tzinfo=UTC)


def row(order="1", sku="A", created=AUTUMN, **fields):
    return Kept(order_id=order, sku_id=sku, sku=sku, created_at=created, seen_at=created, **fields)


moments = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(-4 * 1440, 4 * 1440),
)
rows = st.builds(
    lambda order, sku, created, shipped, delivered, refunded, creator: row(
        order, sku, created, shipped_at=shipped, delivered_at=delivered, refunded=refunded, creator=creator
    ),
    st.sampled_from("12345678"), st.sampled_from("ABC"), moments, st.none() | moments, st.none() | moments,
    st.none() | st.just(Decimal("3.50")), st.sampled_from([None, "ann", "bob"]),
)  # fmt: skip


@given(st.lists(rows, max_size=25), st.sampled_from([SPRING, AUTUMN]), st.integers(0, 5), st.integers(0, 3))
def test_counts_are_of_distinct_orders_by_the_shop_day(found, base, before, length):
    first = base.astimezone(PACIFIC).date() - timedelta(days=before)
    last = first + timedelta(days=length)

    def on(at):
        return at is not None and first <= at.astimezone(PACIFIC).date() <= last

    for by in ("", "sku", "creator"):
        names = {getattr(r, by) if by else "" for r in found} - {None}
        for name in names:
            mine = [r for r in found if not by or getattr(r, by) == name]
            left = {r.order_id for r in mine if on(r.shipped_at or (r.delivered_at and (r.rts_at or r.delivered_at)))}
            back = {
                r.order_id
                for r in mine
                if r.refunded and on(r.shipped_at or (r.delivered_at and (r.rts_at or r.delivered_at)))
            }
            arrived = {r.order_id for r in mine if on(r.delivered_at)}
            got = counted(found, first, last, PACIFIC, by).get(name, Counts())
            assert got == Counts(len(left), len(arrived), len(back))


def span(first, last, as_of):
    return FileSpan(
        *(datetime.fromisoformat(f"2026-11-{text}:00-08:00").astimezone(UTC) for text in (first, last, as_of))
    )


@pytest.mark.parametrize(
    ("spans", "first", "last", "expected"),
    [
        ([("02T10:00", "09T20:00", "10T09:00")], 2, 9, True),
        ([("02T10:00", "09T20:00", "10T09:00")], 1, 9, False),
        ([("02T10:00", "09T20:00", "10T09:00")], 2, 10, False),
        # Of the day on which it was exported a file holds only the beginning,
        ([("02T10:00", "09T20:00", "09T20:05")], 2, 9, False),
        ([("02T10:00", "09T20:00", "09T20:05")], 2, 8, True),
        # but for the day that still lasts.
        ([("02T10:00", "20T09:00", "20T09:05")], 2, 20, True),
        ([("02T10:00", "09T20:00", "10T09:00"), ("10T01:00", "15T08:00", "16T08:00")], 3, 15, True),
        ([("02T10:00", "09T20:00", "10T09:00"), ("11T01:00", "15T08:00", "16T08:00")], 3, 15, False),
        ([], 3, 3, False),
        ([("02T10:00", "09T20:00", "10T09:00")], 5, 4, False),
    ],
)
def test_a_span_is_known_only_where_files_cover_each_of_its_days(spans, first, last, expected):
    days = date(2026, 11, first), date(2026, 11, last)
    whole = days_covered([span(*each) for each in spans], date(2026, 11, 20), PACIFIC)
    assert covered(whole, *days) is expected


@given(st.dictionaries(st.integers(1, 30), st.integers(0, 9)), st.integers(1, 30), st.integers(1, 30))
def test_a_running_sum_is_the_sum_of_the_days_of_any_span(counts, first, last):
    running = RunningCounts({date(2026, 11, day): count for day, count in counts.items()})
    expected = sum(count for day, count in counts.items() if first <= day <= last)
    assert running.between(date(2026, 11, first), date(2026, 11, last)) == expected


@given(st.permutations(range(5)), st.lists(st.booleans(), min_size=5, max_size=5))
def test_the_newer_file_wins_in_any_order_and_the_last_time_without_a_request_stays(order, asked):
    times = [AUTUMN + timedelta(hours=hour) for hour in range(5)]
    seen = [
        msgspec.structs.replace(row(quantity=n), seen_at=at, clean_at=None if ask else at)
        for n, (at, ask) in enumerate(zip(times, asked, strict=True))
    ]
    known = seen[order[0]]
    for at in order[1:]:
        known = newest(known, seen[at])
    assert known.quantity == 4
    assert known.clean_at == max((at for at, ask in zip(times, asked, strict=True) if not ask), default=None)


def test_a_file_whose_dates_are_certain_counts_beside_a_guess_of_a_later_time():
    guess = msgspec.structs.replace(row(quantity=1), seen_at=AUTUMN + timedelta(days=90), guessed=True)
    certain = row(quantity=2)
    assert newest(guess, certain).quantity == newest(certain, guess).quantity == 2
