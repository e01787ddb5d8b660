"""What tests of several folders share: one lived-in shop, made once a worker, of which each test takes a copy."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.session import lived
from workbench.storage import Files

# Two cores that are shared say nothing about how fast an example is.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    # Only while it is made: other tests, run by the same worker, look at what is synced.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "fsync", lambda *_: None)
        lived.live(folder)
    return folder
