"""One lived-in shop for all tests of this folder; each gets a copy of its own."""

from __future__ import annotations

import pytest

from tests.session import lived


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    lived.live(folder)
    return folder


@pytest.fixture
def folder(template, tmp_path):
    return lived.copy(template, tmp_path / "shop")
