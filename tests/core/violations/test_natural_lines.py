"""Lines as sellers write and paste them, in both languages: points, day and reason in any order and glued together."""

import pytest
from points_support import BANGKOK, climbing, local, utc

from workbench.core.violations.line import read_line
from workbench.i18n import render

RULES = climbing()
#: A Tuesday.
NOW = utc("2026-11-24T02:00Z")
LATE, OFF = "Late dispatch rate", "站外引流"

LINES = [
    ("发货延迟 4分 11/12", 4, "发货延迟", "2026-11-12"),
    ("2026年11月2日 扣12分 站外引流", 12, OFF, "2026-11-02"),
    ("2026年11月2日扣12分站外引流", 12, OFF, "2026-11-02"),
    ("站外引流，扣12分，2026年11月2日", 12, OFF, "2026-11-02"),
    ("站外引流 扣 12 分 11月2日", 12, OFF, "2026-11-02"),
    ("11月2日因站外引流被扣12分", 12, OFF, "2026-11-02"),
    ("昨天因站外引流被扣12分", 12, OFF, "2026-11-23"),
    ("昨天 站外引流 -12分", 12, OFF, "2026-11-23"),
    ("前天 站外引流 记12分", 12, OFF, "2026-11-22"),
    ("上周五 站外引流 12", 12, OFF, "2026-11-20"),
    ("周五 站外引流 12", 12, OFF, "2026-11-20"),
    ("3天前 站外引流 扣了12分", 12, OFF, "2026-11-21"),
    ("站外引流 12违规分 2026/11/2", 12, OFF, "2026-11-02"),
    ("站外引流 12分 2026.11.2", 12, OFF, "2026-11-02"),
    ("站外引流 12分 11.2", 12, OFF, "2026-11-02"),
    ("12分 站外引流 11-02", 12, OFF, "2026-11-02"),
    ("１２分　站外引流　１１／１２", 12, OFF, "2026-11-12"),
    ("迟发货率 2分 11月20日", 2, LATE, "2026-11-20"),
    ("late dispatch -4 20 Nov", 4, LATE, "2026-11-20"),
    ("late dispatch, 4 points, 20 Nov", 4, LATE, "2026-11-20"),
    ("20 Nov: late dispatch 4 pts", 4, LATE, "2026-11-20"),
    ("minus 4 for late dispatch on 20 Nov", 4, LATE, "2026-11-20"),
    ("got 4 points on 20 November for late dispatch", 4, LATE, "2026-11-20"),
    ("lost 4 points yesterday because of late dispatch", 4, LATE, "2026-11-23"),
    ("Nov 20, 2026 late dispatch 4", 4, LATE, "2026-11-20"),
    ("November 20 late dispatch 4", 4, LATE, "2026-11-20"),
    ("4 late dispatch 20/11/2026", 4, LATE, "2026-11-20"),
    ("4 late dispatch 11/20/2026", 4, LATE, "2026-11-20"),
    ("4 late dispatch 20.11.2026", 4, LATE, "2026-11-20"),
    ("4 late dispatch 20/11", 4, LATE, "2026-11-20"),
    ("4 late dispatch 20/11/26", 4, LATE, "2026-11-20"),
    ("4 late dispatch 12/24", 4, LATE, "2025-12-24"),
    ("last Friday 4 late dispatch", 4, LATE, "2026-11-20"),
    ("last Tuesday 4 late dispatch", 4, LATE, "2026-11-17"),
    ("4 late dispatch 3 days ago", 4, LATE, "2026-11-21"),
    ("2026-11-20 4 late dispatch", 4, LATE, "2026-11-20"),
]


@pytest.mark.parametrize(("line", "points", "reason", "day"), LINES)
def test_a_natural_line_is_read(line, points, reason, day):
    found = read_line(line, RULES, BANGKOK, NOW)
    assert found.problem is None, render(found.problem)
    assert found.dated
    draft = found.draft
    assert (draft.points, draft.reason, draft.note) == (points, reason, None)
    assert (draft.issued_at, draft.issued_day_only) == (local(f"{day}T00:00", BANGKOK), True)


@pytest.mark.parametrize(
    ("line", "day"), [("4 late dispatch 11/12", "2026-11-12"), ("4 late dispatch 3/4", "2026-04-03")]
)
def test_figures_that_can_mean_two_days_are_the_later_past_one_and_that_is_told(line, day):
    found = read_line(line, RULES, BANGKOK, NOW)
    assert found.draft.issued_at == local(f"{day}T00:00", BANGKOK)
    assert day in render(found.remark)


def test_a_time_of_day_behind_such_a_day_is_kept():
    for line in (
        "4 late dispatch 2026年11月20日13:05",
        "4 late dispatch 20/11 13:05",
        "2026/11/20 13:05 late dispatch 4",
    ):
        draft = read_line(line, RULES, BANGKOK, NOW).draft
        assert (draft.issued_at, draft.issued_day_only) == (local("2026-11-20T13:05", BANGKOK), False), line


@pytest.mark.parametrize("line", ["站外引流 11月2日", "nothing to count 20 Nov", "late 20 minutes", "等了30分钟"])
def test_where_no_points_are_said_none_are_guessed(line):
    assert read_line(line, RULES, BANGKOK, NOW).draft is None
