"""Pictures of the screens at a frozen minute. `make snapshots` draws new ones: look at them before committing."""

from __future__ import annotations

import pytest

from tests.ui.robot import done, press
from workbench import i18n

WIDE, NARROW, FULL, TINY = (120, 36), (80, 24), (160, 48), (60, 20)


@pytest.fixture
def picture(shop, open_app, snap_compare):
    """Compare a picture after some keys."""

    def compared(start, size, keys=(), language="en", theme="workbench-dark"):
        i18n.use(language)

        async def settle(pilot):
            await done(pilot)
            await pilot.pause()
            await press(pilot, *keys)

        return snap_compare(open_app(shop, start, theme), terminal_size=size, run_before=settle)

    return compared


@pytest.mark.parametrize("size", [NARROW, WIDE, FULL, TINY], ids=lambda size: "x".join(map(str, size)))
def test_queue(picture, size):
    assert picture("queue", size, ("j", "j"))


def test_queue_acting(picture):
    assert picture("queue", WIDE, ("j", "j", "enter"))


def test_queue_in_chinese_in_light(picture):
    assert picture("queue", WIDE, ("j", "j"), "zh", "workbench-light")


def test_queue_with_a_selection(picture):
    assert picture("queue", NARROW, ("v", "j", "j"))


def test_queue_in_terminal_colours(picture):
    assert picture("queue", WIDE, ("j", "j", "enter"), theme="ansi-dark")


def test_queue_without_colour(picture, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture("queue", WIDE, ("j", "j"))
