"""One lived-in shop for all tests of this folder, each gets a copy of its own; and nothing waits for the disk."""

from __future__ import annotations

import pytest

from tests.session import lived
from workbench.storage import Files


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch):
    monkeypatch.setattr(Files, "fsync", lambda *_: None)


@pytest.fixture
def folder(template, tmp_path):
    return lived.copy(template, tmp_path / "shop")


@pytest.fixture(scope="session")
def alerted(tmp_path_factory):
    """The data of a shop in which a product rises."""
    from tests.session.posting import Shop

    return Shop(tmp_path_factory.mktemp("alerted")).data
