"""The clipboard: the native tool where there is one, else the terminal, and never a claim that cannot be known."""

from __future__ import annotations

import base64
import time

import pytest

from workbench.ui import clipboard
from workbench.ui.clipboard import copy, osc52, tools

ID = "576981590830166131"


@pytest.mark.parametrize(
    ("platform", "environment", "want"),
    [
        ("darwin", {}, ["pbcopy"]),
        ("darwin", {"TMUX": "/tmp/t"}, ["pbcopy"]),
        ("win32", {}, ["clip"]),
        ("linux", {"WSL_DISTRO_NAME": "Ubuntu", "DISPLAY": ":0"}, ["clip.exe"]),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wl-copy", "xclip", "xsel"]),
        ("linux", {"DISPLAY": ":0", "TMUX": "/tmp/t"}, ["xclip", "xsel", "tmux"]),
        ("linux", {"TMUX": "/tmp/t"}, ["tmux"]),
        ("linux", {}, []),
        # The clipboard is on the other side.
        ("linux", {"SSH_CONNECTION": "a 1 b 2", "DISPLAY": "localhost:10"}, []),
        ("darwin", {"SSH_TTY": "/dev/ttys1", "TMUX": "/tmp/t"}, ["tmux"]),
    ],
)
def test_which_tools_are_tried(platform, environment, want):
    assert [tool[0] for tool in tools(environment, platform)] == want


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with a tool that does what it is told."""
    monkeypatch.setattr(clipboard, "PATIENCE", 0.5)

    def made(name, script):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        tool.chmod(0o755)
        return {"PATH": f"{tmp_path}:/bin:/usr/bin", "OUT": str(tmp_path / "out"), "DISPLAY": ":0"}

    return made


def test_the_tool_gets_the_text_and_then_it_is_copied(machine, tmp_path):
    sent = []
    environment = machine("xclip", 'cat > "$OUT"')
    assert copy(ID, sent.append, environment) == "copied"
    assert ((tmp_path / "out").read_text(), sent) == (ID, [])


@pytest.mark.parametrize("script", ["exit 1", "sleep 30", "kill -9 $$", "exec 0<&-; exit 3"])
def test_where_the_tool_fails_or_hangs_the_terminal_is_asked(machine, script):
    sent = []
    began = time.monotonic()
    assert copy(ID, sent.append, machine("xclip", script)) == "sent"
    assert time.monotonic() - began < 5
    assert sent == [f"\x1b]52;c;{base64.b64encode(ID.encode()).decode()}\a"]


def test_tmux_is_asked_to_pass_it_on_and_that_is_no_proof(machine, tmp_path):
    environment = machine("tmux", 'echo "$@" > "$OUT"') | {"TMUX": "/tmp/t", "DISPLAY": ""}
    assert copy(ID, pytest.fail, environment) == "sent"
    assert (tmp_path / "out").read_text() == "load-buffer -w -\n"


def test_screen_gets_pieces_that_it_passes_on():
    found = osc52("x" * 600, {"STY": "1.tty"})
    pieces = found.split("\x1b\\")
    assert pieces.pop() == ""
    assert all(piece.startswith("\x1bP") and len(piece) < 256 for piece in pieces)
    assert base64.b64decode("".join(piece[2:] for piece in pieces)[len("\x1b]52;c;") : -1]) == b"x" * 600
