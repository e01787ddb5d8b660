"""Rounds, what they are for the rate, goals in open hours, and the head of a message's line."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tests.factories import BANGKOK, FULL, NOW, at, ticket
from workbench.core.hours import parse_hours
from workbench.core.policy import MessagePolicy
from workbench.core.rates import parse_target
from workbench.core.tickets import moves
from workbench.core.tickets.line import parse_line, write_line
from workbench.core.tickets.messages import measure, verdict
from workbench.core.tickets.rounds import rounds_of

GOALS = {"live": timedelta(minutes=5), "chat": timedelta(minutes=15)}
RULES = msgspec.structs.replace(
    FULL,
    of_messages=lambda: MessagePolicy(
        hours=parse_hours("mon-fri 09:00-18:00"), goals=GOALS, target=parse_target(">= 85%")
    ),
)


def message(opened: str, **fields):
    return ticket("message", opened=opened, rules=RULES, **fields)


def test_rounds_follow_the_case():
    case = message("2026-11-24T08:00")
    case = moves.act(case, "answer", None, at("2026-11-24T08:20"), RULES)
    case = moves.act(case, "wrote", None, at("2026-11-24T08:40"), RULES)
    assert [(each.begun_at, each.answered_at) for each in rounds_of(case)] == [
        (at("2026-11-24T08:00"), at("2026-11-24T08:20")),
        (at("2026-11-24T08:40"), None),
    ]
    assert rounds_of(msgspec.structs.replace(case, rounds=())) == case.rounds


@pytest.mark.parametrize(
    ("opened", "answered", "closed", "expected"),
    [
        ("2026-11-23T20:59", "2026-11-24T08:58", None, "in_time"),
        ("2026-11-23T20:59", "2026-11-24T08:59", None, "late"),
        ("2026-11-23T20:59", None, None, "late"),
        ("2026-11-23T21:01", None, None, "waiting"),
        ("2026-11-23T20:00", None, "2026-11-23T22:00", "left"),
        ("2026-11-23T18:00", None, "2026-11-24T07:00", "late"),
    ],
)
def test_verdicts(opened, answered, closed, expected):
    case = message(opened)
    if answered:
        case = moves.act(case, "answer", None, at(answered), RULES)
    if closed:
        case = moves.close(case, "other", at(closed), RULES)
    assert verdict(case, case.rounds[0], RULES, NOW) == expected


@pytest.mark.parametrize(("automatic", "expected"), [("waits", "late"), ("answered", "in_time"), ("excluded", "left")])
def test_what_a_card_answered(automatic, expected):
    counted = msgspec.structs.replace(RULES.messages, automatic=automatic)
    rules = msgspec.structs.replace(RULES, of_messages=lambda: counted)
    case = message("2026-11-23T10:00", automatic=True)
    assert verdict(case, case.rounds[0], rules, NOW) == expected


@pytest.mark.parametrize(
    ("opened", "channel", "goal"),
    [
        ("2026-11-24T09:30", "live", "2026-11-24T09:35"),
        ("2026-11-24T09:30", None, "2026-11-24T09:45"),
        ("2026-11-23T17:50", "chat", "2026-11-24T09:05"),
        ("2026-11-21T12:00", "chat", "2026-11-23T09:15"),
    ],
)
def test_goals_run_in_open_hours(opened, channel, goal):
    case = message(opened, channel=channel)
    assert case.deadline.goal_at == at(goal)
    assert case.deadline.at == at(opened) + timedelta(hours=12)


def test_a_weekend_of_its_own():
    rules = tuple(
        msgspec.structs.replace(rule, weekend=(0, 720)) if rule.stage == "reply" and rule.due_kind == "rate" else rule
        for rule in RULES.rules
    )
    us = msgspec.structs.replace(RULES, rules=rules)
    for opened, due in (("2026-11-21T10:00", "2026-11-23T12:00"), ("2026-11-20T23:00", "2026-11-21T11:00")):
        assert ticket("message", opened=opened, rules=us).deadline.at == at(due)


def test_measures():
    cases = [message("2026-11-23T09:00", id=n, content="live-1", channel="live") for n in (1, 2, 3)]
    cases[0] = moves.act(cases[0], "answer", None, at("2026-11-23T09:04"), RULES)
    cases[1] = moves.act(cases[1], "answer", None, at("2026-11-23T09:20"), RULES)
    found = measure(cases, RULES, NOW, content="#LIVE-1")
    assert [(each.minutes, each.count, str(each.share)) for each in found.within[:2]] == [(5, 1, "1/3"), (15, 1, "1/3")]
    assert (str(found.median), str(found.p90), found.window_hours) == ("12.0", "20.0", 12)
    assert (str(found.window.rate), found.window.misses_left, found.window.needed) == ("2/3", 0, 4)
    assert found.by_channel == {"live": 3}


READ = [
    ("msg chat auto #morning 9:40 MUG-SET-4 is it safe", ("chat", True, "morning", "2026-11-23T09:40", "is it safe")),
    ("msg 8:30 live is it safe", ("live", False, None, "2026-11-24T08:30", "is it safe")),
    (
        "\u6d88\u606f \u76f4\u64ad #\u665a\u573a \u80fd\u4e0d\u80fd\u6d17",
        ("live", False, "\u665a\u573a", None, "\u80fd\u4e0d\u80fd\u6d17"),
    ),
    ("msg -- live is nice", (None, False, None, None, "live is nice")),
    ("msg hello chat 8:30", (None, False, None, None, "hello chat 8:30")),
    ("msg chat chat again", ("chat", False, None, None, "chat again")),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_the_head_of_a_message(text, expected):
    line = parse_line(text, NOW, BANGKOK)
    channel, automatic, content, since, words = expected
    assert (line.channel, line.automatic, line.content, line.words) == (channel, automatic, content, words)
    assert line.since == (at(since) if since else None)


def test_in_other_kinds_a_hash_stays_a_tag():
    line = parse_line("refund #urgent live 9:40", NOW, BANGKOK)
    assert (line.tags, line.content, line.channel, line.words) == (("urgent",), None, None, "live 9:40")


@pytest.mark.parametrize("channel", ["live", None])
def test_the_line_is_written_back(channel):
    case = message("2026-11-24T08:00", channel=channel, content="evening", automatic=True, words="live is nice")
    line = parse_line(write_line(case), NOW, BANGKOK)
    assert (line.channel, line.content, line.automatic, line.words) == (channel, "evening", True, "live is nice")
