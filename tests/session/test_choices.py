"""What is chosen on the screens: remembered beside the seller's file, below it, and in force at once."""

from __future__ import annotations

import os

import pytest

from tests.intake.builders import NOW
from workbench.config.show import show
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session import Options, open_session
from workbench.session.choices import shop_choices
from workbench.storage import Files


@pytest.fixture
def opened(tmp_path):
    config = tmp_path / "shop.toml"

    def open_it(own: str = "# mine\n"):
        config.write_text(own, encoding="utf-8")
        return open_session(Options(data=tmp_path / "data", config=config, now=NOW))

    return open_it


def chosen(session, market, zone=None):
    session.choose(shop_choices(market, zone, session.loaded))


def test_a_choice_holds_at_once_and_at_the_next_start(opened, tmp_path):
    session = opened()
    assert not session.market_chosen
    names = ("tickets", "imports", "ledger", "calendar", "routines", "log", "replies", "safety")
    desks = {name: getattr(session, name) for name in names}
    chosen(session, "US", "America/Denver")
    for each in (session, opened()):
        assert each.market_chosen
        assert (each.policy.market, each.zone.key) == ("US", "America/Denver")
    assert [name for name in names if getattr(session, name) is desks[name]] == []
    assert (tmp_path / "shop.toml").read_text(encoding="utf-8") == "# mine\n"


def test_another_market_takes_its_own_zone_along(opened):
    session = opened()
    chosen(session, "US", "America/Denver")
    chosen(session, "TH")
    assert session.zone.key == "Asia/Bangkok"
    assert "timezone" not in session.loaded.memory.read_text(encoding="utf-8")


def test_the_sellers_own_file_counts_before_what_is_remembered(opened):
    session = opened()
    chosen(session, "TH")
    session.choose({"display.theme": "workbench-light"})
    session = opened('[shop]\nmarket = "VN"\n')
    assert session.policy.market == "VN"
    assert session.settings.display.theme == "workbench-light"
    with pytest.raises(Refusal) as caught:
        chosen(session, "TH")
    assert 'says shop.market = "VN"' in render(caught.value.saying)
    assert "shop.toml:2" in render(caught.value.saying)
    assert session.policy.market == "VN"


def test_show_tells_where_each_choice_came_from(opened):
    session = opened()
    chosen(session, "TH")
    rows = {key: (value, source) for key, value, source in show(session.loaded)}
    assert rows["shop.market"][0] == '"TH"'
    assert rows["shop.market"][1].endswith("shop.remembered.toml:5")
    assert session.loaded.provenance["shop.market"] == rows["shop.market"][1]


def test_two_windows_keep_each_others_choices(opened):
    one, two = opened(), opened()
    chosen(one, "TH")
    two.choose({"display.theme": "workbench-light"})
    both = opened().settings
    assert (both.shop.market, both.display.theme) == ("TH", "workbench-light")


def test_what_cannot_be_written_is_refused_and_nothing_changes(opened, monkeypatch):
    session = opened()
    taken = Files.call

    def call(self, function, *args):
        if function is os.write:
            raise OSError(28, "No space left on device")
        return taken(self, function, *args)

    monkeypatch.setattr(Files, "call", call)
    with pytest.raises(Refusal) as caught:
        chosen(session, "TH")
    assert "No space left" in render(caught.value.saying)
    assert not session.market_chosen
    assert not session.loaded.memory.exists()
    assert [path.name for path in session.loaded.memory.parent.iterdir() if path.suffix == ".tmp"] == []


def test_a_damaged_memory_is_named_and_not_written_over(opened):
    session = opened()
    session.loaded.memory.write_text("[shop\n", encoding="utf-8")
    session = opened()
    (problem,) = session.loaded.problems
    assert problem.file == str(session.loaded.memory)
    with pytest.raises(Refusal) as caught:
        chosen(session, "TH")
    assert "Take that file away" in render(caught.value.saying)
    assert session.loaded.memory.read_text(encoding="utf-8") == "[shop\n"
