"""Back to a copy: exactly, undoable, from damage, from elsewhere; and a copy that is not good changes nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from tests.session.lived import NOW, opened, records
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session.safety.desk import check, rescue
from workbench.storage import Damaged

YESTERDAY = "backups/workbench-2026-11-24.json"  # the state before the first save of that day


def counts(restored):
    return {each.table: (each.added, each.removed, each.changed) for each in restored.differences}


def test_it_shows_what_changes_does_it_and_undo_takes_it_back(folder):
    session = opened(folder)
    before, history = records(session), session.history()
    path = folder / "data" / YESTERDAY
    shown = session.safety.restore(path, dry_run=True)
    assert counts(shown) == {"tickets": (0, 0, 1)}
    assert (records(session), session.history()) == (before, history)
    assert session.safety.restore(path) == shown
    assert session.tickets.get(5).stage == "decide"
    assert records(opened(folder)) != before
    assert opened(folder).undo().text == "restored from {file}"
    assert records(opened(folder)) == before
    assert opened(folder).history()[0].undone
    assert opened(folder).redo()
    assert counts(opened(folder).safety.restore(path)) == {}


def test_what_came_in_since_goes_and_what_went_comes_back(folder):
    session = opened(folder)
    before = records(session)
    session.tickets.add(kind="other")
    session.tickets.delete([4, 1])
    restored = session.safety.restore(session.safety.backup())
    assert counts(restored) == {}
    restored = session.safety.restore(folder / "data" / YESTERDAY)
    assert counts(restored)["tickets"] == (2, 1, 1)
    assert [session.undo().text for _ in range(3)] == ["restored from {file}", "{ref} deleted", "{ref} added"]
    assert records(session) == before
    assert session.tickets.add(kind="other").ids == (7,), "no id is given out twice"


def test_one_file_holds_everything_and_is_enough_for_another_machine(folder, tmp_path):
    session = opened(folder)
    before = records(session)
    path = session.safety.backup(tmp_path / "all.json")
    shutil.rmtree(folder / "data")
    other = opened(folder)
    restored = other.safety.restore(path)
    assert sum(each.added for each in restored.differences) == sum(map(len, before.values()))
    assert records(opened(folder)) == before
    assert list(opened(folder).store.table("tickets")) == [4, 5], "what closed long ago is archived again"
    assert check(folder / "data").problems == []
    opened(folder).undo()
    assert records(opened(folder)) == {}


@pytest.mark.parametrize("harm", ["damaged", "missing"])
def test_a_damaged_data_file_is_kept_aside_and_the_history_goes_on(folder, harm):
    data = folder / "data" / "workbench.json"
    wanted = opened_copy(folder)
    if harm == "damaged":
        data.write_bytes(data.read_bytes().replace(b'"history"', b'"hi\x00tory"'))
    else:
        data.unlink()
    harmed = data.read_bytes() if data.exists() else None
    with pytest.raises(Refusal, match="workbench restore"):
        opened(folder)
    shown = rescue(folder / "data", folder / "data" / YESTERDAY, NOW, dry_run=True)
    assert (data.read_bytes() if data.exists() else None) == harmed
    restored = rescue(folder / "data", folder / "data" / YESTERDAY, NOW)
    assert restored.rescued
    assert restored.differences == shown.differences
    session = opened(folder)
    assert records(session) == wanted
    assert session.undo().text == "{ref} noted"
    if harmed is None:
        assert restored.kept is None
    else:
        assert restored.kept == folder / "data" / "workbench.damaged-20261124T020000Z.json"
        assert restored.kept.read_bytes() == harmed
        assert session.tickets.add(kind="other").ids == (6,)
    with pytest.raises(Refusal, match="whole again"):
        rescue(folder / "data", folder / "data" / YESTERDAY, NOW)


def opened_copy(folder):
    """The records of yesterday's backup."""
    session = opened(folder)
    session.safety.restore(folder / "data" / YESTERDAY)
    found = records(session)
    session.undo()
    return found


def test_ids_given_out_before_the_damage_are_not_given_out_again(folder):
    session = opened(folder)
    session.tickets.add(kind="other")
    data = folder / "data" / "workbench.json"
    data.write_bytes(data.read_bytes()[:-100])
    rescue(folder / "data", folder / "data" / YESTERDAY, NOW)
    assert opened(folder).tickets.add(kind="other").ids == (7,)


def test_a_copy_brings_its_archives_from_where_it_lies(folder, tmp_path):
    """The archives lie beside the file; their names may be taken here by other content."""
    other = tmp_path / "other"
    (other / "archive").mkdir(parents=True)
    for name in ("2026-06.1.json", "2026-07.1.json", "2026-08.1.json"):
        (other / "archive" / name).write_bytes(b'{"meta": {"1": {"schema": 1}}, "tickets": {}}')
    (other / "workbench.json").write_bytes(b"")
    wanted = records(opened(folder))
    rescue(other, folder / "data" / "workbench.json", NOW)
    assert records(opened(tmp_path, data="other")) == wanted
    shutil.rmtree(folder)
    assert records(opened(tmp_path, data="other")) == wanted
    assert check(other).problems == []


