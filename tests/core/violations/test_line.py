"""A violation in one line: points, reason and day in the order in which a person types them."""

import pytest
from points_support import BANGKOK, climbing, local, utc

from workbench.core.violations.line import read_line, reason_begun, write_line
from workbench.core.violations.model import Violation
from workbench.i18n import render

RULES = climbing()
NOW = utc("2026-11-24T02:00Z")


def typed(text):
    return read_line(text, RULES, BANGKOK, NOW)


@pytest.mark.parametrize(
    ("line", "points", "reason", "issued", "note"),
    [
        ("4 late dispatch 20 Nov", 4, "Late dispatch rate", "2026-11-20", None),
        ("20 Nov 4 late dispatch", 4, "Late dispatch rate", "2026-11-20", None),
        ("late dispatch 4 yesterday", 4, "Late dispatch rate", "2026-11-23", None),
        ("4 points LDR 2026-11-01 parcel 17", 4, "Late dispatch rate", "2026-11-01", "parcel 17"),
        ("4分 迟发货率 昨天", 4, "Late dispatch rate", "2026-11-23", None),
        ("returns Fri", 2, "Return and refund rate", "2026-11-20", None),
        ("6 something of its own 3 Nov", 6, "something of its own", "2026-11-03", None),
    ],
)
def test_a_line_is_read(line, points, reason, issued, note):
    found = typed(line)
    assert found.problem is None
    assert found.dated
    draft = found.draft
    assert (draft.points, draft.reason, draft.note, draft.issued_day_only) == (points, reason, note, True)
    assert draft.issued_at == local(f"{issued}T00:00", BANGKOK)


def test_a_time_of_day_is_kept():
    draft = typed("4 late dispatch 20 Nov 13:05").draft
    assert (draft.issued_at, draft.issued_day_only) == (local("2026-11-20T13:05", BANGKOK), False)


def test_without_a_day_it_is_of_today_and_says_so():
    found = typed("4 late dispatch")
    assert not found.dated
    assert (found.draft.issued_at, found.draft.issued_day_only) == (local("2026-11-24T00:00", BANGKOK), True)


@pytest.mark.parametrize("line", ["", "late dispatch 20 Nov", "20 Nov", "words alone"])
def test_without_points_it_asks_for_them(line):
    found = typed(line)
    assert found.draft is None
    assert "How many points?" in render(found.problem)


def test_points_off_the_scale_are_refused():
    assert "more than there are" in render(typed("4800 late dispatch").problem)


def test_what_was_understood_is_told():
    line = "4 late dispatch 20 Nov parcel"
    assert sorted(line[begin:end] for begin, end in typed(line).known) == ["20", "4", "Nov", "dispatch", "late"]


@pytest.mark.parametrize(("issued", "day_only"), [("2026-11-01T14:30", False), ("2026-11-01T00:00", True)])
def test_a_written_line_reads_as_the_violation(issued, day_only):
    violation = Violation(
        id=1, points=4, issued_at=local(issued, BANGKOK), issued_day_only=day_only, reason="Late dispatch rate"
    )
    draft = typed(write_line(violation, BANGKOK)).draft
    assert (draft.points, draft.issued_at, draft.issued_day_only, draft.reason) == (
        4, violation.issued_at, day_only, "Late dispatch rate",
    )  # fmt: skip


def test_a_reason_is_completed_from_the_table():
    begun, names = reason_begun("4 late d", RULES)
    assert begun == "late d"
    assert all(name.casefold().startswith("late d") for name in names)
    assert names
