"""A notice on the desktop, where the system has a way to show one; silently none otherwise, and never an error."""

from __future__ import annotations

import sys

#: The text goes in as an argument, never into the script.
_SCRIPT = ("on run argv", "display notification (item 1 of argv) with title (item 2 of argv)", "end run")
_SECONDS = 5


def show(title: str, text: str) -> bool:
    """Show it; whether a program took it."""
    import shutil  # only cron comes here
    import subprocess

    command = _command(title, text)
    if command is None or (program := shutil.which(command[0])) is None:
        return False
    try:
        done = subprocess.run([program, *command[1:]], timeout=_SECONDS, capture_output=True, check=False)
    except (OSError, subprocess.SubprocessError):
        return False  # no desktop is listening: the exit status still tells
    return done.returncode == 0


def _command(title: str, text: str) -> list[str] | None:
    system: str = sys.platform
    if system == "darwin":
        return ["osascript", *(part for line in _SCRIPT for part in ("-e", line)), text, title]
    if system.startswith("linux"):
        return ["notify-send", "--app-name", "workbench", "--", title, text]
    return None
