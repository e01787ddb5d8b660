"""A data directory with some months of life in every table: the world of the tests about keeping data."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from tests.factories import BANGKOK, NOW, at
from tests.storage.world import Unsynced
from workbench.core.violations.model import ViolationDraft
from workbench.session import Options, Session, open_session
from workbench.session.tables import tables
from workbench.storage import Files

SECRET = "Malee-geheim"


def opened(folder: Path, now: datetime = NOW, data: str = "data", market: str = "TH") -> Session:
    """A session on the shop in `folder`; nothing waits for the disk."""
    settings = folder / "settings.toml"
    if not settings.exists():
        settings.write_text(f'[shop]\nmarket = "{market}"\n', encoding="utf-8")
    return open_session(Options(data=folder / data, config=settings, now=now))


def live(folder: Path, data: str = "data") -> None:
    """Three days of use after a long past: open and archived tickets, issues, violations, a score, backups, undo."""
    session = opened(folder, NOW - timedelta(days=2), data)
    tickets = session.tickets
    for number in range(3):
        old = at(f"2026-0{number + 6}-05T10:00")
        (id,) = tickets.add(
            kind="refund_only", buyer=SECRET, note=f"said {SECRET}", external_id=f"4035860913909960{number}",
            opened_at=old, sku="PANTS",
        ).ids  # fmt: skip
        tickets.note([id], f"and then {SECRET}")
        tickets.close([id], "rejected", old + timedelta(days=1))
    tickets.add(kind="message", buyer="Somchai", note="where is it", sku="LAMP")
    tickets.add(kind="return_refund", buyer="Ploy", sku="PANTS", order_id="576981590830166131")
    session.ledger.add(ViolationDraft(points=4, issued_at=at("2026-11-20T10:00"), reason="late", platform_id="P-1"))
    session = opened(folder, NOW - timedelta(days=1), data)
    session.log.log(f"2026-07-01 PANTS size {SECRET}")
    session.log.log("PANTS size @T-5 too tight at the waist")
    session.log.log("LAMP faulty shade was cracked")
    session.tickets.note([4], "rang back")
    session = opened(folder, NOW, data)
    session.tickets.act([5], "approve")
    session.log.skip(4)
    session.undo()


def records(session: Session) -> dict[str, dict[int, object]]:
    """Every record of every domain, live and archived, as plain objects."""
    store = session.store
    found = {}
    for name in tables():
        both = {**store.archived(name), **store.table(name)}
        if both and name not in ("calendar", "merged"):
            found[name] = {number: json.loads(bytes(record)) for number, record in sorted(both.items())}
    return found


def holding(directory: Path, text: str = SECRET) -> list[str]:
    """The files that hold the text, as bytes."""
    return sorted(
        str(p.relative_to(directory)) for p in directory.rglob("*") if p.is_file() and text.encode() in p.read_bytes()
    )


def copy(template: Path, folder: Path) -> Path:
    """The same shop once more; links between its files stay links."""
    shutil.copytree(template, folder, copy_function=shutil.copy2, dirs_exist_ok=True)
    return folder


__all__ = ["BANGKOK", "NOW", "SECRET", "Files", "Unsynced", "copy", "holding", "live", "opened", "records"]
