"""Times, amounts and sentences in words, in both languages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, FULL, NO_APPEAL, NOW, at, ticket
from workbench import i18n
from workbench.core.kinds import KINDS, STAGES
from workbench.core.money import Money
from workbench.core.tickets import moves
from workbench.output import reasons, sentences, words


@pytest.fixture(params=["en", "zh"])
def language(request):
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def left(**time) -> timedelta:
    return timedelta(**time)


@pytest.mark.parametrize(
    ("time", "en", "zh"),
    [
        (left(days=-3, hours=-5), "late 3d", "逾期3天"),
        (left(hours=-4, minutes=-59), "late 4h", "逾期4小时"),
        (left(minutes=-42, seconds=-59), "late 42m", "逾期42分"),
        (left(seconds=-59), "now", "到点"),
        (left(), "now", "到点"),
        (left(seconds=45), "45s", "45秒"),
        (left(minutes=9, seconds=58), "9m 58s", "9分58秒"),
        (left(minutes=9, seconds=5), "9m 05s", "9分05秒"),
        (left(minutes=10), "10m", "10分"),
        (left(minutes=47, seconds=59), "47m", "47分"),
        (left(hours=4, minutes=12), "4h 12m", "4小时12分"),
        (left(hours=3, minutes=5), "3h 05m", "3小时05分"),
        (left(hours=23, minutes=59, seconds=59), "23h 59m", "23小时59分"),
        (left(days=1, hours=2), "1d 2h", "1天2小时"),
        (left(days=9, hours=23, minutes=59), "9d 23h", "9天23小时"),
        (left(days=12, hours=23), "12d", "12天"),
    ],
)
def test_countdown(time, en, zh, language):
    assert words.countdown(time) == {"en": en, "zh": zh}[language]


@given(st.integers(0, 40 * 86400))
def test_never_more_time_than_there_is(seconds):
    said = words.countdown(timedelta(seconds=seconds))
    units = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    told = 0 if said == "now" else sum(int(part[:-1]) * units[part[-1]] for part in said.split())
    assert told <= seconds


@pytest.mark.parametrize(
    ("moment", "en", "zh"),
    [
        ("2026-11-24T09:47", "09:47", "09:47"),
        ("2026-11-25T07:15", "Wed 07:15", "周三 07:15"),
        ("2026-11-30T14:40", "Mon 14:40", "周一 14:40"),
        ("2026-11-18T08:00", "Wed 08:00", "周三 08:00"),
        ("2026-12-05T08:00", "5 Dec", "12月5日"),
        ("2026-11-17T08:00", "17 Nov", "11月17日"),
        ("2027-12-05T08:00", "Dec 2027", "2027年12月"),
    ],
)
def test_point_in_time(moment, en, zh, language):
    assert words.point(at(moment), NOW, BANGKOK) == {"en": en, "zh": zh}[language]


def test_dates_in_full(language):
    expected = {"en": "Mon 23 Nov 09:47", "zh": "11月23日 周一 09:47"}
    assert words.full_point(at("2026-11-23T09:47"), BANGKOK) == expected[language]


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(Decimal(1290), "THB"), "\u0e3f1,290.00"),
        (Money(Decimal("23.05"), "USD"), "$23.05"),
        (Money(Decimal(1290000), "VND"), "\u20ab1,290,000"),
        (Money(Decimal("150000.5"), "IDR"), "Rp150,000.5"),
        (Money(Decimal("-5"), "MYR"), "-RM5.00"),
        (Money(Decimal(12), "EUR"), "EUR 12.00"),
        (Money(Decimal("1.005"), None), "1.005"),
        (None, ""),
    ],
)
def test_amounts(money, text):
    assert words.amount(money) == text


@pytest.mark.parametrize(
    ("made", "group"),
    [
        (ticket(opened="2026-11-22T08:00"), "overdue"),
        (ticket(opened="2026-11-23T10:00"), "today"),
        (ticket(opened="2026-11-24T08:00"), "tomorrow"),
        (ticket("other"), "no_date"),
        (ticket("refund_only", "appeal", opened="2026-11-24T08:00"), "later"),
        (ticket("return_refund", "dispute"), "waiting"),
        (moves.changed(ticket(), snoozed_until=at("2026-11-24T09:30")), "snoozed"),
        (moves.close(ticket(), "refunded", NOW, FULL), "closed"),
    ],
)
def test_groups_by_the_shops_day(made, group):
    assert words.group_of(made, NOW, BANGKOK) == group


def test_every_kind_in_every_stage_has_a_phrase_that_fits_its_column(language):
    from workbench.output.cells import width

    cells = {"en": 17, "zh": 12}[language]
    for kind in KINDS:
        for stage in STAGES:
            made = moves.changed(ticket(kind), stage=stage)
            assert words.todo(made)
            assert width(words.todo(made)) <= cells, words.todo(made)


def test_group_names_and_countdowns_fit_their_columns(language):
    from workbench.output.cells import width

    margin, room = {"en": (10, 8), "zh": (8, 10)}[language]
    assert max(width(words.group_name(group)) for group in words.GROUPS) <= margin
    for seconds in (-90 * 86400, -23 * 3600, -59 * 60, 599, 86399, 10 * 86400 - 1, 99 * 86400):
        assert width(words.countdown(timedelta(seconds=seconds))) <= room


def said(made, rules=FULL, now=NOW) -> str:
    return sentences.consequence(made, now, BANGKOK, appealable=rules.appealable(made.kind))


def test_the_consequence_names_the_amount_and_whether_an_appeal_is_left():
    made = ticket(amount="249")
    assert said(made, NO_APPEAL) == "If you do nothing, it is approved: \u0e3f249.00 to the buyer, without appeal."
    assert said(made) == "If you do nothing, it is approved: \u0e3f249.00 to the buyer, then only an appeal."
    late = at("2026-11-25T09:00")
    assert said(made, now=late) == "Time is over: the platform may already have refunded \u0e3f249.00."
    assert (
        said(ticket("message", opened="2026-11-24T08:00")) == "If you do nothing, it counts against your response rate."
    )
    assert said(ticket("other")).startswith("No deadline is known")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("approve", "the case ends, \u0e3f249.00 goes to the buyer"),
        ("reject", "the case ends"),
        ("ask_proof", "your turn again: Send proof, due Wed 09:00"),
        ("disputed", "the platform decides"),
    ],
)
def test_what_follows_from_an_action(name, text):
    after = moves.act(ticket(amount="249"), name, None, NOW, FULL)
    assert sentences.follows(after, NOW, BANGKOK) == text


def test_why_is_a_sum_of_start_plus_and_result():
    lines = reasons.why(ticket(opened="2026-11-23T09:47"), FULL, NOW, BANGKOK)
    assert [line.left for line in lines] == ["Mon 23 Nov 09:47", "+ 1 working day", "Tue 24 Nov 09:47"]
    assert [line.strong for line in lines] == [False, False, True]


def test_why_names_the_days_it_steps_over_and_what_is_assumed():
    over = reasons.why(ticket(opened="2026-11-20T15:00"), FULL, NOW, BANGKOK)
    assert "without weekend" in [line.left for line in over]
    general = reasons.why(ticket("exchange"), FULL, NOW, BANGKOK)
    assert general[1].right == "general rule (assumed)"


def test_a_typed_deadline_says_when_it_was_set():
    made = moves.state_due(ticket(), at("2026-11-25T18:00"), at("2026-11-23T18:24"), FULL)
    assert reasons.why(made, FULL, NOW, BANGKOK) == [("Wed 25 Nov 18:00", "set by you Mon 18:24", True)]
