"""Everything out and in again: the same answers there; and a CSV that no spreadsheet runs as a program."""

from __future__ import annotations

import csv
import json
import re

import pytest

from tests.factories import at
from tests.session.lived import opened, records
from tests.session.test_forget import answers
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session.imports.takeover import is_export, take_over

HOSTILE = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\uff1d1",
    'a,b\r\n"c"',
    "\x1b[31m\u202ered",
    "红色",
]


@pytest.fixture
def exported(folder, tmp_path):
    opened(folder).safety.export(tmp_path / "out" / "of" / "here")
    return tmp_path / "out" / "of" / "here"


def test_it_comes_in_again_as_it_was(folder, exported, tmp_path):
    session, other = opened(folder), opened(tmp_path)
    path = exported / "workbench-export.json"
    assert is_export(path)
    assert take_over(other, path, dry_run=True).records == 11
    assert not (tmp_path / "data").exists()
    taken = take_over(other, path)
    assert (taken.records, taken.tickets) == (11, 5)
    for seen in (other, opened(tmp_path)):
        assert records(seen) == records(session)
        assert answers(seen) == answers(session)
    assert other.tickets.add(kind="other").ids == (6,)
    other.undo()
    assert other.undo().text == "{file} taken in, {n} record"
    assert records(other) == {}
    assert take_over(other, path).records == 11


def test_it_comes_only_into_an_empty_directory(folder, exported):
    session = opened(folder)
    before = records(session)
    with pytest.raises(Refusal) as caught:
        take_over(session, exported / "workbench-export.json")
    assert "empty data directory" in render(caught.value.saying)
    assert records(session) == before
    [plan] = session.imports.read([exported / "workbench-export.json"])
    assert plan.error is not None


def test_the_csv_is_only_text(folder, tmp_path):
    session = opened(folder)
    for text in HOSTILE:
        session.tickets.add(kind="other", note=text, sku=text, reason=text)
    paths = session.safety.export(tmp_path / "out")
    assert [path.name for path in paths] == [
        "issues.csv", "logged_skus.csv", "tickets.csv", "violations.csv", "workbench-export.json",
    ]  # fmt: skip
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in paths)
    data = (tmp_path / "out" / "tickets.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,kind,stage,")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 1 + 5 + len(HOSTILE)
    for row in rows[1:]:
        for cell in row:
            assert not re.match("\\s*[=+@\uff1d-]", cell), cell
    for name, value in (("money.currency", ""), ("deadline.source", "rule"), ("id", "5")):
        assert rows[5][rows[0].index(name)] == value
    assert json.loads(rows[5][rows[0].index("timeline")])[0]["what"] == "opened"


def test_the_json_is_harmless_to_print_and_loses_nothing(folder, tmp_path):
    session = opened(folder)
    for text in HOSTILE:
        session.tickets.add(kind="other", note=text)
    path = session.safety.export(tmp_path / "out")[-1]
    text = path.read_text(encoding="utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    other = opened(tmp_path)
    take_over(other, path)
    assert [ticket.note for ticket in other.tickets.all() if ticket.kind == "other"] == HOSTILE


def spoiled(path, how):
    document = json.loads(path.read_text(encoding="utf-8"))
    how(document)
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (lambda d: d["tables"]["tickets"]["5"].pop("kind"), "record 5 of tickets does not have the shape"),
        (lambda d: d["tables"]["tickets"]["5"].update(id=4), "record 5 of tickets calls itself 4"),
        (lambda d: d["tables"]["tickets"].update({"0": {}}), "record 0 of tickets"),
        (lambda d: d["tables"].update(meta={"1": {"schema": 1}}), "record 1 of meta"),
        (lambda d: d.update(schema=7), "newer workbench"),
        (lambda d: d.update(workbench_export=2), "newer workbench"),
        (lambda d: d.update(tables=[]), "is damaged"),
        (lambda d: d["tables"].update(tickets={"x": {}}), "is damaged"),
    ],
)
def test_a_changed_file_is_refused_whole(exported, tmp_path, how, words):
    path = exported / "workbench-export.json"
    spoiled(path, how)
    with pytest.raises(Refusal) as caught:
        take_over(opened(tmp_path), path)
    assert words in render(caught.value.saying)
    assert not (tmp_path / "data").exists()


def test_a_file_that_another_program_laid_out_is_taken_in(folder, exported, tmp_path):
    path = exported / "workbench-export.json"
    spoiled(path, lambda document: document["counters"].update(tickets=12))
    take_over(opened(tmp_path), path)
    assert records(opened(tmp_path)) == records(opened(folder))
    assert opened(tmp_path).tickets.add(kind="other").ids == (13,)
    lines = (tmp_path / "data" / "workbench.json").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 60


def test_a_place_that_cannot_be_written_is_refused(folder, tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(Refusal) as caught:
            opened(folder).safety.export(place)
        assert "could not be written" in render(caught.value.saying)


def test_other_files_are_no_export(tmp_path):
    for content in (b"", b"Order ID,SKU\n", b'{"tables": 1}', b'"workbench_export"'):
        (tmp_path / "x").write_bytes(content)
        assert not is_export(tmp_path / "x")
    assert not is_export(tmp_path)
    assert not is_export(tmp_path / "nothing")


PRIVATE_WORDS = ("Malee-geheim", "576981590830166131", "40358609139099600", "anna.creates", "waist", "rang back", "P-1")


@pytest.fixture
def given_away(folder, tmp_path):
    session = opened(folder)
    span = {"starts_at": at("2026-11-30T20:00"), "ends_at": at("2026-11-30T21:00")}
    session.desk("lives").add(**span, creator="anna.creates", note="anna.creates was late")
    session.ledger.edit(1, reason="late: 576981590830166131", note="order 576981590830166131 was the cause")
    session.ledger.statement(1, "rang back")
    with session.saving() as tx:
        tx.put("poems", 1, {"id": 1, "text": "Malee-geheim"})
        tx.put("tickets", 90, {"id": 90, "buyer": "Malee-geheim"})
    return session, {path.name: path for path in session.safety.export(tmp_path / "out", anonymous=True)}


def test_an_anonymous_export_names_nobody_and_counts_the_same(given_away, folder, tmp_path):
    session, written = given_away
    for path in written.values():
        text = path.read_text(encoding="utf-8")
        assert [each for each in PRIVATE_WORDS if each in text] == [], path.name
    document = json.loads(written["workbench-export.json"].read_bytes())
    assert document["tables"]["tickets"].keys() == {"1", "2", "3", "4", "5"}
    assert document["tables"]["violations"]["1"]["reason"] == "late: ***"
    assert document["tables"]["tickets"]["5"]["sku"] == "PANTS"
    told = sorted(render(notice) for notice in session.store.notices if "left out" in render(notice))
    assert [line.split(" is ")[0] for line in told if "because" in line] == ["1 record of poems", "1 record of tickets"]
    other = opened(tmp_path, data="other")
    take_over(other, written["workbench-export.json"])
    assert len(other.tickets.all()) == len(session.tickets.all())
