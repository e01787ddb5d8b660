"""Every table answers for itself, and goes whole through undo, merge, forget, check and export, whatever is in it.

The tables are found by the loop that the program uses, so that one more is tested without being named here.
"""

from __future__ import annotations

import csv
import json
import shutil
from datetime import timedelta
from importlib import import_module

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, at
from tests.session.anything import records
from tests.session.lived import opened
from workbench.core.saying import Saying, say
from workbench.session.crosschecks import Crosschecks
from workbench.session.imports.takeover import take_over
from workbench.session.safety.anonymous import PRIVATE, Anonymous
from workbench.session.safety.merging import merge_copies
from workbench.session.table import NOTHING, Before, Follow, Merge, StoredTable
from workbench.session.tables import answering, domains, tables
from workbench.storage import format
from workbench.storage.meta import OWN

COPY = "workbench (conflicted copy 2026-11-20).json"
TABLES = list(tables().values())
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
few = settings(max_examples=3, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))


def test_the_tables_of_all_domains_are_found():
    assert {"tickets", "violations", "issues", "routines", "imports", "calendar"} <= set(domains())
    assert {"tickets", "files", "skus", "violations", "statements", "issues", "merged"} <= tables().keys()
    refs = [table.ref for table in TABLES if table.ref]
    assert len(set(refs)) == len(refs)
    assert not tables().keys() & set(OWN)


@pytest.mark.parametrize("domain", domains())
def test_every_table_that_a_domain_names_is_declared(domain):
    names = vars(import_module(f"workbench.session.{domain}.tables")).items()
    named = {value for name, value in names if name.isupper() and name[0] != "_" and isinstance(value, str)}
    assert named <= answering().keys()


@pytest.mark.parametrize("answer", StoredTable.__struct_fields__)
def test_an_answer_that_is_missing_is_a_mistake(answer):
    given = {name: getattr(TABLES[0], name) for name in StoredTable.__struct_fields__ if name != answer}
    with pytest.raises(TypeError, match=answer):
        StoredTable(**given)


@each_table
def test_each_table_answers(table):
    assert isinstance(table.word, Saying)
    assert table.word.text
    assert "id" in table.type.__struct_fields__
    assert isinstance(table.merge, (Merge, Follow))
    assert {pointer.table for pointer in table.pointers} <= tables().keys()
    assert table.way_back in {"goes", "stays"}
    assert table.export in {"csv", "json"}
    if isinstance(table.merge, Follow):
        assert table.merge.of in tables()


def put(session, table, record, saying="put"):
    with session.saving() as tx:
        tx.put(table.name, record.id, record)
        tx.commit_as(say(saying), session.now())


def raw(session, table):
    return {**session.store.archived(table.name), **session.store.table(table.name)}


def stored(session, table):
    return {number: msgspec.json.decode(record, type=table.type) for number, record in raw(session, table).items()}


@each_table
def test_undo_and_redo_bring_any_record_back_exactly(table, tmp_path_factory):
    @few
    @given(records(table.type, 1), records(table.type, 1))
    def run(first, second):
        assume(first != second)
        session = opened(tmp_path_factory.mktemp("shop"))
        put(session, table, first)
        put(session, table, second)
        after = stored(session, table)
        assert after == {1: second}
        session.undo()
        assert stored(session, table) == {1: first}
        session.undo()
        assert stored(session, table) == {}
        session.redo()
        session.redo()
        assert stored(session, table) == after

    run()


@each_table
def test_a_merge_drops_no_record(table, tmp_path_factory):
    """What is here stays, and what is only there comes in: as itself, as part of what has its name, or as a number more
    in the table that follows from it."""

    @few
    @given(records(table.type, 1), records(table.type, 1), records(table.type, 2))
    def run(ours, theirs, more):
        base = tmp_path_factory.mktemp("shop")
        here, there = opened(base, data="data"), opened(base, data="there")
        put(here, table, ours, "here")
        put(there, table, theirs, "there")
        put(there, table, more, "there")
        shutil.copy(base / "there" / "workbench.json", base / "data" / COPY)
        for path in (base / "there").glob("archive/*.json"):
            (base / "data" / "archive").mkdir(exist_ok=True)
            shutil.copy(path, base / "data" / "archive" / f"{path.stem} (1).json")
        merge_copies(here)
        found = stored(here, table)
        assert ours in found.values() or isinstance(table.merge, Merge)
        if isinstance(table.merge, Merge):
            names = [table.merge.name(record) for record in found.values()]
            for record in (ours, theirs, more):
                name = table.merge.name(record)
                pointed = any(pointer.get(record) is not None for pointer in table.pointers)
                assert pointed or (names.count(name) if name is not None else len(found) > 1), record
        assert not (base / "data" / COPY).exists()
        session = opened(base)
        assert session.undo().text == ("here" if found == {1: ours} else "{file} merged")

    run()


