"""How violations and scores come into the ledger, and what is refused on the way."""

import msgspec
import pytest
from points_support import ANGELES, BANGKOK, SECOND, climbing, counting_down, filing, local, utc

from workbench.core.saying import Misuse, Refusal
from workbench.core.violations.appeals import file
from workbench.core.violations.entry import draft_of, read_issued, read_points, record, revise, state_score
from workbench.core.violations.evidence import tick
from workbench.core.violations.model import Evidence, ViolationDraft

RULES = climbing()
NOW = utc("2026-11-24T02:00Z")


@pytest.mark.parametrize(
    ("text", "issued", "day_only"),
    [
        ("2026-11-01", "2026-11-01T00:00", True),
        (" 2026-11-01 ", "2026-11-01T00:00", True),
        ("2026-11-01T00:00", "2026-11-01T00:00", False),
        ("2026-11-01T01:30", "2026-11-01T01:30", False),
        ("2026-11-01T08:30Z", "2026-11-01T01:30", False),
    ],
)
def test_a_bare_day_is_day_only_and_a_doubled_hour_the_earlier(text, issued, day_only):
    assert read_issued(text, ANGELES.zone) == (local(issued, ANGELES), day_only)


@pytest.mark.parametrize(("text", "points"), [("0", 0), ("4", 4), (" 48 ", 48)])
def test_points_are_whole_numbers(text, points):
    assert read_points(text) == points


@pytest.mark.parametrize("text", ["", "-1", "4.5", "four", "1e3", "99999", "٤"])
def test_what_is_not_points(text):
    with pytest.raises(Misuse):
        read_points(text)


def test_a_record_has_what_the_draft_has_and_gives_it_back():
    draft = ViolationDraft(points=4, issued_at=NOW, reason="LDR", platform_id="88", note="n")
    entry = record(7, draft, RULES, BANGKOK)
    assert (entry.ref, entry.platform_id, entry.points) == ("V-7", "88", 4)
    assert draft_of(entry) == draft


@pytest.mark.parametrize("day", ["9999-12-31", "9999-11-30", "0001-01-01"])
@pytest.mark.parametrize("day_only", [True, False])
def test_dates_at_the_edge_of_the_calendar_are_refused(day, day_only):
    draft = ViolationDraft(points=4, issued_at=utc(f"{day}T00:00Z"), issued_day_only=day_only)
    with pytest.raises(Misuse):
        record(1, draft, RULES, ANGELES)


@pytest.mark.parametrize(
    ("rules", "points"), [(RULES, -1), (RULES, 49), (counting_down(), -1), (counting_down(), 1001)]
)
def test_points_off_the_scale_are_refused(rules, points):
    with pytest.raises(Misuse):
        record(1, ViolationDraft(points=points, issued_at=NOW), rules, BANGKOK)
    assert record(1, ViolationDraft(points=points - 1 if points > 0 else 0, issued_at=NOW), rules, BANGKOK)


def test_a_correction_cannot_bring_the_issue_behind_the_appeal():
    entry = file(record(1, ViolationDraft(points=4, issued_at=NOW), RULES, BANGKOK), NOW, NOW, RULES, BANGKOK)
    with pytest.raises(Refusal):
        revise(entry, ViolationDraft(points=4, issued_at=NOW + SECOND), NOW, RULES, BANGKOK)
    assert revise(entry, ViolationDraft(points=4, issued_at=NOW - SECOND), NOW, RULES, BANGKOK).appeals == entry.appeals


def test_a_correction_keeps_the_appeals_and_is_told_in_the_story():
    entry = record(1, ViolationDraft(points=4, issued_at=NOW), RULES, BANGKOK)
    appealed = revise(entry, ViolationDraft(points=6, issued_at=NOW, reason="LDR"), NOW + SECOND, RULES, BANGKOK)
    assert (appealed.points, appealed.reason) == (6, "LDR")
    assert [(event.what, event.text) for event in appealed.story] == [("issued", None), ("edit", "points, reason")]
    filed = record(2, ViolationDraft(points=1, issued_at=NOW), RULES, BANGKOK)
    filed = type(filed)(id=2, points=1, issued_at=NOW, appeals=(filing(NOW),))
    assert revise(filed, ViolationDraft(points=2, issued_at=NOW), NOW, RULES, BANGKOK).appeals == filed.appeals


def test_a_score_is_stated_only_where_the_system_counts_down():
    assert state_score(3, 172, NOW, NOW, counting_down()).score == 172
    with pytest.raises(Refusal):
        state_score(3, 20, NOW, NOW, RULES)
    with pytest.raises(Refusal):
        state_score(3, 172, NOW + SECOND, NOW, counting_down())


@pytest.mark.parametrize("score", [-1, 1001])
def test_a_score_off_the_scale_is_refused(score):
    with pytest.raises(Misuse):
        state_score(1, score, NOW, NOW, counting_down())
    assert state_score(1, {-1: 0, 1001: 1000}[score], NOW, NOW, counting_down())


def test_a_record_survives_being_stored():
    entry = record(1, ViolationDraft(points=4, issued_at=NOW, reason="LDR"), RULES, BANGKOK)
    entry = tick(
        file(entry, NOW, NOW, RULES, BANGKOK, "photo follows"), Evidence("photo", True, "/tmp/a.png", 12, "ab")
    )
    entry = revise(entry, draft_of(entry), NOW, RULES, BANGKOK)
    assert msgspec.json.decode(msgspec.json.encode(entry), type=type(entry)) == entry
