"""The score: the Ledger's second view, its entry line, seen alerts; alerts on Today."""

from __future__ import annotations

from tests.ui.robot import done, press, rows, seen, write
from workbench.core.place import Place


async def test_f9_shows_alerts_above_all_metrics_with_what_is_left(whole_shop, open_app):
    app = open_app(whole_shop, "ledger")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9")
        text = seen(app)
        assert "Score 4.2" in text
        lines = rows(app.screen.table)
        named = [line for line in lines if "Late dispatch" in line]
        assert "0.2 % from the line at 4 %" in named[0]
        assert "under 4 %" in named[1]
        assert lines.index(named[0]) < lines.index(named[1])
        await press(pilot, "f9")
        assert app.current_mode == "ledger"


async def test_readings_are_read_back_while_they_are_typed_and_saved(whole_shop, open_app):
    app = open_app(whole_shop, "ledger")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "a")
        await write(pilot, "nrr 1.3")
        assert "1.3 % or 130 %" in seen(app)
        await press(pilot, "enter")
        assert app.screen.__class__.__name__ == "OneLine"
        await write(pilot, "%")
        await press(pilot, "enter")
        found = whole_shop.desk("metrics").standing(whole_shop.desk("metrics").find("nrr"))
        assert str(found.reading.value) == "0.013"


async def test_a_seen_alert_is_quiet_and_undo_wakes_it(whole_shop, open_app):
    desk = whole_shop.desk("alerts")
    app = open_app(whole_shop, "ledger")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f9")
        await done(pilot)
        assert app.current_mode == "score"
        before = len(desk.firing())
        await press(pilot, "x")
        assert len(desk.firing()) == before - 1
        await press(pilot, "u")
        assert len(desk.firing()) == before


async def test_enter_opens_the_lines_and_w_says_what_it_is(whole_shop, open_app):
    app = open_app(whole_shop, "ledger")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f9", "enter")
        assert "lines in 7 days" in seen(app)
        await press(pilot, "escape", "w")
        assert "of 100 days" in seen(app)  # how often the rule speaks where nothing changed
        await press(pilot, "escape")
        app.frame.land(Place("metrics", "late"))
        await done(pilot)
        assert "12 orders due today" in seen(app)
        app.frame.land(Place("metrics", "handling"))
        await press(pilot, "w")
        assert "time-outs do not count" in seen(app)
        await press(pilot, "escape", "enter")
        assert "lines, 0 of them missed" in seen(app)
        await press(pilot, "enter")
        assert app.current_mode == "queue"


async def test_the_filter_of_the_queue_is_tried_as_a_rule(whole_shop, open_app):
    app = open_app(whole_shop, "queue")
    async with app.run_test(size=(120, 36)) as pilot:
        app.frame.expression = "kind:refund_only"
        await press(pilot, "equals_sign")
        text = seen(app)
        assert "As a rule of automatic approval: kind:refund_only" in text
        assert "cannot be appealed" in text
        await press(pilot, "escape")
        app.frame.expression = "stage:decide"
        await press(pilot, "equals_sign")
        assert 'A rule does not know "stage:"' in seen(app)


async def test_an_alert_on_today_opens_where_it_stands(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "tab")
        facts = app.frame.facts
        await press(pilot, *["down"] * [fact.place.domain for fact in facts._stops].index("alerts"), "enter")
        assert app.current_mode == "score"


async def test_without_readings_it_says_how_to_begin(empty, open_app):
    app = open_app(empty, "ledger")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f9")
        assert any("sps 4.2 nrr 1.26%" in line for line in rows(app.screen.table))
