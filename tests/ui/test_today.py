"""Today by a robot user: what stands where, one cursor through all of it, and the morning's walk counted in keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.ui.conftest import NOW
from tests.ui.robot import bar, done, press, rows, seen, write
from workbench import i18n
from workbench.core.place import Place
from workbench.core.tickets.model import There
from workbench.core.violations.model import ViolationDraft
from workbench.session import Options, open_session
from workbench.session.imports.tables import FILES, ImportedFile
from workbench.ui.tickets.act import ActSheet
from workbench.ui.violations.act import LedgerActSheet


def facts(app) -> list[str]:
    return [row.rstrip() for row in rows(app.frame.facts)]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: "x".join(map(str, size)))
async def test_the_state_of_the_shop_is_complete(shop, open_app, size):
    app = open_app(shop, start="today")
    async with app.run_test(size=size) as pilot:
        await done(pilot)
        text = "\n".join(facts(app))
        for fact in ("18 of 48, 6 below 24", "3 Dec drops to 14", "V-12", "PANTS-BLK-L size", "[ ] SKU report",
                     "7 issues, 4 is normal", "9 cleared, 1 late", "2 today", "in time this month"):  # fmt: skip
            assert fact in text, (fact, text)
        assert ("Data of 08:52." in seen(app)) == (size[0] > 80), "it is the first to give way"


async def test_old_data_is_said_in_the_sentence(shop, open_app):
    with shop.saving() as tx:
        for id in shop.store.table(FILES):
            old = NOW - timedelta(hours=12, minutes=1)
            tx.put(FILES, id, ImportedFile(id=id, name="x.xlsx", kind="returns", as_of=old, imported_at=old, rows=1,
                                           digest=""))  # fmt: skip
    app = open_app(shop, start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "Last import Mon 20:59." in seen(app)


async def test_one_cursor_runs_through_agenda_and_facts(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        await press(pilot, *["down"] * len(app.frame.table.source))
        assert facts(app)[0].startswith("\u203a Points")
        assert not any("\u203a" in row for row in rows(app.frame.table))
        await press(pilot, "up")
        assert app.frame.table.cursor == len(app.frame.table.source) - 1
        assert not any("\u203a" in row for row in facts(app))
        await press(pilot, "tab", "down", "enter")
        assert app.current_mode == "ledger"
        assert app.frame.current.ref == "V-12"


async def test_space_ticks_a_routine_and_undo_brings_it_back(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "tab")
        while app.frame.facts.place.domain != "routines":
            await press(pilot, "down")
        await press(pilot, "space")
        assert "[\u2713] read the rule updates" in "\n".join(facts(app))
        assert "ticked off, saved." in bar(app)
        await press(pilot, "space")
        assert "comes up again on 1 Dec" in bar(app)
        await press(pilot, "u")
        assert "[ ] read the rule updates" in "\n".join(facts(app))


async def test_a_case_closed_here_only_opens_from_its_line(shop, open_app):
    shop.tickets.close([3], "refunded")
    from workbench.core.tickets import moves
    from workbench.session.tickets.tables import TICKETS

    with shop.saving() as tx:
        tx.put(TICKETS, 3, moves.changed(shop.tickets.get(3), still_open=True))
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "tab")
        while app.frame.facts.place != Place("tickets", 3):
            await press(pilot, "down")
        await press(pilot, "enter")
        assert app.current_mode == "queue"
        assert app.frame.current.id == 3


async def test_the_morning_takes_at_most_three_keys_a_case_and_ends_calm(shop, open_app):
    app = open_app(shop, start="today")
    lines = app.board.dues("tickets", "overdue", "today", "to_clear")
    keys = 0
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        keys += 1
        while app.screen is not app.frame and keys < 50:
            await press(pilot, "y", "1")
            keys += 2
        assert keys <= 3 * len(lines)
        assert app.current_mode == "today"
        assert "All clear for today. Next is tomorrow at 08:41." in seen(app)
        assert bar(app).startswith("\u2713 T-8 approved, saved.")
        assert rows(app.frame.table)[0].startswith("\u203a Tomorrow")
        await press(pilot, "down")
        assert bar(app).startswith("l log")


async def test_away_says_what_lapses_and_goes_to_the_first(shop, open_app):
    app = open_app(shop, start="queue")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "A", "ctrl+u")
        assert "such as: Thu" in seen(app)
        await write(pilot, "Thu")
        text = seen(app)
        assert "Away until Thu 26 Nov: 11 lapse" in text
        assert "approve or reject" in text
        await press(pilot, "enter")
        assert app.current_mode == "queue"
        assert app.frame.current.id == 1


async def test_a_line_of_another_domain_is_acted_on_where_it_opens(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *["down"] * 11)
        assert "the points stay until 25 Apr 2027" in seen(app)
        await press(pilot, "enter")
        await pilot.pause()
        assert app.current_mode == "ledger"
        assert "What happened?" in seen(app)


async def test_the_walk_leads_on_to_what_other_domains_ask(shop, open_app):
    shop.ledger.add(
        ViolationDraft(points=4, issued_at=shop.now() - timedelta(days=9), pending=True, stated_due=shop.now())
    )
    for ticket in shop.tickets.all():
        if ticket.turn == "seller":
            shop.tickets.close([ticket.id])
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        assert "Is it enforced?" in seen(app)
        await press(pilot, "n")
        await pilot.pause()
        assert app.current_mode == "ledger"
        assert "it is in force" in seen(app)


async def test_the_walk_passes_through_all_lines_in_their_order(shop, open_app):
    """Each with the sheet that acts on it: a case, a question about a violation, the next case."""
    for ticket in shop.tickets.all():
        if ticket.id not in (1, 12, 13) and ticket.turn == "seller":
            shop.tickets.close([ticket.id])
    shop.tickets.close([1])
    expected = [due.tell().ref for due in shop.agenda().lines]
    assert expected == ["V-12", "T-12", "T-13", "V-9"]
    app = open_app(shop, start="today")
    met = []
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        for at in range(1, 5):
            await pilot.pause()
            met.append(app.walk.due.tell().ref)
            assert f"{at} of 4" in seen(app)
            assert isinstance(app.screen, LedgerActSheet if met[-1][0] == "V" else ActSheet)
            assert met[-1] in seen(app)
            await press(pilot, "n")
        await pilot.pause()
        assert met == expected
        assert (app.walk, app.screen) == (None, app.frame)
        assert app.current_mode == "today"


async def test_what_is_saved_in_the_walk_leads_on_and_escape_ends_it(shop, open_app):
    for ticket in shop.tickets.all():
        if ticket.id not in (12, 13) and ticket.turn == "seller":
            shop.tickets.close([ticket.id])
    app = open_app(shop, start="ledger")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        await pilot.pause()
        assert "1 of 4   then T-12, Appeal refund by Fri 10:00" in seen(app)
        await press(pilot, "f")
        if "Why file it anyway?" in seen(app):
            await write(pilot, "all is said")
            await press(pilot, "enter")
        await pilot.pause()
        assert shop.ledger.get(12).appeals
        assert "2 of 4   then T-13" in seen(app)
        assert "V-12" in seen(app)
        await press(pilot, "escape")
        await pilot.pause()
        assert (app.walk, app.screen, app.current_mode) == (None, app.frame, "queue")
        assert not app.frame.has_class("-whole")


async def test_a_line_without_a_sheet_is_shown_and_the_key_goes_on_from_it(shop, open_app, monkeypatch):
    for ticket in shop.tickets.all():
        if ticket.id != 12 and ticket.turn == "seller":
            shop.tickets.close([ticket.id])
    monkeypatch.setattr("workbench.session.violations.dues.ACT", "")
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        await pilot.pause()
        assert (app.current_mode, app.screen, app.frame.current.id) == ("ledger", app.frame, 12)
        assert bar(app).startswith("1 of 3   then T-12, Appeal refund by Fri 10:00")
        await press(pilot, "n")
        await pilot.pause()
        assert app.current_mode == "queue"
        assert "2 of 3   then V-9" in seen(app)


async def test_no_data_says_how_to_begin(empty, open_app):
    app = open_app(empty, start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        text = seen(app)
        assert "No cases yet." in text
        assert "import Seller Center files" in text
        assert not any(row.strip() for row in facts(app))
        await press(pilot, "down", "tab", "enter", "space", "A", "escape")


async def test_what_another_process_wrote_is_shown_and_said(shop, open_app, tmp_path):
    app = open_app(shop, start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        other = open_session(Options(data=tmp_path / "demo", config=tmp_path / "demo/demo.toml", now=NOW))
        other.tickets.close([1, 2])
        app._second()
        await done(pilot)
        assert "The data was changed elsewhere." in bar(app)
        assert "5 due today." in seen(app)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: "x".join(map(str, size)))
def test_look(shop, open_app, snap_compare, size, language):
    i18n.use(language)

    async def settle(pilot):
        await done(pilot)
        await pilot.pause()

    assert snap_compare(open_app(shop, "today"), terminal_size=size, run_before=settle)


async def test_a_case_that_the_platform_shows_earlier_is_amber_a_day_before_it_ends_there(shop, open_app):
    """The soonest first, with the deadline that runs there; those that are closed here only follow."""
    waiting = [ticket for ticket in shop.tickets.all() if ticket.turn != "seller"][:3]
    dues = (None, timedelta(hours=24, minutes=1), timedelta(hours=24))
    with shop.saving() as tx:
        for ticket, left in zip(waiting, dues, strict=True):
            there = There("decide", None if left is None else NOW + left)
            tx.put("tickets", ticket.id, replace(ticket, there=there))
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        found = [fact for fact in app.frame._facts(25) if fact.label == "Still open" and fact.line[0].text != "T-10"]
        told = [(fact.place.id, [(span.text.strip(), span.role) for span in fact.line[:2]]) for fact in found[:3]]
        third, second, first = waiting
        assert told == [
            (first.id, [("Wed 09:00", "soon"), (first.ref, "soon")]),
            (second.id, [("Wed 09:01", "text"), (second.ref, "text")]),
            (third.id, [("", "text"), (third.ref, "text")]),
        ]
        assert "moved on here only" in "\n".join(facts(app))


async def test_what_is_later_is_counted_where_it_does_not_fit_and_listed_once_it_is_asked_for(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=(120, 36)) as pilot:
        await done(pilot)
        later = app.board.brief.agenda.groups["later"]
        table = app.frame.table
        assert table.row_of(later[-1].place) is None
        assert f"later: {len(later)} from " in "".join(span.text for span in table.below[-1])
        assert app.frame.land(later[-1].place)
        await done(pilot)
        assert table.key == later[-1].place
