"""The seller's file over the shipped one: tables merge, lists replace, and each value knows where it stands."""

from datetime import date, time

import pytest

from workbench.config import load, policy, shipped_path
from workbench.config.show import show
from workbench.core.saying import Misuse

DAY = date(2026, 11, 24)


def test_a_market_brings_its_zone_and_currency(seller):
    shop = seller('[shop]\nmarket = "TH"\n').settings.shop
    assert (shop.market, shop.timezone.key, shop.currency) == ("TH", "Asia/Bangkok", "THB")
    assert (shop.language, shop.day_ends_at) == ("auto", time(4))


def test_a_zone_of_the_shops_own_goes_before_the_markets(seller):
    loaded = seller('[shop]\nmarket = "US"\ntimezone = "America/New_York"\n')
    found = policy(loaded.settings)
    assert (found.zone.key, found.export_zone.key) == ("America/New_York", "America/Los_Angeles")
    assert policy(loaded.settings, "TH").zone.key == "Asia/Bangkok"


def test_generic_takes_the_currency_of_the_shop(seller):
    loaded = seller('[shop]\ncurrency = "EUR"\ntimezone = "Europe/Berlin"\n')
    found = policy(loaded.settings)
    assert (found.currency, found.zone.key, found.export_zone.key) == ("EUR", "Europe/Berlin", "Europe/Berlin")


def test_conditions_stay_in_the_currency_of_the_market(seller):
    loaded = seller('[shop]\nmarket = "US"\ncurrency = "CAD"\n')
    assert (loaded.settings.shop.currency, policy(loaded.settings).currency) == ("CAD", "USD")


RULES_AS_DOCUMENTED = """
[shop]
market = "US"                      # generic where left out
timezone = "America/Los_Angeles"   # the market's main zone where left out; generic: UTC
currency = "USD"
language = "auto"                  # auto, en, zh
day_ends_at = "04:00"

[soon]                             # what is shown as near
tickets = "24h"
appeals = "7d"
points = 5                         # below a milestone

[[markets.US.deadlines]]
kind = ["refund_only", "return_refund"]
stage = "decide"
within = "4wd"
when = "amount > 100"
due_kind = "platform"
on_timeout = "approved"
source = "seller-us page 8854995425085230"
as_of = 2026-02-25

[[issue_types]]
id = "size"
name = { en = "Size", zh = "尺码" }
short = { en = "size", zh = "尺码" }   # at most 7 cells, 4 characters
aliases = ["fit", "small", "large", "尺寸", "偏小", "偏大"]
check = { en = "measure one piece, correct the size chart", zh = "量一件，核对尺码表" }
"""


def test_the_documented_form_of_a_file_is_in_order(seller):
    loaded = seller(RULES_AS_DOCUMENTED)
    assert loaded.problems == ()
    (own,) = [rule for rule in policy(loaded.settings).rules if rule.market == "US"]
    assert (own.id, own.as_of, own.conflicting) == ("US.decide.4wd>100", date(2026, 2, 25), False)
    assert loaded.settings.issue_types[0].name == {"en": "Size", "zh": "尺码"}


def test_tables_merge_key_by_key(seller):
    settings = seller('[soon]\npoints = 8\n[intake.status]\n"Hoàn thành" = "Completed"\n').settings
    assert (settings.soon.points, settings.soon.appeals.days) == (8, 7)
    assert settings.intake.status["hoàn thành"] == "Completed"
    assert settings.intake.status["selesai"] == "Completed"


def test_a_list_of_rules_replaces_and_generic_stays_behind_it(seller):
    rule = '[[markets.US.deadlines]]\nkind = "refund_only"\nstage = "decide"\nwithin = "3wd"\non_timeout = "approved"\n'
    found = policy(seller(rule).settings, "US")
    refund = found.choose("refund_only", "decide", None, DAY)["platform"]
    assert (str(refund.within), refund.market, refund.assumed, refund.due_kind) == ("3wd", "US", False, "platform")
    back = found.choose("return_refund", "decide", None, DAY)["platform"]
    assert (str(back.within), back.market, back.assumed) == ("2d", "generic", True)
    assert not found.appealable("refund_only")
    assert found.disputable_days == 10, "a key beside the list stays"


def test_rules_of_generic_reach_every_market_as_assumed(seller):
    rule = '[[markets.generic.deadlines]]\nkind = ["other"]\nstage = "decide"\nwithin = "6h"\n'
    found = policy(seller(rule).settings, "SG").choose("other", "decide", None, DAY)["platform"]
    assert (str(found.within), found.assumed) == ("6h", True)


