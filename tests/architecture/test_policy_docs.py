"""The documents of the policy are the policy: made from the data, in both languages, and complete."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.factories import FULL
from tools.policy_docs import PAGES, page
from workbench.config import load, points_policy, policy
from workbench.config.markets import MARKETS


@pytest.mark.parametrize("language", PAGES)
def test_the_documents_are_current(language):
    assert PAGES[language].read_text(encoding="utf-8") == page(language), "run: make docs"


@pytest.mark.parametrize("language", PAGES)
def test_every_source_and_date_of_the_data_is_named(language):
    text, settings = page(language), load(None).settings
    for market in MARKETS:
        rules, points = policy(settings, market), points_policy(settings, market)
        own = [rule for rule in rules.rules if rule.market == market]
        for item in (*own, *points.validity, *points.milestones, *points.rights, points.appeals):
            assert item.source in text
            for moment in (getattr(item, "as_of", None), getattr(item, "effective", None)):
                assert moment is None or moment.isoformat() in text


def test_both_languages_have_the_same_tables():
    def figures(text):
        return re.findall(r"^#+|\d+", text, re.MULTILINE)

    assert figures(page("en")) == figures(page("zh"))


def test_only_rules_that_can_decide_are_named():
    asked = [(rule.market, str(rule.within), rule.effective) for rule in FULL.candidates("message", "reply")]
    assert asked == [("TH", "12h", date(2025, 8, 15)), ("generic", "24h", None), ("generic", "15min", None)]
    assert [str(rule.within) for rule in FULL.candidates("refund_only", "decide")] == ["1wd"]
