"""A robot user works through the Queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Input

from tests.ui.conftest import NOW
from tests.ui.robot import bar, done, press, row, rows, seen, typed, write
from workbench.core.place import Place
from workbench.core.saying import Refusal, say
from workbench.session import Options, open_session
from workbench.ui import clipboard
from workbench.ui.app import Workbench
from workbench.ui.text import width
from workbench.ui.tickets.views import Saved, views_line

SIZES = [(80, 24), (120, 36)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_stands_in_order_and_the_detail_follows_the_cursor(shop, open_app, size):
    app = open_app(shop)
    async with app.run_test(size=size) as pilot:
        await done(pilot)
        assert "Overdue" in row(app)
        assert "Inspect return by 08:05" in seen(app)
        await press(pilot, "j", "j")
        assert row(app).startswith("\u203a Today")
        assert "47m      09:47  Decide refund      PANTS-BLK-L" in row(app)
        assert "Decide refund by 09:47  T-3" in seen(app)
        own = "Tue 24 Nov 10:47 Shanghai" if size[0] > 80 else "Tue 09:47   10:47 me   w why"
        assert own in seen(app), "the seller lives an hour further east"
        assert "If you do nothing, it is approved: \u0e3f249.00" in seen(app)
        await press(pilot, "G")
        assert rows(app.frame.table)[0][2:12].strip(), "the first visible row names its group"


async def test_acting_saves_lands_on_the_next_case_and_undo_comes_back(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "j", "enter")
        assert "What did you do in Seller Center?" in seen(app)
        assert "the case ends, \u0e3f249.00 goes to the buyer" in seen(app)
        await press(pilot, "p")
        assert shop.tickets.get(3).stage == "evidence"
        assert bar(app).startswith("\u2713 T-3: the platform asks for proof, saved.   Now T-4, due 13:12.")
        assert "Decide return" in row(app)
        await press(pilot, "u")
        assert shop.tickets.get(3).stage == "decide"
        assert bar(app).startswith("\u2713 Undone: T-3")
        await press(pilot, "U")
        assert shop.tickets.get(3).stage == "evidence"


async def test_digits_take_an_answer_and_a_value_is_asked_in_the_same_sheet(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "j", "j", "enter", "x")
        assert "How did it end?" in seen(app)
        assert shop.tickets.get(3).stage == "decide"
        await press(pilot, "escape")
        assert "What did you do" in seen(app)
        await press(pilot, "x", "1")
        assert (shop.tickets.get(3).stage, shop.tickets.get(3).outcome) == ("closed", "refunded")


async def test_a_selection_is_one_step_and_says_what_is_not_possible_for_all(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "space", "j", "space")
        assert bar(app).startswith("2 selected, \u0e3f1,539.00   enter act  space more  esc none")
        await press(pilot, "enter")
        text = seen(app)
        assert "2 cases, \u0e3f1,539.00" in text
        assert "time decided it" in text
        assert "not for T-3, refund request" in text
        await press(pilot, "a")
        assert "2 cases" in seen(app), "a grey answer cannot be taken"
        await press(pilot, "t")
        assert [shop.tickets.get(id).stage for id in (1, 3)] == ["appeal", "appeal"]
        assert app.frame.table.picked == set()
        await press(pilot, "u")
        assert [shop.tickets.get(id).stage for id in (1, 3)] == ["inspect", "decide"]


async def test_a_range_and_all_that_is_shown(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "j", "j")
        assert app.frame.table.picked == {1, 2, 3}
        await press(pilot, "escape")
        assert app.frame.table.picked == set()
        await press(pilot, "V")
        assert len(app.frame.table.picked) == 20


async def test_a_range_keeps_what_was_selected(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "space", "j", "j", "v", "j", "j", "k")
        assert app.frame.table.picked == {1, app.frame.table.source.key(3), app.frame.table.source.key(4)}


async def test_the_detail_says_until_when_a_case_sleeps(shop, open_app):
    shop.tickets.snooze([18], NOW + timedelta(hours=3))
    for size in ((80, 24), (120, 36)):
        app = open_app(shop)
        async with app.run_test(size=size) as pilot:
            await done(pilot)
            app.open(Place("tickets", 18))
            await done(pilot)
            assert "Snoozed until Tue 24 Nov 12:00" in seen(app)


@pytest.mark.parametrize("cells", range(20, 90))
def test_the_views_are_cut_from_the_right_and_the_current_one_stays(cells):
    views = [Saved(digit, name, "") for digit, name in enumerate(("All", "Mine", "Refunds", "Messages", "Over 500"))]
    counts = dict.fromkeys(range(5), 12)
    for current in (None, 0, 2, 4):
        text = "".join(span.text for span in views_line(views, counts, current, cells))
        shown = [digit for digit in range(5) if f"{digit} {views[digit].name} 12" in text]
        assert width(text) < cells
        assert current is None or current in shown
        others = [digit for digit in shown if digit != current]
        assert others == [digit for digit in range(5) if digit != current][: len(others)]


async def test_an_id_is_found_however_it_is_typed(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        for typed in ("T-\uff11\uff19", "t19", "19", "\uff34\uff0d19"):
            await press(pilot, "colon")
            await write(pilot, typed)
            await press(pilot, "enter")
            assert app.frame.current.id == 19
            app.open(Place("tickets", 1))
            await done(pilot)


async def test_the_filter_narrows_while_typing_and_a_mistake_keeps_the_last_good_list(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "slash")
        await write(pilot, "kind:message")
        await pilot.pause(0.1)
        assert "3 of 20" in seen(app)
        await write(pilot, " kind:zzz")
        await pilot.pause(0.1)
        assert len(app.frame.table.source) == 3
        assert '"kind:" takes one of' in seen(app)
        await press(pilot, "enter")  # keeps no mistake
        assert '"kind:" takes one of' in seen(app)
        app.screen.query_one(Input).value = "sku:MUG*"
        await pilot.pause(0.1)
        await press(pilot, "enter")
        assert "/ sku:MUG*   3 of 20" in seen(app)
        await press(pilot, "escape")
        assert len(app.frame.table.source) == 20
        await press(pilot, "slash")
        await write(pilot, "nothing like this")
        await press(pilot, "enter")
        assert "Nothing matches. Esc shows all 20." in seen(app)


async def test_saved_views_stand_on_digits_with_their_counts(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.3)
        assert "0 All 20   1 Mine 13   2 Refunds 12   3 Messages 4" in seen(app)
        await press(pilot, "3")
        assert len(app.frame.table.source) == 4
        await press(pilot, "0")
        assert len(app.frame.table.source) == 20


@pytest.mark.parametrize(
    ("key", "text", "held"),
    [
        ("c", "asked for a photo", lambda t: t.note.endswith("asked for a photo")),
        ("t", "vip #later", lambda t: t.tags == ("vip", "later")),
        ("b", "tomorrow 18:00", lambda t: t.deadline.source == "stated" and t.deadline.at.hour == 11),
        ("s", "09:30", lambda t: t.snoozed_until is not None),
        ("e", " and torn", lambda t: t.words.endswith("fits like M and torn")),
    ],
)
async def test_one_line_answers_small_questions(shop, open_app, key, text, held):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "j", key)
        await write(pilot, text)
        await press(pilot, "enter")
        assert held(shop.tickets.get(3)), shop.tickets.get(3)
        assert bar(app).startswith("\u2713 T-3")


async def test_what_is_not_understood_is_said_and_changes_nothing(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "j", "b")
        await write(pilot, "some day")
        await press(pilot, "enter")
        assert "not a time" in seen(app)
        app.screen.query_one(Input).value = "tomorrow 18:00"
        await done(pilot)
        assert "Wed 25 Nov 18:00 Bangkok, in 1d 9h" in seen(app)
        assert "later than the rule, which says 09:47" in seen(app)
        await press(pilot, "escape")
        assert shop.tickets.get(3).deadline.source == "rule"


async def test_a_case_by_hand_is_read_back_before_it_is_saved(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        assert "What is it" in seen(app)
        await write(pilot, "refund PANTS-BLK-M \u0e3f249 zip broke on day one")
        text = seen(app)
        assert "Decide refund   \u0e3f249.00   PANTS-BLK-M   Wide leg pants, black M" in text
        assert '"zip broke on day one"' in text
        assert "Wed 25 Nov 09:00" in text
        await press(pilot, "enter")
        ticket = max(shop.tickets.all(), key=lambda ticket: ticket.id)
        assert (ticket.kind, ticket.sku, ticket.words) == ("refund_only", "PANTS-BLK-M", "zip broke on day one")
        assert app.frame.current.id == ticket.id


async def test_delete_wants_another_key_than_the_one_that_asked(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "D", "D", "escape")
        assert shop.tickets.get(1)
        await press(pilot, "D", "y")
        with pytest.raises(Refusal):
            shop.tickets.get(1)
        await press(pilot, "u")
        assert shop.tickets.get(1)


async def test_close_and_reopen(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "1")
        assert shop.tickets.get(1).stage == "closed"
        await press(pilot, "ctrl+t")
        app.open(Place("tickets", 1))
        await press(pilot, "X")
        assert shop.tickets.get(1).stage == "inspect"


@pytest.mark.parametrize(
    ("found", "said"), [("copied", " copied."), ("sent", "sent to the terminal: look before you paste")]
)
async def test_the_order_id_is_copied_and_no_more_is_said_than_is_known(shop, open_app, monkeypatch, found, said):
    monkeypatch.setattr(clipboard, "copy", lambda *_args: found)
    app, id = open_app(shop), shop.tickets.get(1).order_id
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "y")
        assert app.clipboard == id
        assert id in bar(app)
        assert bar(app).endswith(said)
        await press(pilot, "j")
        assert id not in bar(app)
        await press(pilot, "Y")
        assert id in bar(app), "in sight, to be selected by hand"
        await press(pilot, "k", "enter", "y")
        assert said in seen(app), "in the sheet that hides the bar"


async def test_the_walk_takes_one_key_a_case(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        assert "Inspect return  CHAIR-OAK" in seen(app)
        assert "then T-2" in seen(app)
        await press(pilot, "a")
        assert shop.tickets.get(1).stage == "closed"
        assert "Answer message  DRESS-RED-S" in seen(app)
        assert "T-1: return accepted, saved." in seen(app)
        await press(pilot, "n")
        assert ", saved." not in seen(app).rpartition("What did you do")[0]
        assert shop.tickets.get(2).stage == "reply"
        assert "Decide refund  PANTS-BLK-L" in seen(app)
        await press(pilot, "escape")
        assert app.screen is app.frame


async def test_the_walk_ends_where_nothing_more_is_due(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        assert "1 of 8   then T-2, Answer message by 08:18" in seen(app)
        assert "Why" in seen(app), "the detail takes the rows of the list"
        await press(pilot, *"nnnnnnn")
        assert "8 of 8   the last one" in seen(app)
        await press(pilot, "n")
        assert app.frame.pane == "today"
        assert not app.screen_stack[1:]


async def test_what_the_last_step_of_the_walk_saved_is_told_on_today(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, *"nnnnnnnn")
        assert "8 of 8   the last one" in seen(app)
        await press(pilot, "a")
        assert app.frame.pane == "today"
        assert ", saved." in bar(app)


async def test_keys_work_under_a_chinese_input_method(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        await typed(pilot, "\uff13")
        assert len(app.frame.table.source) == 4
        await typed(pilot, "\uff1f")
        assert "The keys of this screen" in seen(app)
        await press(pilot, "escape")
        await typed(pilot, "\u4f60\u597d")
        assert "A Chinese input method is on" in bar(app)


async def test_a_click_moves_the_cursor_and_a_second_one_acts(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        await pilot.click("#table", offset=(20, 3))
        await done(pilot)
        assert app.frame.current.id == 4
        await pilot.click("#table", offset=(20, 3))
        await done(pilot)
        assert "What did you do" in seen(app)


async def test_escape_never_leaves_the_program_and_q_does(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "plus")
        assert "Why" in seen(app)
        await press(pilot, *["escape"] * 6)
        assert app.is_running
        assert app.frame.table.has_focus
        await pilot.press("q")
    assert app.return_code == 0


async def test_what_another_window_saved_is_seen(shop, open_app, tmp_path):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        other = open_session(Options(data=tmp_path / "demo", now=shop.now()))
        other.tickets.note([1], "from the other window")
        app._second()
        await done(pilot)
        assert "from the other window" in app.frame.current.note


async def test_what_the_disk_refuses_stays_until_it_is_answered(shop, open_app, monkeypatch):
    def full(*_args, **_more):
        raise Refusal(say("Nothing was saved: the disk is full. Free some space, then try again.")) from OSError(28, "")

    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(shop.tickets, "act", full)
        await press(pilot, "j", "j", "enter", "r")
        assert "the disk is full" in seen(app)
        assert shop.tickets.get(3).stage == "decide"
        await press(pilot, "escape")
        monkeypatch.setattr(shop, "undo", full)
        await press(pilot, "u")
        assert bar(app).startswith("! Nothing was saved: the disk is full.")
        await press(pilot, "j", "j")
        assert bar(app).startswith("! Nothing was saved"), "no other key answers it"
        await press(pilot, "enter")
        assert bar(app).startswith("enter act")


async def test_an_empty_data_directory_greets_and_offers_three_ways(empty, open_app):
    app = open_app(empty, start="today")
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        text = seen(app)
        assert "No cases yet." in text
        for way in ("i  import Seller Center files", "a  add a case by hand", "d  look around in an invented shop"):
            assert way in text
        await press(pilot, "a")
        await write(pilot, "message hello there")
        await press(pilot, "enter")
        assert [ticket.kind for ticket in empty.tickets.all()] == ["message"]


async def test_find_by_id_order_buyer_and_command(shop, open_app):
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "colon")
        await write(pilot, "t-7")
        await press(pilot, "enter")
        assert app.frame.pane == "queue"
        assert app.frame.current.id == 7
        await press(pilot, "ctrl+p")
        await write(pilot, "malee")
        assert "T-3" in seen(app)
        app.screen.query_one(Input).value = "go to Today"
        await done(pilot)
        await press(pilot, "enter")
        assert app.frame.pane == "today"
        await press(pilot, "colon")
        await write(pilot, "T-999")
        await press(pilot, "enter")
        assert "There is no ticket" in seen(app)


async def test_history_takes_back_down_to_the_marked_line(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "enter", "a")
        await press(pilot, "enter", "a")
        await press(pilot, "ctrl+l")
        assert "T-1" in seen(app)
        await press(pilot, "down", "enter")
        assert [shop.tickets.get(id).stage for id in (1, 2)] == ["inspect", "reply"]
        assert "2 steps turned round" in bar(app)


async def test_why_shows_every_step_with_its_source(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "w")
        text = seen(app)
        assert "Sun 22 Nov 08:05" in text
        assert "Assumed" in text


async def test_while_the_screens_are_taken_down_nothing_is_drawn_on_them(shop, open_app, monkeypatch):
    app = open_app(shop)
    taken: list[object] = []
    prune = Workbench._prune

    async def taking_down(self, *nodes, **given):
        await prune(self, *nodes, **given)
        taken.append(self.frame)

    async with app.run_test(size=(120, 36)):
        assert app.frame is not None
        monkeypatch.setattr(Workbench, "_prune", taking_down)
    assert taken
    assert set(taken) == {None}
