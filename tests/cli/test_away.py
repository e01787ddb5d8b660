"""`today --until DAY` and `today --notify`, as a script and cron call them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from workbench.output import notice


def filled(shop):
    shop.add(opened="2026-11-24T08:00", amount="249 THB")  # due on Wednesday at 08:00
    shop.add("reshipment", opened="2026-11-24T08:00", amount="1.50 USD")
    shop.add("exchange", stage="send", opened="2026-11-24T08:00")  # due on Thursday at 08:00
    shop.add("message", stage="wait")
    shop.add("other")
    shop.run("violation", "add", "--points", "8", "--issued", "2026-10-26T10:00")  # closes on Wednesday at 10:00


def test_json(shop):
    filled(shop)
    found = shop.json("today", "--until", "2026-11-27")
    assert found["until"] == "2026-11-27T00:00:00+07:00"
    assert [(lapse["id"], lapse["due_at"], lapse["points"]) for lapse in found["lapses"]] == [
        ("T-1", "2026-11-25T08:00:00+07:00", None),
        ("T-2", "2026-11-25T08:00:00+07:00", None),
        ("V-1", "2026-11-25T10:00:00+07:00", 8),
        ("T-3", "2026-11-26T08:00:00+07:00", None),
    ]
    assert found["lapses"][0] | {"due_at": 0} == {
        "id": "T-1", "due_at": 0, "due_kind": "platform", "on_timeout": "approved",
        "money": {"amount": "249", "currency": "THB"}, "points": None,
    }  # fmt: skip
    assert {each["id"]: each["actions"] for each in found["avoid"]} == {
        "T-1": ["approve"], "T-2": ["reject"], "T-3": ["sent"], "V-1": ["appeal"],
    }  # fmt: skip
    assert found["avoid"][1]["ways"] == [["reject"], ["approve", "sent"]]
    assert found["money"] == [{"amount": "249", "currency": "THB"}, {"amount": "1.50", "currency": "USD"}]
    assert (found["points"], found["unavoidable"], found["no_deadline"], found["waiting"]) == (8, [], ["T-5"], 1)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2026-11-25", "2026-11-25T00:00:00+07:00"),
        ("Thursday", "2026-11-26T00:00:00+07:00"),
        ("周四", "2026-11-26T00:00:00+07:00"),
        ("Monday", "2026-11-30T00:00:00+07:00"),
        ("tomorrow", "2026-11-25T00:00:00+07:00"),
        ("2026-11-25T08:00", "2026-11-25T08:00:00+07:00"),
        ("Wed 07:59", "2026-11-25T07:59:00+07:00"),
    ],
)
def test_a_day_is_its_beginning_for_who_is_back_by_then(shop, day, until):
    shop.add(opened="2026-11-24T08:00")
    found = shop.json("today", "--until", day)
    assert found["until"] == until
    assert [lapse["id"] for lapse in found["lapses"]] == (["T-1"] if until >= "2026-11-25T08:00" else [])


@pytest.mark.parametrize("day", ["yesterday", "2026-11-23", "someday", "2026-11-24T09:00", "today", ""])
def test_a_day_that_is_past_or_none_is_misuse(shop, day):
    shop.run("today", "--until", day, status=2)
    shop.run("today", "--until", "Thursday", "--notify", status=2)


def test_text(shop):
    assert "nothing lapses" in shop.run("today", "--until", "Thursday").stdout
    filled(shop)
    text = shop.run("today", "--until", "Friday").stdout
    assert "Away until Fri 27 Nov: 4 lapse, \u0e3f249.00, $1.50, 8 points." in text
    assert "reject or approve and send it" in text
    assert "4 actions before leaving" in text
    assert "T-5" in text
    assert "1 case waits" in text


@pytest.fixture
def desktop(tmp_path):
    """A system with a `notify-send` that writes down what it is given."""
    folder, told = tmp_path / "bin", tmp_path / "told.json"
    folder.mkdir()
    program = folder / "notify-send"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\njson.dump(sys.argv[1:], open({str(told)!r}, 'w'))\nsys.exit(3)\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}, told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the notice of another system")
def test_notify_shows_a_notice_without_a_word_of_a_buyer(shop, desktop):
    environment, told = desktop
    shop.run("today", "--notify", **environment)
    assert not told.exists()
    shop.add(opened="2026-11-20T15:00", buyer="malee.s", reason="fits like M", note="call her", product="<b>Pants")
    shop.run("today", **environment)
    assert not told.exists()
    shop.run("today", "--notify", status=3, **environment)
    words = json.loads(told.read_text())
    assert words[-3:-1] == ["--", "workbench"]
    assert words[-1].startswith("1 overdue, 0 more today")
    assert "Decide refund" in words[-1]
    assert not any(text in words[-1] for text in ("malee", "fits", "call", "Pants"))


def test_without_a_desktop_there_is_only_the_status(shop, tmp_path):
    shop.add(opened="2026-11-20T15:00")
    done = shop.run("today", "--notify", status=3, PATH=str(tmp_path))
    assert (done.stderr, "1 overdue" in done.stdout) == ("", True)


@pytest.mark.parametrize("system", ["darwin", "linux", "win32"])
def test_a_notice_never_fails(monkeypatch, tmp_path, system):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert notice.show("workbench", 'a "quoted" text') is False
    for name in ("osascript", "notify-send"):
        Path(tmp_path / name).write_text("not a program", encoding="utf-8")
        Path(tmp_path / name).chmod(0o755)
    assert notice.show("workbench", "text") is False