def test_a_lost_archive_does_not_stop_a_rescue_but_a_restore(folder):
    for path in folder.rglob("2026-07.1.json"):
        path.unlink()
    session = opened(folder)
    session.tickets.delete([4])
    assert counts(session.safety.restore(folder / "data" / YESTERDAY))["tickets"][0] == 1  # named by both, so the same
    session.undo()
    (folder / "data" / "workbench.json").write_bytes(b"")
    rescue(folder / "data", folder / "data" / YESTERDAY, NOW)
    assert [ticket.id for ticket in opened(folder).tickets.all()] == [4, 5]
    shutil.rmtree(folder / "data" / "archive")
    session = opened(folder)
    shutil.copy(folder / "data" / YESTERDAY, folder / "copy.json")
    (folder / "empty").mkdir()
    with pytest.raises(Refusal) as caught:
        opened(folder, data="empty").safety.restore(folder / "copy.json")
    assert "names an archive that is damaged or not there" in render(caught.value.saying)


def test_a_damaged_archive_in_use_does_not_stand_in_the_way(folder):
    session = opened(folder)
    wanted = records(session)
    path = session.safety.backup(folder / "all.json")
    for archive in folder.rglob("2026-07.1.json"):
        archive.write_bytes(b"{")
    with pytest.raises(Damaged):
        opened(folder).safety.restore(path)
    restored = rescue(folder / "data", path, NOW)
    assert restored.kept is not None
    assert records(opened(folder)) == wanted
    assert opened(folder).undo()


def spoil(path, tmp_path, how):
    data = path.read_bytes()
    target = tmp_path / "bad.json"
    target.write_bytes(how(data))
    return target


@pytest.mark.parametrize(
    "how",
    [
        lambda data: b"",
        lambda data: data[:-9],
        lambda data: b"{}",
        lambda data: b"\x89PNG" + data,
        lambda data: data.replace(b"Ploy", b"Plox"),
        lambda data: data.replace(b'"schema":3', b'"schema":4'),
    ],
)
def test_a_file_that_is_no_good_copy_is_refused_and_nothing_changes(folder, tmp_path, how):
    bad = spoil(folder / "data" / YESTERDAY, tmp_path, how)
    session = opened(folder)
    before, data = records(session), (folder / "data" / "workbench.json").read_bytes()
    for file in (bad, tmp_path / "nowhere.json", tmp_path):
        with pytest.raises(Refusal):
            session.safety.restore(file)
    assert (records(session), (folder / "data" / "workbench.json").read_bytes()) == (before, data)
    (folder / "data" / "workbench.json").write_bytes(b"{")
    with pytest.raises(Refusal):
        rescue(folder / "data", bad, NOW)
    assert (folder / "data" / "workbench.json").read_bytes() == b"{"


def test_a_copy_with_a_record_that_would_stop_the_verbs_is_refused(folder, tmp_path):
    from workbench.storage import format

    tables, _ = format.decode((folder / "data" / YESTERDAY).read_bytes())
    tables["tickets"] = {**tables["tickets"], 4: format.to_json({"id": 4})}
    path = tmp_path / "typed.json"
    path.write_bytes(b"".join(format.encode(tables)))
    with pytest.raises(Refusal, match="is not restored: record"):
        opened(folder).safety.restore(path)


def test_a_newer_data_file_is_not_overwritten(folder):
    data = folder / "data" / "workbench.json"
    data.write_bytes(data.read_bytes().replace(b'"schema":3', b'"schema":9'))
    for deed in (
        lambda: opened(folder).safety.restore(folder / "data" / YESTERDAY),
        lambda: rescue(folder / "data", folder / "data" / YESTERDAY, NOW),
    ):
        with pytest.raises(Refusal) as caught:
            deed()
        assert "was written by a newer workbench" in render(caught.value.saying)
    assert b'"schema":9' in data.read_bytes()


def test_backups_made_by_hand_are_good_and_stay(folder, tmp_path):
    session = opened(folder)
    paths = [session.safety.backup(), session.safety.backup(), session.safety.backup(tmp_path)]
    assert [path.name for path in paths] == [
        "workbench-2026-11-24T020000Z.json", "workbench-2026-11-24T020000Z-2.json", "workbench-2026-11-24T020000Z.json",
    ]  # fmt: skip
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in paths)
    assert check(folder / "data").problems == []
    for days in range(1, 20):
        opened(folder, NOW + timedelta(days=days)).tickets.note([4], "again")
    assert all(path.exists() for path in paths)
    for path in paths:
        assert sum(map(len, records(opened(folder)).values())) == 11
        assert opened(folder, NOW + timedelta(days=20)).safety.restore(path)
        assert opened(folder).tickets.get(4).note == "where is it\nrang back"


def test_there_must_be_something_to_back_up_and_a_place_for_it(folder, tmp_path):
    with pytest.raises(Refusal, match="nothing to back up"):
        opened(tmp_path).safety.backup()
    session = opened(folder)
    with pytest.raises(Refusal, match="is one of the data files of workbench"):
        session.safety.backup(folder / "data" / "workbench.json")
    with pytest.raises(Refusal, match="could not be written"):
        session.safety.backup(tmp_path / "no" / "folder" / "x.json")


def test_the_calendar_that_was_given_away_does_not_go_back(folder):
    session = opened(folder)
    path = session.safety.backup()
    session.tickets.due([4], NOW + timedelta(hours=5))
    first = session.calendar.text()
    session.safety.restore(path)
    assert session.calendar.text() != first
    sequences = {each.uid: each.sequence for each in _published(session)}
    assert sequences["T-4.reply@workbench"] > 0


def _published(session):
    import msgspec

    from workbench.core.published import Published

    return [msgspec.json.decode(record, type=Published) for record in session.store.table("calendar").values()]
