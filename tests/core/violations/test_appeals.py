"""The states of an appeal, and what filing and deciding accept and refuse."""

from datetime import timedelta

import pytest
from points_support import ANGELES, BANGKOK, SECOND, climbing, local, on_day, utc, violation

from workbench.core.saying import Refusal
from workbench.core.violations.appeals import appeal, decide, file, standing
from workbench.i18n import render

RULES = climbing()
ISSUED = utc("2026-10-01T03:00Z")
CLOSES = ISSUED + timedelta(days=30)
LATER = utc("2027-06-01T00:00Z")
ENTRY = violation(ISSUED)


def filed(entry, at, now=LATER, place=BANGKOK, because=None):
    return file(entry, at, now, RULES, place, because)


def decided(entry, result, at, now=LATER, place=BANGKOK):
    return decide(entry, result, at, now, RULES, place)


def lost_once(at=ISSUED + timedelta(days=5)):
    return decided(filed(ENTRY, ISSUED + timedelta(days=1)), "rejected", at)


def refused(call, *args, **more):
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    return render(caught.value.saying)


def test_the_way_from_open_to_final():
    seen = []

    def look(entry, on):
        now = appeal(entry, RULES, BANGKOK, on)
        seen.append((now.state, now.tries_left, now.due_at, now.filed_at, now.answer_by is not None))

    days = [ISSUED + timedelta(days=n) for n in range(10)]
    look(ENTRY, days[1])
    first = filed(ENTRY, days[1])
    look(first, days[2])
    lost = decided(first, "rejected", days[2])
    look(lost, days[3])
    second = filed(lost, days[3])
    look(second, days[4])
    look(decided(second, "rejected", days[5]), days[6])
    assert seen == [
        ("open", 2, CLOSES, None, False),
        ("filed", 1, None, days[1], True),
        ("lost_first", 1, days[2] + timedelta(days=15), days[1], False),
        ("filed_second", 0, None, days[3], True),
        ("final", 0, None, days[3], False),
    ]


@pytest.mark.parametrize("tries", [1, 2])
def test_an_accepted_appeal_voids(tries):
    entry = ENTRY if tries == 1 else lost_once()
    won = decided(filed(entry, ISSUED + timedelta(days=6)), "accepted", ISSUED + timedelta(days=7))
    stands = standing(won, RULES, BANGKOK, ISSUED + timedelta(days=8))
    assert (won.void, stands.state, stands.appeal.state, stands.appeal.tries_left) == (True, "void", "accepted", 0)
    assert standing(won, RULES, BANGKOK, ISSUED).state == "void"


def test_the_first_window_lapses_at_its_close_and_keeps_the_date():
    assert appeal(ENTRY, RULES, BANGKOK, CLOSES - SECOND).state == "open"
    after = appeal(ENTRY, RULES, BANGKOK, CLOSES)
    assert (after.state, after.tries_left, after.due_at) == ("lapsed", 0, CLOSES)


def test_the_second_window_lapses_too():
    lost = lost_once()
    closes = lost.appeals[0].decided_at + timedelta(days=15)
    assert appeal(lost, RULES, BANGKOK, closes - SECOND).state == "lost_first"
    assert (appeal(lost, RULES, BANGKOK, closes).state, appeal(lost, RULES, BANGKOK, closes).tries_left) == (
        "lapsed",
        0,
    )


def test_a_filing_in_the_last_second_counts_and_one_at_the_close_does_not():
    late = filed(ENTRY, CLOSES - SECOND)
    assert appeal(late, RULES, BANGKOK, LATER).state == "filed"
    assert "closed on 2026-10-31 10:00" in refused(filed, ENTRY, CLOSES)
    assert "closed on 2026-10-31 10:00" in refused(filed, ENTRY, LATER)


def test_the_last_second_of_the_second_window():
    lost = lost_once(ISSUED + timedelta(days=5, seconds=7))
    closes = ISSUED + timedelta(days=20, seconds=7)
    assert appeal(filed(lost, closes - SECOND), RULES, BANGKOK, LATER).state == "filed_second"
    assert "closed on 2026-10-21 10:00:07" in refused(filed, lost, closes)