def test_records_of_a_table_that_nobody_knows_get_another_number(tmp_path):
    here, there = opened(tmp_path, data="data"), opened(tmp_path, data="there")
    for session, text in ((here, "here"), (there, "there")):
        with session.saving() as tx:
            tx.put("poems", 1, {"id": 1, "text": text})
            tx.put("poems", 2, {"id": 2, "text": "both"})
            tx.put("poems", 3, {"id": 3, "text": text})
            tx.commit_as(say("written"), session.now())
    shutil.copy(tmp_path / "there" / "workbench.json", tmp_path / "data" / COPY)
    merge_copies(here)
    poems = {number: msgspec.json.decode(record) for number, record in here.store.table("poems").items()}
    assert [poem["text"] for poem in poems.values()] == ["here", "both", "here", "there", "there"]
    assert all(poem["id"] == number for number, poem in poems.items())
    assert here.store.notices[-1].args["new"] == 2


@each_table
def test_forgetting_takes_all_it_says_and_the_second_time_nothing(table):
    if table.forget is NOTHING:
        return
    begin = at("2026-11-24T00:00")

    @settings(max_examples=20, deadline=None)
    @given(records(table.type, 1))
    def run(record):
        taken = table.forget.take(record, Before(begin.date(), begin, "any"))
        assert taken is not None
        assert table.forget.take(taken, Before(begin.date(), begin, "any")) == taken
        assert taken.id == record.id

    run()


def _named(record):
    """What is called as names and words are called, at any depth."""
    if isinstance(record, tuple):
        return [found for each in record for found in _named(each)]
    if isinstance(record, dict):
        return [found for each in record.values() for found in _named(each)]
    if not isinstance(record, msgspec.Struct):
        return []
    fields = [(name, getattr(record, name)) for name in record.__struct_fields__]
    own = [value for name, value in fields if name in PRIVATE and isinstance(value, str) and value]
    return own + [found for _, value in fields for found in _named(value)]


@each_table
def test_what_is_given_away_names_nobody_and_stays_whole(table):
    @settings(max_examples=20, deadline=None)
    @given(records(table.type, 1))
    def run(record):
        given_away = Anonymous().record(table, record)
        assert all(value.isdecimal() for value in _named(given_away)), given_away
        assert type(given_away) is type(record)
        assert msgspec.json.decode(msgspec.json.encode(given_away), type=table.type) == given_away
        if not [*Crosschecks().record(table.name, 1, format.to_json(record))]:
            assert not [*Crosschecks().record(table.name, 1, format.to_json(given_away))]

    run()


@each_table
def test_check_has_only_sentences_to_say(table):
    @settings(max_examples=20, deadline=None)
    @given(records(table.type, 1))
    def run(record):
        checks = Crosschecks()
        said = [*checks.record(table.name, 1, format.to_json(record)), *(what for *_, what in checks.together({}))]
        assert all(isinstance(each, Saying) for each in said)
        assert [*checks.record(table.name, 2, format.to_json(record))]  # it calls itself 1

    run()


@each_table
def test_export_and_taking_it_over_give_the_same(table, tmp_path_factory):
    @few
    @given(st.lists(records(table.type, 1), min_size=1, max_size=1).map(lambda found: found[0]))
    def run(record):
        base = tmp_path_factory.mktemp("shop")
        session = opened(base, NOW + timedelta(days=1))
        put(session, table, record)
        written = {path.name: path for path in session.safety.export(base / "out")}
        whole = json.loads(written["workbench-export.json"].read_bytes())
        assert whole["tables"][table.name].keys() == {"1"}
        if table.export == "csv":
            rows = csv.reader(written[f"{table.name}.csv"].open(encoding="utf-8-sig", newline=""))
            assert len(list(rows)) == 2
        if not [*Crosschecks().record(table.name, 1, format.to_json(record))]:
            other = opened(base, data="other")
            take_over(other, written["workbench-export.json"])
            assert raw(other, table) == raw(session, table)

    run()
