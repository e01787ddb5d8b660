"""The market that a file speaks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.builders import NOW, csv_file, returned
from workbench.config import load
from workbench.session.imports.proposal import proposed_market

SAMPLES = Path(__file__).parents[1] / "intake" / "samples"
SETTINGS = load(None).settings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("returns_th.xlsx", ("TH", "THB", "Asia/Bangkok")),
        ("returns_us.csv", ("US", "USD", "America/Los_Angeles")),
        ("returns_br_19col.csv", None),  # no market of ours
        ("returns_resaved_in_excel.csv", None),
    ],
)
def test_the_currency_proposes_the_market(name, expected):
    found = proposed_market(SAMPLES / name, SETTINGS, NOW)
    assert (found and (found.market, found.currency, found.zone)) == expected


def test_amounts_without_a_mark_or_in_two_currencies_propose_nothing(tmp_path):
    assert proposed_market(csv_file(tmp_path, [returned(Return_unit_price="8.99")]), SETTINGS, NOW) is None
    two = csv_file(tmp_path, [returned(), returned(Return_unit_price="฿249.00")])
    assert proposed_market(two, SETTINGS, NOW) is None
