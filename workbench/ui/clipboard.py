"""Putting a text on the clipboard: the one way for all that is copied, and what may be said of it afterwards.

The system's own tool where there is one, which says whether it worked; else the terminal is asked (OSC 52), which
never answers: then *sent to the terminal* is all that is known. Nothing waits on the screen's thread.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from shutil import which
from typing import Literal

#: Whether the text is on the clipboard, or was only sent to a terminal that may not take it.
Result = Literal["copied", "sent"]
#: Seconds after which a tool that does not come to an end is given up.
PATIENCE = 2.0


def tools(environment: Mapping[str, str], platform: str = sys.platform) -> list[Sequence[str]]:
    """The tools that put their input on this machine's clipboard, the best first; whether they are there is not asked.

    Over ssh the clipboard is that of another machine: only the terminal, or tmux in front of it, reaches it.
    """
    found: list[Sequence[str]] = []
    if environment.get("TMUX"):
        found.append(("tmux", "load-buffer", "-w", "-"))
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return found
    if platform == "darwin":
        return [("pbcopy",)]
    if platform == "win32":
        return [("clip",)]
    if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
        return [("clip.exe",), *found]
    windows: list[Sequence[str]] = []
    if environment.get("WAYLAND_DISPLAY"):
        windows.append(("wl-copy",))
    if environment.get("DISPLAY"):
        windows += [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    return [*windows, *found]


def copy(text: str, send: Callable[[str], None], environment: Mapping[str, str] | None = None) -> Result:
    """Put `text` on the clipboard; `send` writes an escape sequence to the terminal. Blocks at most `PATIENCE` a tool.

    tmux takes the text into its buffer (prefix, `]`) and passes it on to the terminal; whether that takes it depends on
    tmux's settings, so that it counts as sent.
    """
    given = os.environ if environment is None else environment
    for tool in tools(given):
        if _run(tool, text, given):
            return "sent" if tool[0] == "tmux" else "copied"
    send(osc52(text, given))
    return "sent"


def osc52(text: str, environment: Mapping[str, str]) -> str:
    """The sequence that asks the terminal; inside GNU screen packed into pieces that it passes on."""
    asked = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if not environment.get("STY"):
        return asked
    pieces = [asked[at : at + 250] for at in range(0, len(asked), 250)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _run(tool: Sequence[str], text: str, environment: Mapping[str, str]) -> bool:
    """Whether the tool is there and took the text. Some stay in the background to serve it: only the first is waited
    for, and nobody reads what they say."""
    program = which(tool[0], path=environment.get("PATH"))
    if program is None:
        return False
    coded = text.encode("utf-16-le") if tool[0] in ("clip.exe", "clip") else text.encode()
    try:
        done = subprocess.run(
            [program, *tool[1:]], input=coded, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE,
            check=False, env=dict(environment), start_new_session=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
