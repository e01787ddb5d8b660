"""Pieces, holes and the floor against a grid of minutes, over random promotions across a change of daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.promotions import grid
from workbench.core.promotions.chains import keeping
from workbench.core.promotions.coverage import CoverageMarket, holes, pieces
from workbench.core.promotions.floor import floor
from workbench.core.promotions.model import Item, Promotion
from workbench.core.promotions.prices import dated

BEGIN = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)  # an hour before Los Angeles sets its clocks back
MARKET = CoverageMarket({"campaign": 1, "flash": 2, "discount": 3}, 2)
MINUTES = 40
#: So many minutes the floor looks back at most, and so many ahead it is followed.
BACK, AHEAD = 30, 120


def at(minute: int) -> datetime:
    return BEGIN + timedelta(minutes=minute)


amounts = st.integers(1, 6).map(lambda n: Decimal(n).quantize(Decimal("0.01")))
item = st.builds(Item, sku=st.sampled_from(["A", "B"]), price=amounts) | st.builds(
    Item, sku=st.sampled_from(["A", None]), percent=st.sampled_from([Decimal(10), Decimal(33), Decimal("12.5")])
)


@st.composite
def promotions(draw) -> list[Promotion]:
    found = []
    for id in range(1, draw(st.integers(1, 7)) + 1):
        start = draw(st.integers(-20, MINUTES))
        length = draw(st.integers(1, 40))
        stopped = draw(st.none() | st.integers(start, start + length))
        found.append(
            Promotion(
                id=id,
                tool=draw(st.sampled_from(["discount", "flash", "campaign", "live_flash", "creator_flash"])),
                items=tuple(draw(st.lists(item, min_size=1, max_size=2, unique_by=lambda one: one.sku))),
                starts_at=at(start),
                ends_at=at(start + length),
                keep=draw(st.booleans()),
                renews=draw(st.none() | st.integers(1, id - 1)) if id > 1 else None,
                stopped_at=None if stopped is None else at(stopped),
            )
        )
    return found


price_steps = st.dictionaries(st.integers(-30, MINUTES), amounts, max_size=3).map(
    lambda steps: [(at(minute), price) for minute, price in steps.items()]
)


@settings(deadline=None, max_examples=70)
@given(promotions(), price_steps, price_steps)
def test_each_minute_shows_what_the_pieces_say_and_a_piece_ends_only_where_it_changes(found, typed, orders):
    cut = pieces("A", found, dated(typed, orders), MARKET, at(0), at(MINUTES))
    for minute in range(MINUTES):
        t = at(minute)
        for live in (False, True):
            here = [piece for piece in cut if piece.live is live and piece.begins <= t < piece.ends]
            expected = grid.shown("A", found, typed, orders, t, live)
            if expected is None:
                assert here == []
            else:
                assert [(piece.price, piece.list_price, piece.promotion) for piece in here] == [expected]
    for before, after in pairwise(cut):
        if before.live == after.live and before.ends == after.begins:
            assert not before.shows_as(after)


@settings(deadline=None, max_examples=70)
@given(promotions(), price_steps)
def test_a_hole_is_each_minute_at_which_a_kept_price_is_not_shown(found, typed):
    end = at(MINUTES)
    cut = pieces("A", found, dated(typed, []), MARKET, at(0), end)
    told = holes("A", found, cut, end)
    wanted = list(keeping("A", found, end))
    for minute in range(MINUTES):
        t = at(minute)
        price, _list, by = grid.shown("A", found, typed, [], t, False)
        kept = any(low <= t < high for low, high in wanted)
        assert any(low <= t < high for low, high in told) == (by is None and price is not None and kept)
    assert all(before[1] < after[0] for before, after in pairwise(told))


@settings(deadline=None, max_examples=70)
@given(promotions(), price_steps, st.integers(0, MINUTES), st.integers(1, BACK))
def test_the_floor_is_the_lowest_minute_and_turns_when_it_says(found, typed, minute, window):
    span = timedelta(minutes=window)
    told = floor("A", found, dated(typed, []), MARKET, at(minute), span)

    seen = {n: grid.cheapest("A", found, typed, [], at(n)) for n in range(minute - window, minute + AHEAD)}

    def low(n: int) -> Decimal | None:
        return min((price for m in range(n - window, n) if (price := seen[m]) is not None), default=None)

    assert told.floor == low(minute)
    # A fall is dated at the start of the lower price, so the first minute that shows it is the one after.
    later = [(n, low(n)) for n in range(minute + 1, minute + AHEAD)]
    first = next(((n, value) for n, value in later if value != told.floor), None)
    if first is None:
        assert told.changes_at is None or told.changes_at > at(minute + AHEAD - 2)
    else:
        n, value = first
        fell = value is not None and (told.floor is None or value < told.floor)
        assert told.changes_at == at(n - 1 if fell else n)
        assert told.next_floor == value
    higher = next((n for n, value in later if None not in (told.floor, value) and value > told.floor), None)
    if higher is not None and low(higher - 1) is None:
        higher -= 1  # after a time in which nothing was known, a price counts from its start, too
    assert told.rises_at == (None if higher is None else at(higher))


def test_who_showed_the_lowest_price_last():
    flash = Promotion(
        id=1, tool="flash", items=(Item("A", Decimal(2)),), starts_at=at(0), ends_at=at(10), keep=True
    )  # fmt: skip
    again = Promotion(
        id=2, tool="flash", items=(Item("A", Decimal(2)),), starts_at=at(20), ends_at=at(30), renews=1
    )  # fmt: skip
    prices = dated([(at(-100), Decimal(3))], [])
    assert floor("A", [flash, again], prices, MARKET, at(40), timedelta(days=30)).set_by == 2
    assert floor("A", [flash, again], prices, MARKET, at(15), timedelta(days=30)).set_by == 1
    assert floor("A", [flash, again], prices, MARKET, at(0), timedelta(days=30)).set_by is None


def test_a_sku_that_a_renewal_left_out_is_let_go():
    both = Promotion(
        id=1, tool="flash", items=(Item("A", Decimal(2)), Item("B", Decimal(2))), starts_at=at(0), ends_at=at(10),
        keep=True,
    )  # fmt: skip
    renewed = Promotion(
        id=2, tool="flash", items=(Item("B", Decimal(2)),), starts_at=at(10), ends_at=at(20), keep=True, renews=1
    )  # fmt: skip
    assert list(keeping("A", [both, renewed], at(60))) == [(at(0), at(10))]
    assert list(keeping("B", [both, renewed], at(60))) == [(at(0), at(60))]
