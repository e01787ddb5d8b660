"""Whatever stands in the data file: every verb answers or says one sentence, harmless to print, and spoils nothing."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.inside import call
from tests.session import lived
from workbench.storage import Files

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
READING = [
    ["queue"], ["queue", "--all", "--json"], ["today"], ["today", "--json"], ["ticket", "show", "T-4"],
    ["ticket", "show", "T-1", "--json"], ["why", "T-5"], ["ledger"], ["ledger", "--json"], ["issues"], ["report"],
    ["history"], ["check"], ["check", "--json"], ["calendar"], ["queue", "--filter", "due:<24h sku:P* amount:>5"],
]  # fmt: skip
WRITING = [
    ["undo"], ["redo"], ["ticket", "note", "T-4", "x"], ["ticket", "add", "--kind", "other"], ["log", "PANTS size x"],
    ["ticket", "reopen", "T-1"], ["backup"], ["restore", "workbench-2026-11-24.json"],
    ["forget", "--before", "2026-10-01"],
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "fsync", lambda *_: None)
        folder = tmp_path_factory.mktemp("shop")
        lived.live(folder)
        yield folder


def harmless(said):
    assert said.status in (0, 1, 3), said
    assert "inside workbench" not in said.told, said.told
    assert "Traceback" not in said.told
    assert not STEERS.search(said.told), said.told
    if said.status == 1 and not said.out:
        assert said.told.strip().endswith((".", "json", "DIR", "BACKUP")), said.told


def every_verb(shop, data: bytes, verbs) -> None:
    """Run the verbs on a copy of the shop whose data file holds this."""
    with tempfile.TemporaryDirectory() as name:
        folder = lived.copy(shop, Path(name) / "shop")
        path = folder / "data" / "workbench.json"
        path.write_bytes(data)
        for verb in verbs:
            said = call(folder, *verb)
            harmless(said)
            if verb[0] != "calendar":
                assert not STEERS.search(said.out), (verb, said.out)
        if verbs is READING and call(folder, "check").status == 1:
            assert path.read_bytes() == data or b"calendar" in path.read_bytes()


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_bytes_changed(shop, data):
    whole = bytearray((shop / "data" / "workbench.json").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        how = data.draw(st.sampled_from(["flip", "cut", "twice", "zero", "insert"]))
        if how == "flip":
            whole[at] ^= 1 << data.draw(st.integers(0, 7))
        elif how == "cut":
            del whole[at : at + data.draw(st.integers(1, 400))]
        elif how == "twice":
            whole[at:at] = whole[at : at + data.draw(st.integers(1, 400))]
        elif how == "zero":
            whole[at : at + 64] = bytes(64)
        else:
            whole[at:at] = data.draw(st.binary(min_size=1, max_size=20))
    every_verb(shop, bytes(whole), READING if data.draw(st.booleans()) else WRITING)


hostile = st.sampled_from(
    ["\x1b[2J\u202e", "[@click=app.quit]x[/]", "=1+1", "\u2066", "\x00", "{file}", "%s", "a" * 5000]
)
moment = st.sampled_from(
    ["1000-01-01T00:00:00Z", "9000-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "1970-01-01T00:00:00Z"]
)
value = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), hostile, moment, st.just([]), st.just({}),
    st.just([[]] * 3), st.sampled_from(["closed", "decide", "cancel", "seller", "stated", "1e999999", "NaN"]),
)  # fmt: skip


def places(tree, at=()):
    """Every place in the file where something could stand instead."""
    yield at
    if isinstance(tree, dict | list):
        for key, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from places(inner, (*at, key))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_value_in_any_place(shop, data):
    tree = json.loads((shop / "data" / "workbench.json").read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from([place for place in places(tree) if len(place) >= 2]))
        inner = tree
        for key in at[:-1]:
            inner = inner[key]
        inner[at[-1]] = data.draw(value)
    every_verb(shop, json.dumps(tree).encode(), READING if data.draw(st.booleans()) else WRITING)