def test_views_types_and_routines_replace_too(seller):
    settings = seller(
        '[[views]]\ndigit = 2\nname = "Late"\nfilter = "due:overdue"\n'
        '[[issue_types]]\nid = "zip"\nname = { en = "Zip", zh = "拉链" }\nshort = { en = "zip", zh = "拉链" }\n'
        'check = "pull it ten times"\n'
    ).settings
    assert [(view.digit, view.name) for view in settings.views] == [(2, {"en": "Late", "zh": "Late"})]
    assert [(type.id, type.aliases) for type in settings.issue_types] == [("zip", ())]
    assert len(settings.routines) == 4


def test_an_empty_list_is_a_list(seller):
    assert seller("views = []\n").settings.views == ()


def test_rules_that_would_share_an_id_are_told_apart(seller):
    rule = '[[markets.SG.deadlines]]\nkind = ["cancel"]\nstage = "decide"\nwithin = "24h"\n'
    ids = [rule.id for rule in policy(seller(rule * 4).settings, "SG").rules if rule.market == "SG"]
    assert ids == [
        "SG.decide.24h",
        "SG.decide.24h.cancel",
        "SG.decide.24h.cancel.always",
        "SG.decide.24h.cancel.always.2",
    ]


def test_a_file_that_is_not_there_is_misuse(tmp_path):
    with pytest.raises(Misuse) as caught:
        load(tmp_path / "none.toml")
    assert "none.toml" in caught.value.saying.args["path"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff[shop]\nmarket = 'TH'\n", "[shop]\r\nmarket = 'TH'\r\n"])
def test_files_as_editors_write_them(seller, text):
    loaded = seller(text)
    assert loaded.problems == ()
    assert loaded.settings.shop.market == ("TH" if "TH" in text else "generic")


def test_provenance_names_the_line_of_what_the_seller_decided(seller):
    loaded = seller('\n[shop]\nmarket = "TH"\n\n[soon]\npoints = "five"\n')
    assert {key: where.rpartition(":")[2] for key, where in loaded.provenance.items()} == {"shop.market": "3"}
    assert load(None).provenance == {}


def test_show_says_where_each_value_in_force_stands(seller):
    loaded = seller('[shop]\nmarket = "TH"\n[holidays.TH]\nadd = [2026-12-31]\n')
    rows = {key: (value, where) for key, value, where in show(loaded)}
    mine, shipped = loaded.overlay.file, str(shipped_path())
    assert rows["shop.market"] == ('"TH"', f"{mine}:2")
    assert rows["holidays.TH.add"] == ("[2026-12-31]", f"{mine}:4")
    assert rows["shop.language"][1].startswith(shipped), "beside a key of the seller's, in the same table"
    value, where = rows["shop.timezone"]
    assert value == '"Asia/Bangkok"'
    line = shipped_path().read_text("utf-8").splitlines()[int(where.removeprefix(f"{shipped}:")) - 1]
    assert line == 'timezone = "Asia/Bangkok"'
    assert rows["markets.TH.deadlines[1]"][0].startswith('{ kind = ["refund_only", "return_refund"], stage = "decide"')
    assert rows["views[1]"][1].startswith(shipped)
    assert rows["soon.points"][0] == "5"
    assert not any(key.startswith("markets.US") for key in rows)
    assert all(value.isprintable() and "\n" not in value for value, _ in rows.values())


def test_show_gives_a_replaced_list_to_the_seller(seller):
    loaded = seller('[[views]]\ndigit = 1\nname = "Late"\nfilter = "due:overdue"\n')
    rows = [(key, where) for key, _, where in show(loaded) if key.startswith("views")]
    assert rows == [("views[1]", f"{loaded.overlay.file}:1")]


def test_events_and_plans_of_the_seller_are_added_to_the_shipped_ones(seller):
    step = '[[plans.steps]]\nid = "bake"\ntitle = "bake"\nbegins = "-1d"\nends = "+0d"\n'
    settings = seller(
        '[[events]]\nid = "birthday"\nname = "birthday"\nday = "05-20"\n'
        '[[events]]\nid = "christmas"\nname = "Christmas Eve"\nday = "12-24"\n'
        f'[[plans]]\nevent = "birthday"\n{step}'
    ).settings
    events = {event.id: event.day for event in settings.events}
    assert (events["birthday"], events["christmas"], events["mega_11_11"]) == ("05-20", "12-24", "11-11")
    assert "black_friday" in events
    assert [each.event for each in settings.plans] == ["black_friday", "birthday"]
