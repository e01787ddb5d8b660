"""`check` finds every fault in every file, says where and what to do, and finds nothing where nothing is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest

from tests.cli.inside import call
from tests.session.lived import Files, opened
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session.crosschecks import Crosschecks
from workbench.session.safety.desk import check
from workbench.storage import checking

DATA = "workbench.json"
BACKUP = "backups/workbench-2026-11-23.json"


def problems(folder):
    found = check(folder / "data").problems
    return [(str(each.file.relative_to(folder / "data")), render(each.what)) for each in found]


def remarks(folder):
    found = check(folder / "data").remarks
    return [(str(each.file.relative_to(folder / "data")), render(each.what)) for each in found]


def test_nothing_is_wrong_with_what_the_program_wrote(folder):
    report = check(folder / "data")
    assert (report.problems, report.remarks) == ([], [])
    assert (report.records, report.files) == (11, 6)
    assert check(folder / "nowhere").files == 0


def changed(folder, change, name=DATA):
    """Change the tables of a file by hand, as another program would."""
    path = folder / "data" / name
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables), encoding="utf-8")


def of_ticket(**fields):
    return lambda tables: tables["tickets"]["5"].update(fields)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (of_ticket(stage="closed"), "record 5 of tickets: is closed without a time"),
        (of_ticket(id=9), "record 5 of tickets: calls itself 9"),
        (of_ticket(opened_at="yesterday"), "record 5 of tickets: does not have the shape it must have"),
        (of_ticket(seen_at="9999-12-31T23:59:59Z"), "record 5 of tickets: holds a time that cannot be meant"),
        (of_ticket(kind="holiday"), "record 5 of tickets: does not have the shape it must have"),
        (lambda t: t["tickets"]["5"]["deadline"].update(at="2026-11-30T00:00:00Z"), "not the sum of its steps"),
        (
            lambda t: t["tickets"].update({"99": t["tickets"]["5"] | {"id": 99}}),
            "99 of tickets has an id that was never",
        ),
        (lambda t: t["tickets"].update({"1": t["tickets"]["5"] | {"id": 1}}), "record 1 of tickets is there twice"),
        (lambda t: t["issues"]["2"].update(ticket=77), "record 2 of issues: names T-77, which never was"),
        (lambda t: t["history"]["1"].update(undone=True), "action 1 of the undo history is undone"),
        (lambda t: t["history"].update({"1": {"at": 5}}), "action 1 of the undo history cannot be read"),
        (lambda t: t["history"]["1"]["changes"].update(poems={}), "changes a table that is not there"),
        (lambda t: t["meta"]["1"].update(schema=99), "was written by a newer workbench"),
        (
            lambda t: t["meta"]["1"]["archive"]["2026-06"]["tables"]["tickets"].update(count=7),
            "does not hold the records of tickets that workbench.json says",
        ),
    ],
)
def test_a_record_that_is_not_right_is_found(folder, change, words):
    changed(folder, change)
    found = [what for _, what in problems(folder)]
    assert "was changed outside the program" in found[0]
    assert any(words in what for what in found[1:]), found


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"\0" * 99, "is empty"), (b'{"meta', "is cut off"), (b"[]", "is not a data file")],
)
def test_a_damaged_data_file_is_told_with_the_way_out(folder, data, words):
    (folder / "data" / DATA).write_bytes(data)
    [(file, what)] = problems(folder)
    assert file == DATA
    assert words in what
    assert f"workbench restore {folder / 'data' / 'backups' / 'workbench-2026-11-24.json'}" in what
    (folder / "data" / DATA).unlink()
    assert "is missing" in problems(folder)[0][1]
    shutil.rmtree(folder / "data" / "backups")
    assert "no backup beside it" in problems(folder)[0][1]


def test_a_damaged_archive_is_told_and_its_copy_stands_in(folder):
    archive = folder / "data" / "archive" / "2026-07.1.json"
    archive.write_bytes(archive.read_bytes().replace(b"refund_only", b"refund_onlx"))
    copy = folder / "data" / "backups" / archive.parent.name / archive.name
    assert problems(folder) == [
        ("archive/2026-07.1.json", f"is damaged or missing; its copy {copy} is used instead, put that in its place")
    ]
    shutil.copy(copy, archive)
    assert problems(folder) == []
    copy.unlink()
    archive.unlink()
    assert problems(folder) == [
        (
            "archive/2026-07.1.json",
            "is missing; what was archived under 2026-07 is lost; to go back to the newest backup that does without "
            f"it: workbench restore {folder / 'data' / BACKUP}",
        ),
        ("backups/workbench-2026-11-24.json", "names an archive of 2026-07 that is damaged or gone"),
    ]


WAYS = r"workbench (restore \S+|check --set-aside \S+)"


def spoilt_archive(folder):
    """One record in the archive that no rule can digest, with manifest and backups as if it had always been so."""
    session = opened(folder)
    with session.saving() as tx:
        record = json.loads(bytes(tx.get("tickets", 1)))
        tx.put("tickets", 1, {**record, "opened_at": "9999-12-31T00:00:00Z"})
        tx.sweep()
    assert 1 in session.store.archived("tickets")


def lost_archive(folder):
    for place in (folder / "data", folder / "data" / "backups"):
        (place / "archive" / "2026-07.1.json").unlink()


def cut_off(folder):
    path = folder / "data" / DATA
    path.write_bytes(path.read_bytes()[:-200])


def cut_off_beside_a_bad_backup(folder):
    """The newest backup is whole, but going back to it is refused."""
    session = opened(folder)
    with session.saving() as tx:
        tx.put("tickets", 5, {**json.loads(bytes(tx.get("tickets", 5))), "opened_at": "9999-12-31T00:00:00Z"})
    session.safety.backup()
    cut_off(folder)


@pytest.mark.parametrize("harm", [of_ticket(id=9), spoilt_archive, lost_archive, cut_off, cut_off_beside_a_bad_backup])
def test_a_way_out_that_is_named_leads_out(folder, harm):
    if harm in (spoilt_archive, lost_archive, cut_off, cut_off_beside_a_bad_backup):
        harm(folder)
    else:
        changed(folder, harm)
    found = check(folder / "data").problems
    ways = [way for each in found if each.way_out for way in re.findall(WAYS, render(each.way_out))]
    assert ways
    said = call(folder, *ways[0].split())
    assert said.status == 0, said.told
    left = {(each.file.name, each.table, each.id) for each in check(folder / "data").problems}
    assert (found[0].file.name, found[0].table, found[0].id) not in left


@pytest.mark.parametrize("name", ["archive", "backups"])
def test_a_file_where_a_folder_belongs_is_named_and_all_else_works(folder, name):
    place = folder / "data" / name
    place.rename(folder / "elsewhere")
    place.write_text("x")
    assert (name, "cannot be read (Not a directory)") in [(p, w.partition(";")[0]) for p, w in problems(folder)]
    for verb in (["queue", "--all"], ["today"], ["issues"], ["report"], ["ticket", "note", "T-4", "x"], ["undo"]):
        said = call(folder, *verb)
        assert said.status == 0, said.told
    for verb in (
        ["ticket", "show", "T-1"],
        ["ticket", "note", "T-1", "x"],
        ["forget", "--before", "2026-10-01", "--yes"],
    ):
        said = call(folder, *verb)
        assert "Traceback" not in said.told
        assert (said.status, said.told.count("\n")) in ((0, 0), (1, 1)), said.told
    place.unlink()
    (folder / "elsewhere").rename(place)
    assert problems(folder) == []


def test_a_conflict_copy_that_nobody_can_read_is_not_promised_to_come_in(folder):
    (folder / "data" / "workbench (1).json").write_text("{")
    [(name, said)] = problems(folder)
    assert name == "workbench (1).json"
    assert said.endswith("it is cut off or damaged; put a whole one in its place, or delete it")


def test_each_backup_is_verified(folder):
    path = folder / "data" / BACKUP
    path.write_bytes(path.read_bytes()[:-50])
    assert problems(folder) == [(BACKUP, "is cut off or damaged; it cannot be restored")]
    (folder / "data" / "backups" / "archive" / "2026-06.1.json").unlink()
    assert len(problems(folder)) == 1  # the archive in use is the same


def test_what_is_harmless_is_only_remarked(folder):
    data = folder / "data"
    for name in (
        ".workbench.json.12.ab.tmp",
        "workbench.damaged-20261124T020000Z.json",
        "merged-20261124T020000Z-x.json",
    ):
        (data / name).write_text("{")
    (data / "archive" / "2026-06.9.json").write_text("{}")
    (data / "notes.txt").write_text("mine")
    assert problems(folder) == []
    assert len(remarks(folder)) == 4
    changed(folder, lambda tables: tables.update(poems={"1": {}}))
    assert ("workbench.json", 'holds a table "poems" that this version does not know; it is kept') in remarks(folder)


def test_a_conflict_copy_is_a_problem_until_it_is_merged(folder):
    name = "workbench (conflicted copy 2026-11-20).json"
    shutil.copy(folder / "data" / DATA, folder / "data" / name)
    assert [file for file, _ in problems(folder)] == [name]
    assert opened(folder).store.notices
    assert problems(folder) == []


def test_many_faults_are_listed_in_part(folder):
    def spoil(tables):
        for number in range(100, 300):
            tables["tickets"][str(number)] = tables["tickets"]["5"] | {"id": number, "kind": 5}

    changed(folder, spoil)
    found = problems(folder)
    assert len(found) < 60
    assert "more faults" in found[-1][1]


def test_it_changes_nothing_and_takes_no_lock(folder):
    class Watching(Files):
        def call(self, function, *args):
            assert function.__name__ in {"open", "fstat", "read", "lseek", "close", "listdir", "exists"}
            assert function.__name__ != "open" or not args[1] & os.O_CREAT
            return super().call(function, *args)

    assert checking.check(folder / "data", Crosschecks, Watching()).problems == []


def test_a_save_in_between_is_no_fault(folder):
    """The manifest is read before a save, the archives after it: looked at again, all is well."""

    class Saving(Files):
        done = False

        def call(self, function, *args):
            if function.__name__ == "open" and "2026-06.1.json" in str(args[0]) and not self.done:
                self.done = True
                opened(folder).tickets.reopen([1])
                (folder / "data" / "backups" / "archive" / "2026-06.1.json").unlink()
            return super().call(function, *args)

    report = checking.check(folder / "data", Crosschecks, Saving())
    assert [each for each in report.problems if each.file.parent.name != "backups"] == []


def test_a_directory_that_is_none_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="cannot be read"):
        check(tmp_path / "file")
