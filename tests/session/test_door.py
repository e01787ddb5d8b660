"""One door for values: what no rule can digest is set aside and named with the way out, and everything else works.

The values are found by the type of each field of each table, so that a new table is tested without being named.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.inside import call
from tests.session import lived
from tests.session.anything import records, spoilt
from workbench.session.door import fault
from workbench.session.tables import tables
from workbench.storage import format

TABLES = list(tables().values())
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
READING = (
    ["queue", "--json"], ["queue", "--all"], ["today", "--json"], ["ledger", "--json"], ["issues", "--json"],
    ["report"],
)  # fmt: skip


def put_in(tree: Any, path: tuple[str | int, ...], bad: Any) -> bool:
    """Put a value in its place; False where the record has no such place."""
    for step in path[:-1]:
        try:
            tree = tree[step]
        except (LookupError, TypeError):
            return False
        if tree is None:
            return False
    try:
        tree[path[-1]] = bad
    except (LookupError, TypeError):
        return False
    return True


def respoilt(record: msgspec.Struct, spoiling: tuple[tuple[str | int, ...], Any]) -> msgspec.Struct | None:
    """The record as it is read with a value in its place that none of its type means; None where it has no such place,
    or is not read at all."""
    tree = msgspec.json.decode(msgspec.json.encode(record))
    if not put_in(tree, *spoiling):
        return None
    try:
        return msgspec.json.decode(msgspec.json.encode(tree), type=type(record))
    except (msgspec.DecodeError, ValueError):
        return None


@each_table
def test_whatever_a_type_allows_passes(table):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(records(table.type, 1))
    def run(record):
        assert fault(record) is None

    run()


@each_table
def test_what_its_type_cannot_mean_does_not_pass(table):
    paths = spoilt(table.type)
    assert paths

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(records(table.type, 1), st.sampled_from(paths))
    def run(record, spoiling):
        read = respoilt(record, spoiling)
        assert read is None or fault(read) is not None, (spoiling, read)

    run()


def spoil(folder, table, number, path, bad):
    file = folder / "data" / "workbench.json"
    tree = json.loads(file.read_bytes())
    record = tree[table][str(number)]
    assert put_in(record, path, bad), record
    file.write_text(json.dumps(tree), encoding="utf-8")


CASES = [
    ("tickets", 5, ("money",), {"amount": "NaN", "currency": "THB"}),
    ("tickets", 5, ("money",), {"amount": "1E+400"}),
    ("tickets", 5, ("money",), {"amount": "3", "currency": "\x1b[2J"}),
    ("tickets", 5, ("opened_at",), "2026-11-20T10:00:00"),
    ("tickets", 5, ("deadline", "at"), "9999-12-31T00:00:00Z"),
    ("tickets", 5, ("money",), {"amount": float("nan"), "currency": "THB"}),
    ("violations", 1, ("points",), float("nan")),
    ("violations", 1, ("points",), float("-inf")),
    ("violations", 1, ("points",), -4),
    ("issues", 2, ("count",), -1),
    ("issues", 2, ("day",), "0001-01-01"),
    ("logged_skus", 1, ("lines",), 10**30),
]


@pytest.mark.parametrize(("table", "number", "path", "bad"), CASES)
def test_all_else_works_and_check_names_the_way_out(folder, table, number, path, bad):
    spoil(folder, table, number, path, bad)
    for verb in READING:
        said = call(folder, *verb)
        assert said.status == 0, (verb, said)
        assert "\x1b" not in said.out + said.told
    assert call(folder, "ticket", "add", "--kind", "message").status == 0
    assert call(folder, "undo").status == 0
    checked = call(folder, "check", "--json")
    assert checked.status == 1
    found, *_more = [each for each in json.loads(checked.out)["problems"] if each["table"] == table]
    assert (found["id"], found["way_out"]) == (
        number, f"to set it aside: workbench check --set-aside {table}/{number}",
    )  # fmt: skip
    said = call(folder, "check", "--set-aside", f"{table}/{number}")
    assert (said.status, said.out) == (0, f"record {number} of {table} set aside\n")
    assert call(folder, "check").status == 0
    assert call(folder, "undo").status == 0
    assert call(folder, "check").status == 1


def test_a_number_too_large_for_any_machine_leaves_out_its_record_alone(folder):
    spoil(folder, "tickets", 5, ("money",), {"amount": "1E+400"})
    file = folder / "data" / "workbench.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"1E+400"', "1E+400"), encoding="utf-8")
    assert call(folder, "queue").status == 0
    assert "holds an amount that cannot be meant (1E+400)" in call(folder, "check").out


def test_what_is_left_out_is_told_with_the_way_out(folder):
    spoil(folder, "violations", 1, ("points",), -4)
    said = call(folder, "ledger")
    assert 'Record 1 of "violations" holds a number that cannot be meant (-4), so it is left out.' in said.told
    assert "workbench check --set-aside violations/1" in said.told


@pytest.mark.parametrize("word", ["tickets", "tickets/x", "tickets/\u0661", "/", ""])
def test_what_is_no_record_is_a_wrong_call(folder, word):
    assert call(folder, "check", "--set-aside", word).status == 2


def test_what_is_not_there_is_refused(folder):
    for word in ("tickets/99", "poems/1", "meta/1"):
        assert call(folder, "check", "--set-aside", word).status == 1


def test_a_copy_with_such_a_record_is_not_taken_in(folder):
    session = lived.opened(folder)
    with session.saving() as tx:
        record = msgspec.json.decode(session.store.table("violations")[1])
        tx.restore("violations", 1, format.to_json(record | {"points": -4}))
    before = lived.records(lived.opened(folder))
    call(folder, "backup", "--output", str(folder / "bad.json"))
    assert call(folder, "restore", str(folder / "bad.json")).status == 1
    (folder / "data" / "workbench (1).json").write_bytes((folder / "bad.json").read_bytes())
    session = lived.opened(folder)
    assert lived.records(session) == before
    assert session.store.notices
