"""A data file that a hand, root or a link has been at: slips are named, owners kept, links followed."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from tests.storage.world import Clock, Event, Ticket, act, add, open_store, state
from workbench.i18n import render
from workbench.storage import Damaged, put_back, verify
from workbench.storage.mark import MARK
from workbench.storage.meta import ArchiveFile

DATA = "workbench.json"


@pytest.fixture
def lived(tmp_path):
    add(open_store(tmp_path), Ticket("a"), Ticket("b"))
    return tmp_path


def refused(folder):
    with pytest.raises(Damaged) as error:
        open_store(folder)
    return render(error.value.saying.args["what"])


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"{", b"\xef\xbb\xbf{", "begins with a byte order mark, in line 1"),
        (b'"1": {"title":"a"},', b'"1": {"title":"a",},', "has a comma too many at the end of line"),
        (b'"2": {"title":"b"}\n}', b'"2": {"title":"b"},\n}', "has a comma too many at the end of line"),
        (b'"1": {"title":"a"},', b'"1": {"title":"a"}, // mine', "has a comment in line"),
        (b'"1": {"title":"a"},', b'# mine\n"1": {"title":"a"},', "has a comment in line"),
        (b'"2": {"title":"b"}', b'"1": {"title":"b"}', 'has "1" twice in one place'),
        (b'\n"seal"', b'\n"tickets": {"9": {"title":"z"}},\n"seal"', 'has "tickets" twice in one place'),
        (b'"schema":3', b'"schema":0', "has the schema number 0, which never was"),
        (b'"schema":3', b'"schema":-3', "has the schema number -3, which never was"),
        (b'"archive":{}', b'"archive":{"../../etc":{"generation":1,"checksum":"","tables":{}}}', "which is no month"),
    ],
)
def test_a_slip_is_named(lived, old, new, what):
    path = lived / DATA
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    before = path.read_bytes()
    assert what in refused(lived)
    assert path.read_bytes() == before


def test_the_line_of_a_slip_is_that_of_an_editor(lived):
    path = lived / DATA
    lines = path.read_bytes().split(b"\n")
    at = next(number for number, line in enumerate(lines) if b'"title":"b"' in line)
    lines[at] += b","
    path.write_bytes(b"\n".join(lines))
    assert refused(lived) == f"has a comma too many at the end of line {at + 1}"


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_is_followed_and_never_replaced(lived, tmp_path_factory):
    there = tmp_path_factory.mktemp("there") / "shop.json"
    (lived / DATA).rename(there)
    (lived / DATA).symlink_to(there)
    act(open_store(lived), "noted", t1=Ticket("changed"))
    assert (lived / DATA).is_symlink()
    assert b"changed" in there.read_bytes()
    assert state(open_store(lived))["tickets"][1]["title"] == "changed"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give a file away")
def test_what_root_saves_stays_whose_it_was(lived):
    for path in (lived, *lived.rglob("*")):
        os.chown(path, 1234, 1234)
    (lived / DATA).chmod(0o640)
    (lived / "workbench.lock").unlink(missing_ok=True)
    store = open_store(lived)
    act(store, "noted", t1=Ticket("changed"))
    owners = {str(path.relative_to(lived)): path.stat().st_uid for path in lived.rglob("*")}
    assert set(owners.values()) == {1234}, owners
    assert (lived / DATA).stat().st_mode & 0o777 == 0o640


def test_an_older_state_that_is_put_back_is_told_and_gives_no_number_twice(lived):
    older = (lived / DATA).read_bytes()
    store = open_store(lived)
    add(store, Ticket("newer"))
    (lived / DATA).write_bytes(older)
    assert store.refresh()
    [told] = store.notices
    text = render(told)
    assert "is an older state than this session saved" in text
    backup = text.rpartition(" ")[2]
    assert verify(Path(backup)) is None
    assert b"newer" in Path(backup).read_bytes()
    assert add(store, Ticket("again")) == [4]
    assert open_store(lived).notices == []
    assert state(open_store(lived))["tickets"].keys() == {1, 2, 4}


def test_an_older_state_that_another_process_finds_is_told_by_the_backup_of_a_later_day(tmp_path):
    clock = Clock()
    add(open_store(tmp_path, clock), Ticket("old"))
    older = (tmp_path / DATA).read_bytes()
    add(open_store(tmp_path, clock), Ticket("newer"))
    clock.days(1)
    add(open_store(tmp_path, clock), Ticket("newest"))
    assert open_store(tmp_path, clock).notices == []
    (tmp_path / DATA).write_bytes(older)
    (tmp_path / MARK).unlink()
    store = open_store(tmp_path, clock)
    [told] = store.notices
    text = render(told)
    assert "is an older state than the backup of a later day" in text
    assert b"newer" in Path(text.rpartition(" ")[2]).read_bytes()
    assert add(store, Ticket("again")) == [3], "the backup knows of two"
    assert open_store(tmp_path, clock).notices == []


def test_orders_kept_stay_when_an_older_state_is_put_back(lived):
    store = open_store(lived)
    content = store._content
    ours = msgspec.structs.replace(content.meta, orders={"2026-08": ArchiveFile(1, "0" * 64, {})})
    theirs = msgspec.structs.replace(ours, counters={})
    found, told = put_back.in_session(store.files, lived, lived / DATA, theirs, None, ours, content._keep_newer)
    assert told is not None
    assert found.orders == ours.orders


def test_what_nobody_knows_in_a_nested_value_stays_while_the_value_does(lived):
    store = open_store(lived)
    events = [{"text": "first", "who": "seller", "mood": "glad"}, {"text": "second", "mood": "sad"}]
    act(store, "by a later version", t1={"title": "a", "timeline": events, "colour": {"of": ["red"]}})
    act(store, "by this one", t1=Ticket("b", timeline=[Event("first"), Event("changed"), Event("third")]))
    assert state(open_store(lived))["tickets"][1] == {
        "title": "b", "colour": {"of": ["red"]},
        "timeline": [events[0], {"text": "changed"}, {"text": "third"}],
    }  # fmt: skip
    store.undo()
    assert state(store)["tickets"][1]["timeline"] == events


@pytest.mark.parametrize("half", [b"\\ud800", b"\\udc00 and more", b"\\ud800\\u0041", b"\xed\xa0\x80"])
def test_half_a_character_spoils_no_other_record(lived, half):
    path = lived / DATA
    path.write_bytes(path.read_bytes().replace(b'"title":"a"', b'"title":"a ' + half + b'"'))
    store = open_store(lived)
    tickets = state(store)["tickets"]
    assert tickets[2]["title"] == "b"
    assert tickets[1]["title"].startswith("a \\ud"), "spelled out, so that nothing is lost"
    assert add(store, Ticket("c")) == [3]
    assert open_store(lived).notices == []
