"""A seller answers with a reply: two keys, one step of undo; the Replies screen finds, turns, edits and copies."""

from __future__ import annotations

import pytest

from tests.ui.robot import done, press, seen, typed
from workbench.core.place import Place
from workbench.core.saying import Refusal, say
from workbench.ui.replies.pane import TextPane
from workbench.ui.replies.sheet import ReplySheet
from workbench.ui.widgets.entry import Typed


def message(shop):
    """The message about the cup that is missing."""
    return next(each for each in shop.tickets.queue("stage:reply kind:message") if each.sku == "MUG-SET-4")


@pytest.fixture
def copied(monkeypatch):
    """What was put on the clipboard."""
    texts: list[str] = []
    monkeypatch.setattr("workbench.ui.clipboard.copy", lambda text, send: texts.append(text) or "sent")
    return texts


async def opened(pilot, app, shop):
    await done(pilot)
    app.show(Place("tickets", message(shop).id))
    await press(pilot, "r")
    assert isinstance(app.screen, ReplySheet)


async def test_two_keys_answer_a_message(shop, open_app, copied):
    app, case = open_app(shop), message(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, shop)
        assert "Reply to kanya_home" in seen(app)
        best = shop.replies.ranked(case)[0].reply
        await press(pilot, "enter")
        after = shop.tickets.get(case.id)
        assert after.stage == "wait"
        assert copied[0].startswith("Hi kanya_home")
        assert (after.timeline[-1].text, after.timeline[-1].source) == (copied[0], f"{best.key} en")
        assert shop.replies.get(best.key).used == 1
        await done(pilot)
        assert f"sent to the clipboard, T-{case.id} waits for the buyer" in seen(app)
        await press(pilot, "Y")
        assert "".join(copied[0].split()) in "".join(seen(app).split())
        await press(pilot, "escape")
        await press(pilot, "u")
        assert shop.tickets.get(case.id) == case
        assert shop.replies.get(best.key).used == 0


async def test_y_copies_only_and_escape_does_nothing(shop, open_app, copied):
    app, case = open_app(shop), message(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, shop)
        await press(pilot, "y")
        assert len(copied) == 1
        assert shop.tickets.get(case.id) == case
        await opened(pilot, app, shop)
        await press(pilot, "escape")
        assert len(copied) == 1
        assert not isinstance(app.screen, ReplySheet)


async def test_what_is_missing_is_asked_for(shop, open_app, copied):
    shop.replies.add("mine", text={"en": "Hi {buyer}, it comes from {place}."}, purpose={"kinds": ("message",)})
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, shop)
        await press(pilot, "slash")
        await typed(pilot, "mine")
        await press(pilot, "enter")
        assert "{place} is not known" in seen(app)
        await press(pilot, "enter")
        assert isinstance(app.focused, Typed)
        await typed(pilot, "Bangkok")
        assert "it comes from Bangkok." in seen(app)
        assert copied == []
        await press(pilot, "enter")
        assert copied == ["Hi kanya_home, it comes from Bangkok."]


async def test_what_a_rule_blocks_is_not_copied(shop, open_app, copied):
    shop.replies.add("stars", text={"en": "Please give us five stars, {buyer}"})
    app, case = open_app(shop), message(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, shop)
        await press(pilot, "slash")
        await typed(pilot, "stars")
        await press(pilot, "enter", "enter")
        assert copied == []
        assert "A rule forbids this text" in seen(app)
        assert shop.tickets.get(case.id) == case
        await press(pilot, "w")
        assert "five-stars" in seen(app)


async def test_tab_in_the_act_sheet_opens_it_and_goes_on_from_there(shop, open_app, copied):
    app, case = open_app(shop), message(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        app.show(Place("tickets", case.id))
        await press(pilot, "enter", "tab")
        assert isinstance(app.screen, ReplySheet)
        await press(pilot, "escape")
        assert "What did you do" in seen(app)
        await press(pilot, "tab", "enter")
        assert shop.tickets.get(case.id).stage == "wait"
        assert "What did you do" not in seen(app)


async def test_the_screen_finds_turns_and_edits(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f6")
        count = len(shop.replies.ranked())
        assert f"{count} replies." in seen(app)
        await press(pilot, "4")
        assert "Returns" in seen(app)
        await press(pilot, "0", "slash")
        await typed(pilot, "return-steps")
        await press(pilot, "enter")
        assert "{policy.buyer_ship}" in seen(app)
        await press(pilot, "right")
        assert "\u9000\u8d27\u5730\u5740" in seen(app)
        await press(pilot, "left", "tab")
        assert app.screen.text.area is app.focused
        await typed(pilot, "X")
        await press(pilot, "escape")
        assert app.screen.text.area is not None
        assert "is not taken yet" in seen(app)
        await press(pilot, "tab")
        assert app.screen.text.area is None
        assert shop.replies.get("return-steps").text["en"].startswith("X")
        await press(pilot, "u")
        assert shop.replies.get("return-steps").shipped


async def test_a_text_is_written_where_it_stands_and_what_the_rules_say_follows(shop, open_app, copied):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, shop)
        await press(pilot, "e")
        assert isinstance(app.screen, ReplySheet)
        assert app.screen.query_one(TextPane).area is app.focused
        await typed(pilot, "please cancel. ")
        assert "Asks the buyer to cancel" in seen(app)
        await press(pilot, "escape", "escape")
        assert app.screen.query_one(TextPane).area is None
        assert "please cancel" not in seen(app)
        await press(pilot, "e")
        await typed(pilot, "Hello. ")
        await press(pilot, "tab", "enter")
        assert copied[0].startswith("Hello. Hi kanya_home")


async def test_the_list_follows_what_is_looked_for_in_the_line(shop, open_app):
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f6", "slash")
        await typed(pilot, "waterpr")
        await pilot.pause(0.1)
        await done(pilot)
        assert app.screen.current.key == "waterproof"
        await press(pilot, "escape")
        assert f"{len(shop.replies.ranked())} replies." in seen(app)
        await press(pilot, "slash")
        await typed(pilot, "waterpr")
        await press(pilot, "enter", "tab")
        assert app.screen.text.area is app.focused


async def test_a_key_that_is_taken_or_none_is_told_before_a_text_is_written(shop, open_app):
    key = shop.replies.all()[0].key
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f6", "a")
        for taken in (key, "1 no key"):
            app.focused.value = ""
            await typed(pilot, taken)
            await press(pilot, "enter")
            assert isinstance(app.focused, Typed)
            assert not app.frame.query_one(TextPane).busy


async def test_a_text_that_could_not_be_saved_stands_there_again(shop, open_app, monkeypatch):
    shop.replies.add("mine", text={"en": "Thank you."})
    real = shop.replies.edit

    def refused(*_args, **_fields):
        raise Refusal(say("Nothing can be saved."))

    monkeypatch.setattr(shop.replies, "edit", refused)
    app = open_app(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "f6")
        app.frame.land(Place("replies", "mine"))
        await press(pilot, "tab")
        await typed(pilot, "So far: ")
        await press(pilot, "tab")
        assert shop.replies.get("mine").text == {"en": "Thank you."}
        monkeypatch.setattr(shop.replies, "edit", real)
        await press(pilot, "tab")
        assert app.frame.query_one(TextPane).area.text == "So far: Thank you."
        await press(pilot, "tab")
        assert shop.replies.get("mine").text == {"en": "So far: Thank you."}
        assert shop.drafts.of("replies.text ('mine', 'en')") == []
