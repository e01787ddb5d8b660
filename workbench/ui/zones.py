"""The seller's own time zone, by the name the system gives it: the header says which city a clock stands for."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def own_zone() -> ZoneInfo | None:
    """The zone of `TZ` or of `/etc/localtime`; None where neither has a name."""
    named = os.environ.get("TZ", "").lstrip(":")
    target = str(Path("/etc/localtime").resolve())
    for name in (named, target.partition("zoneinfo/")[2]):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
