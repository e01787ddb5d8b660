"""Whatever stands in the data file: every verb answers or says one sentence, harmless to print, and spoils nothing."""

from __future__ import annotations

import csv
import json
import re
import tempfile
import zlib
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
    ["forget", "--before", "2026-10-01", "--yes"],
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(template):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "fsync", lambda *_: None)
        yield template


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


@pytest.mark.parametrize("within", [b"[" * 9000 + b"]" * 9000, b"1 2", b""], ids=["deep", "two", "none"])
@pytest.mark.parametrize("table", ["meta", "tickets", "history"])
def test_a_record_that_is_none_under_a_seal_that_holds(shop, table, within):
    """The seal was forged, so the file is opened by its layout, and the table only found wrong when it is asked for."""
    whole = (shop / "data" / "workbench.json").read_bytes()
    begin = whole.index(b'{\n"', whole.index(b'"%s": {' % table.encode()))
    at = whole.index(b": {", begin + 1) + len(b": {")
    spoilt = whole[:at] + b'"odd":' + within + b"," + whole[at:]
    body = spoilt[: spoilt.rindex(b',\n"seal": {')]
    sealed = body + b',\n"seal": {\n"1": {"crc32": %d}\n}}\n' % zlib.crc32(body)
    every_verb(shop, sealed, READING)
    every_verb(shop, sealed, WRITING)


hostile = st.sampled_from(
    ["\x1b[2J\u202e", "[@click=app.quit]x[/]", "=1+1", "\u2066", "\x00", "{file}", "%s", "a" * 5000]
)
moment = st.sampled_from(
    ["1000-01-01T00:00:00Z", "9000-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "1970-01-01T00:00:00Z"]
)
value = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), hostile, moment, st.builds(list),
    st.builds(dict), st.builds(lambda: [[], [], []]),
    st.sampled_from(["closed", "decide", "cancel", "seller", "stated", "1e999999", "NaN"]),
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


ISSUE = ("issues", {
    "id": 9, "day": "2026-11-21", "logged_at": "2026-11-21T10:00:00Z", "sku": "P", "type": "size", "words": 3
})  # fmt: skip
TICKET = ("tickets", {"id": 51, "kind": "message", "stage": "answer", "timeline": [{"at": "never", "what": "x"}]})
VIOLATION = ("violations", {"id": 8, "points": "four"})
SCORE = ("statements", {"id": 8, "score": "many"})
SKU = ("logged_skus", {"id": 80, "sku": 1})
DAMAGED = {table: (table, record) for table, record in (ISSUE, TICKET, VIOLATION, SCORE, SKU)}


def with_damaged(shop, target: Path, table: str, market: str = "TH", calendar: bool = False) -> Path:
    folder = lived.copy(shop, target)
    path = folder / "data" / "workbench.json"
    tree = json.loads(path.read_bytes())
    name, record = DAMAGED[table]
    tree.setdefault(name, {})[str(record["id"])] = record
    path.write_bytes(json.dumps(tree).encode())
    text = f'[shop]\nmarket = "{market}"\n'
    if calendar:
        text += f"[calendar]\nwrite_to = '{folder / 'shop.ics'}'\n"
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return folder


def stored(folder: Path) -> object:
    tree = json.loads((folder / "data" / "workbench.json").read_bytes())
    return {name: tree.get(name) for name in ("tickets", "issues", "violations", "statements")}


DEEDS = [
    ["log", "PANTS size new line"], ["log", "edit", "I-2", "PANTS size other words"], ["log", "delete", "I-2"],
    ["log", "--none", "--day", "2026-11-01"], ["ticket", "add", "--kind", "message"],
    ["ticket", "edit", "T-4", "--sku", "CUP"], ["ticket", "note", "T-4", "rang"], ["ticket", "close", "T-4"],
    ["ticket", "act", "T-4", "answer"], ["violation", "add", "--points", "2", "--issued", "2026-11-20"],
    ["violation", "appeal", "V-1"], ["violation", "edit", "V-1", "--note", "x"], ["ledger", "set", "170"], ["undo"],
]  # fmt: skip


@pytest.mark.parametrize("calendar", [False, True])
@pytest.mark.parametrize("table", DAMAGED)
def test_a_deed_beside_a_damaged_record_is_saved_or_refused_and_never_both(shop, tmp_path, table, calendar):
    for number, deed in enumerate(DEEDS):
        market = "US" if deed[0] == "ledger" else "TH"
        folder = with_damaged(shop, tmp_path / str(number), table, market, calendar)
        before = stored(folder)
        said = call(folder, *deed)
        harmless(said)
        assert (stored(folder) != before) == (said.status == 0), (deed, said)
        if deed[0] == "undo" and said.status == 0:
            before = stored(folder)
            again = call(folder, "redo")
            assert (stored(folder) != before) == (again.status == 0), again


@pytest.mark.parametrize(
    ("table", "deed", "printed"),
    [
        ("issues", ["log", "PANTS size new line"], "new line"),
        ("tickets", ["ticket", "add", "--kind", "message"], "message"),
        ("tickets", ["ticket", "note", "T-4", "rang"], "rang"),
    ],
)
def test_what_is_saved_beside_a_damaged_record_is_shown(shop, tmp_path, table, deed, printed):
    said = call(with_damaged(shop, tmp_path / "shop", table), *deed)
    assert said.status == 0
    assert printed in said.out


def test_the_score_is_saved_and_shown_without_the_violation_that_is_left_out(shop, tmp_path):
    folder = with_damaged(shop, tmp_path / "shop", "violations", "US")
    said = call(folder, "ledger", "set", "170")
    assert said.status == 0
    assert said.out.startswith("170 points")
    assert 'Record 8 of "violations"' in said.told
    assert stored(folder)["statements"]


def test_a_verb_that_cannot_show_what_it_saved_says_so_and_ends_well(shop, tmp_path, monkeypatch):
    folder = with_damaged(shop, tmp_path / "shop", "tickets")
    monkeypatch.setattr("workbench.session.tickets.desk.TicketDesk.get", lambda desk, id: desk._records.get(51))
    said = call(folder, "ticket", "add", "--kind", "message")
    assert said.status == 0
    assert 'It is saved, but cannot be shown. Record 51 of "tickets"' in said.told
    assert "Nothing was changed" not in said.told


@pytest.mark.parametrize("table", DAMAGED)
def test_an_export_holds_what_is_damaged_as_it_is_and_names_it(shop, tmp_path, table):
    folder = with_damaged(shop, tmp_path / "shop", table)
    name, record = DAMAGED[table]
    said = call(folder, "export", "--output", str(tmp_path / "out"))
    assert said.status == 0
    assert f"1 damaged record of {name} " in said.told
    assert f"{name}.csv: {record['id']}." in said.told
    whole = json.loads((tmp_path / "out" / "workbench-export.json").read_bytes())
    assert whole["tables"][name][str(record["id"])] == record
    rows = csv.reader((tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline=""))
    assert len(list(rows)) == len(whole["tables"][name])
