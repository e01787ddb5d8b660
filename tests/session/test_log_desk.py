"""The log desk over time: what it keeps in memory is always what a newly opened session reads."""

from __future__ import annotations

import contextlib
import random
import threading
from datetime import date, timedelta
from functools import partial

import pytest

from workbench.core.issues.model import IssueDraft
from workbench.core.issues.week import parse_week, week_of
from workbench.core.saying import Misuse, Refusal, say
from workbench.session import Options, open_session
from workbench.session.issues import ISSUES

TODAY = date(2026, 11, 24)
EVENING = "2026-11-24T21:00"


@pytest.fixture
def shop(tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")

    def open_at(now=EVENING):
        return open_session(Options(data=tmp_path / "data", config=settings, now=now))

    return open_at


def _saying(n):
    return say("{n} lines", n=n)


def draft(words="", day=TODAY, sku="LAMP", type="size", **more):
    return IssueDraft(day=day, sku=sku, type=type, words=words, **more)


def picture(session):
    """Everything that the log answers, in a form that compares."""
    log = session.log
    completer = log.completer()
    return {
        "issues": log.issues(),
        "some": log.issues(TODAY - timedelta(days=70), TODAY - timedelta(days=20)),
        "reports": [log.report(week_of(TODAY).later(-ago)) for ago in (0, 1, 8, 11)],
        "history": log.history([("A", "size")], week_of(TODAY)),
        "rising": log.rising(),
        "normal": log.normal(),
        "streak": log.streak(),
        "suggestions": log.suggestions(),
        "spelled": [log.skus().spelled(sku) for sku in ("a", "b b", "c", "nothing")],
        "completed": [[each.value for each in completer.candidates(log.read(text))] for text in ("", "a", "b", "A ")],
        "decisions": log.decisions(),
        "moved": log.moved(week_of(TODAY)),
    }


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_in_memory_is_what_is_stored(shop, seed):
    """Deeds of two sessions, undo and redo, the move to the archive: then everything is asked of a new session too."""
    pick = random.Random(seed)
    sessions = [shop("2026-09-20T21:00"), shop("2026-09-20T21:00")]
    sessions[0].tickets.add(kind="message", sku="A", words="too tight")
    for turn in range(45):
        if turn == 30:
            sessions = [shop(), shop()]
            sessions[0].tickets.add(kind="message", sku="B B", words="broken")
        session = pick.choice(sessions)
        log = session.log
        ids = [issue.id for issue in log.issues()] or [0]
        day = log.today - timedelta(days=pick.choice([0, 0, 1, 3, 8, 40, 70, 100]))
        sku, count = pick.choice(["A", "A", "B B", "c", "D"]), pick.choice([1, 3])
        line = draft("w", day, sku, pick.choice(["size", "late"]), count=count)
        told = draft("w", day, pick.choice("AD"), "other", ticket=1)
        deeds = [
            *[partial(log.add, line)] * 6, partial(log.add, told), partial(log.nothing_wrong, day),
            partial(log.edit, pick.choice(ids), pick.choice(["A late w", "2026-08-01 D size", "c other"])),
            partial(log.delete, pick.sample(ids, min(len(ids), 2))), partial(log.decide, "A", "size", "chart", TODAY),
            partial(log.skip, 1), session.undo, session.undo, session.redo,
        ]  # fmt: skip
        with contextlib.suppress(Refusal, Misuse):
            pick.choice(deeds)()
        if turn % 5 == 0:
            for each in sessions:
                each.refresh()
                picture(each)
    fresh = picture(shop(sessions[0].now()))
    for each in sessions:
        each.refresh()
        assert picture(each) == fresh
    assert fresh["issues"]


def test_undo_gives_back_every_record_exactly(shop):
    session = shop()
    log = session.log
    log.nothing_wrong()
    states = []

    def state():
        tables = ("issues", "logged_skus", "decisions", "skipped")
        return [{id: bytes(raw) for id, raw in session.store.table(name).items()} for name in tables]

    for deed in (
        lambda: log.log("LAMP size"), lambda: log.log("lamp late x2 @T-7 slow"), lambda: log.edit(2, "DRESS late"),
        lambda: log.decide("LAMP", "size", "measure", TODAY), lambda: log.delete([2, 3]), lambda: log.undecide(1),
    ):  # fmt: skip
        states.append(state())
        deed()
    for before in reversed(states):
        after = state()
        session.undo()
        assert state() == before
        session.redo()
        assert state() == after
        session.undo()


def test_a_sku_is_known_as_long_as_a_line_names_it(shop):
    log = shop("2026-07-01T21:00").log
    log.log('"Red Dress S" size')
    session = shop()
    session.log.log("LAMP size")
    assert session.store.archived_months(ISSUES) == ["2026-07"]
    reading = session.log.read("red dress s late where")
    assert (reading.sku, reading.words, reading.new_sku) == ("Red Dress S", "where", False)
    assert "Red Dress S" in [each.value for each in session.log.completer().candidates(session.log.read("red"))]
    session.log.log("LAPM size", new=True)
    assert session.log.skus().spelled("lapm")
    session.log.edit(3, "LAMP size")
    assert not session.log.skus().spelled("lapm")
    assert [each.value for each in session.log.completer().candidates(session.log.read("la"))] == ["LAMP"]
    session.undo()
    assert session.log.skus().spelled("lapm")
    session.log.delete([1])
    assert not session.log.skus().spelled("Red Dress S")


def test_the_streak_reaches_into_the_archive(shop):
    log = shop().log
    days = [TODAY - timedelta(days=ago) for ago in range(200)]
    log.add_many(lambda: [draft(day=day) for day in days if day != date(2026, 6, 1)], _saying)
    assert len(shop().store.archived_months(ISSUES)) >= 4
    assert shop().log.streak() == (TODAY - date(2026, 6, 1)).days
    assert shop("2026-11-25T21:00").log.streak() == (TODAY - date(2026, 6, 1)).days
    assert shop("2026-11-26T21:00").log.streak() == 0
    later = shop("2027-06-01T21:00").log
    assert (later.streak(), later.normal()) == (0, 0)


def test_suggestions_are_taken_or_skipped(shop):
    session = shop()
    log = session.log
    for words in ("too tight at the waist", "arrived crushed", "why"):
        session.tickets.add(kind="message", sku="LAMP", words=words)
    session.tickets.add(kind="message", words="no SKU")
    found = log.suggestions()
    assert [(each.ticket, each.type, each.words) for each in found] == [
        (1, "size", "too tight at the waist"), (2, "damaged", "arrived crushed"), (3, "other", "why"),
    ]  # fmt: skip
    log.add(found[0].draft(log.today))
    log.skip(2)
    assert [each.ticket for each in log.suggestions()] == [3]
    session.undo()
    session.undo()
    assert log.suggestions() == found
    log.skip(2)
    assert [each.ticket for each in shop().log.suggestions()] == [1, 3]
    tomorrow = shop("2026-11-25T21:00")
    assert tomorrow.log.suggestions() == []
    tomorrow.tickets.note([2], "again")
    assert [each.ticket for each in tomorrow.log.suggestions()] == [2]
    with pytest.raises(Refusal):
        log.skip(77)


def test_a_decision_shows_next_week_whether_the_number_moved(shop):
    monday = shop("2026-11-23T09:00").log
    for words in ("a", "b", "c"):
        monday.add(draft(words, TODAY - timedelta(days=6)))
    monday.decide("LAMP", "size", " new chart ", date(2026, 11, 27))
    monday.add(draft("d", TODAY))
    with pytest.raises(Misuse):
        monday.decide("LAMP", "size", "  ")
    assert monday.moved(parse_week("2026-W47")) == []
    later = shop("2026-11-30T09:00").log
    (moved,) = later.moved(later.last_week())
    assert (moved.decision.text, moved.decision.by, moved.before, moved.after) == (
        "new chart",
        date(2026, 11, 27),
        3,
        1,
    )
    later.undecide(moved.decision.id)
    assert later.decisions() == []
    with pytest.raises(Refusal):
        later.undecide(moved.decision.id)


def test_a_decision_keeps_the_number_it_was_made_on(shop):
    """It is about the week that is looked at, also the running one, and later lines do not change what it read."""
    tuesday = shop("2026-11-24T09:00").log
    for words in ("a", "b"):
        tuesday.add(draft(words, TODAY))
    tuesday.decide("LAMP", "size", "new chart", week=parse_week("2026-W48"))
    assert tuesday.moved(parse_week("2026-W48")) == []
    (decision,) = tuesday.decisions()
    assert (str(tuesday.looked_at(decision)), decision.count) == ("2026-W48", 2)
    tuesday.add(draft("c", TODAY))
    (moved,) = shop("2026-12-07T09:00").log.moved(parse_week("2026-W49"))
    assert (moved.before, moved.after) == (2, 0)


def test_the_evening_clock_is_kept_and_is_no_action(shop):
    session = shop()
    session.log.log("LAMP size")
    session.undo()
    session.log.spend(timedelta(minutes=4))
    assert shop().log.spent() == timedelta(minutes=4)
    assert shop("2026-11-25T03:59").log.spent() == timedelta(minutes=4)
    assert shop("2026-11-25T04:00").log.spent() == timedelta()
    assert [entry.undone for entry in session.history()] == [True]
    session.redo()
    assert len(session.log.issues()) == 1


def test_lines_are_read_and_written_for_editing(shop):
    log = shop().log
    log.log("yesterday LAMP size x2 @T-4 x3 is what I ordered")
    issue = log.find("i-1")
    line = log.write(issue)
    assert line == "LAMP size x2 @T-4 x3 is what I ordered"
    log.edit(issue.id, line)
    assert log.get(1) == issue
    assert (log.opening(issue), log.opening(issue, with_type=False)) == ("LAMP size ", "LAMP ")


def test_reading_goes_on_while_another_thread_saves(shop):
    """A screen asks at every key, and saves in a worker."""
    session = shop()
    log, failed, done = session.log, [], threading.Event()

    def work():
        try:
            for turn in range(40):
                log.log(f"SKU-{turn} size")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must say it
            failed.append(error)
        finally:
            done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.is_set():
        log.completer().candidates(log.read("sku"))
        log.report(week_of(TODAY))
        log.normal()
    worker.join()
    assert failed == []
    assert sum(row.count for row in log.report(week_of(TODAY))) == 40


def test_nothing_is_saved_where_nothing_may_be(shop, tmp_path, monkeypatch):
    session = shop()
    session.log.log("LAMP size")
    monkeypatch.setattr(type(session.store), "readonly", property(lambda self: _saying(1)))
    with pytest.raises(Refusal):
        session.log.log("LAMP size")
    session.log.spend(timedelta(minutes=3))
    assert (len(session.log.issues()), session.log.spent()) == (1, timedelta())


def test_the_sku_of_a_case_is_known_so_that_a_beginning_of_it_is_asked_about(shop):
    session = shop()
    session.tickets.add(kind="refund_only", sku="DRESS-RED-M", product="夏季连衣裙")
    for beginning in ("dress", "DRES-RED-M", "连衣裙"):
        reading = session.log.read(f"{beginning} size too small")
        assert (reading.question.about, reading.question.candidates) == ("sku", ("DRESS-RED-M",)), beginning
    assert session.log.read("dress-red-m size too small").sku == "DRESS-RED-M"
    session.undo()
    assert session.log.read("dress size too small").question is None


def test_a_case_without_a_product_takes_no_name_away(shop):
    session = shop()
    session.tickets.add(kind="refund_only", sku="LAMP", product="Lamp, white")
    session.tickets.add(kind="refund_only", sku="LAMP")
    assert session.log.skus().product("LAMP") == "Lamp, white"
    assert session.log.skus().products() == {"LAMP": "Lamp, white"}
