"""Every cell of the policy table: market, kind and stage against what the shipped settings say."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from workbench.config import policy
from workbench.core.kinds import Kind, Stage
from workbench.core.money import Money
from workbench.core.policy import GENERIC
from workbench.core.saying import Misuse

ZONES = {
    "generic": ("UTC", None),
    "US": ("America/Los_Angeles", "USD"),
    "TH": ("Asia/Bangkok", "THB"),
    "VN": ("Asia/Ho_Chi_Minh", "VND"),
    "ID": ("Asia/Jakarta", "IDR"),
    "PH": ("Asia/Manila", "PHP"),
    "MY": ("Asia/Kuala_Lumpur", "MYR"),
    "SG": ("Asia/Singapore", "SGD"),
    "UK": ("Europe/London", "GBP"),
}
TODAY = date(2026, 11, 24)

#: What generic says: (kinds, stage, due kind) -> (within, on_timeout, assumed even in generic).
GENERIC_RULES = {
    ("refund_only return_refund", "decide", "platform"): ("2d", "approved", False),
    ("exchange reshipment", "decide", "platform"): ("2d", "approved", True),
    ("cancel", "decide", "platform"): ("24h", "cancelled", True),
    ("refund_only", "evidence", "platform"): ("24h", "refunded", False),
    ("return_refund exchange", "buyer_ship", "platform"): ("5d", "closed", False),
    ("return_refund exchange", "inspect", "platform"): ("2d", "refunded", False),
    ("exchange reshipment", "send", "platform"): ("2wd", "none", True),
    ("return_refund exchange", "in_transit", "own"): ("3d", "none", False),
    ("message", "reply", "rate"): ("24h", "counted", False),
    ("message", "reply", "own"): ("15min", "none", False),
    ("bad_review", "reply", "own"): ("4h", "none", False),
    ("bad_review", "contact", "own"): ("24h", "none", False),
    ("ship", "ship", "rate"): ("2wd", "counted", True),
}
APPEAL = "refund_only return_refund exchange reshipment"
MESSAGE = {("message", "reply", "rate"): ("12h", "counted")}

#: What the markets say themselves; none of it is assumed.
OWN_RULES = {
    "generic": {},
    "US": {
        ("refund_only return_refund", "decide", "platform"): ("2wd", "approved"),
        ("exchange reshipment", "decide", "platform"): ("1wd", "approved"),
        ("cancel", "decide", "platform"): ("24h", "cancelled"),
        ("ship", "ship", "rate"): ("2wd", "counted"),
        (APPEAL, "appeal", "platform"): ("21d", "lapsed"),
    },
    "TH": {
        ("refund_only return_refund", "decide", "platform"): ("1wd", "approved"),
        ("exchange reshipment", "decide", "platform"): ("1wd", "approved"),
        ("cancel", "decide", "platform"): ("24h", "cancelled"),
        ("exchange reshipment", "send", "platform"): ("2wd", "none"),
        ("ship", "ship", "platform"): ("2wd", "cancelled"),
        (APPEAL, "appeal", "platform"): ("7d", "lapsed"),
    }
    | MESSAGE,
    "VN": {
        ("refund_only return_refund", "decide", "platform"): ("1wd", "approved"),
        (APPEAL, "appeal", "platform"): ("7d", "lapsed"),
    }
    | MESSAGE,
    "ID": {
        ("refund_only return_refund", "decide", "platform"): ("2d", "approved"),
        (APPEAL, "appeal", "platform"): ("7d", "lapsed"),
    }
    | MESSAGE,
    "PH": MESSAGE,
    "MY": MESSAGE,
    "SG": MESSAGE,
    "UK": {},
}


def spread(rules):
    return {(kind, stage, due): value for (kinds, stage, due), value in rules.items() for kind in kinds.split()}


def expected(market):
    """(kind, stage, due kind) -> (within, on_timeout, assumed) of everything the market has a rule for."""
    own = {cell: (*value, False) for cell, value in spread(OWN_RULES[market]).items()}
    generic = {
        cell: (within, then, assumed or market != GENERIC)
        for cell, (within, then, assumed) in spread(GENERIC_RULES).items()
    }
    return generic | own


KINDS = get_args(Kind)
STAGES = get_args(Stage)


@pytest.mark.parametrize("market", ZONES)
def test_every_cell_of_the_table(shipped, market):
    found = {
        (kind, stage, due): (str(rule.within), rule.on_timeout, rule.assumed)
        for kind in KINDS
        for stage in STAGES
        for due, rule in policy(shipped.settings, market).choose(kind, stage, None, TODAY).items()
    }
    assert found == expected(market)


@pytest.mark.parametrize("market", ZONES)
def test_zone_currency_and_export_zone(shipped, market):
    found = policy(shipped.settings, market)
    assert (found.zone.key, found.currency) == ZONES[market]
    assert found.export_zone.key == ("America/Los_Angeles" if market == "US" else ZONES[market][0])


@pytest.mark.parametrize(
    ("amount", "within"),
    [("100.01", "4wd"), ("250", "4wd"), ("100", "2wd"), ("100.00", "2wd"), ("99.99", "2wd"), (None, "2wd")],
)
def test_the_us_gives_four_days_above_a_hundred_dollars(shipped, amount, within):
    money = None if amount is None else Money(Decimal(amount), "USD")
    for kind in ("refund_only", "return_refund"):
        assert str(policy(shipped.settings, "US").choose(kind, "decide", money, TODAY)["platform"].within) == within


def test_the_condition_is_false_in_another_currency(shipped):
    rules = policy(shipped.settings, "US").choose("refund_only", "decide", Money(Decimal(900), "CAD"), TODAY)
    assert str(rules["platform"].within) == "2wd"


@pytest.mark.parametrize("market", ["TH", "VN", "ID", "PH", "MY", "SG"])
def test_messages_count_after_twelve_hours_from_the_day_on_and_after_24_before(shipped, market):
    rules = policy(shipped.settings, market)
    before = rules.choose("message", "reply", None, date(2025, 8, 14))["rate"]
    since = rules.choose("message", "reply", None, date(2025, 8, 15))["rate"]
    assert (str(before.within), before.assumed) == ("24h", True)
    assert (str(since.within), since.assumed) == ("12h", False)


def test_only_the_us_says_how_long_a_rejection_can_be_disputed(shipped):
    assert {name: policy(shipped.settings, name).disputable_days for name in ZONES} == dict.fromkeys(ZONES) | {"US": 10}


@pytest.mark.parametrize("market", ZONES)
def test_rule_ids_are_readable_and_unique(shipped, market):
    rules = policy(shipped.settings, market).rules
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.id.startswith(f"{rule.market}.{rule.stage}.{rule.within}") for rule in rules)
    own = [rule.market == market for rule in rules]
    assert own == sorted(own, reverse=True), "the market's own go before those of generic"


def test_the_ids_that_people_see_most(shipped):
    assert policy(shipped.settings, "TH").rules[0].id == "TH.decide.1wd"
    assert policy(shipped.settings, "US").rules[0].id == "US.decide.4wd>100"


@pytest.mark.parametrize("market", ZONES)
def test_every_rule_names_its_source(shipped, market):
    for rule in policy(shipped.settings, market).rules:
        assert rule.source
        assert not rule.conflicting
        assert rule.as_of or rule.assumed or "page" in rule.source or market in (GENERIC, "US"), rule.id


def test_an_unknown_market_is_misuse_with_the_nearest_name(shipped):
    with pytest.raises(Misuse) as caught:
        policy(shipped.settings, "USA")
    assert caught.value.saying.args["nearest"] == "US"
