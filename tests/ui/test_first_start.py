"""The first start: when it is one, what it guesses, what it writes, and what it never touches."""

from __future__ import annotations

import pytest

from tests.ui.conftest import NOW
from tests.ui.robot import done, press, rows, seen
from workbench import i18n
from workbench.config import config_file
from workbench.core.saying import Refusal
from workbench.i18n import render
from workbench.session import Options, open_session
from workbench.session.first_start import Answers, guess_market, settle, wanted
from workbench.session.session import load_settings
from workbench.ui.outside.first_start import FirstStart, Questions
from workbench.ui.text import width


@pytest.fixture
def options(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return Options(data=tmp_path / "data", now=NOW)


def test_it_is_one_only_without_settings_and_without_data(options, tmp_path):
    assert wanted(options)
    assert not wanted(Options(data=options.data, config=tmp_path / "own.toml"))
    options.data.mkdir()
    assert wanted(options)
    (options.data / "workbench.json").write_text("{}")
    assert not wanted(options)
    (options.data / "workbench.json").unlink()
    config_file().parent.mkdir(parents=True)
    config_file().write_text("")
    assert not wanted(options)


@pytest.mark.parametrize(
    ("zone", "lang", "market"),
    [
        ("Asia/Bangkok", "en_US.UTF-8", "TH"),
        ("America/Chicago", "es_MX.UTF-8", "US"),
        ("Asia/Shanghai", "vi_VN.UTF-8", "VN"),
        ("Asia/Shanghai", "zh_CN.UTF-8", None),
        ("Asia/Shanghai", "en_US.UTF-8", None),
        ("Europe/Paris", "en_GB.UTF-8", "UK"),
        (None, "C", None),
    ],
)
def test_the_market_is_guessed_from_zone_and_locale(zone, lang, market):
    assert guess_market(zone, {"LANG": lang}) == market


async def test_answers_are_remembered_without_mistakes(options):
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert "Tue 24 Nov 09:00" in seen(app)
        await press(pilot, "right", "down", "right", "down", "right")
        assert i18n.language() == "zh"
        await press(pilot, "i")
    assert app.return_value == "import"
    loaded = load_settings(options)
    shop = loaded.settings.shop
    assert (shop.language, shop.market, shop.timezone.key) == ("zh", "US", "America/Denver")
    assert loaded.problems == ()
    assert not options.data.exists()
    assert [path.name for path in config_file().parent.iterdir()] == ["config.remembered.toml"]
    assert not wanted(options), "it asks once"


async def test_nothing_reaches_the_last_column_of_a_narrow_terminal(options):
    app = FirstStart(options)
    async with app.run_test(size=(60, 24)) as pilot:
        await done(pilot)
        for language in ("en", "zh"):
            i18n.use(language)
            app.query_one(Questions).draw()
            await done(pilot)
            assert all(width(row.rstrip()) < 60 for row in rows(app.query_one(Questions)))


async def test_one_zone_under_two_names_is_offered_once(options, monkeypatch):
    monkeypatch.setenv("TZ", "Etc/UTC")
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await done(pilot)
        assert app.query_one(Questions).answers.market is None
        line = next(row for row in rows(app.query_one(Questions)) if "Shop time" in row)
        assert line.split() == ["Shop", "time", "UTC"]


@pytest.mark.parametrize("key", ["enter", "q", "escape"])
async def test_looking_around_and_leaving_write_nothing(options, key):
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key)
    assert app.return_value == ("look" if key == "enter" else None)
    assert not config_file().parent.exists()


async def test_a_market_that_nobody_chose_is_asked_before_the_queue_opens(options, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        assert "Choose the market first" in seen(app)
        assert not config_file().parent.exists()
        await press(pilot, "right", "a")
    assert load_settings(options).settings.shop.market == "TH"


async def test_a_market_that_nobody_chose_is_not_written_before_an_import(options, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
    assert app.return_value == "import"
    assert not open_session(options).market_chosen


async def test_a_folder_that_cannot_be_written_is_said_on_the_page(options, tmp_path):
    (tmp_path / "home/.config").write_text("in the way")
    app = FirstStart(options)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        assert "The settings cannot be written to" in seen(app)
        await press(pilot, "q")


def test_a_file_that_is_there_is_never_touched(options):
    config_file().parent.mkdir(parents=True)
    config_file().write_text('# mine\n[shop]\nmarket = "VN"\n', encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        settle(Answers("en", "TH", "Asia/Bangkok"), load_settings(options))
    assert f"({config_file()}:3)" in render(caught.value.saying)
    assert config_file().read_text(encoding="utf-8") == '# mine\n[shop]\nmarket = "VN"\n'
    assert [path.name for path in config_file().parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("options")
def test_look(snap_compare, language):
    i18n.use(language)
    assert snap_compare(FirstStart(Options(now=NOW)), terminal_size=(80, 24))
