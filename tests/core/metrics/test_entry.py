"""Readings as people write them: names in two languages, every unit, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from workbench.config.load import load
from workbench.config.markets import MARKETS
from workbench.config.metric_rules import metrics
from workbench.core.metrics import entry
from workbench.core.metrics.standing import shown
from workbench.core.saying import Misuse

ALL = metrics(load(None).settings, "TH")


def read(text, written=None):
    return {each.metric.id: entry.value(each.metric, each.text, written) for each in entry.read(text, ALL)}


@pytest.mark.parametrize(
    ("text", "id", "value"),
    [
        ("sps 4.2", "sps", "4.2"),
        ("Store rating: 4,2", "sps", "4.2"),
        ("店铺评分4.2", "sps", "4.2"),
        ("nrr 1.26%", "nrr", "0.0126"),
        ("差评率 1.26％", "nrr", "0.0126"),
        ("30-Day Negative Review Rate\n1.26 %", "nrr", "0.0126"),
        ("Answered in 12 h 91.4 %", "response", "0.914"),
        ("12小时回复率 91.4%", "response", "0.914"),
        ("handling 26.5h", "handling", "26.5"),
        ("handling 26.5", "handling", "26.5"),
        ("售后处理时长26.5小时", "handling", "26.5"),
        ("reply_time 30min", "reply_time", "0.5"),
        ("handling 1d 2h", "handling", "26"),
        ("handling 26 hours 30 minutes", "handling", "26.5"),
        ("售后处理时长 26 小时 30 分", "handling", "26.5"),
        ("店铺评分 4.2 分", "sps", "4.2"),
        ("Store rating 4.2 / 5", "sps", "4.2"),
        ("store rating 4.2 \u25bc 0.1", "sps", "4.2"),
        ("Negative review rate (30 days)\t0.5 %", "nrr", "0.005"),
    ],
)
def test_a_reading_as_it_is_written(text, id, value):
    assert read(text)[id].value == Decimal(value)


def test_several_at_once_and_counts_are_kept():
    found = read("sps 4.2 nrr 1.26% late 14 / 1150")
    assert list(found) == ["sps", "nrr", "late"]
    assert (found["late"].numerator, found["late"].denominator) == (14, 1150)
    for text in ("late 14/1,150", "late 1.22 % (14/1150)"):
        assert (read(text)["late"].numerator, read(text)["late"].denominator) == (14, 1150)


@pytest.mark.parametrize(
    "text",
    [
        "", "sps", "sps nan", "sps inf", "sps -1", "sps 5.1", "sps 4.2%", "sps 14/20", "nrr 101%", "nrr 3/2", "nrr 1/0",
        "nrr 26h", "nrr 1.26 %%", "handling 26%", "late 1e-3", "nonsense 4", "4.2 sps", "sps 4.2 4.3",
        "handling 4,200", "sps 4.2/6", "late 1,1/1150", "handling 26h 3", "sps 3h", "handling h",
    ],
)  # fmt: skip
def test_what_is_no_reading_is_told(text):
    if text == "":
        assert read(text) == {}
        return
    with pytest.raises(Misuse):
        read(text)


def test_a_bare_number_of_a_share_needs_its_unit():
    with pytest.raises(Misuse) as told:
        read("nrr 1.3")
    assert (told.value.saying.args["percent"], told.value.saying.args["fraction"]) == ("1.3", "130")
    assert read("nrr 1.3", "percent")["nrr"].value == Decimal("0.013")
    assert read("nrr 0.013", "fraction")["nrr"].value == Decimal("0.013")
    with pytest.raises(Misuse):
        read("nrr 1.3", "fraction")


@pytest.mark.parametrize("market", MARKETS)
def test_every_name_of_every_market_means_one_metric(market):
    found = metrics(load(None).settings, market)
    assert len({each.id for each in found}) == len(found)
    for metric in found:
        for name in (metric.id, *metric.name.values(), *metric.aliases):
            assert entry.find(name, found).id == metric.id
        assert metric.source
        lines = [line for line in (metric.target, *metric.gates) if line is not None]
        assert all((line.op in (">=", ">")) == (metric.direction == "high") for line in lines)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("0.0126", "fraction", "1.26 %"), ("0.9", "fraction", "90 %"), ("26.5", "hours", "26.5 h"),
     ("4.2", "score", "4.2"),
     ("0.25", "hours", "15 min"), ("100", "count", "100"), ("0", "fraction", "0 %")],
)  # fmt: skip
def test_a_value_as_it_is_shown(value, unit, text):
    assert shown(Fraction(value), unit) == text


def test_ten_times_away_is_far():
    assert entry.far(Decimal("0.126"), Decimal("0.0126"))
    assert entry.far(Decimal("0.0126"), Decimal("1.26"))
    assert not entry.far(Decimal("0.0125"), Decimal("0.0126"))


def test_a_metric_is_what_it_was_defined_as_on_the_day(tmp_path):
    row = '[[markets.TH.metrics]]\nid = "x"\nname = { en = "X", zh = "X" }\ndirection = "high"\nunit = "count"\n'
    file = tmp_path / "settings.toml"
    file.write_text(f'{row}source = "old"\n{row}effective = 2026-06-01\nsource = "new"\n', encoding="utf-8")
    loaded = load(file)
    assert not loaded.problems
    told = [metrics(loaded.settings, "TH", date(2026, month, 1)) for month in (5, 6)]
    assert [[each.source for each in found if each.id == "x"] for found in told] == [["old"], ["new"]]
    file.write_text(f"{row}{row}", encoding="utf-8")
    assert load(file).problems
