"""A disk that takes nothing, under every sheet: the one that asked says so, what was typed stays, the header warns."""

from __future__ import annotations

import asyncio
import errno
import importlib
import os
import pkgutil

import pytest

import workbench.ui
from tests.ui.robot import done, press, rows, seen, until, write
from workbench.core.violations.model import ViolationDraft
from workbench.storage import Files
from workbench.ui.drafts import PAUSE, texts_in
from workbench.ui.sheets.base import Sheet

SIZES = [(80, 24), (120, 36)]
#: How each sheet that saves is opened, filled and asked to save: screen, keys, pasted text, keys.
WAYS = {
    "sheets.oneline.OneLine": ("queue", ["c"], "call the carrier", ["enter"]),
    "tickets.add.NewCaseSheet": ("queue", ["a"], "refund MUG-SET-4 broken", ["enter"]),
    "tickets.add_form.CaseForm": ("queue", ["a", "ctrl+o"], "refund", ["enter"]),
    "tickets.act.ActSheet": ("queue", ["j", "j", "enter"], "", ["r"]),
    "tickets.walk.WalkSheet": ("queue", ["n"], "", ["a"]),
    "issues.sheet.LogSheet": ("queue", ["l"], "MUG-SET-4 size w", ["enter"]),
    "issues.form.IssueForm": ("queue", ["l", "ctrl+o"], "MUG-SET-4", ["down", *"size", "enter"]),
    "violations.act.LedgerActSheet": ("ledger", ["enter"], "", ["1", *"why", "enter"]),
    "violations.evidence.EvidenceSheet": ("ledger", ["v"], "", ["space"]),
    "violations.statement.StatementSheet": ("ledger", ["t"], "my words", ["ctrl+o"]),
    "sheets.several.SeveralSheet": ("queue", ["a"], "refund MUG-SET-4 a\nrefund MUG-SET-4 b\n", ["enter"]),
    "sheets.history.HistorySheet": ("queue", ["ctrl+l"], "", ["enter"]),
}


def _all(kind=Sheet):
    for found in pkgutil.walk_packages(workbench.ui.__path__, "workbench.ui."):
        importlib.import_module(found.name)
    below = set(kind.__subclasses__())
    return below | {each for one in below for each in _all(one)}


def test_every_sheet_saves_through_the_one_door():
    """What is tried below on some holds for all: a new sheet has the door without asking for it."""
    ours = {f"{each.__module__.removeprefix('workbench.ui.')}.{each.__name__}": each for each in _all()}
    assert ours.keys() >= WAYS.keys()
    assert {name for name, each in ours.items() if each.do is not Sheet.do} == set()


@pytest.fixture
def full(monkeypatch):
    """From now on the disk takes nothing; `full()` makes it take everything again."""
    taken = Files.call

    def call(self, function, *args):
        if function in (os.write, os.fsync):
            raise OSError(errno.ENOSPC, "No space left on device")
        return taken(self, function, *args)

    def turn(on):
        monkeypatch.setattr(Files, "call", call if on else taken)

    return turn


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", WAYS)
async def test_the_sheet_says_it_and_keeps_what_was_typed(shop, open_app, full, name, size):
    start, keys, text, save = WAYS[name]
    shop.ledger.add(ViolationDraft(points=4, issued_at=shop.now(), reason="Late dispatch rate"))
    app = open_app(shop, start)
    async with app.run_test(size=size) as pilot:
        await press(pilot, *keys)
        if text:
            await write(pilot, text)
        sheet = app.screen
        assert f"{type(sheet).__module__.removeprefix('workbench.ui.')}.{type(sheet).__name__}" == name
        typed = texts_in(sheet)
        full(True)
        await press(pilot, *save)
        assert app.screen is sheet, "it stays open"
        shown = "\n".join("\n".join(rows(each)) for each in sheet.query("Lines"))
        assert "the disk is full" in shown.replace("\n", " ")
        if len(save) == 1:
            assert texts_in(sheet) == typed
        assert "nothing is saved" in rows(app.frame.query_one("#header"))[0]
        full(False)
        await press(pilot, save[-1])
        await until(pilot, lambda: "nothing is saved" not in rows(app.frame.query_one("#header"))[0])
        assert "the disk is full" not in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_import_sheet_keeps_its_preview_and_takes_a_second_enter(empty, open_app, full, samples, size):
    app = open_app(empty, "queue")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "i")
        await write(pilot, f"{samples}/returns_th.xlsx")
        await press(pilot, "enter")
        await until(pilot, lambda: "After it" in seen(app))
        sheet = app.screen
        full(True)
        await press(pilot, "enter")
        await until(pilot, lambda: "the disk is full" in seen(app).replace("\n", " "))
        assert app.screen is sheet, "it stays open"
        assert "After it" in seen(app), "what was read is still to be seen"
        assert "nothing is saved" in rows(app.frame.query_one("#header"))[0]
        assert empty.tickets.all(archived=True) == []
        full(False)
        await press(pilot, "enter")
        await until(pilot, lambda: app.screen is app.frame)
        assert len(empty.tickets.all(archived=True)) > 50
        await until(pilot, lambda: "nothing is saved" not in rows(app.frame.query_one("#header"))[0])


async def test_a_draft_that_the_disk_took_at_last_takes_the_mark_away_and_a_deed_s_stays(shop, open_app, full):
    app = open_app(shop)
    async with app.run_test(size=(80, 24)) as pilot:

        def marked():
            return "nothing is saved" in rows(app.frame.query_one("#header"))[0]

        await press(pilot, "c")
        full(True)
        await press(pilot, *"call")
        await asyncio.sleep(PAUSE * 2)
        await until(pilot, marked)
        full(False)
        await press(pilot, "x")
        await asyncio.sleep(PAUSE * 2)
        await until(pilot, lambda: not marked())
        full(True)
        await press(pilot, "enter")
        await until(pilot, marked)
        full(False)
        await press(pilot, "y")
        await asyncio.sleep(PAUSE * 2)
        await done(pilot)
        assert marked(), "the deed was not done yet"
