"""Undo and redo: exact, one action at a time, over restarts and over the archive."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.world import LONG_AGO, START, Clock, Event, Ticket, act, actions, add, open_store, state
from workbench.core.saying import Refusal, say


def test_nothing_to_undo_and_nothing_to_redo_are_refused(tmp_path):
    store = open_store(tmp_path)
    with pytest.raises(Refusal, match="nothing to undo"):
        store.undo()
    add(store, Ticket("a"))
    with pytest.raises(Refusal, match="nothing to redo"):
        store.redo()
    store.undo()
    with pytest.raises(Refusal, match="nothing to undo"):
        store.undo()


def test_undo_and_redo_over_restarts_in_order(tmp_path):
    add(open_store(tmp_path), Ticket("a"), text="first")
    act(open_store(tmp_path), "second", t1=Ticket("b", timeline=[Event("x")]))
    act(open_store(tmp_path), "third", t1=None)
    assert [open_store(tmp_path).undo().text for _ in range(3)] == ["third", "second", "first"]
    assert state(open_store(tmp_path)) == {}
    assert actions(open_store(tmp_path)) == [("third", True), ("second", True), ("first", True)]
    assert [open_store(tmp_path).redo().text for _ in range(2)] == ["first", "second"]
    assert state(open_store(tmp_path)) == {"tickets": {1: {"title": "b", "timeline": [{"text": "x"}]}}}


def test_a_new_action_ends_redo(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"), text="first")
    add(store, Ticket("b"), text="second")
    store.undo()
    add(store, Ticket("c"), text="third")
    with pytest.raises(Refusal):
        store.redo()
    assert actions(store) == [("third", False), ("first", False)]


def test_the_last_200_actions_are_kept(tmp_path):
    store = open_store(tmp_path)
    for number in range(203):
        add(store, Ticket("a"), text=str(number))
    assert [text for text, _ in actions(store)] == [str(n) for n in range(202, 2, -1)]
    for _ in range(200):
        store.undo()
    assert list(state(store)["tickets"]) == [1, 2, 3]
    with pytest.raises(Refusal):
        store.undo()


def test_a_bulk_import_does_not_blow_the_file_up(tmp_path):
    store = open_store(tmp_path)
    add(store, *[Ticket("x" * 500, timeline=[Event("seen")]) for _ in range(1000)])
    history = json.loads((tmp_path / "workbench.json").read_text())["history"]
    assert len(json.dumps(history)) < 300
    with store.transaction() as tx:
        for number in store.table("tickets"):
            tx.put("tickets", number, Ticket("x" * 500, timeline=[Event("seen"), Event("y" * 500)]))
        tx.commit_as(say("noted"), START)
    history = json.loads((tmp_path / "workbench.json").read_text())["history"]
    assert len(json.dumps(history)) < 50 * 1000
    store.undo()
    store.undo()
    store.redo()
    assert state(store)["tickets"][1000] == {"title": "x" * 500, "timeline": [{"text": "seen"}]}


def test_an_edit_of_a_record_that_was_archived_since_is_undone(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("a"), Ticket("b"))
    act(store, "closed", t1=Ticket("a", closed_at=START))
    clock.days(20)
    act(store, "other", t2=Ticket("c"))
    assert list(store.archived("tickets")) == [1]
    store.undo()
    assert store.undo().text == "closed"
    assert list(store.archived("tickets")) == []
    assert state(store) == {"tickets": {1: {"title": "a"}, 2: {"title": "b"}}}


def test_an_import_that_went_straight_to_the_archive_is_undone_and_redone(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("live"))
    with store.transaction() as tx:
        for number in range(5):
            tx.put("tickets", tx.next_id("tickets"), Ticket("old", closed_at=LONG_AGO + timedelta(days=20 * number)))
        tx.commit_as(say("imported"), START)
        tx.sweep()
    whole = state(store)
    assert store.archived_months("tickets") == ["2026-08", "2026-09", "2026-10"]
    store.undo()
    assert state(open_store(tmp_path)) == {"tickets": {1: {"title": "live"}}}
    assert store.archived_months("tickets") == []
    store.redo()
    assert state(open_store(tmp_path)) == whole


def test_undo_of_an_edit_whose_record_is_gone_is_refused(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    act(store, "edited", t1=Ticket("b"))
    with store.transaction() as tx:
        tx.remove("tickets", 1)
    with pytest.raises(Refusal, match="removed outside the history"):
        store.undo()
    assert actions(store) == [("edited", False), ("added", False)]


title = st.sampled_from(["", "a", "红"])
when = st.sampled_from([None, LONG_AGO, LONG_AGO + timedelta(days=40), START])
some = st.builds(Ticket, title, when, st.lists(title, max_size=2), st.lists(st.builds(Event, title, title), max_size=3))
change = st.tuples(st.sampled_from(["tickets", "skus"]), st.integers(0, 5), some | st.none())
step = st.tuples(st.lists(change, min_size=1, max_size=4), st.sampled_from([0, 0, 0, 1, 15, -3]), st.booleans())


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(step, min_size=1, max_size=8))
def test_undo_all_is_the_start_and_redo_all_is_the_end(tmp_path_factory, steps):
    directory, clock = tmp_path_factory.mktemp("undo"), Clock()
    store = open_store(directory, clock)
    add(store, Ticket("start"), Ticket("old", closed_at=LONG_AGO))
    states = [state(store)]
    for changes, days, sweep in steps:
        clock.days(days)
        with store.transaction() as tx:
            for table, known, record in changes:
                number = known or tx.next_id(table)
                if record is not None:
                    tx.put(table, number, record)
                elif tx.get(table, number) is not None:
                    tx.remove(table, number)
            tx.commit_as(say("step"), clock())
            if sweep:
                tx.sweep()
        if state(store) != states[-1]:
            states.append(state(store))
    assert len(store.history()) == len(states)
    other = open_store(directory, clock)
    for wanted in reversed(states[:-1]):
        other.undo()
        assert state(other) == wanted
    store = open_store(directory, clock)
    for wanted in states[1:]:
        store.redo()
        assert state(store) == wanted
    assert state(open_store(directory, clock)) == states[-1]
