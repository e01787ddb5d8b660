"""Sequences rise when something changes and only then; what is gone is cancelled; what is long over is forgotten."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from workbench.core.published import KEEP, PublishedDate, publish

HOUR = timedelta(hours=1)


def entry(uid="a", hours=5, facts=("x",), **more):
    return PublishedDate(uid, NOW + hours * HOUR, NOW, None, facts, **more)


def test_the_life_of_an_entry():
    first = publish({}, [entry()], NOW)
    assert (first["a"].sequence, first["a"].over, first["a"].stamp) == (0, False, NOW)
    assert publish(first, [entry()], NOW + HOUR) == first
    moved = publish(first, [entry(hours=6)], NOW)
    assert (moved["a"].sequence, moved["a"].at) == (1, NOW + 6 * HOUR)
    told = publish(moved, [entry(hours=6, facts=("y",))], NOW)
    assert told["a"].sequence == 2
    gone = publish(told, [], NOW + HOUR)
    assert (gone["a"].sequence, gone["a"].over, gone["a"].stamp) == (3, True, NOW + HOUR)
    assert publish(gone, [], NOW + 2 * HOUR) == gone
    back = publish(gone, [entry(hours=6, facts=("y",))], NOW)
    assert (back["a"].sequence, back["a"].over) == (4, False)


def test_what_is_long_over_is_forgotten_with_the_next_change_only():
    gone = publish(publish({}, [entry()], NOW), [], NOW)
    late = NOW + KEEP
    assert publish(gone, [], late) == gone
    assert publish(gone, [entry("b")], late - timedelta(seconds=1)).keys() == {"a", "b"}
    assert publish(gone, [entry("b")], late).keys() == {"b"}


def test_what_passes_is_kept_for_a_time_and_an_overdue_deadline_for_ever():
    entries = [entry("passes", 1, passes=True), entry("due", 1)]
    known = publish({}, entries, NOW)
    later = NOW + KEEP + 2 * HOUR
    assert publish(known, entries, later) == known
    assert publish(known, [*entries, entry("new")], later).keys() == {"due", "new"}


def test_where_nothing_can_be_remembered_the_time_does_not_matter():
    known = publish({}, [entry("a"), entry("b")], NOW)
    found = publish(known, [entry("a", 7), entry("c")], None)
    assert [(uid, found[uid].sequence, found[uid].over) for uid in "abc"] == [
        ("a", 1, False), ("b", 1, True), ("c", 0, False),
    ]  # fmt: skip
    assert found["b"].stamp == NOW


def test_a_version_that_was_forgotten_is_not_undercut():
    assert publish({}, [entry(floor=4)], NOW)["a"].sequence == 4


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2)), max_size=12))
def test_a_sequence_never_falls_and_rises_exactly_with_a_change(states):
    memory, shown = {}, {}
    for hours, state in enumerate(states):
        entries = [entry(uid, facts=(value,)) for uid, value in state.items()]
        after = publish(memory, entries, NOW + hours * HOUR)
        for uid, each in after.items():
            content = state.get(uid)  # None: cancelled
            if uid in memory:
                rise = each.sequence - memory[uid].sequence
                assert rise == (content != shown[uid])
            assert each.over == (content is None)
            shown[uid] = content
        assert after.keys() == memory.keys() | state.keys()
        memory = after
