"""One record that is no JSON keeps nothing else from being opened: it is found, taken out, and kept."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.inside import call
from tests.session.lived import opened, records
from workbench.core.saying import Refusal
from workbench.session.safety.aside import in_the_way, take_out
from workbench.session.safety.desk import check
from workbench.storage import Damaged, salvage

RECORD = re.compile(rb'^"(\d+)": (.*?)(,?)$')


def spoil(folder, find, how):
    """Spoil the first line that holds `find`, as a slip of a hand in an editor does."""
    path = folder / "data" / "workbench.json"
    lines = path.read_bytes().split(b"\n")
    at = next(n for n, line in enumerate(lines) if find in line)
    lines[at] = how(lines[at])
    path.write_bytes(b"\n".join(lines))
    return lines[at]


SLIPS = [
    lambda line: line.replace(b'"kind"', b"kind"),
    lambda line: line.replace(b'"id":', b'"id" ', 1),
    lambda line: line.replace(b"}", b"", 1),
    lambda line: line.replace(b"]", b",]", 1),
    lambda line: line.replace(b"sku", b"sk\xff", 1),
]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("number", [4, 5])
def test_the_one_record_is_found_named_and_set_aside(folder, slip, number):
    before = records(opened(folder))
    line = spoil(folder, b'"id":%d,"kind"' % number, slip)
    whole = (folder / "data" / "workbench.json").read_bytes()
    with pytest.raises(Damaged):
        opened(folder)
    assert in_the_way(folder / "data") == ("tickets", number)
    [found] = check(folder / "data").problems[:1]
    assert (found.table, found.id, found.way_out.args) == ("tickets", number, {"table": "tickets", "id": number})
    said = call(folder, "check", "--set-aside", f"tickets/{number}")
    assert said.status == 0
    [kept] = (folder / "data").glob("workbench.damaged-*.json")
    assert kept.read_bytes() == whole
    after = records(opened(folder))
    [aside] = after.pop("set_aside").values()
    assert aside["record"].encode() == RECORD.match(line)[2] or "\\xff" in aside["record"]
    del before["tickets"][number]
    assert after == before
    assert check(folder / "data").problems == []
    assert opened(folder).tickets.add(kind="other").ids == (6,)


def test_every_record_of_every_table_can_be_the_one(folder):
    data = (folder / "data" / "workbench.json").read_bytes()
    lines, found = data.split(b"\n"), []
    for at, line in enumerate(lines):
        if (record := RECORD.match(line)) is not None:
            broken = b'"%b": %b%b' % (record[1], record[2].replace(b":", b"", 1), record[3])
            cut = b"\n".join([*lines[:at], broken, *lines[at + 1 :]])
            if (slip := salvage.one_record(cut)) is not None:
                found.append((slip.table, slip.number))
                assert json.loads(slip.rest)
    session = opened(folder)
    assert found == [(name, id) for name, table in json.loads(data).items() for id in map(int, table)
                     if name in session.store.names()]  # fmt: skip


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data[:-300],
        lambda data: data.replace(b'"tickets": {', b'"tickets" {'),
        lambda data: data.replace(b'"schema":', b'"schema"'),
        lambda data: data.replace(b'"kind":"message"', b'"kind":message').replace(b'"id":5,', b'"id":5'),
        lambda data: data.replace(b"\n", b""),
        lambda _data: b"",
        lambda data: data,
    ],
)
def test_where_more_is_wrong_nothing_is_taken_out(folder, spoilt):
    path = folder / "data" / "workbench.json"
    path.write_bytes(spoilt(path.read_bytes()))
    before = path.read_bytes()
    assert in_the_way(folder / "data") is None
    with pytest.raises(Refusal):
        take_out(lambda: opened(folder), folder / "data", ("tickets", 4), opened(folder.parent, data="x").now())
    assert path.read_bytes() == before


def test_a_wrong_name_takes_nothing_out(folder):
    spoil(folder, b'"id":4,"kind"', SLIPS[0])
    before = (folder / "data" / "workbench.json").read_bytes()
    assert call(folder, "check", "--set-aside", "tickets/5").status == 1
    assert (folder / "data" / "workbench.json").read_bytes() == before
