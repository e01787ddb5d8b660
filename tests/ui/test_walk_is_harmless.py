"""What the walk opens by itself saves nothing: whatever domain a line of the agenda is of, its command only asks."""

from __future__ import annotations

from tests.ui.robot import done, press
from workbench.ui.sheets.base import Sheet


async def test_no_line_is_dealt_with_unasked(whole_shop, open_app):
    shop = whole_shop
    if not shop.desk("bigdays").plans():
        shop.desk("bigdays").start("black_friday")
    app = open_app(shop, start="today")
    async with app.run_test(size=(120, 36)) as pilot:
        lines = app.board.brief.agenda.lines
        assert {due.place.domain for due in lines} >= {"tickets", "violations", "promotions", "bigdays", "lives"}
        shown = {}
        for due in lines:
            if (due.place.domain, due.sheet, due.step) in shown:
                continue
            before = shop.store.version
            app.act_on(due)
            await done(pilot)
            assert shop.store.version == before, due.tell().ref
            shown[due.place.domain, due.sheet, due.step] = isinstance(app.screen, Sheet)
            while app.screen is not app.frame:
                await press(pilot, "escape")
        assert any(shown.values())
