"""The bytes of a data file: what was written is what is read, and a table that nobody asks for stays as it is."""

from __future__ import annotations

import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.storage import format
from workbench.storage.format import Raw, WrittenTable

NAMES = st.one_of(st.sampled_from(["meta", "tickets", "history"]), st.text(st.characters(codec="utf-8"), max_size=8))
#: The end of a table is found one way behind short records and another behind long ones.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.just("long" * 150)
RECORDS = st.dictionaries(st.text(max_size=6), TEXTS, max_size=3)
TABLES = st.dictionaries(NAMES, st.dictionaries(st.integers(0, 10**9), RECORDS, max_size=4), min_size=1, max_size=4)


def raw(tables):
    return {name: {i: Raw(msgspec.json.encode(r)) for i, r in records.items()} for name, records in tables.items()}


def plain(tables):
    return {name: {i: bytes(r) for i, r in records.items()} for name, records in tables.items()}


@settings(max_examples=100)
@given(TABLES)
def test_what_was_written_is_read_and_written_again_byte_for_byte(tables):
    data = b"".join(format.encode(raw(tables)))
    found, sealed = format.decode(data)
    assert sealed
    assert b"".join(format.encode(found)) == data
    assert plain(found) == plain(raw(tables))
    assert b"".join(format.encode(found)) == data  # also after somebody asked for every record


@settings(max_examples=50)
@given(TABLES, st.data())
def test_a_table_that_changed_stands_among_those_that_did_not(tables, data):
    found, _sealed = format.decode(b"".join(format.encode(raw(tables))))
    changed = data.draw(st.sampled_from(sorted(tables)))
    mixed = found | {changed: format.opened(found[changed]) | {7: Raw(b'{"new":1}')}}
    again, sealed = format.decode(b"".join(format.encode(mixed)))
    assert sealed
    assert plain(again) == plain(mixed)


def test_a_table_is_not_taken_apart_before_somebody_asks():
    found, _sealed = format.decode(b"".join(format.encode(raw({"a": {1: {}}, "b": {}}))))
    assert all(isinstance(table, WrittenTable) and "records" not in vars(table) for table in found.values())
    assert 1 in found["a"]
    assert len(found["b"]) == 0
    assert found["a"].get(2) is None


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": {"1": {}}}', b'{\n"a": {\n"1": {}\n}\n,\n"b": {\n}', b'{"a": {\n"1": {}\n},\n"a": {\n"2": {}\n}',
        b'{"a\\ud800": {\n"1": {}\n}', b'{"a": {"1": {}, "2": {"x": "}"}}',
    ],
)  # fmt: skip
def test_a_seal_on_what_we_do_not_write_so_is_no_way_around_a_look(body):
    """Whoever forged the seal: the file is read in whole, or refused, and never by its layout."""
    body = body.removesuffix(b"}") if body.endswith(b"}}}") else body
    head = b',\n"seal": {'
    data = body + head + b'\n"1": {"crc32": %d}\n}}\n' % zlib.crc32(body)
    try:
        found, _sealed = format.decode(data)
    except format.Unreadable:
        return
    assert not any(isinstance(table, WrittenTable) for table in found.values())


@pytest.mark.parametrize(
    "record", [b'{"a":1\n}', b'{"a":{\n"x":1\n},\n"b":{"y":1}}', b'{\n "a": {\n  "x": []\n }\n}', b'{"a":"\\n}"}']
)
def test_a_record_on_several_lines_is_written_on_one(record):
    data = b"".join(format.encode({"a": {1: Raw(record), 2: Raw(b"{}")}, "b": {3: Raw(record)}}))
    found, sealed = format.decode(data)
    assert sealed
    assert data.count(b"\n") == 10
    assert {name: [msgspec.json.decode(r) for r in records.values()] for name, records in found.items()} == {
        "a": [msgspec.json.decode(record), {}],
        "b": [msgspec.json.decode(record)],
    }


def test_a_seal_within_the_sealed_is_no_table():
    """It would stand in the file twice after the next save, and a hand edit then be refused for it."""
    body = b'{"a": {\n"1": {}\n},\n"seal": {\n"1": {"crc32": 5}\n}'
    data = body + b',\n"seal": {\n"1": {"crc32": %d}\n}}\n' % zlib.crc32(body)
    found, sealed = format.decode(data)
    assert sealed
    assert list(found) == ["a"]
