"""The copies that a synced drive makes where two machines changed `workbench.json` apart: found, read, set aside.

Only names that such drives give are taken for one: a copy that the seller made by hand is no other machine's work.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from workbench.storage.atomic import sync_directory
from workbench.storage.files import Files
from workbench.storage.meta import DATA

# Dropbox, Nextcloud, ownCloud: "(conflicted copy 2026-11-20)"; Syncthing: ".sync-conflict-20261120-101010-ABCDEFG";
# Resilio: ".Conflict"; Google Drive: " (1)"; iCloud: " 2"; OneDrive: "-DESKTOP-4F2A", in small letters where the device
# is called so: "-annas-macbook-pro". One word alone ("-laptop") may be the seller's own.
#: What the name of a copy begins with once its records were taken in.
MERGED = "merged-"
_NAME = (
    r"workbench(?:.*(?i:conflict|konflik|conflit|xung \u0111\u1ed9t|\u0e02\u0e31\u0e14\u0e41\u0e22\u0e49\u0e07"
    r"|\u51b2\u7a81|\u885d\u7a81|\u7af6\u5408|\ucda9\ub3cc).*"
    r"| ?\([0-9]{1,3}\)| [0-9]{1,3}"
    r"|-(?=[0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*"
    r"|-(?!.*(?:backup|copy|old|save|export))(?=.*-)(?:[a-z0-9]+-)*"
    r"(?:desktop|laptop|notebook|macbook|imac|mac|pc|surface|thinkpad|ideapad|zenbook|chromebook|iphone|ipad)"
    r"(?:-[a-z0-9]+)*)\.json"
)


def is_copy(name: str) -> bool:
    """Whether a file of this name is such a copy."""
    if name == DATA or not (name.startswith("workbench") and name.endswith(".json")):
        return False  # before the pattern is compiled: this is asked at each start
    return re.fullmatch(_NAME, name, re.DOTALL) is not None


def maybe(name: str) -> bool:
    """Whether a file may be such a copy under a name that no drive is known to give: only the seller can tell."""
    ours = name in (DATA, f"{MERGED}{DATA}") or name.startswith("workbench.damaged-")
    return not ours and name.startswith("workbench") and name.endswith(".json") and not is_copy(name)


def find(names: Iterable[str], directory: Path) -> list[Path]:
    """The copies among the names of a data directory."""
    return [directory / name for name in names if is_copy(name)]


def set_aside(files: Files, path: Path, now: datetime) -> Path:
    """Give a copy that was merged a name that is none of these; the new one. `FileNotFoundError` if it has gone."""
    kept = path.with_name(f"{MERGED}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{path.name}")
    files.replace(path, kept)
    with contextlib.suppress(OSError):  # after a power cut it is found again, and known to be merged
        sync_directory(files, path.parent)
    return kept
