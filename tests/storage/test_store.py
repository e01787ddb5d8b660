"""What the store promises to whoever uses it."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading

import pytest
from tinydb import TinyDB, where

from tests.storage.world import START, Clock, Event, Ticket, Unsynced, act, actions, add, objects, open_store, state
from workbench.core.saying import Refusal, Saying, say
from workbench.storage import Store, verify


def test_an_empty_directory_opens_and_nothing_is_made_until_the_first_save(tmp_path):
    directory = tmp_path / "a" / "b"
    store = open_store(directory)
    assert store.readonly is None
    assert dict(store.table("tickets")) == {}
    assert store.history() == []
    assert not (tmp_path / "a").exists()
    add(store, {"title": "x"})
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


def test_what_was_put_is_there_after_a_restart(tmp_path):
    store = open_store(tmp_path)
    assert add(store, Ticket("红色连衣裙"), Ticket("[bold]x"), table="tickets") == [1, 2]
    for one in (store, open_store(tmp_path)):
        assert objects(one.table("tickets")) == {1: {"title": "红色连衣裙"}, 2: {"title": "[bold]x"}}


def test_the_file_has_one_record_a_line_and_plain_tinydb_opens_it(tmp_path):
    add(open_store(tmp_path), Ticket("红"), Ticket("b"))
    text = (tmp_path / "workbench.json").read_text("utf-8")
    assert '"2": {"title":"b"}\n},\n' in text
    assert '"1": {"title":"红"},\n' in text
    with TinyDB(tmp_path / "workbench.json") as plain:
        assert plain.table("tickets").get(doc_id=2) == {"title": "b"}


def test_tinydb_queries_see_what_another_store_wrote(tmp_path):
    one, other = open_store(tmp_path), open_store(tmp_path)
    query = where("title") == "b"
    assert one.documents("tickets").search(query) == []
    add(other, Ticket("a"), Ticket("b"))
    one.refresh()
    assert [found.doc_id for found in one.documents("tickets").search(query)] == [2]
    assert one.documents("tickets").get(doc_id=1) == {"title": "a"}
    with pytest.raises(RuntimeError):
        one.documents("tickets").insert({"title": "past the history"})


def test_an_exception_leaves_memory_and_disk_as_they_were(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    before, version = (tmp_path / "workbench.json").read_bytes(), store.version

    def fail() -> None:
        with store.transaction() as tx:
            tx.put("tickets", 1, Ticket("changed"))
            tx.remove("tickets", 1)
            tx.next_id("tickets")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (tmp_path / "workbench.json").read_bytes() == before
    assert objects(store.table("tickets")) == {1: {"title": "a"}}
    assert store.version == version
    assert add(store, Ticket("b")) == [2]


def test_reads_in_a_transaction_see_its_changes(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"), Ticket("b"))
    with store.transaction() as tx:
        tx.put("tickets", 1, Ticket("c"))
        tx.remove("tickets", 2)
        assert bytes(tx.get("tickets", 1)) == b'{"title":"c"}'
        assert tx.get("tickets", 2) is None
        assert tx.get("tickets", 3) is None
        assert objects(store.table("tickets")) == {1: {"title": "a"}, 2: {"title": "b"}}
        with pytest.raises(KeyError):
            tx.remove("tickets", 2)
    assert objects(store.table("tickets")) == {1: {"title": "c"}}


def test_a_transaction_that_is_over_takes_no_more(tmp_path):
    store = open_store(tmp_path)
    with store.transaction() as tx:
        pass
    with pytest.raises(RuntimeError):
        tx.put("tickets", 1, {})
    with store.transaction() as tx, pytest.raises(RuntimeError):
        tx.put("meta", 1, {})


def test_a_table_taken_earlier_is_a_picture_that_no_save_changes(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    picture = store.table("tickets")
    add(store, Ticket("b"))
    assert list(picture) == [1]
    with pytest.raises(TypeError):
        picture[2] = b"{}"


def test_ids_rise_and_are_never_used_again(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"), Ticket("b"))
    act(store, "removed", t2=None)
    assert add(store, Ticket("c")) == [3]
    for _ in range(3):
        store.undo()
    assert dict(store.table("tickets")) == {}
    assert add(open_store(tmp_path), Ticket("d")) == [4]
    act(store, "by hand", t40=Ticket("e"))
    act(store, "removed", t40=None)
    assert add(store, Ticket("f")) == [41]
    assert add(store, {"n": 1}, table="skus") == [1]


def test_without_a_change_nothing_is_written(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    before = (tmp_path / "workbench.json").stat()
    act(store, "the same", t1=Ticket("a"))
    with store.transaction() as tx:
        tx.sweep()
    assert (tmp_path / "workbench.json").stat() == before
    assert actions(store) == [("added", False)]


def test_housekeeping_is_saved_but_is_no_action(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    store.undo()
    with store.transaction() as tx:
        tx.put("skus", 1, {"n": 1})
    assert actions(open_store(tmp_path)) == [("added", True)]
    store.redo()
    assert state(store) == {"tickets": {1: {"title": "a"}}, "skus": {1: {"n": 1}}}


def test_the_version_rises_with_own_and_foreign_changes(tmp_path):
    one, other = open_store(tmp_path), open_store(tmp_path)
    versions = [one.version]
    add(one, Ticket("a"))
    versions.append(one.version)
    add(other, Ticket("b"))
    assert one.refresh()
    versions.append(one.version)
    assert not one.refresh()
    versions.append(one.version)
    assert versions == [0, 1, 2, 2]


def test_half_a_character_is_refused_and_nothing_is_saved(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    before = (tmp_path / "workbench.json").read_bytes()
    for record in (Ticket("half \ud83d"), {"\udc00": 1}):
        with pytest.raises(Refusal, match="half of a character"):
            act(store, "x", t1=record)
    with pytest.raises(Refusal, match="half of a character"):
        act(store, "\ud83d", t1=Ticket("b"))
    assert (tmp_path / "workbench.json").read_bytes() == before


def test_control_and_bidi_characters_come_back_as_they_were(tmp_path):
    text = 'a\x1b[31m\x00\u202e"\\\u2028\n\r\t\U0001f44d'
    add(open_store(tmp_path), Ticket(text))
    assert objects(open_store(tmp_path).table("tickets")) == {1: {"title": text}}
    assert verify(tmp_path / "workbench.json") is None


@pytest.mark.parametrize("where_it_is", ["record", "entry of a list"])
def test_fields_that_the_type_does_not_know_are_kept(tmp_path, where_it_is):
    store = open_store(tmp_path)
    stored = {"title": "a", "timeline": [{"text": "one"}, {"text": "two"}], "tags": ["x"]}
    if where_it_is == "record":
        stored["colour"] = {"deep": [1, 2]}
    else:
        stored["timeline"][0]["colour"] = "red"
    add(store, stored)
    act(store, "edited", t1=Ticket("b", tags=["x"], timeline=[Event("one"), Event("2"), Event("three")]))
    wanted = {**stored, "title": "b", "timeline": [stored["timeline"][0], {"text": "2"}, {"text": "three"}]}
    assert objects(open_store(tmp_path).table("tickets")) == {1: wanted}
    store.undo()
    assert objects(store.table("tickets")) == {1: stored}


def test_a_record_the_type_cannot_read_keeps_what_the_type_does_not_name(tmp_path):
    store = open_store(tmp_path)
    add(store, {"title": 7, "colour": "red"})
    act(store, "edited", t1=Ticket("b"))
    assert objects(store.table("tickets")) == {1: {"title": "b", "colour": "red"}}


def test_fields_of_meta_that_are_unknown_are_kept(tmp_path):
    store = open_store(tmp_path)
    add(store, Ticket("a"))
    path = tmp_path / "workbench.json"
    path.write_text(path.read_text().replace('"counters":', '"theme":"dark","counters":', 1))
    add(store, Ticket("b"))
    assert json.loads(path.read_text())["meta"]["1"]["theme"] == "dark"


def test_the_history_speaks_in_sayings_with_sayings_in_them(tmp_path):
    store = open_store(tmp_path)
    text = say("{id} {what}", id="T-1", what=say("approved"))
    with store.transaction() as tx:
        tx.put("tickets", 1, {})
        tx.commit_as(text, START)
    entry = open_store(tmp_path).history()[0]
    assert (entry.at, entry.text, entry.undone) == (START, text, False)
    assert isinstance(entry.text.args["what"], Saying)
    undone = open_store(tmp_path).undo()
    assert Saying(undone.text, undone.args, undone.many, undone.n) == text


def test_another_thread_waits_and_then_gives_up_with_a_sentence(tmp_path):
    store = open_store(tmp_path)
    refused = []

    def try_it() -> None:
        try:
            add(store, Ticket("b"))
        except Refusal as refusal:
            refused.append(refusal.saying.text)

    with store.transaction() as tx:
        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()
        assert not store.refresh()
        tx.put("tickets", 1, Ticket("a"))
    assert refused == ["Nothing was saved: another workbench is saving at this moment. Try again in a few seconds."]
    assert list(store.table("tickets")) == [1]


class ReadOnly(Unsynced):
    """A directory that may be read only, which the superuser of a test machine would not notice."""

    def call(self, function, *args):
        if function.__name__ == "access":
            return False
        assert function.__name__ in {"open", "fstat", "read", "lseek", "close", "listdir", "exists"}
        return super().call(function, *args)


def test_a_readonly_directory_answers_without_a_lock_and_refuses_to_save(tmp_path):
    clock = Clock()
    store = open_store(tmp_path, clock)
    add(store, Ticket("a", closed_at=START), Ticket("b"))
    clock.days(20)
    act(store, "edited", t2=Ticket("c"))
    (tmp_path / "workbench.lock").unlink()
    reader = Store.open(tmp_path, now=clock, files=ReadOnly())
    assert reader.readonly is not None
    assert "read-only" in reader.readonly.text
    assert state(reader) == state(store)
    assert list(reader.archived("tickets")) == [1]
    with pytest.raises(Refusal, match="read-only"):
        reader.undo()
    assert not (tmp_path / "workbench.lock").exists()


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, workbench.storage\n"
        "print({'rich', 'textual', 'platformdirs', 'filelock', 'asyncio', 'logging'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )
