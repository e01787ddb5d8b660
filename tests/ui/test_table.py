"""The list that draws only what is visible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from tests.ui.robot import rows
from workbench import i18n
from workbench.ui.text import Span, width
from workbench.ui.theme import fallbacks
from workbench.ui.widgets.rows import columns
from workbench.ui.widgets.table import Table, _line, changed_part, fitting


def names(cells: int) -> list[str]:
    return [column.name for column in fitting(columns(), cells)]


def test_columns_go_in_order_when_there_is_no_room():
    all_of_them = ["cursor", "group", "picked", "state", "left", "due", "todo", "thing", "amount", "words"]
    assert names(101) == all_of_them
    assert names(79) == all_of_them[:-1]
    assert names(69) == all_of_them[:-2]
    assert names(59) == [name for name in all_of_them[:-2] if name != "due"]
    assert names(48) == ["cursor", "picked", "state", "left", "todo", "thing"]


def test_the_words_take_the_room_that_is_left():
    width = {cells: fitting(columns(), cells)[-1].width for cells in (101, 110, 200)}
    assert width == {101: 20, 110: 28, 200: 40}


def test_chinese_columns_take_75_cells_without_the_words():
    i18n.use("zh")
    assert sum(column.width + column.gap for column in columns()[:-1]) == 75


class Numbers:
    """Ten thousand rows that count how often they are asked."""

    def __init__(self, rows: int = 10_000) -> None:
        self.rows = rows
        self.asked = 0
        self.tick = 0

    def __len__(self) -> int:
        return self.rows

    def key(self, row: int) -> int:
        return row

    def groups(self):
        return [("First", "quiet", 0), ("Second", "quiet", 5000)]

    def cells(self, row: int, current: bool):
        self.asked += 1
        return {"left": Span(f"{row % 7 == 0 and self.tick}"), "todo": Span(f"row {row}")}


class Host(App):
    def get_theme_variable_defaults(self):
        return fallbacks(self.current_theme)

    def compose(self):
        yield Table(columns(), id="table")


async def test_only_visible_rows_are_asked_for_however_many_there_are():
    app, source = Host(), Numbers()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(Table)
        table.focus()
        table.show(source)
        await pilot.pause()
        assert source.asked < 200
        source.asked = 0
        await pilot.press("j")
        assert source.asked <= 4
        await pilot.press("G")
        assert "row 9999" in rows(table)[-1]
        assert "Second" in rows(table)[0]


async def test_a_tick_draws_only_what_has_changed(monkeypatch):
    app, source = Host(), Numbers()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(Table)
        table.show(source)
        await pilot.pause()
        drawn = []
        monkeypatch.setattr(table, "refresh", lambda *regions, **_: drawn.extend(regions))
        table.tick()
        assert drawn == []
        source.tick = 1
        table.tick()
        assert [region.y for region in drawn] == [0, 7, 14, 21]
        # Of each row only the cell, and the column that it runs over: there is no due time here.
        assert {(region.x, region.width) for region in drawn} == {(15, 8 + 2 + 9)}


_CELL = st.builds(Span, st.text("ab\u7ea2 ", max_size=12), st.sampled_from(("text", "late")))
_NAMES = [column.name for column in columns()]


@given(st.dictionaries(st.sampled_from(_NAMES[1:]), st.tuples(_CELL, _CELL)), st.integers(40, 120))
def test_what_differs_between_two_drawings_of_a_row_lies_within_the_part_that_is_drawn_again(cells, edge):
    shown = fitting(columns(), edge - 1)
    before, now = ({"cursor": Span(""), **{name: both[at] for name, both in cells.items()}} for at in (0, 1))
    first, last = changed_part(shown, (before, "page"), (now, "page"), edge)
    drawn = [
        [
            (character, span.role)
            for span in _line(shown, row, edge)
            for character in span.text
            for _ in range(width(character))
        ]
        for row in (before, now)
    ]
    differ = [at for at, (one, other) in enumerate(zip(*drawn, strict=True)) if one != other]
    assert all(first <= at < last for at in differ)


async def test_the_cursor_stays_on_its_row_when_the_rows_change():
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(Table)
        table.show(Numbers(100))
        table.go(20)
        table.show(Numbers(50), keep=table.key)
        await pilot.pause()
        assert table.cursor == 20
        table.show(Numbers(10), keep=table.key)
        assert table.cursor == 9
        table.show(Numbers(0))
        assert table.key is None
