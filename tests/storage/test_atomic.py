"""Whole files: what is no file is never replaced by one."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from workbench.storage.atomic import write_whole
from workbench.storage.files import Files

if sys.platform == "win32":
    pytest.skip("there are no devices in the file system", allow_module_level=True)


def test_a_device_takes_the_bytes_and_stays_what_it_is():
    """As root a renamed file would take the place of /dev/null for every program of the system."""
    above, below = os.openpty()
    device = Path(os.ttyname(below))
    write_whole(Files(), device, [b"one two"])
    assert os.read(above, 100) == b"one two"
    assert device.is_char_device()
    os.close(above)
    os.close(below)


@pytest.mark.parametrize("verify", [False, True])
def test_a_pipe_is_refused_and_nothing_waits_for_its_reader(tmp_path, verify):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file") as refused:
        write_whole(Files(), tmp_path / "pipe", [b"one"], verify=verify)
    assert refused.value.errno == errno.EINVAL
    assert (tmp_path / "pipe").is_fifo()
    assert os.listdir(tmp_path) == ["pipe"]
