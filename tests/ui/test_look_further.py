"""Pictures of the further screens at a frozen minute, one a screen where it differs most from the others."""

from __future__ import annotations

import pytest

from tests.ui.robot import done, press
from workbench import i18n

WIDE, NARROW = (120, 36), (80, 24)


@pytest.mark.parametrize(
    ("start", "size", "language", "theme"),
    [
        ("creators", NARROW, "en", "workbench-dark"),
        ("creators", WIDE, "en", "workbench-dark"),
        ("creators-f9", WIDE, "en", "workbench-light"),
        ("creators-f9", NARROW, "zh", "workbench-dark"),
        ("queue-f9", WIDE, "en", "workbench-dark"),
        ("ledger-f9", WIDE, "en", "workbench-dark"),
        ("replies", WIDE, "en", "workbench-dark"),
        ("plan", NARROW, "zh", "workbench-light"),
        ("plan", WIDE, "en", "ansi-dark"),
        ("plan-f9", NARROW, "en", "workbench-dark"),
    ],
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else value,
)
def test_look(whole_shop, open_app, snap_compare, start, size, language, theme):
    i18n.use(language)

    async def settle(pilot):
        await done(pilot)
        await press(pilot, *keys.split())
        await pilot.pause()
        await done(pilot)

    pane, _, keys = start.partition("-")
    assert snap_compare(open_app(whole_shop, pane, theme), terminal_size=size, run_before=settle)