@pytest.mark.parametrize("day", ["2026-10-15", "2026-02-20"])
def test_a_day_only_window_closes_at_midnight_of_the_shop_over_both_switches(day):
    entry = on_day(day, ANGELES)
    closes = local({"2026-10-15": "2026-11-14T00:00", "2026-02-20": "2026-03-22T00:00"}[day], ANGELES)
    assert filed(entry, closes - SECOND, place=ANGELES).appeals[0].filed_at == closes - SECOND
    assert closes.astimezone(ANGELES.zone).date().isoformat() in refused(filed, entry, closes, place=ANGELES)


def test_filing_is_refused_before_the_issue_before_the_rejection_and_in_the_future():
    assert "opened only on 2026-10-01 10:00" in refused(filed, ENTRY, ISSUED - SECOND)
    lost = lost_once()
    assert "opened only on" in refused(filed, lost, lost.appeals[0].decided_at - SECOND)
    assert "still to come" in refused(filed, ENTRY, ISSUED + 2 * SECOND, now=ISSUED + SECOND)
    assert filed(ENTRY, ISSUED).appeals
    assert filed(lost, lost.appeals[0].decided_at).appeals[1:]


def test_what_happens_this_very_second_is_not_to_come():
    first = filed(ENTRY, ISSUED + SECOND, now=ISSUED + SECOND)
    assert decided(first, "accepted", ISSUED + SECOND, now=ISSUED + SECOND).void


def test_filing_twice_and_after_the_end_is_refused():
    first = filed(ENTRY, ISSUED + SECOND)
    assert "not decided" in refused(filed, first, ISSUED + 2 * SECOND)
    won = decided(first, "accepted", ISSUED + 2 * SECOND)
    assert "void" in refused(filed, won, ISSUED + 3 * SECOND)
    second = filed(lost_once(), ISSUED + timedelta(days=6))
    final = decided(second, "rejected", ISSUED + timedelta(days=7))
    assert "final" in refused(filed, final, ISSUED + timedelta(days=8))


def test_a_result_needs_a_filing_before_it():
    assert "Enter the filing first" in refused(decided, ENTRY, "accepted", ISSUED + SECOND)
    first = filed(ENTRY, ISSUED + timedelta(days=1))
    assert "before that" in refused(decided, first, "accepted", ISSUED)
    assert "still to come" in refused(decided, first, "accepted", LATER + SECOND)
    assert decided(first, "accepted", ISSUED + timedelta(days=1)).void
    assert "Enter the filing first" in refused(decided, lost_once(), "accepted", ISSUED + timedelta(days=6))


def test_no_result_changes_a_decision():
    first = filed(ENTRY, ISSUED + SECOND)
    assert "won" in refused(decided, decided(first, "accepted", ISSUED + SECOND), "rejected", ISSUED + 2 * SECOND)
    second = decided(filed(lost_once(), ISSUED + timedelta(days=6)), "rejected", ISSUED + timedelta(days=7))
    assert "final" in refused(decided, second, "accepted", ISSUED + timedelta(days=8))


def test_the_last_decision_may_come_long_after_the_window():
    won = decided(filed(ENTRY, CLOSES - SECOND), "accepted", CLOSES + timedelta(days=60))
    assert won.void


def test_the_answer_day_is_recorded_with_the_filing_and_the_reason_too():
    first = filed(ENTRY, local("2026-10-02T15:00", BANGKOK), because="photo follows")
    assert first.appeals[0].answer_by == local("2026-10-09T15:00", BANGKOK)
    assert (first.appeals[0].policy, first.appeals[0].because) == ("f1", "photo follows")


def test_the_story_is_told_in_order():
    won = decided(filed(lost_once(), ISSUED + timedelta(days=6)), "accepted", ISSUED + timedelta(days=7))
    assert [event.what for event in won.story] == ["issued", "filed", "rejected", "filed", "accepted"]


def test_a_time_at_the_edge_of_the_calendar_is_refused_in_words():
    assert "opened only on" in refused(filed, ENTRY, utc("0001-01-01T00:00Z"), place=ANGELES)
