"""The Plan as a person uses it: what stands there at once, moving over pieces, renewing, and coming from Today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from unicodedata import east_asian_width

import pytest

from tests.ui.conftest import NOW
from tests.ui.robot import bar, done, press, rows, seen, write
from workbench import i18n
from workbench.core.place import Place
from workbench.core.promotions.draft import PromotionDraft
from workbench.core.promotions.model import Item

SMALL, WIDE, FULL = (80, 24), (120, 36), (160, 48)


def board(app) -> list[str]:
    return [line.rstrip() for line in rows(app.frame.chart)]


def desk(app):
    return app.session.desk("promotions")


async def test_what_goes_back_today_stands_in_one_sentence_and_on_the_board(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        text = seen(app)
        assert "2 prices go back today: LAMP-WHT at 14:00, MUG-SET-4 at 23:00." in text
        assert "Plan ▪2" in text
        assert board(app)[:3] == [
            "› LAMP-WHT      f !720",
            "  MUG-SET-4     f   !450  f360        !450",
            "  CHAIR-OAK     f     f1,090      f1,090      !1,290",
        ]
        for part in ("LAMP-WHT at ฿590 until 14:00", "goes back", "4 in a row", "14:00 to Fri 14:00",
                     "Thu 24 Dec 14:00 to ฿720", "Renew flash deal", "Go live", "Black Friday"):  # fmt: skip
            assert part in text, part


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_narrow_board_says_until_when_each_price_holds(whole_shop, open_app, language):
    i18n.use(language)
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        holds = {
            "en": ("today 14:00", "Fri 4 Dec 24:00", "past 7 Dec"),
            "zh": ("今天 14:00", "12月4日 24:00", "12月7日以后"),
        }
        assert [part for part in holds[language] if part not in seen(app)] == []
        assert {c for c in seen(app) if east_asian_width(c) == "A"} == set()


async def test_without_colour_the_pieces_are_drawn_as_strokes(whole_shop, open_app, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        assert "d249▬▬▬▬▬▬▬▬" in "\n".join(board(app))


async def test_the_cursor_goes_from_piece_to_piece_and_the_pane_follows(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down", "right")
        assert "MUG-SET-4 goes back to ฿450 23:00" in seen(app)
        await press(pilot, "right")
        assert "MUG-SET-4 at ฿360 from Thu 09:00" in seen(app)
        await press(pilot, "left", "left")
        assert "MUG-SET-4 at ฿360 until 23:00" in seen(app)


async def test_renewing_says_the_new_end_and_the_rule_and_undo_takes_it_back(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter")
        assert "14:00 to Fri 27 Nov 14:00" in seen(app)
        assert "3 d is the longest" in seen(app)
        await press(pilot, "enter")
        renewed = desk(app).all()[-1]
        assert (renewed.renews, renewed.ends_at) == (7, datetime(2026, 11, 27, 7, tzinfo=UTC))
        assert "1 price goes back today: MUG-SET-4" in seen(app)
        await press(pilot, "u")
        assert desk(app).renewed().get(7) is None
        assert "2 prices go back today" in seen(app)


async def test_several_are_renewed_at_once(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "space", "space")
        assert "2 selected" in bar(app)
        await press(pilot, "r", "enter")
        assert {7, 8} <= desk(app).renewed().keys()
        assert len(whole_shop.history()) == 1


async def test_a_length_over_an_official_limit_is_recorded_on_the_second_enter(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        app.frame.land(Place("promotions", 1))
        await press(pilot, "r")
        await write(pilot, "40d")
        await press(pilot, "enter")
        assert "Enter once more" in " ".join(seen(app).split())
        assert desk(app).renewed().get(1) is None
        await press(pilot, "backspace")  # of another length that is not true
        assert "Enter once more" not in " ".join(seen(app).split())
        await write(pilot, "d")
        await press(pilot, "enter")
        assert desk(app).renewed()[1].ends_at - desk(app).renewed()[1].starts_at == timedelta(days=40)


async def test_a_promotion_is_added_in_one_line(empty, open_app):
    app = open_app(empty, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        assert "No promotions yet." in seen(app)
        await press(pilot, "a")
        await write(pilot, "flash LAMP-WHT 590 until fri 14:00 keep")
        assert "฿590" in seen(app)
        assert "Fri 27 Nov 14:00" in seen(app)
        await press(pilot, "enter")
        assert [each.items for each in desk(app).all()] == [(Item("LAMP-WHT", Decimal("590.00")),)]


async def test_a_line_of_today_opens_the_sheet_that_renews(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        due = next(due for due in app.board.brief.agenda.lines if due.place == Place("promotions", 8))
        app.act_on(due)
        await done(pilot)
        await done(pilot)
        assert "Renew P-8 for" in seen(app)


async def test_what_went_back_is_said_until_it_is_renewed(empty, open_app):
    shelf = empty.desk("promotions")
    shelf.set_price("LAMP-WHT", Decimal(720), NOW - timedelta(days=40))
    shelf.add(PromotionDraft(
        tool="flash", items=(Item("LAMP-WHT", Decimal(590)),), starts_at=NOW - timedelta(days=3),
        ends_at=NOW - timedelta(hours=1), keep=True,
    ))  # fmt: skip
    app = open_app(empty, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        assert "1 price has gone back: LAMP-WHT stands at ฿720 since 08:00." in seen(app)
        assert "Plan !1" in seen(app)


async def test_what_begins_at_midnight_begins_on_that_day(empty, open_app):
    add = empty.desk("promotions").add
    for sku, day in (("LAMP", 1), ("MUG", 2)):
        starts = datetime(2026, 11, 24 + day, tzinfo=NOW.astimezone(empty.zone).tzinfo)
        add(PromotionDraft(tool="flash", items=(Item(sku, Decimal(5)),), starts_at=starts,
                           ends_at=starts + timedelta(days=2)))  # fmt: skip
    app = open_app(empty, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        lines = [line.split() for line in seen(app).splitlines() if "Flash deal starts" in line]
        assert [words[:1] for words in lines] == [["Tomorrow"], ["Later"]]
        assert [words[words.index("Flash") - 1] for words in lines] == ["00:00", "00:00"]


async def test_enter_on_a_live_to_come_opens_its_checklist(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "tab")
        rows_ = app.frame.table.source
        app.frame.table.go(next(at for at, due in enumerate(rows_.dues) if due.step == "begins"
                                and due.place.domain == "lives"))  # fmt: skip
        await press(pilot, "enter")
        assert "pin a comment" in seen(app)


async def test_where_the_key_of_the_second_view_has_no_room_beside_the_sentence_it_stands_in_the_bar(
    whole_shop, open_app
):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        assert "F9 campaigns" in bar(app)


async def test_names_prices_and_sentence_stay_whole_with_long_skus_and_large_prices(empty, open_app):
    shelf = empty.desk("promotions")
    for number in range(3):
        sku = f"WOMENS-SUMMER-DRESS-FLORAL-{number:03}-XL-RED"
        shelf.set_price(sku, Decimal(1_580_000), NOW - timedelta(days=40))
        shelf.add(PromotionDraft(
            tool="flash", items=(Item(sku, Decimal(1_264_000)),), starts_at=NOW - timedelta(days=3),
            ends_at=NOW - timedelta(hours=1) if number == 0 else NOW + timedelta(days=3 * number), keep=True,
        ))  # fmt: skip
    app = open_app(empty, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        text = seen(app)
        for part in ("~L-000-XL-RED", "~L-002-XL-RED", "since 08:00.", "f1,264k", "!1,580,000", "to \u0e3f1,580k",
                     "since 08:00  "):  # fmt: skip
            assert part in text, (part, text)


async def test_an_edit_overlaps_not_with_itself_and_says_that_the_start_is_fixed(whole_shop, open_app):
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        app.frame.land(Place("promotions", 1))
        await press(pilot, "e", "ctrl+a", "ctrl+k")
        await write(pilot, "discount PANTS-BLK-L 249 from 2026-11-19 until 2026-12-18 keep")
        assert "does not let its start be changed" in " ".join(seen(app).split())
        assert "at the same time" not in seen(app)


async def test_what_is_shown_underneath_is_what_the_price_goes_back_to(whole_shop, open_app):
    desk_ = whole_shop.desk("promotions")
    desk_.add(PromotionDraft(tool="discount", items=(Item("LAMP-WHT", Decimal(648)),), starts_at=NOW,
                             ends_at=NOW + timedelta(days=3)))  # fmt: skip
    app = open_app(whole_shop, "plan")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        assert "the price goes from ฿590 to ฿648, by P-14." in " ".join(seen(app).split())
        (due,) = (due for due in desk_.dues(NOW, NOW + timedelta(days=1)) if due.place.id == 7)
        assert i18n.render(due.tell().stake) == "to ฿648.00"


async def test_a_promotion_of_everything_is_told_as_one_of_all(empty, open_app):
    empty.desk("promotions").add(PromotionDraft(
        tool="discount", items=(Item(percent=Decimal(10)),), starts_at=NOW + timedelta(hours=1),
        ends_at=NOW + timedelta(days=3), keep=True,
    ))  # fmt: skip
    app = open_app(empty, "plan")
    async with app.run_test(size=SMALL) as pilot:
        await done(pilot)
        text = " ".join(seen(app).split())
        for part in ("Discount starts all SKUs", "Renew discount all SKUs", "every price goes back to its list price"):
            assert part in text, part
        assert "not known" not in text


async def test_a_promotion_that_is_over_opens_with_what_is_known_of_it(whole_shop, open_app):
    app = open_app(whole_shop, "today")
    async with app.run_test(size=WIDE) as pilot:
        await done(pilot)
        app.open(Place("promotions", 3))
        await done(pilot)
        await done(pilot)
        assert "P-3" in seen(app)
        assert "Thu 12 Nov 14:00 to Sun 15 Nov 14:00" in seen(app)
