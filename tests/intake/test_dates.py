"""The order of day and month, and the instants of printed times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.builders import (
    BANGKOK,
    LOS_ANGELES,
    NOW,
    ORDERS,
    RETURNS,
    TH,
    US,
    csv_file,
    ordered,
    reading,
    refusal,
    returned,
)
from workbench.core.time import at_local
from workbench.intake import NoOwnTime, RefusedFile
from workbench.intake.dates import settle


def fixed(*texts, zone=BANGKOK, now=NOW, month_first=False, day_first=None):
    return settle(texts, zone=zone, now=now, month_first=month_first, day_first=day_first)


@pytest.mark.parametrize(
    ("texts", "month_first", "order", "certain"),
    [
        (["05/06/2026", "13/06/2026"], False, "DMY", True),
        (["05/06/2026", "13/06/2026"], True, "DMY", True),  # a part above 12 decides
        (["05/06/2026", "06/13/2026"], False, "MDY", True),
        (["13/06/2026 09:00:00 PM"], False, "DMY", True),  # also against AM and PM
        (["13/06/2026", "05/12/2026"], False, "DMY", True),  # also where another lies after now
        (["05/06/2026", "05/12/2026"], False, "MDY", True),  # 5 December is after now
        (["05/06/2026", "12/05/2026"], True, "DMY", True),  # the same, the other way round
        (["05/12/2026 09:00:00 AM"], False, "MDY", True),
        (["12/05/2026 09:00:00 AM"], False, "DMY", True),  # after now goes before AM and PM
        (["05/06/2026 09:00:00 AM"], False, "MDY", False),
        (["05/06/2026 09:00:00"], False, "DMY", False),
        (["05/06/2026 09:00:00"], True, "MDY", False),
        (["11/11/2026"], False, "DMY", False),
        (["2026-11-05 10:00:00", "2026/11/06"], True, "YMD", True),
        (["2026-11-05 10:00:00", "05/06/2026"], False, "DMY", False),
        (["never", "", "31/31/2026", "31/02/2026"], False, "YMD", True),  # nothing to decide
        ([], True, "YMD", True),
    ],
)
def test_the_order_is_fixed_for_the_file(texts, month_first, order, certain):
    dates = fixed(*texts, month_first=month_first)
    assert (dates.order, dates.certain) == (order, certain)


def test_a_day_of_grace_after_now():
    now = datetime(2026, 6, 4, 0, tzinfo=UTC)  # 07:00 in Bangkok
    assert fixed("05/06/2026 07:00:00", now=now).order == "DMY"
    assert fixed("05/06/2026 07:00:01", now=now).order == "MDY"


@pytest.mark.parametrize("texts", [["13/06/2026", "06/13/2026"], ["05/06/2027"], ["05/12/2026", "12/05/2026"]])
def test_a_contradiction_refuses(texts):
    with pytest.raises(RefusedFile):
        fixed(*texts)


def test_the_sellers_word_counts_where_both_are_possible():
    assert fixed("05/06/2026", day_first=False).order == "MDY"
    assert fixed("05/06/2026", month_first=True, day_first=True).order == "DMY"
    assert not fixed("05/06/2026", day_first=True).certain
    assert fixed("13/06/2026", day_first=False).order == "DMY"
    assert fixed("2026-06-05", day_first=False).order == "YMD"


def test_the_example_shows_the_order():
    assert fixed("05/06/2026", "13/06/2026 09:00:00", "06/07/2026").example == "13/06/2026"
    assert fixed("05/06/2026 09:00:00").example == "05/06/2026"
    assert fixed("nothing").example is None


@pytest.mark.parametrize(
    ("text", "hour", "minute", "second"),
    [
        ("13/06/2026 09:05:07", 9, 5, 7), ("13/06/2026 9:05", 9, 5, 0), ("13/06/2026", 0, 0, 0),
        ("13-06-2026 12:00:00 AM", 0, 0, 0), ("13.06.2026 12:00:00 pm", 12, 0, 0), ("13/6/2026 1:00 PM", 13, 0, 0),
        ("13 มิ.ย. 2569 09:05 น.", 9, 5, 0), ("13 มิถุนายน 2569 เวลา 23:59 น.", 23, 59, 0),
        ("Hun 13, 2026 9:05 PM", 21, 5, 0),
        ("2026-06-13T23:59:59.123", 23, 59, 59), ("2026/6/13  07:00:00", 7, 0, 0),
    ],
)  # fmt: skip
def test_forms_of_a_time(text, hour, minute, second):
    expected = datetime(2026, 6, 13, hour, minute, second, tzinfo=BANGKOK)
    assert fixed(text).instants == {text: expected}


@pytest.mark.parametrize(
    "text",
    ["13/06/2026 24:00:00", "13/06/2026 10:60:00", "13/06/2026 13:00:00 PM", "13/06/2026 0:30 AM", "1/2/3",
     "13/06-2026", "13/06/2026 10:5", "6/2026", "0000-00-00 00:00:00", "13/06/2026 10:00:00 tomorrow"],
)  # fmt: skip
def test_what_is_no_time_is_left_out(text):
    assert fixed(text, "13/06/2026").instants.keys() == {"13/06/2026"}


def test_a_time_that_occurs_twice_or_never_is_the_earlier_instant():
    texts = ("11/01/2026 01:30:00 AM", "03/08/2026 02:30:00 AM", "11/20/2026 01:30:00 AM")
    instants = fixed(*texts, zone=LOS_ANGELES, month_first=True).instants
    assert instants[texts[0]] == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    assert instants[texts[1]] == datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
    assert instants[texts[2]] == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@given(
    st.dates(date(2015, 1, 1), date(2026, 11, 20)),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.sampled_from([BANGKOK, LOS_ANGELES]),
)
def test_every_wall_clock_time_is_the_instant_that_the_rules_say(day, time, zone):
    wall = datetime.combine(day, time)
    text = wall.strftime("%Y-%m-%d %H:%M:%S")
    assert fixed(text, zone=zone).instants[text] == at_local(wall, zone)


def test_orders_of_the_us_put_the_month_first_and_everything_else_the_day(tmp_path):
    request = returned(Time_Requested="05/06/2026 10:00:00")
    order = ordered(Created_Time="05/06/2026 10:00:00", Paid_Time="")
    for rules, header, row, expected in (
        (US, ORDERS, order, "MDY"),
        (TH, ORDERS, order, "DMY"),
        (US, RETURNS, request, "DMY"),
        (TH, RETURNS, request, "DMY"),
    ):
        read = reading(csv_file(tmp_path, [row], header), rules)
        assert (read.date_order, read.date_order_certain, read.date_example) == (expected, False, "05/06/2026")


def test_days_between_year_and_month_refuse_the_file(tmp_path):
    """The ninth of May beside them would be read as the fifth of September."""
    rows = [returned(Time_Requested=f"2026-{day}-05 10:00:00") for day in ("13", "09")]
    assert "contradict" in refusal(csv_file(tmp_path, rows))


def test_a_contradiction_refuses_the_file(tmp_path):
    rows = [returned(), returned(Time_Requested="11/13/2026 10:00:00")]
    assert "contradict" in refusal(csv_file(tmp_path, rows))


def test_the_own_time_counts_refused_rows_and_every_time_column(tmp_path):
    rows = [
        returned(Refund_Time="20/11/2026 10:00:00"),
        returned(Return_Order_ID="x", Time_Requested="20/11/2026 11:00:00"),
        returned(Refund_Time="22/11/2026 08:00:00"),  # after now
    ]
    assert reading(csv_file(tmp_path, rows)).as_of == datetime(2026, 11, 20, 19, tzinfo=UTC)


def test_the_own_time_can_be_stated(tmp_path):
    stated = NOW - timedelta(days=3)
    assert reading(csv_file(tmp_path, [returned()]), as_of=stated).as_of == stated


def test_a_file_without_an_own_time_asks_for_it(tmp_path):
    path = csv_file(tmp_path, [returned(Time_Requested="22/11/2026 08:00:00")])  # later than now, by less than a day
    with pytest.raises(NoOwnTime):
        reading(path)
    assert reading(path, as_of=NOW).rows == 1


def test_a_file_without_rows_is_read_and_says_nothing(tmp_path):
    read = reading(csv_file(tmp_path, []))
    assert (read.rows, read.as_of, read.sightings) == (0, None, [])


def test_a_file_of_which_no_row_can_be_read_is_refused(tmp_path):
    path = csv_file(tmp_path, [returned(Time_Requested="")])
    assert "No row can be read. Row 2: It has no time of request." in refusal(path)
    assert "No row can be read" in refusal(path, as_of=NOW)
