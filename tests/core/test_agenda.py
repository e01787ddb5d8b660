"""The agenda: the one order, the groups, the counts and "all clear", against a reckoning done independently."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import BANGKOK, NOW, at
from workbench.core.agenda import GROUPS, MINE, Agenda, Due, Telling
from workbench.core.place import Place
from workbench.core.saying import say


def due(number: int = 1, **fields: object) -> Due:
    told = Telling(ref=f"X-{number}", what=say("do it"))
    return Due(place=Place("things", number), tell=lambda: told, **fields)


def group(**fields: object) -> str:
    """The group of one due at NOW, Tuesday 24 November 2026, 09:00 in Bangkok."""
    return Agenda([], NOW, BANGKOK).group(due(**fields))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"at": at("2026-11-24T09:00")}, "overdue"),
        ({"at": at("2026-11-24T09:00"), "late_from": at("2026-11-24T09:00:01")}, "today"),
        ({"at": at("2026-11-24T09:00:01")}, "today"),
        ({"at": at("2026-11-25T00:00")}, "today"),
        ({"at": at("2026-11-25T00:00:01")}, "tomorrow"),
        ({"at": at("2026-11-26T00:00")}, "tomorrow"),
        ({"at": at("2026-11-26T00:00:01")}, "later"),
        ({}, "no_date"),
        ({"at": at("2026-11-26T10:00"), "goal_at": at("2026-11-24T09:00")}, "left_over"),
        ({"at": at("2026-11-26T10:00"), "goal_at": at("2026-11-24T09:00:01")}, "to_clear"),
        ({"at": at("2026-11-26T10:00"), "goal_at": at("2026-11-25T00:00")}, "to_clear"),
        ({"at": at("2026-11-26T10:00"), "goal_at": at("2026-11-25T00:01")}, "later"),
        ({"at": at("2026-11-24T18:00"), "goal_at": at("2026-11-24T08:00")}, "today"),
        ({"goal_at": at("2026-11-24T18:00")}, "to_clear"),
        ({"at": at("2026-11-24T18:00"), "asleep": True}, "asleep"),
        ({"at": at("2026-11-24T08:00"), "turn": "buyer"}, "waiting"),
        ({"turn": "carrier", "asks_since": at("2026-11-22T08:00")}, "ask"),
        ({"all_day": date(2026, 11, 24)}, "today"),
        ({"all_day": date(2026, 11, 25)}, "tomorrow"),
    ],
)
def test_groups(fields, where):
    assert group(**fields) == where


def test_the_day_is_the_last_on_which_something_can_be_done():
    midnight = at("2026-11-25T00:00")
    assert due(at=midnight).day(BANGKOK) == date(2026, 11, 24)
    assert due(at=midnight, turn=None).day(BANGKOK) == date(2026, 11, 25)
    assert due(all_day=date(2026, 11, 25)).day(BANGKOK) == date(2026, 11, 25)
    assert due().day(BANGKOK) is None


@pytest.mark.parametrize(
    ("fields", "clear"),
    [
        ({}, True),
        ({"at": at("2026-11-25T00:00")}, False),
        ({"at": at("2026-11-25T00:00"), "asleep": True}, False),
        ({"at": at("2026-11-25T00:01")}, True),
        ({"at": at("2026-11-23T00:00")}, False),
        ({"at": at("2026-11-27T00:00"), "goal_at": at("2026-11-24T18:00")}, False),
        ({"at": at("2026-11-27T00:00"), "goal_at": at("2026-11-24T18:00"), "asleep": True}, True),
        ({"at": at("2026-11-24T12:00"), "turn": "buyer"}, True),
        ({"at": at("2026-11-24T12:00"), "turn": None}, True),
        ({"all_day": date(2026, 11, 24)}, False),
        ({"all_day": date(2026, 11, 24), "aside": True}, True),
    ],
)
def test_all_clear_is_said_only_where_nothing_is_left(fields, clear):
    assert Agenda([due(**fields)], NOW, BANGKOK).clear is clear


def test_what_lapses_in_an_absence():
    back = at("2026-11-26T00:00")
    lapses = [due(1, at=back), due(2, at=at("2026-11-24T08:00"))]
    stays = [due(3, at=at("2026-11-26T00:00:01")), due(4), due(5, at=NOW, turn="buyer"), due(6, at=NOW, aside=True)]
    assert Agenda([*stays, *lapses], NOW, BANGKOK).until(back) == [lapses[1], lapses[0]]


INSTANTS = st.none() | st.integers(-60, 80).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def dues(draw):
    return due(
        draw(st.integers(1, 99)),
        at=draw(INSTANTS),
        goal_at=draw(INSTANTS),
        turn=draw(st.sampled_from(["seller", "seller", "buyer", "platform", None])),
        asleep=draw(st.booleans()),
        asks_since=draw(st.none() | st.just(NOW - timedelta(hours=9))),
        opened_at=NOW - timedelta(hours=draw(st.integers(0, 2))),
        aside=draw(st.integers(0, 9)) == 0,
        case=draw(st.booleans()),
    )


@given(st.lists(dues(), max_size=14))
def test_every_line_stands_once_and_in_order(found):
    agenda = Agenda(found, NOW, BANGKOK)
    shown = [each for lines in agenda.groups.values() for each in lines]
    assert sorted(map(id, shown)) == sorted(id(each) for each in found if each.turn and not each.aside)
    assert list(agenda.groups) == [group for group in GROUPS if group in agenda.groups]
    assert agenda.count(*GROUPS) == len(shown)
    assert agenda.count(*GROUPS, cases=True) == sum(each.case for each in shown)
    assert len(agenda.lines) == agenda.count(*MINE)


@given(st.lists(dues(), max_size=14))
def test_the_order_is_the_one_of_the_interface(found):
    ends = at("2026-11-26T00:00")

    def before(one: Due, other: Due) -> bool:
        def place(each: Due) -> int:
            return (1 if each.asleep else 0) if each.turn == "seller" else 2 if each.turn else 3

        if place(one) != place(other):
            return place(one) < place(other)
        last = ends if one.turn == "seller" else at("8999-01-01")
        for mine, his in (
            (one.at or last, other.at or last),
            (one.opened_at, other.opened_at),
            (one.place.id, other.place.id),
        ):
            if mine != his:
                return mine < his
        return True

    ordered = Agenda(found, NOW, BANGKOK).all
    assert all(before(one, other) for one, other in itertools.pairwise(ordered))


@given(st.lists(dues(), max_size=14))
def test_what_is_counted_and_found_is_what_walking_through_all_would_find(found):
    agenda = Agenda(found, NOW, BANGKOK)
    lines = [due for due in agenda.all if due.turn and not due.aside]
    waiting = [due for due in lines if agenda.group(due) == "waiting"]
    assert list(agenda.groups.get("waiting", ())) == waiting
    assert agenda.turns == Counter(due.turn for due in waiting if due.case)
    assert agenda.count("waiting", cases=True) == sum(due.case for due in waiting)
    assert list(agenda.mine) == [due for due in agenda.all if due.turn == "seller"]
    mine = [due for due in lines if due.turn == "seller" and due.asks_since is None]
    awake = [due for due in mine if not due.asleep]
    assert agenda.upcoming == next((due for due in awake if due.at is not None and due.at > NOW), None)
    ends = at("2026-11-25T00:00")
    pressing = [due for due in awake if (due.at and due.at <= ends) or (due.goal_at and due.goal_at <= ends)]
    assert agenda.clear == (not pressing and not any(due.at and due.at <= ends for due in mine))


def test_the_longest_asked_question_is_the_first():
    asks = [due(n, asks_since=NOW - timedelta(hours=n), turn=turn) for n, turn in ((1, "carrier"), (3, "seller"))]
    asks += [due(9, asks_since=NOW - timedelta(hours=3), turn="carrier", opened_at=NOW)]
    assert [each.place.id for each in Agenda(asks, NOW, BANGKOK).groups["ask"]] == [3, 9, 1]
