"""What a start leaves out is there for whoever asks, and it leaves out nothing where it cannot."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

ASKS = """
import sys
from workbench import spare
{before}
spare.load()
import msgspec, platform, typing_extensions
import msgspec.inspect
assert msgspec.inspect.type_info(int) == msgspec.inspect.IntType()
assert msgspec.json.decode(b"[1]", type=list[int]) == [1]
assert platform.system() and platform.python_version()
"""


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import platform, msgspec",
        "import typing_extensions",
        "spare._stand_ins = lambda: {'enum': None, 'decimal': None}",  # as if msgspec needed what is kept out
    ],
)
def test_what_a_start_leaves_out_is_there_for_whoever_asks(before):
    subprocess.run([sys.executable, "-c", ASKS.format(before=before)], check=True)


def test_a_start_leaves_it_out():
    words = "from workbench import spare; spare.load(); import sys; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True).stdout.split()
    assert {"msgspec", "uuid"} <= set(found)
    assert not {"msgspec.inspect", "msgspec._json_schema", "textwrap"} & set(found)


def test_argparse_asks_by_the_names_that_are_given_to_it():
    assert {"_", "ngettext"} <= vars(argparse).keys()
