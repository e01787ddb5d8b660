"""Every kind of file: a preview counts what the import then does and writes nothing, and the same file again changes
nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.worlds import NOW
from tests.intake import selling
from tests.intake.builders import SAMPLES
from workbench.session import Options, open_session

EFFECTS = ("new", "updated", "closed", "unchanged", "kept_local")


def _affiliate(path):
    row = selling.row(
        selling.AFFILIATE, order_id=selling.order_id(1), product_id="1729000000000000001", sku_id="1729000000000000002",
        currency="PHP", quantity=1, price="100.00", payment_amount="100.00", creator_username="ana",
        time_created="2026/10/02 10:00:00",
    )  # fmt: skip
    return selling.written(path, selling.AFFILIATE, [row])


def _us(path):
    row = selling.row(
        selling.US, order_adjustment_id=selling.order_id(2), type="Order", currency="PHP", net_order_margin="80.00",
        statement_date="2026/10/21",
    )  # fmt: skip
    return selling.written(path, selling.US, [row])


def _of_creators(header, **cells):
    def made(path):
        rows = [selling.row(header, **{name: f"{value}{at}" for name, value in cells.items()}) for at in range(3)]
        return selling.written(path, header, rows)

    return made


def _costs(path):
    return selling.written(path, ["sku", "goods", "from"], [["PANTS", "4.20", "2026-10-01"], ["DRESS", "7", ""]])


FILES = {
    **{path.name: path for path in sorted(SAMPLES.iterdir()) if "excel" not in path.name},
    "settlement": lambda path: selling.written(path, selling.SEA, [selling.sea_order(at) for at in range(4)]),
    "affiliate": _affiliate,
    "costs": _costs,
    "creators": _of_creators(selling.CREATORS, creator_name="ana"),
    "products": _of_creators(selling.PRODUCTS, product_name="Pants", product_id="172900000000000000"),
    "videos": _of_creators(selling.VIDEOS, video_title="x", video_id="729900000000000000", creator_name="ana"),
    "lives": _of_creators(selling.LIVES, live_title="x", live_id="729900000000000000", creator_name="ana"),
}


def session(folder):
    settings = folder / "settings.toml"
    settings.write_text('[shop]\nmarket = "PH"\n', encoding="utf-8")
    return open_session(Options(data=folder / "data", config=settings, now=NOW))


def stored(folder):
    return {path: path.read_bytes() for path in sorted((folder / "data").rglob("*.json"))}


def counts(plans):
    return [{effect: plan.count(effect) for effect in EFFECTS} | dict(plan.ship_counts) for plan in plans]


@pytest.mark.parametrize("name", FILES)
def test_a_file_twice(tmp_path, name):
    made = FILES[name]
    path = made if isinstance(made, Path) else made(tmp_path / f"{name}.csv")
    shop = session(tmp_path)
    planned = shop.imports.preview([path], foreign=True)
    assert [plan.error for plan in planned] == [None]
    assert stored(tmp_path) == {}
    assert sum(counts(planned)[0].values())
    first = shop.imports.apply(shop.imports.read([path], foreign=True))
    assert counts(first) == counts(planned)
    before = stored(tmp_path)
    again = session(tmp_path)
    told = counts(again.imports.preview([path], foreign=True))
    assert told == counts(again.imports.apply(again.imports.read([path], foreign=True)))
    assert stored(tmp_path) == before
    assert {effect for effect, count in told[0].items() if count} <= {"unchanged", "kept_local", "missing"}
