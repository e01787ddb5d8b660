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
        "spare._beside_msgspec = lambda: {'enum': None, 'decimal': None}",  # as if msgspec needed what is kept out
    ],
)
def test_what_a_start_leaves_out_is_there_for_whoever_asks(before):
    subprocess.run([sys.executable, "-c", ASKS.format(before=before)], check=True)


ASKS_OF_TEXTUAL = """
import sys
from workbench import spare
{before}
spare.load()
spare.load_textual()
import asyncio, difflib, mimetypes, pathlib, platformdirs, rich.table, ssl, subprocess, textwrap, traceback
import textual.app, textual.design, textual.suggestions
from rich.style import Style
from textual.command import CommandPalette
from textual.widgets import Input, Select, TextArea
assert ssl.create_default_context() and issubclass(CommandPalette, textual.screen.Screen)
assert asyncio.base_events.subprocess.Popen is subprocess.Popen
assert asyncio.subprocess.PIPE == subprocess.PIPE and asyncio.subprocess.DEVNULL == subprocess.DEVNULL
assert asyncio.subprocess.STDOUT == subprocess.STDOUT
assert textual.app.mimetypes.guess_type("a.png") == mimetypes.guess_type("a.png")
assert textual.app.user_downloads_path() == platformdirs.user_downloads_path()
assert textual.suggestions.get_suggestion("botom", ["bottom"]) == "bottom"
assert Style(meta={{"a": 1}}).meta == {{"a": 1}}
assert pathlib.Path("/a b").as_uri() == "file:///a%20b"
assert "one" in "".join(traceback.format_exception(ExceptionGroup("all", [ValueError("one")])))
assert not [name for name, module in sys.modules.items() if type(module).__module__ == "workbench.spare"]
"""


@pytest.mark.parametrize(
    "before",
    [
        "",
        "import textual.command, ssl, subprocess",
        "spare._beside_textual = lambda: {'enum': None, 'subprocess': spare._Later('subprocess')}",
    ],
)
def test_what_the_screens_leave_out_is_there_for_whoever_asks(before):
    subprocess.run([sys.executable, "-c", ASKS_OF_TEXTUAL.format(before=before)], check=True)


def loaded(calls: str) -> set[str]:
    words = f"from workbench import spare; {calls}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True).stdout.split())


def test_a_start_leaves_it_out():
    found = loaded("spare.load()")
    assert {"msgspec", "uuid", "pathlib"} <= found
    assert not {"msgspec.inspect", "msgspec._json_schema", "textwrap", "urllib.parse"} & found
    found = loaded("spare.load(); spare.load_textual()")
    assert "textual.app" in found
    assert not {
        "ssl", "subprocess", "platformdirs", "tempfile", "pickle", "rich.table", "textual.command", "urllib.parse",
        "textual.widgets._input", "textual.widgets._select", "typing_extensions",
    } & found  # fmt: skip


def test_argparse_asks_by_the_names_that_are_given_to_it():
    assert {"_", "ngettext"} <= vars(argparse).keys()
