"""What tests of several folders share: one lived-in shop, made once a worker, of which each test takes a copy."""

from __future__ import annotations

import pytest

from tests.session import lived
from workbench.storage import Files


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    # Only while it is made: other tests, run by the same worker, look at what is synced.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Files, "fsync", lambda *_: None)
        lived.live(folder)
    return folder
