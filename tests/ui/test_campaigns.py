"""The second view of the Plan: campaigns, steps of big days, lives, and acting on them from Today."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.ui.conftest import NOW
from tests.ui.robot import done, press, row, seen, write
from workbench.core.campaigns.model import Figures
from workbench.core.place import Place

SMALL, WIDE = (80, 24), (120, 36)


async def _act(app, pilot, place):
    """As the walk does it: to the place of a line, with its sheet."""
    await done(pilot)
    due = next(due for due in app.board.brief.agenda.all if due.place == place)
    app.act_on(due)
    for _each in range(3):
        await done(pilot)


async def test_f9_shows_campaigns_steps_and_events_and_goes_back(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        text = seen(app)
        for part in ("Next: withdraw, Black Friday, Wed 18:00.", "F9 prices", "Coming", "To review", "Past", "warm up",
                     "Ahead", "Christmas"):  # fmt: skip
            assert part in text, part
        await press(pilot, "f9")
        assert app.current_mode == "plan"


async def test_last_years_stands_beside_it(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        await press(pilot, "down")
        assert "12.12 2025" in seen(app)
        assert "฿81,200" in seen(app)


async def test_a_date_is_dealt_with_and_no_longer_a_line(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f9")
        await press(pilot, "down", "enter")
        assert "What did you do?" in seen(app)
        await press(pilot, "r")
        assert whole_shop.desk("campaigns").get(4).ticked == ("registration_closes",)
        assert not [due for due in whole_shop.agenda().all if due.step == "registration_closes"]
        await press(pilot, "u")
        assert whole_shop.desk("campaigns").get(4).ticked == ()


async def test_a_campaign_is_entered_in_a_form_with_the_like_one_faint(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        await press(pilot, "a")
        for text in ("12.12 again", "12 Dec", "12 Dec"):
            await write(pilot, text)
            await press(pilot, "tab")
        assert "stands faint in the fields" in seen(app)
        await press(pilot, "enter")
        assert whole_shop.desk("campaigns").all()[-1].name == "12.12 again"


async def test_the_form_of_one_that_started_has_no_expectation(whole_shop, open_app):
    desk = whole_shop.desk("campaigns")
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        app.frame.land(Place("campaigns", 2))
        await press(pilot, "enter", "v")
        assert "expected 90000" in seen(app) or "74100" in seen(app)
        await press(pilot, "enter")
        assert desk.get(2).expected == Figures(sales=Decimal(90000), orders=300)


async def test_a_step_is_ticked_with_what_it_wants_and_moved(whole_shop, open_app):
    desk = whole_shop.desk("bigdays")
    app = open_app(whole_shop, "plan")
    review = next(step for step in desk.all() if step.key == "review")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        app.frame.land(Place("bigdays", review.id))
        assert "review" in row(app)
        await press(pilot, "enter")
        assert "wanted: what came, and why" in seen(app)
        await write(pilot, "sold out, order more")
        await press(pilot, "enter")
        assert desk.get(review.id).note == "sold out, order more"
        assert desk.get(review.id).done_at == NOW
        day = next(step for step in desk.all() if step.key == "the_day")
        app.frame.land(Place("bigdays", day.id))
        await press(pilot, "m")
        await write(pilot, "2026-11-28")
        await press(pilot, "enter")
        assert desk.get(day.id).begins.isoformat() == "2026-11-28"


async def test_starting_a_plan_from_the_events_ahead(empty, open_app):
    app = open_app(empty, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9")
        app.frame.land(Place("bigdays", "event:black_friday"))
        await press(pilot, "enter")
        steps = empty.desk("bigdays").all()
        assert [step.key for step in steps][-1] == "review"
        assert "steps are late" in seen(app), "it was started late, and says so"


async def test_lines_of_today_open_where_they_are_acted_on(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=WIDE) as pilot:
        await _act(app, pilot, Place("campaigns", 3))
        assert "What did you do?" in seen(app)
        await press(pilot, "escape")
        await _act(app, pilot, Place("lives", 1))
        assert "pin a comment" in seen(app)
        await press(pilot, "enter", "escape")
        assert whole_shop.desk("lives").get(1).before[0].done_at == NOW
        step = next(step for step in whole_shop.desk("bigdays").all() if step.key == "warm_up")
        await _act(app, pilot, Place("bigdays", step.id))
        assert whole_shop.desk("bigdays").get(step.id).done_at is None, "it only asks"
        await press(pilot, "enter")
        assert whole_shop.desk("bigdays").get(step.id).done_at == NOW


async def test_a_live_is_entered_in_a_form(empty, open_app):
    app = open_app(empty, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "L")
        for text in ("Fri 20:00", "Fri 22:00", "shop.main"):
            await write(pilot, text)
            await press(pilot, "tab")
        await press(pilot, "enter")
        assert [live.account for live in empty.desk("lives").all()] == ["shop.main"]


async def test_the_review_has_a_clock_of_half_an_hour_that_goes_on_where_it_stood(whole_shop, open_app, monkeypatch):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "f9", "down", "down", "enter", "v")
        assert "30 of 30 min left" in seen(app)
        monkeypatch.setattr(whole_shop, "now", lambda: NOW + timedelta(minutes=12, seconds=40))
        app.screen._look()
        await done(pilot)
        assert "18 of 30 min left" in seen(app)
        await press(pilot, "escape")
        assert whole_shop.desk("campaigns").get(2).review_seconds == 760
        await press(pilot, "enter", "v")
        assert "18 of 30 min left" in seen(app)


async def test_a_live_of_a_deal_names_it_in_its_form(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        for text in ("2026-11-25 20:00", "2026-11-25 22:00", "", "", "", "", "D-99"):
            await write(pilot, text)
            await press(pilot, "tab")
        await press(pilot, "enter")
        assert "There is no D-99" in seen(app)
        field = app.screen.query_one("#field-deal")
        field.put("d-1")
        await press(pilot, "enter")
        made = whole_shop.desk("lives").all()[-1]
        assert made.deal == 1


async def test_a_figure_is_taken_back_in_the_form_and_no_label_touches_its_value(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9", "e")
        assert "Withdraw by 2026-11-25 18:00" in " ".join(seen(app).split())
        app.screen.query_one("#field-expected_sales").put("")
        await press(pilot, "enter")
        assert whole_shop.desk("campaigns").get(3).expected == Figures(orders=380)


async def test_what_is_expected_now_is_noted_beside_what_is_locked(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "f9", "down", "down", "enter", "t")
        await write(pilot, "sales=9000")
        await press(pilot, "enter")
        (noted,) = whole_shop.desk("campaigns").get(2).later
        assert (noted.what, noted.value) == ("sales", "9000")


async def test_a_live_is_deleted_from_its_checklist_and_brought_back(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab")
        app.frame.land(Place("lives", 1))
        await press(pilot, "enter", "D", "y")
        assert [live.id for live in whole_shop.desk("lives").all()] == [2, 3]
        await press(pilot, "u")
        assert [live.id for live in whole_shop.desk("lives").all()] == [1, 2, 3]


async def test_steps_that_are_late_are_counted_in_the_header_and_found_by_their_id(empty, open_app):
    empty.desk("bigdays").start("black_friday")
    app = open_app(empty, "today")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        assert "Plan !6" in seen(app)
        await press(pilot, "colon")
        await write(pilot, "s-7")
        await press(pilot, "enter")
        await done(pilot)
        assert app.current_mode == "campaigns"
        assert app.frame.here == Place("bigdays", 7)
