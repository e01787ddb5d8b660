"""The market that a file speaks for."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.intake.builders import NOW, csv_file, returned
from workbench.config import load
from workbench.intake import IntakeRules, RefusedFile, read
from workbench.session.imports.proposal import proposed_market

SAMPLES = Path(__file__).parents[1] / "intake" / "samples"
SETTINGS = load(None).settings
UTC = ZoneInfo("UTC")


def printed(path: Path) -> list[str]:
    """The currencies of a file as they are read before a market is chosen; none where it is refused."""
    words = SETTINGS.intake
    rules = IntakeRules(
        zone=UTC, export_zone=UTC, market="generic", headers=words.header, status=words.status, types=words.type
    )
    try:
        return list(read(path, rules=rules, now=NOW, as_of=NOW).currencies)
    except RefusedFile:
        return []


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
    found = proposed_market(printed(SAMPLES / name), SETTINGS)
    assert (found and (found.market, found.currency, found.zone)) == expected


def test_amounts_without_a_mark_or_in_two_currencies_propose_nothing(tmp_path):
    assert proposed_market(printed(csv_file(tmp_path, [returned(Return_unit_price="8.99")])), SETTINGS) is None
    two = csv_file(tmp_path, [returned(), returned(Return_unit_price="฿249.00")])
    assert proposed_market(printed(two), SETTINGS) is None
