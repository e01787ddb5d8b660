"""Where things lie on this machine, by the customs of its system.

A few lines of our own, because importing `platformdirs` takes 8 ms of a start that has 100.
"""

import os
import re
import sys
from pathlib import Path

_APP = "workbench"


def data_dir() -> Path:
    """The folder of the data where none is given: `~/.local/share/workbench` on Linux."""
    return _base("XDG_DATA_HOME", ".local/share", "LOCALAPPDATA", "AppData/Local") / _APP


def config_file() -> Path:
    """The seller's own settings where none are given: `~/.config/workbench/config.toml` on Linux."""
    return _base("XDG_CONFIG_HOME", ".config", "APPDATA", "AppData/Roaming") / _APP / "config.toml"


def memory_file(settings: Path) -> Path:
    """Where what was chosen on the screens is remembered: beside the settings file, one for each."""
    return settings.with_name(f"{settings.stem}.remembered.toml")


def crash_file(data: Path) -> Path:
    """The log of what went wrong, beside the data it speaks of."""
    return data / "workbench.log"


def download_dir() -> Path:
    """The folder into which browsers download."""
    home = Path.home()
    if sys.platform.startswith("linux"):
        try:
            text = (_base("XDG_CONFIG_HOME", ".config", "", "") / "user-dirs.dirs").read_text("utf-8", "replace")
        except OSError:
            text = ""
        found = re.search(r'^\s*XDG_DOWNLOAD_DIR="(\$HOME/)?([^"\n]+)"', text, re.MULTILINE)
        if found:
            return home / found[2] if found[1] else Path(found[2])
    return home / "Downloads"


def _base(xdg: str, unix: str, windows: str, windows_default: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or Path.home() / windows_default)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    given = os.environ.get(xdg, "")
    return Path(given) if os.path.isabs(given) else Path.home() / unix
