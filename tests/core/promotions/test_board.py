"""The board: its rows and where each stretch stands, also across the change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.promotions.board import BoardRow, Stretch, cell, placed, rows
from workbench.core.promotions.coverage import CoverageMarket
from workbench.core.promotions.index import Index
from workbench.core.promotions.model import Item, Promotion
from workbench.core.promotions.prices import ListPrice

BANGKOK, NEW_YORK = ZoneInfo("Asia/Bangkok"), ZoneInfo("America/New_York")
DAY = datetime(2026, 11, 24, tzinfo=BANGKOK).astimezone(UTC)
MARKET = CoverageMarket({"campaign": 1, "flash": 2, "discount": 3}, 2)


def _flash(id, sku, begins, ends, **more):
    item = Item(sku, Decimal(590)) if sku else Item(None, percent=Decimal(10))
    return Promotion(
        id=id, tool="flash", items=(item,),
        starts_at=DAY + timedelta(hours=begins), ends_at=DAY + timedelta(hours=ends),
        **{"keep": True, **more},
    )  # fmt: skip


def _rows(*promotions, listed=720):
    prices = [ListPrice(DAY - timedelta(days=90), Decimal(listed), "typed")] if listed else []
    return rows(
        Index(promotions), lambda _sku: prices, MARKET, DAY, DAY + timedelta(days=14), DAY + timedelta(hours=9),
        lambda each: each.ends_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "cells", "at"), [(0, 4, 0), (14, 4, 2), (23, 4, 4), (24, 4, 4), (14, 3, 2), (3, 4, 1), (35, 4, 6)]
)
def test_an_instant_stands_in_the_cell_it_is_nearest_to(hour, cells, at):
    assert cell(DAY + timedelta(hours=hour), date(2026, 11, 24), BANGKOK, cells) == at


def test_a_day_of_25_hours_has_as_many_cells_as_any_other():
    first = date(2026, 11, 1)
    start = datetime(2026, 11, 1, tzinfo=NEW_YORK).astimezone(UTC)
    assert [cell(start + timedelta(hours=h), first, NEW_YORK, 4) for h in (0, 25, 49)] == [0, 4, 8]


def test_a_price_that_goes_back_leaves_a_hole_with_what_it_goes_back_to():
    (row,) = _rows(_flash(1, "LAMP", -58, 14))
    assert [(each.tool, each.price, each.promotion) for each in row.stretches] == [
        ("flash", Decimal(590), 1), (None, Decimal(720), 1),
    ]  # fmt: skip
    assert row.holds_until == DAY + timedelta(hours=14)


def test_without_a_list_price_there_is_no_hole_but_an_end():
    (row,) = _rows(_flash(1, "LAMP", -58, 14), listed=None)
    assert [each.tool for each in row.stretches] == ["flash"]
    assert row.holds_until == DAY + timedelta(hours=14)


def test_what_goes_back_soonest_stands_on_top_and_everything_is_one_row():
    found = _rows(_flash(1, "LATE", 0, 60), _flash(2, None, 0, 50), _flash(3, "SOON", 0, 40))
    assert [row.sku for row in found] == ["SOON", None, "LATE"]
    assert found[1].stretches[0].price == Decimal(90)


def test_a_price_in_a_live_has_a_row_of_its_own():
    found = _rows(_flash(1, "LAMP", 0, 60), _flash(2, "LAMP", 20, 21, keep=False, renews=None), listed=None)
    assert [row.live for row in found] == [False]
    live = _flash(2, "LAMP", 20, 21, keep=False)
    live = Promotion(**{name: getattr(live, name) for name in live.__struct_fields__} | {"tool": "live_flash"})
    assert [row.live for row in _rows(_flash(1, "LAMP", 0, 60), live)] == [False, True]


@given(
    st.lists(st.tuples(st.integers(0, 335), st.integers(1, 40)), min_size=1, max_size=12), st.sampled_from((3, 4, 6))
)
def test_stretches_never_overlap_and_each_is_seen_while_there_is_room(spans, cells):
    at, stretches = 0, []
    for gap, length in spans:
        at = min(at + gap, 335)
        end = min(at + length, 336)
        if at < end:
            stretches.append(Stretch(begins=DAY + timedelta(hours=at), ends=DAY + timedelta(hours=end), price=None,
                                     promotion=1, tool="flash"))  # fmt: skip
        at = end
    found = placed(BoardRow(sku="X", stretches=tuple(stretches)), date(2026, 11, 24), BANGKOK, cells, 14)
    last = 0
    for low, high in found:
        assert last <= low <= high <= 14 * cells
        assert low < high or last == 14 * cells
        last = high


def test_a_piece_and_a_hole_are_told_whole_also_beyond_the_days_of_the_board():
    (row,) = _rows(_flash(1, "LAMP", -200, -100), _flash(2, "LAMP", 48, 400, renews=1))
    hole, piece = row.stretches
    assert (hole.begins, hole.ends) == (DAY - timedelta(hours=100), DAY + timedelta(hours=48))
    assert (piece.begins, piece.ends) == (DAY + timedelta(hours=48), DAY + timedelta(hours=400))
    assert placed(row, date(2026, 11, 24), BANGKOK, 3, 14) == [(0, 6), (6, 42)]


def test_a_piece_that_runs_on_ends_where_another_goes_before_it():
    campaign = Promotion(
        id=2, tool="campaign", items=(Item("LAMP", Decimal(500)),), starts_at=DAY + timedelta(hours=350),
        ends_at=DAY + timedelta(hours=360),
    )  # fmt: skip
    (row,) = _rows(_flash(1, "LAMP", 0, 400), campaign)
    assert [each.ends for each in row.stretches] == [DAY + timedelta(hours=350)]


def test_a_new_list_price_beside_it_parts_no_piece():
    prices = [ListPrice(DAY - timedelta(days=90), Decimal(720), "typed"), ListPrice(DAY, Decimal(700), "typed")]
    found = rows(
        Index([_flash(1, "LAMP", -50, 50)]), lambda _sku: prices, MARKET, DAY - timedelta(days=1),
        DAY + timedelta(days=13), DAY, lambda _each: None,
    )  # fmt: skip
    assert [(each.tool, each.price) for each in found[0].stretches] == [("flash", Decimal(590)), (None, Decimal(700))]


def test_a_price_that_stands_bare_is_on_top_though_it_is_renewed():
    renewed = (_flash(1, "BARE", -20, 1), _flash(2, "BARE", 20, 90, renews=1))
    found = rows(
        Index([*renewed, _flash(3, "SOON", 0, 40)]),
        lambda _sku: [ListPrice(DAY - timedelta(days=90), Decimal(720), "typed")], MARKET, DAY,
        DAY + timedelta(days=14), DAY + timedelta(hours=9), lambda each: each.ends_at if each.id == 3 else None,
    )  # fmt: skip
    assert [row.sku for row in found] == ["BARE", "SOON"]
