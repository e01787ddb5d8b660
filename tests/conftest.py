"""What tests of several folders share: one lived-in shop, made once a worker, of which each test takes a copy."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.session import lived
from workbench.storage import Files

#: How fast a machine draws examples says nothing about the program.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_xdist_auto_num_workers():
    """One more than there are cores: a screen or a terminal under test is waited for, and a core would stand idle."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    # Only while it is made: other tests, run by the same worker, look at what is synced.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "fsync", lambda *_: None)
        lived.live(folder)
    return folder
