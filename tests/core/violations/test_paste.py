"""Several violations at once: pasted lines and CSV, each line a draft or its own problem."""

import pytest
from points_support import BANGKOK, climbing, local, utc

from workbench.core.violations.paste import complete, read
from workbench.i18n import render

RULES = climbing()
NOW = utc("2026-11-24T02:00Z")


def pasted(text, known=()):
    return read(text, RULES, BANGKOK, NOW, known)


def fields(line):
    draft = line.draft
    return draft.issued_at, draft.issued_day_only, draft.points, draft.reason, draft.note, draft.platform_id


@pytest.mark.parametrize(
    ("line", "points", "reason", "note"),
    [
        ("2026-11-01 4 late dispatch", 4, "Late dispatch rate", None),
        ("2026-11-01 4 LDR order 5768", 4, "Late dispatch rate", "order 5768"),
        ("2026-11-01  2 points  cancel", 2, "Cancellation rate", None),
        ("2026-11-01\t3\t迟发货率 第三周", 3, "Late dispatch rate", "第三周"),
        ("2026-11-01，4分，迟发货率", 4, "Late dispatch rate", None),
        ("2026-11-01, 4, LDR", 4, "Late dispatch rate", None),
        ("2026-11-01 6 something of its own", 6, "something of its own", None),
        ("2026-11-01 6", 6, None, None),
        ("2026-11-01 returns", 2, "Return and refund rate", None),
        ("2026-11-01 4 LDRs", 4, "LDRs", None),
    ],
)
def test_a_line_with_only_a_day(line, points, reason, note):
    (found,) = pasted(line)
    assert found.problem is None
    assert fields(found) == (local("2026-11-01T00:00", BANGKOK), True, points, reason, note, None)


@pytest.mark.parametrize(
    "when", ["2026-11-01 14:30", "2026-11-01T14:30", "2026-11-01T07:30Z", "2026-11-01T14:30+07:00"]
)
def test_a_line_with_a_time(when):
    (found,) = pasted(f"{when} 4 LDR")
    assert fields(found)[:4] == (local("2026-11-01T14:30", BANGKOK), False, 4, "Late dispatch rate")


def test_each_line_has_its_number_and_its_own_problem():
    found = pasted("2026-11-01 4 LDR\n\nnonsense\n2026-13-01 4 LDR\n2026-11-02 -4 LDR\n2026-11-03 late dispatch\n")
    assert [line.row for line in found] == [1, 3, 4, 5, 6]
    assert found[0].problem is None
    assert [render(line.problem).split()[0] for line in found[1:]] == ["Write", '"2026-13-01"', '"-4"', "The"]
    assert all(line.draft is None for line in found[1:])


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("2026-11-01 5 LDR", "2 to 4"),
        ("2026-11-25 4 LDR", "still to come"),
        ("2026-11-01 4 LDR", None),
        ("2026-11-01 9 no known reason", None),
    ],
)
def test_what_looks_odd_is_remarked_but_read(line, remark):
    (found,) = pasted(line)
    assert found.draft is not None
    assert (render(found.remark) if found.remark else "").count(remark or "none") == (1 if remark else 0)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_a_named_header_in_any_order(separator):
    rows = [
        ["Ref", "reason", "what else", "Points", "ISSUED", "note"],
        ["88", "LDR", "x", "4", "2026-11-01", "first"],
        ["", "", "", "6", "2026-11-02T10:00", ""],
    ]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    found = pasted(text)
    assert [line.row for line in found] == [2, 3]
    assert fields(found[0]) == (local("2026-11-01T00:00", BANGKOK), True, 4, "Late dispatch rate", "first", "88")
    assert fields(found[1]) == (local("2026-11-02T10:00", BANGKOK), False, 6, None, None, None)


def test_csv_in_chinese():
    (found,) = pasted("日期,扣分,原因,备注\n2026-11-01,3,迟发货率,第三周")
    assert fields(found)[2:5] == (3, "Late dispatch rate", "第三周")


def test_csv_keeps_line_breaks_inside_quotation_marks_and_counts_them():
    found = pasted('issued,points,note\n2026-11-01,4,"two\nlines"\n2026-11-02,2,x\n')
    assert [(line.row, line.draft.note) for line in found] == [(2, "two\nlines"), (4, "x")]


def test_an_open_quotation_mark_swallows_nothing():
    found = pasted('issued,points,note\n2026-11-01,4,x\n2026-11-02,2,"open\n2026-11-03,2,y\n')
    assert [(line.row, line.problem is None) for line in found] == [(2, True), (3, False)]


@pytest.mark.parametrize(
    "text", ["points,reason\n4,LDR", "points,issued\n4", "points,issued\n,2026-11-01", "points,issued\nx,2026-11-01"]
)
def test_csv_that_lacks_something(text):
    (found,) = pasted(text)
    assert found.problem is not None
    assert found.draft is None


def test_a_platform_id_is_entered_once():
    text = "ref,issued,points\nA1,2026-11-01,4\na1,2026-11-01,4\nB2,2026-11-01,4"
    assert [line.problem is None for line in pasted(text, known={"b2"})] == [True, False, False]


def test_points_are_completed_where_the_reason_has_only_one_number():
    (found,) = pasted("issued,reason,points\n2026-11-01,reproduced,")
    assert (found.draft.points, found.draft.reason) == (48, "Reproduced content")


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_edge_of_the_calendar_is_a_problem(day):
    assert pasted(f"{day} 4 LDR")[0].problem is not None


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_nothing_pasted_is_nothing_read(text):
    assert pasted(text) == ()


@pytest.mark.parametrize(("text", "id"), [("r", None), ("re", None), ("ret", "returns"), ("", None)])
def test_a_beginning_completes_only_where_it_fits_one_reason(text, id):
    reason, _, _ = complete(RULES, text)
    assert (reason.id if reason else None) == id
