"""The invented shop at a frozen minute, in English, with the screens of one robot user."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from workbench import i18n
from workbench.session import Options, Session, open_session
from workbench.session.alerts.tables import ACKS, Ack
from workbench.session.demo import open_demo
from workbench.session.metrics.tables import READINGS
from workbench.storage import Files
from workbench.ui.app import Workbench

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items):
    """Mark the tests that compare pictures: how a screen looks does not depend on the Python it runs on."""
    for item in items:
        if "snap_compare" in getattr(item, "fixturenames", ()):
            item.add_marker("look")


@pytest.fixture(autouse=True)
def _world(monkeypatch, tmp_path):
    """No settings and no downloads of whoever runs the tests, colours as in a full terminal, English."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TZ"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home/Downloads").mkdir(parents=True)
    i18n.use("en")
    yield
    i18n.use("en")


if hasattr(asyncio, "eager_task_factory"):

    @pytest.fixture(autouse=True)
    async def _eager():
        """Tasks begin at once, as Textual has them when it runs; its own `run_test` leaves that out."""
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)


#: The tables of the plan, of deals and costs.
PLAN = ("promotions", "prices", "lives", "campaigns", "plans", "steps", "deals", "costs")


class Demo(NamedTuple):
    """The folders of the invented shop, made once a worker; a test takes a copy."""

    whole: Path
    quiet: Path


@pytest.fixture(scope="session")
def _demo(tmp_path_factory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    made = Demo(folder / "whole", folder / "quiet")
    i18n.use("en")
    made.whole.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        patch.setattr(Files, "fsync", lambda *_: None)
        open_demo(Options(data=made.whole, now=NOW))
        shutil.copytree(made.whole, made.quiet)
        _quieten(_opened(made.quiet))
    return made


def _opened(folder: Path) -> Session:
    return open_session(Options(data=folder, config=folder / "demo.toml", now=NOW))


def _quieten(session: Session) -> None:
    with session.saving() as tx:
        for ticket in session.tickets.all():
            if ticket.kind == "ship":
                tx.remove("tickets", ticket.id)
        for table in (*PLAN, READINGS):
            for id in list(session.store.table(table)):
                tx.remove(table, id)
    alerts = session.desk("alerts")
    with session.saving() as tx:
        for at, alert in enumerate(alerts.firing(), 1):
            tx.put(ACKS, at, Ack(id=at, alert=alert.id, day=alerts.today, at=NOW, until=date(2027, 1, 1)))


@pytest.fixture
def whole_shop(_demo, tmp_path) -> Session:
    """The invented shop as it is."""
    return _opened(shutil.copytree(_demo.whole, tmp_path / "demo"))


@pytest.fixture
def shop(_demo, tmp_path) -> Session:
    """The invented shop without its plan, its orders and its readings, its alerts seen: cases, violations, the log."""
    return _opened(shutil.copytree(_demo.quiet, tmp_path / "demo"))


@pytest.fixture
def empty(tmp_path) -> Session:
    config = tmp_path / "settings.toml"
    config.write_text('[shop]\nmarket = "TH"\n', encoding="utf-8")
    return open_session(Options(data=tmp_path / "empty", config=config, now=NOW))


@pytest.fixture
def open_app():
    """The app on a session; `start` is the screen that opens."""

    def opened(session: Session, start: str = "queue", theme: str = "workbench-dark") -> Workbench:
        class Started(Workbench):
            DEFAULT_MODE = start

        return Started(session, own=ZoneInfo("Asia/Shanghai"), theme=theme)

    return opened


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent.parent / "intake" / "samples"
