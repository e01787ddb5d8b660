"""The points policies of the markets, as the policy table has them."""

from datetime import date

import pytest

from workbench.config import points_policy

MARKETS = ("generic", "US", "TH", "VN", "ID", "PH", "MY", "SG", "UK")
CLIMB = (12, 24, 36, 48)


@pytest.mark.parametrize("market", MARKETS)
def test_system_limit_milestones(shipped, market):
    points = points_policy(shipped.settings, market)
    down = market == "US"
    assert points.system == ("count_down" if down else "climb")
    assert (points.limit, points.start, points.top) == ((0, 200, 1000) if down else (48, 0, None))
    assert tuple(each.points for each in points.milestones) == ((150, 100, 50, 0) if down else CLIMB)


@pytest.mark.parametrize("market", MARKETS)
def test_validity_by_the_day_of_the_violation(shipped, market):
    found = [(each.days, each.effective) for each in points_policy(shipped.settings, market).validity]
    special = {"ID": [(90, None)], "PH": [(180, None), (90, date(2025, 6, 17))]}
    assert found == special.get(market, [(180, None)])


@pytest.mark.parametrize("market", MARKETS)
def test_appeals_are_those_of_generic_and_elsewhere_assumed(shipped, market):
    windows = points_policy(shipped.settings, market).appeals
    assert (windows.first_days, windows.second_days, windows.tries, str(windows.answer)) == (30, 15, 2, "5wd")
    assert windows.assumed == (market != "generic")


@pytest.mark.parametrize("market", MARKETS)
def test_what_is_assumed_and_what_conflicts(shipped, market):
    points = points_policy(shipped.settings, market)
    own = market in ("generic", "US", "ID", "PH")
    assert points.assumed is not own
    assert points.conflicting is (market in ("UK", "TH", "VN", "MY", "SG"))
    assert all(each.assumed is (market != "ID") for each in points.milestones)
    assert all(each.assumed is not own for each in points.validity)


@pytest.mark.parametrize("market", MARKETS)
def test_flash_sale_tools_need_fewer_than_36_points_in_six_markets(shipped, market):
    below = [right.below for right in points_policy(shipped.settings, market).rights]
    assert below == ([36] if market in ("ID", "TH", "VN", "PH", "MY", "SG") else [])


def test_reasons_with_the_points_of_the_official_table(shipped):
    found = {each.id: (each.low, each.high) for each in points_policy(shipped.settings, "TH").reasons}
    assert found == {
        "qualification_missing": (6, 48),
        "qualification_expired": (4, 48),
        "qualification_inauthentic": (12, 48),
        "ip_infringement": (1, 48),
        "counterfeit": (4, 48),
        "knockoff": (0, 4),
        "wrong_category": (0, 48),
        "prohibited_product": (6, 48),
        "unsupported_product": (0, 48),
        "listing_guidelines": (0, 48),
        "communication": (1, 12),
        "cancellation_rate": (2, 4),
        "late_dispatch_rate": (2, 4),
        "seller_fault_return": (2, 2),
        "not_as_described": (1, 48),
        "reproduced_content": (48, 48),
        "prohibited_promotion": (6, 48),
        "inconsistent_promotion": (1, 48),
        "illegal": (48, 48),
    }


def test_every_appeal_wants_three_things_and_a_statement_of_at_most_500(shipped):
    points = points_policy(shipped.settings)
    assert len(points.evidence) == 3
    assert points.statement_limit == 500
    assert sum(bool(each.evidence) for each in points.reasons) >= 5


def test_reasons_are_known_by_names_of_their_own(shipped):
    reasons = points_policy(shipped.settings).reasons
    names = [name.casefold() for each in reasons for name in {*each.name.values(), *each.aliases}]
    assert len(names) == len(set(names))


def test_a_seller_who_knows_the_validity_of_his_market_is_believed(seller):
    loaded = seller('[[markets.TH.points.validity]]\ndays = 120\nsource = "my account"\n')
    points = points_policy(loaded.settings, "TH")
    assert ([each.days for each in points.validity], points.assumed) == ([120], False)
    assert [each.points for each in points.milestones] == list(CLIMB)


def test_windows_are_only_sure_when_all_of_them_are_the_markets_own(seller):
    some = seller("[markets.TH.points.appeals]\nsecond_days = 7\n")
    windows = points_policy(some.settings, "TH").appeals
    assert (windows.first_days, windows.second_days, windows.assumed) == (30, 7, True)
    whole = seller('[markets.TH.points.appeals]\nfirst_days = 20\nsecond_days = 7\ntries = 1\nanswer = "3wd"\n')
    windows = points_policy(whole.settings, "TH").appeals
    assert (windows.first_days, windows.tries, str(windows.answer), windows.assumed) == (20, 1, "3wd", False)


def test_where_sources_differ_about_validity_the_later_counts_unless_the_seller_says_otherwise(shipped, seller):
    for market in ("SG", "TH", "VN", "MY"):
        points = points_policy(shipped.settings, market)
        assert (str(points.validity_other), points.validity_reading) == ("90d", "later")
    for market in ("generic", "US", "ID", "PH", "UK"):
        assert points_policy(shipped.settings, market).validity_other is None
    earlier = seller('[markets.TH.points]\nvalidity_reading = "earlier"\n')
    assert points_policy(earlier.settings, "TH").validity_reading == "earlier"
    own = seller('[[markets.TH.points.validity]]\ndays = 60\nsource = "my account"\n')
    assert points_policy(own.settings, "TH").validity_other is None
    assert seller('[markets.TH.points]\nvalidity_other = "90h"\n').problems
