"""The week: recomputed here from scratch, over the ends of ISO years."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.issues.samples import TODAY, issue, none_day
from workbench.core.issues.heat import heat
from workbench.core.issues.model import Decision
from workbench.core.issues.tally import Tally
from workbench.core.issues.week import Week, history, last_complete, moved, parse_week, report, rising, week_of
from workbench.core.saying import Misuse

#: 2026 has 53 weeks, 2020 too; 2025-12-29 is in 2026-W01.
DAYS = (
    st.dates(date(2026, 12, 1), date(2027, 1, 20))
    | st.dates(date(2025, 12, 10), date(2026, 1, 20))
    | st.dates(date(2020, 12, 10), date(2021, 1, 20))
)


def label(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


@st.composite
def logs(draw):
    """A log around one end of a year, and a day in it."""
    middle = draw(DAYS)
    lines = draw(
        st.lists(
            st.tuples(
                st.integers(-45, 10), st.sampled_from("AB"), st.sampled_from(["size", "late"]), st.integers(1, 3),
                st.integers(0, 5), st.booleans(),
            ),
            min_size=5,
            max_size=40,
        )
    )  # fmt: skip
    issues = [
        none_day(id, middle + timedelta(days=n)) if none and count == 1
        else issue(id, middle + timedelta(days=n), sku, type, f"w{id}", minutes, count=count)
        for id, (n, sku, type, count, minutes, none) in enumerate(lines, 1)
    ]  # fmt: skip
    return issues, middle


def naive_rising(issues, sku, type, day):
    def count(first, last):
        return sum(i.count for i in issues if (i.sku, i.type) == (sku, type) and first <= (day - i.day).days <= last)

    return count(2, 2) < count(1, 1) < count(0, 0) or count(0, 6) >= 3


def naive_report(issues, week: str, today: date):
    of = {}
    for i in issues:
        if not i.none:
            of.setdefault((i.sku, i.type), []).append(i)
    first = next(d for d in (today + timedelta(days=n) for n in range(-800, 800)) if label(d) == week)
    d = today if label(today) == week else first + timedelta(days=6)
    rows = []
    for (sku, type), lines in of.items():

        def total(weeks_ago, lines=lines):
            wanted = label(first - timedelta(days=7 * weeks_ago))
            return sum(i.count for i in lines if label(i.day) == wanted)

        if total(0) or total(1):
            words = sorted((i.day, i.logged_at, i.id, i.words) for i in lines if label(i.day) == week)
            mean4 = sum(total(n) for n in (1, 2, 3, 4)) / 4
            rows.append(
                (sku, type, total(0), total(1), mean4, [w[-1] for w in words], naive_rising(issues, sku, type, d))
            )
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def flat(rows):
    return [(r.sku, r.type, r.count, r.last_week, r.mean4, r.words, r.rising) for r in rows]


@settings(max_examples=150)
@given(logs(), st.integers(-3, 1))
def test_the_report_equals_one_made_from_scratch(log, shift):
    issues, today = log
    week = week_of(today).later(shift)
    got = report(Tally(issues), week, today)
    assert flat(got) == naive_report(issues, label(today + timedelta(days=7 * shift)), today)


@pytest.mark.parametrize(
    ("day", "want"),
    [
        (date(2026, 12, 28), (1, 0, 0.0)),
        (date(2027, 1, 3), (1, 0, 0.0)),
        (date(2026, 12, 27), (0, 1, 0.25)),
        (date(2026, 12, 21), (0, 1, 0.25)),
        (date(2026, 12, 20), (0, 0, 0.25)),
        (date(2026, 11, 30), (0, 0, 0.25)),
        (date(2026, 11, 29), (0, 0, 0.0)),
        (date(2027, 1, 4), (0, 0, 0.0)),
    ],
)
def test_the_borders_of_the_weeks(day, want):
    # One issue of last week keeps the row in the report.
    tally = Tally([issue(1, day), issue(2, date(2026, 12, 23))])
    (row,) = report(tally, Week(2026, 53), date(2027, 1, 10))
    assert (row.count, row.last_week - 1, row.mean4 - 0.25) == want


@given(logs())
def test_what_rises_equals_what_is_counted_from_scratch(log):
    issues, day = log
    pairs = {i.pair for i in issues if not i.none}
    got = rising(Tally(issues), day)
    assert {(r.sku, r.type) for r in got} == {pair for pair in pairs if naive_rising(issues, *pair, day)}
    for r in got:
        mine = [i for i in issues if i.pair == (r.sku, r.type)]
        now = sum(i.count for i in mine if 0 <= (day - i.day).days <= 6)
        assert (r.count, r.change) == (now, now - sum(i.count for i in mine if 7 <= (day - i.day).days <= 13))
    assert got == sorted(got, key=lambda r: (-r.count, r.sku, r.type))


@settings(max_examples=60)
@given(logs(), st.data())
def test_a_tally_kept_up_to_date_equals_one_built_anew(log, data):
    issues, day = log
    gone = data.draw(st.sets(st.sampled_from(range(len(issues)))) if issues else st.just(set()))
    kept = [i for n, i in enumerate(issues) if n not in gone]
    tally = Tally(issues)
    for n in gone:
        tally.remove(issues[n])
    week = week_of(day)
    assert report(tally, week, day) == report(Tally(kept), week, day)
    for n in range(-45, 11):
        at = day + timedelta(days=n)
        assert tally.logged(at) == any(i.day == at for i in kept)
        assert tally.counts(at) == Counter({p: c for p, c in Tally(kept).counts(at).items() if c})


@given(DAYS)
def test_weeks_are_iso_weeks(day):
    week = week_of(day)
    assert str(week) == label(day)
    assert parse_week(str(week)) == week
    assert (week.monday.weekday(), week.sunday - week.monday) == (0, timedelta(days=6))
    assert week.monday <= day <= week.sunday
    assert week.later(5).later(-5) == week
    assert last_complete(day).sunday == week.monday - timedelta(days=1)


def test_a_week_may_be_written_small_and_without_a_dash():
    assert parse_week(" 2026w47 ") == Week(2026, 47)
    assert parse_week("2026-W53") == Week(2026, 53)


@pytest.mark.parametrize(
    "text", ["", "47", "2026-47", "2026-W00", "2025-W53", "2026-W54", "0001-W01", "9999-W52", "２０２６-W47"]
)
def test_anything_else_is_no_week(text):
    with pytest.raises(Misuse):
        parse_week(text)


def test_a_running_week_rises_by_today_a_past_one_by_its_sunday():
    # Wednesday 1, Thursday 2, Friday 0 of the week before today's.
    days = {date(2026, 11, 18): 1, date(2026, 11, 19): 1, date(2026, 11, 23): 1}
    tally = Tally(issue(n, day, count=count) for n, (day, count) in enumerate(days.items(), 1))
    assert [row.rising for row in report(tally, Week(2026, 47), TODAY)] == [False]
    assert [row.rising for row in report(tally, Week(2026, 48), TODAY)] == [True]
    assert [row.rising for row in report(tally, Week(2026, 48), date(2026, 12, 1))] == [False]


def test_history_and_what_a_decision_moved():
    tally = Tally(issue(n, date(2026, 11, 2) + timedelta(days=7 * n), count=n + 1) for n in range(4))
    pair = ("PANTS-BLK-L", "size")
    assert history(tally, [pair, ("X", "late")], Week(2026, 48)) == [0, 0, 1, 2, 3, 4]
    at = issue(1).logged_at
    made = Decision(id=1, sku=pair[0], type=pair[1], text="new chart", decided_at=at, by=TODAY)
    assert moved(tally, made, TODAY, Week(2026, 47)) is None
    found = moved(tally, made, TODAY, Week(2026, 48))
    assert (found.before, found.after) == (3, 4)


def test_the_heat_table():
    last = date(2026, 11, 18)
    lines = [
        ("A", "size", 3),
        ("A", "late", 1),
        ("B", "size", 1),
        ("B", "other", 2),
        ("C", "colour", 2),
        ("C", "misfit", 1),
    ]
    tally = Tally(
        [issue(n, TODAY, sku, type, count=count) for n, (sku, type, count) in enumerate(lines, 1)]
        + [issue(50, last, "D", "price"), issue(51, last, "A", "size", count=2)]
    )
    rows = report(tally, Week(2026, 48), TODAY)
    table = heat(rows, 4)
    assert table.columns == ("size", "colour", "late", "other")
    assert [(row.sku, [cell.count for cell in row.cells], row.sum, row.change, row.mean4) for row in table.rows] == [
        ("A", [3, 0, 1, 0], 4, 2, 0.5),
        ("B", [1, 0, 0, 2], 3, 3, 0.0),
        ("C", [0, 2, 0, 1], 3, 3, 0.0),
        ("D", [0, 0, 0, 0], 0, -1, 0.25),
    ]
    assert (table.count, table.last_week, table.rising) == (10, 3, 1)
    assert [row.rising for row in table.rows] == [True, False, False, False]
    assert table.rows[0].cells[0].heat == 3
    assert heat(rows, 9).columns == ("size", "colour", "late", "misfit", "other")
    assert heat(rows, 1).columns == ("other",)
    assert [row.cells[0].count for row in heat(rows, 1).rows] == [4, 3, 3, 0]
    assert heat([], 4).columns == ()


def test_the_heat_table_of_a_week_without_issues_shows_the_types_of_the_week_before():
    table = heat(report(Tally([issue(1, date(2026, 11, 18))]), Week(2026, 48), TODAY), 4)
    assert (table.columns, table.rows[0].change) == (("size",), -1)
