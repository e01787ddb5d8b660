"""The index of promotions against a plain walk over all of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.promotions.index import Index
from workbench.core.promotions.model import Item, Promotion

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SKUS = ("A", "B", "C")
items = st.lists(st.sampled_from([*SKUS, None]), min_size=1, max_size=3)


@given(st.lists(st.tuples(items, st.integers(1, 6) | st.none()), max_size=6))
def test_it_finds_what_a_walk_over_all_finds(drawn: list[tuple[list[str | None], int | None]]) -> None:
    every = [
        Promotion(
            id=id,
            tool="discount",
            items=tuple(Item(sku, percent=Decimal(10)) for sku in skus),
            starts_at=NOW,
            ends_at=NOW + timedelta(days=1),
            renews=renews,
        )
        for id, (skus, renews) in enumerate(drawn, 1)
    ]
    index = Index(every)
    for sku in SKUS:
        mine = index.of(sku)
        ids = [each.id for each in mine]
        assert sorted(ids) == [each.id for each in every if each.item_of(sku) is not None]
        linked = [each.id for each in index.linked(mine)]
        assert sorted(linked) == sorted({*ids, *(each.id for each in every if each.renews in ids)})
