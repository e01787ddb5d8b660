"""Patches lead from any state to any other, and are small where little changed."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from workbench.storage import patches

raw = msgspec.Raw
leaf = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3)
value = leaf | st.lists(leaf | st.dictionaries(st.sampled_from("ab"), leaf), max_size=4)
record = st.dictionaries(st.sampled_from("abcd"), value, max_size=4)
table = st.dictionaries(st.integers(1, 6), record, max_size=6)


def encoded(records):
    return {number: raw(msgspec.json.encode(fields)) for number, fields in records.items()}


def led(patch, records):
    """The records after a patch that went through JSON, as the history stores it."""
    patch = msgspec.json.decode(msgspec.json.encode(patch), type=patches.Patch)
    after = dict(records)
    for number, one in list(patches.apply(patch, records.get)):
        if one is None:
            del after[number]
        else:
            after[number] = one
    return after


def plain(records):
    return {number: json.loads(bytes(one)) for number, one in records.items()}


@given(table, table)
def test_a_patch_leads_from_any_table_to_any_other(start, goal):
    before, after = encoded(start), encoded(goal)
    patch = patches.between((n, before.get(n), after.get(n)) for n in before.keys() | after.keys())
    assert plain(led(patch, before)) == goal


@given(record, st.lists(leaf, min_size=1, max_size=5), st.lists(leaf, min_size=1, max_size=5))
def test_undoing_what_a_list_gained_costs_a_number(fields, old, more):
    before, after = encoded({1: fields | {"t": old}}), encoded({1: fields | {"t": old + more}})
    back = patches.between([(1, after[1], before[1])])
    assert back == patches.Patch(edit=[([(1, 1)], patches.Edit(lists={"t": (len(old), [])}))])
    forth = patches.between([(1, before[1], after[1])])
    assert plain(led(forth, before)) == plain(after)


def test_only_changed_fields_are_kept_and_dropped_ones_named():
    start, goal = encoded({1: {"a": 1, "b": 2, "c": 3}})[1], encoded({1: {"a": 1, "b": 5, "d": None}})[1]
    patch = patches.between([(1, start, goal)])
    [(ids, edit)] = patch.edit
    assert (ids, edit.set.keys(), edit.drop) == ([(1, 1)], {"b", "d"}, ["c"])


def test_records_edited_alike_share_one_entry():
    start, goal = (
        encoded({n: {"seen": 1, "n": n} for n in range(1, 9)}),
        encoded({n: {"seen": 2, "n": n} for n in range(1, 9)}),
    )
    patch = patches.between([(n, start[n], goal[n]) for n in (1, 2, 3, 7, 8)])
    assert [ids for ids, _ in patch.edit] == [[(1, 3), (7, 8)]]
    assert dict(patches.apply(patch, start.get)) == {n: goal[n] for n in (1, 2, 3, 7, 8)}


def test_many_insertions_are_undone_by_ranges_of_ids():
    new = encoded({number: {} for number in (*range(1, 1001), 2000)})
    assert patches.between((n, one, None) for n, one in new.items()) == patches.Patch(remove=[(1, 1000), (2000, 2000)])


def test_the_same_record_in_another_order_of_fields_is_no_change():
    assert patches.between([(1, raw(b'{"a":1,"b":2}'), raw(b'{"b":2,"a":1}'))]) == patches.Patch()
